// Energy that went into an asset, integrated from reported power. The counters only grow and survive restarts.
import type { Draft } from '../draft.ts';
import type { Instant } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId } from '../report.ts';
import type { Fused } from './fuse.ts';
import { openPlugIn } from './plugin.ts';

export interface Energy {
  /** kWh since the asset was first seen here. */
  readonly total: number;
  /** kWh of the present or last plug-in. */
  readonly session: number;
  /** The plug-in `session` belongs to. */
  readonly plugin: string | null;
  readonly sessionStarted: Instant | null;
  /** The cloud's time and power (kW) up to which was counted. */
  readonly at: Instant | null;
  readonly kw: number | null;
  /** SoC (%) at `at`, for cars that report no power. */
  readonly battery: number | null;
}

const nothing: Energy = { total: 0, session: 0, plugin: null, sessionStarted: null, at: null, kw: null, battery: null };
const hourMs = 3_600_000;

/**
 * Counts what flowed since the former report. The power of the earlier report holds until the later one; a long gap counts as its
 * cap. Cars that report no power are counted by SoC and capacity (kWh).
 */
export function countEnergy(
  draft: Draft,
  asset: AssetId,
  fused: Fused,
  battery: number | null,
  capacity: number | null,
): void {
  const held = draft.get('energy', asset) ?? nothing;
  const at = fused.at;
  if (at === null || (held.at !== null && at < held.at)) return;
  const gapMs = held.at === null ? 0 : Math.min(at - held.at, numbers.energyGapMs);
  const flowed = held.kw === null ? bySoc(held, fused, battery, capacity) : (held.kw * gapMs) / hourMs;
  const open = openPlugIn(draft, asset);
  const isNew = open !== null && open.id !== held.plugin;
  const next: Energy = {
    total: held.total + flowed,
    session: isNew ? 0 : held.session + flowed,
    plugin: open?.id ?? held.plugin,
    sessionStarted: isNew ? open.since : held.sessionStarted,
    at,
    kw: fused.kw,
    battery,
  };
  if (flowed === 0 && !isNew && held.at === next.at && held.kw === next.kw && held.battery === next.battery) return;
  draft.put('energy', asset, next);
}

function bySoc(held: Energy, fused: Fused, battery: number | null, capacity: number | null): number {
  if (fused.charging === null || held.battery === null || battery === null || capacity === null) return 0;
  return Math.max(0, ((battery - held.battery) / 100) * capacity) / numbers.chargingEfficiency;
}
