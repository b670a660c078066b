// Energy that went into an asset, integrated from reported power. The counters only grow and survive restarts.
import type { Draft } from '../draft.ts';
import type { Instant } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';
import { cloudTimeOf } from './cloud-learn.ts';
import type { Fused } from './fuse.ts';
import { openPlugIn } from './plugin.ts';
import { webhookOf } from './webhook.ts';

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
  /** kWh counted since `battery` last changed: what a risen SoC tells of includes them. */
  readonly sinceBattery: number;
}

const nothing: Energy = {
  total: 0,
  session: 0,
  plugin: null,
  sessionStarted: null,
  at: null,
  kw: null,
  battery: null,
  sinceBattery: 0,
};
const hourMs = 3_600_000;

/**
 * Counts what flowed since the former report: the power of the earlier report holds until the later one. Where that power is not
 * known, or too old to hold all the time, SoC (%) and capacity (kWh) tell; without them a long gap counts as its cap.
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
  const flowed = flow(held, fused, at, bySoc(held, fused, battery, capacity), gapOf(draft, held.at));
  const open = openPlugIn(draft, asset);
  const isNew = open !== null && open.id !== held.plugin;
  const next: Energy = {
    total: held.total + flowed,
    session: isNew ? 0 : held.session + flowed,
    plugin: open?.id ?? held.plugin,
    sessionStarted: isNew ? open.since : held.sessionStarted,
    at,
    kw: fused.kw === null ? null : Math.max(0, fused.kw),
    battery: battery ?? held.battery,
    sinceBattery: battery === null || battery === held.battery ? held.sinceBattery + flowed : 0,
  };
  if (flowed === 0 && !isNew && held.at === next.at && held.kw === next.kw && held.battery === next.battery) return;
  draft.put('energy', asset, next);
}

/** ms for which power that was told at `since` holds: had it changed, a webhook would have told. */
function gapOf(view: View, since: Instant | null): number {
  const hearingSince = webhookOf(view)?.hearingSince ?? null;
  const isHeard = hearingSince !== null && since !== null && cloudTimeOf(view, hearingSince) <= since;
  return isHeard ? numbers.energyGapHeardMs : numbers.energyGapMs;
}

/** @param most ms that count at full power */
function flow(held: Energy, fused: Fused, at: Instant, soc: number | null, most: number): number {
  const gapMs = held.at === null ? 0 : at - held.at;
  // Begun between two reports by a car that never tells its power.
  const isUnseen = held.kw === null || (held.kw === 0 && fused.charging === true && fused.kw === null);
  if (isUnseen) return soc ?? 0;
  if (held.kw! > 0 && gapMs > most && soc !== null) return soc;
  return (held.kw! * Math.min(gapMs, most)) / hourMs;
}

/** kWh from the grid that the risen SoC tells of; null = cannot be told. */
function bySoc(held: Energy, fused: Fused, battery: number | null, capacity: number | null): number | null {
  if (fused.charging === null || held.battery === null || battery === null || capacity === null) return null;
  const risen = (((battery - held.battery) / 100) * capacity) / numbers.chargingEfficiency;
  return Math.max(0, risen - held.sinceBattery);
}
