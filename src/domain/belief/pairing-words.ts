// What is said of a user's cars beside our own matcher: by a person, by Enode's ids, and what lingers of those. In this order.
import type { Draft } from '../draft.ts';
import type { Instant } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';
import { type Reason, reason } from '../telling/reason.ts';
import { cableOf } from './cable.ts';
import { type Claim, claimOf, saysCharger } from './claim.ts';
import { type Correction, holds } from './correction.ts';
import { standsElsewhere } from './elsewhere.ts';
import type { Pairing } from './pairing.ts';
import { type Claimed, lingersAt } from './sleep.ts';

export type Settled = Pick<Pairing, 'lingering' | 'certainty' | 'evidence'> & {
  readonly charger: AssetId;
  readonly by: NonNullable<Pairing['by']>;
};

export interface Word {
  /** On a charger, or at least shown there. null: open, or barred. */
  readonly settled: Settled | null;
  /** Something is said of it that must not be believed as it stands: then nobody may guess either. */
  readonly isBarred: boolean;
  readonly against: readonly Reason[];
  /** A person and Enode's ids contradict each other. */
  readonly disputed: boolean;
  readonly named: AssetId | null;
  readonly last: Claimed | null;
}

export interface Words {
  readonly cars: ReadonlyMap<AssetId, Word>;
  /** Chargers of which nothing is said. */
  readonly boxes: readonly AssetId[];
}

export function wordsOf(draft: Draft, vehicles: readonly AssetId[], chargers: readonly AssetId[], now: Instant): Words {
  const corrections = standing(draft, chargers, now);
  const claims = new Map(vehicles.map((id) => [id, claimOf(draft, id, vehicles, chargers)]));
  const lasts = new Map(vehicles.map((id) => [id, lastOf(draft, id, chargers)]));
  const cars = new Map<AssetId, Word>();
  const taken = new Set<AssetId>(corrections.keys());
  for (const id of vehicles) {
    const claim = claims.get(id) ?? null;
    const last = lasts.get(id) ?? null;
    const isTaken = vehicles.some(
      (other) =>
        other !== id && (claims.get(other)?.charger === last?.charger || isLater(lasts.get(other) ?? null, last)),
    );
    const lingers = last !== null && !isTaken && !corrections.has(last.charger) ? last : null;
    const person = chargers.find((charger) => corrections.get(charger)?.vehicle === id) ?? null;
    const word =
      person !== null
        ? byPerson(draft, id, person, claims, now)
        : claim !== null
          ? byClaim(draft, id, claim, corrections.has(claim.charger), now)
          : byLast(draft, id, lingers, now);
    if (word.settled) taken.add(word.settled.charger);
    cars.set(id, { ...word, named: claim?.charger ?? null, last });
  }
  const isSilent = (id: AssetId) => draft.get('charger', id)?.report.pluggedInVehicleId === null;
  return { cars, boxes: chargers.filter((id) => !taken.has(id) && isSilent(id)) };
}

type Said = Omit<Word, 'named' | 'last'>;

const open: Said = { settled: null, isBarred: false, against: [], disputed: false };

/** Corrections that still hold; the others are taken away. */
function standing(draft: Draft, chargers: readonly AssetId[], now: Instant): ReadonlyMap<AssetId, Correction> {
  const found = new Map<AssetId, Correction>();
  for (const charger of chargers) {
    const correction = draft.get('correction', charger);
    if (!correction) continue;
    if (holds(draft, charger, correction, now)) found.set(charger, correction);
    else draft.put('correction', charger, null);
  }
  return found;
}

function byPerson(
  view: View,
  id: AssetId,
  charger: AssetId,
  claims: ReadonlyMap<AssetId, Claim | null>,
  now: Instant,
): Said {
  if (standsElsewhere(view, id, charger, now)) return { ...open, isBarred: true, against: [reason('pair_elsewhere')] };
  const named = view.get('charger', charger)?.report.pluggedInVehicleId ?? null;
  const names = view.get('vehicle', id)?.report.pluggedInChargerId ?? null;
  const isClaimed = [...claims].some(([other, claim]) => other !== id && claim?.charger === charger);
  const disputed = (named !== null && named !== id) || (names !== null && names !== charger) || isClaimed;
  const evidence = [reason('pair_person'), ...(disputed ? [reason('pair_disputed')] : [])];
  return { ...open, settled: { charger, by: 'person', lingering: false, certainty: 1, evidence }, disputed };
}

function byClaim(view: View, id: AssetId, { charger, code }: Claim, isCorrected: boolean, now: Instant): Said {
  if (isCorrected) return { ...open, isBarred: true, against: [reason('pair_corrected')], disputed: true };
  if (standsElsewhere(view, id, charger, now)) return { ...open, isBarred: true, against: [reason('pair_elsewhere')] };
  return { ...open, settled: { charger, by: 'enode', lingering: false, certainty: 1, evidence: [reason(code)] } };
}

function byLast(view: View, id: AssetId, last: Claimed | null, now: Instant): Said {
  // Enode's ids win even where they are not to be believed (R5): stale, of another user, or contradicting each other.
  const isBarred = (view.get('vehicle', id)?.report.pluggedInChargerId ?? null) !== null;
  if (last === null || !lingersAt(view, id, last) || standsElsewhere(view, id, last.charger, now))
    return { ...open, isBarred };
  const evidence = [reason('pair_lingering')];
  const certainty = numbers.lingeringCertainty;
  return { ...open, settled: { charger: last.charger, by: 'enode', lingering: true, certainty, evidence } };
}

/** A cable has one end at a vehicle: the later claim counts, and of two at the same time none. */
const isLater = (a: Claimed | null, b: Claimed | null): boolean =>
  a !== null && b !== null && a.charger === b.charger && (a.at ?? 0) >= (b.at ?? 0);

function lastOf(view: View, id: AssetId, chargers: readonly AssetId[]): Claimed | null {
  const said = chargers.find((charger) => saysCharger(view, id, charger));
  if (said !== undefined) return { charger: said, at: view.get('vehicle', id)?.report.charge.at ?? null };
  return isPluggedAwake(view, id) ? null : (view.get('pairing', id)?.last ?? null);
}

/** It knows of its cable and Enode names no charger: the former pair is over. */
function isPluggedAwake(view: View, id: AssetId): boolean {
  const report = view.get('vehicle', id)?.report;
  return report?.reachable === true && cableOf(report.charge) === true;
}
