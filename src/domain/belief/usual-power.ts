// What a car's pairs taught of its power: how much it usually takes, and how what it tells compares with what its charger tells. Some
// tell nothing, some tell half.
import type { Draft } from '../draft.ts';
import { numbers } from '../numbers.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';
import { pairedCharger } from './pairing.ts';
import type { PastPair } from './pairing-log.ts';

export interface UsualPower {
  /** kW at the charger; null = not known. */
  readonly kw: number | null;
  /** As much as that charger ever gave: the car may take more elsewhere. */
  readonly isLimited: boolean;
  /** What the car tells / what its charger tells; null = not known. */
  readonly toldShare: number | null;
}

/** Notes both powers for the car that is paired with a charger. */
export function notePower(draft: Draft, vehicle: AssetId): void {
  const charger = pairedCharger(draft, vehicle);
  const kw = charger === null ? null : (draft.get('charger', charger)?.report.charge.rate ?? null);
  const log = draft.get('pairs', vehicle);
  const last = log?.pairs.at(-1);
  if (kw === null || kw <= 0 || !log || last?.to !== null || last.charger !== charger) return;
  const told = draft.get('vehicle', vehicle)?.report.charge.rate ?? null;
  // An equal one is Enode's copy (R6).
  const toldShare = last.toldShare ?? (told === null || told === kw ? null : Math.round((100 * told) / kw) / 100);
  const isMore = last.kw === null || kw > last.kw * (1 + numbers.stepShare);
  if (!isMore && toldShare === last.toldShare) return;
  draft.put('pairs', vehicle, {
    pairs: [...log.pairs.slice(0, -1), { ...last, kw: isMore ? kw : last.kw, toldShare }],
  });
}

/** The middle of its last pairs, so that a wrong one does not count. */
export function usualPower(view: View, vehicle: AssetId): UsualPower {
  const past = (view.get('pairs', vehicle)?.pairs ?? []).filter(lasted);
  const middle = middleOf(past, ({ kw }) => kw);
  const told = middleOf(past, ({ toldShare }) => toldShare);
  const most = middle === null ? null : (view.get('trace', middle.charger)?.mostKw ?? null);
  const kw = middle?.kw ?? null;
  const isLimited = kw === null || most === null || kw >= most * numbers.limitedShare;
  return { kw, isLimited, toldShare: told?.toldShare ?? null };
}

/** What was believed for a moment only teaches nothing. */
const lasted = ({ from, to }: PastPair): boolean => to !== null && to - from >= numbers.lastingPairMs;

function middleOf(past: readonly PastPair[], value: (pair: PastPair) => number | null): PastPair | null {
  const known = past.filter((pair) => value(pair) !== null);
  if (known.length < numbers.usualPairs) return null;
  return known.toSorted((a, b) => value(a)! - value(b)!)[Math.floor(known.length / 2)]!;
}
