// One device that is linked twice, under two users or by two accounts: one of the two leads, the other only watches (R6), or two
// switches would command one car.
import type { Draft } from '../draft.ts';
import type { AssetId, ChargerReport, VehicleReport } from '../report.ts';
import type { View } from '../site.ts';
import { type Reason, reason } from '../telling/reason.ts';

/** By serial: who is that device here. */
export interface Twins {
  /** Sorted. */
  readonly ids: readonly AssetId[];
}

type Report = VehicleReport | ChargerReport;

/** A VIN is unique in the world, a serial number for its maker. Placeholders (`UNKNOWN`, `0000`) name no device. null = not told. */
function keyOf({ kind, vendor, serial }: Report): string | null {
  const text = serial?.trim().toUpperCase() ?? '';
  if (text.length < 6 || !/\d/.test(text) || new Set(text).size < 3) return null;
  return kind === 'vehicle' ? `vehicle ${text}` : `charger ${vendor} ${text}`;
}

export function noteTwin(draft: Draft, held: Report | undefined, report: Report): void {
  const key = keyOf(report);
  const before = held ? keyOf(held) : null;
  if (held && before !== null && before !== key) dropTwin(draft, held);
  if (key === null) return;
  const ids = draft.get('twin', key)?.ids ?? [];
  if (!ids.includes(report.id)) draft.put('twin', key, { ids: [...ids, report.id].sort() });
}

export function dropTwin(draft: Draft, report: Report): void {
  const key = keyOf(report);
  const ids = key === null ? [] : (draft.get('twin', key)?.ids.filter((id) => id !== report.id) ?? []);
  if (key !== null) draft.put('twin', key, ids.length === 0 ? null : { ids });
}

/** The asset that leads in place of this one; null = it leads itself. The user who comes first in the option leads, so it stays so. */
export function leaderOf(view: View, id: AssetId): AssetId | null {
  const report = reportOf(view, id);
  const key = report ? keyOf(report) : null;
  const all = key === null ? undefined : view.get('twin', key)?.ids;
  if (!all || all.length < 2) return null;
  const rank = (one: AssetId): number => view.settings.users.indexOf(reportOf(view, one)?.userId ?? '');
  const ids = all.filter((one) => rank(one) >= 0);
  const [first] = ids.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return first === undefined || first === id ? null : first;
}

const reportOf = (view: View, id: AssetId): Report | undefined =>
  view.get('vehicle', id)?.report ?? view.get('charger', id)?.report;

/** Why this one only watches, and what to do; null = it leads. */
export function twinReason(view: View, id: AssetId): Reason | null {
  const leader = leaderOf(view, id);
  if (leader === null) return null;
  const user = reportOf(view, leader)?.userId ?? null;
  return user === reportOf(view, id)?.userId ? reason('twin_account') : reason('twin_user', { user });
}
