// The recent pairs of a vehicle, for people: from when to when, by whom, how sure.
import type { Draft } from '../draft.ts';
import type { Instant } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId } from '../report.ts';
import type { Pairing } from './pairing.ts';

export interface PastPair {
  readonly charger: AssetId;
  /** Our times; `to` null = it lasts. */
  readonly from: Instant;
  readonly to: Instant | null;
  readonly by: NonNullable<Pairing['by']>;
  /** 0–1, as of its end; while it lasts, of its beginning. */
  readonly certainty: number;
  /** kW: the most that the charger gave; null = not told. */
  readonly kw: number | null;
  /** What the car told of its power / what the charger told; null = not both were told. */
  readonly toldShare: number | null;
}

/** Oldest first. */
export interface PairLog {
  readonly pairs: readonly PastPair[];
}

/** @param before what was activated until now @param after what is from now on */
export function logPair(
  draft: Draft,
  vehicle: AssetId,
  before: Pairing | null,
  after: Pairing | null,
  now: Instant,
): void {
  const pairs = [...(draft.get('pairs', vehicle)?.pairs ?? [])];
  const last = pairs.at(-1);
  if (before?.by && last?.to === null)
    pairs[pairs.length - 1] = { ...last, to: now, by: before.by, certainty: before.certainty };
  if (after?.by && after.charger !== null)
    pairs.push({
      charger: after.charger,
      from: now,
      to: null,
      by: after.by,
      certainty: after.certainty,
      kw: null,
      toldShare: null,
    });
  draft.put('pairs', vehicle, { pairs: pairs.slice(-numbers.pairsKept) });
}
