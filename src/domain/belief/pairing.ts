// Which charger a vehicle belongs to: established by linking both, activated by Enode's plugged-in ids.
import type { Draft } from '../draft.ts';
import type { Instant } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId, UserId } from '../report.ts';
import type { View } from '../site.ts';
import { type Reason, reason, sameReason } from '../telling/reason.ts';
import { cableOf } from './cable.ts';
import { type Claim, claimOf, saysCharger } from './claim.ts';
import { markedPlace } from './mark.ts';
import { openPlugIn } from './plugin.ts';
import { placeByPosition } from './position.ts';
import { type Claimed, lingersAt } from './sleep.ts';
import { newUser } from './user.ts';
import { proveValid } from './validity.ts';

export interface Pairing {
  readonly word: 'unpaired' | 'established' | 'activated' | 'invalid';
  /** The partner while activated; the only candidate while established; null with several (R6). */
  readonly charger: AssetId | null;
  /** Shown as plugged in there although Enode withdrew its ids while the cable stayed and the car sleeps (R6): never commanded through. */
  readonly lingering: boolean;
  /** Who activated it; null while not activated. */
  readonly by: 'enode' | 'matcher' | 'person' | null;
  /** The charger that Enode's own ids name right now, whether that is believed or not; null = none. */
  readonly named: AssetId | null;
  /** A person says otherwise than Enode's ids: then nothing goes to a charger (R5). */
  readonly disputed: boolean;
  /** 0–1 */
  readonly certainty: number;
  /** What speaks for it, or against activating it, the weightiest first: `pair_…` codes. */
  readonly evidence: readonly Reason[];
  readonly since: Instant;
  /** What Enode's ids last claimed, as long as it may come back to life by itself (R6); null = nothing. */
  readonly last: Claimed | null;
}

/** By charger: the vehicle that is believed on its cable. */
export interface Occupant {
  readonly vehicle: AssetId;
}

/** The charger that `enode` routing counts on: activated by Enode's own ids right now, not merely shown, not corrected away. */
export function activatedCharger(view: View, vehicle: AssetId): AssetId | null {
  const charger = pairedCharger(view, vehicle);
  return charger !== null && charger === view.get('pairing', vehicle)?.named ? charger : null;
}

/** The charger that `local` routing may count on: activated by whomever, not merely shown, and Enode's ids do not contradict a person. */
export function pairedCharger(view: View, vehicle: AssetId): AssetId | null {
  const pairing = view.get('pairing', vehicle);
  return pairing?.word === 'activated' && !pairing.lingering && !pairing.disputed ? pairing.charger : null;
}

/** The charger shown with a vehicle, lingering ones included. */
export function shownCharger(view: View, vehicle: AssetId): AssetId | null {
  const pairing = view.get('pairing', vehicle);
  return pairing?.word === 'activated' ? pairing.charger : null;
}

/** Works out all pairs of one user anew. Returns the assets whose partner changed. */
export function followPairs(draft: Draft, user: UserId, now: Instant): AssetId[] {
  const { vehicles, chargers } = draft.get('user', user) ?? newUser;
  const touched = new Set<AssetId>();
  const claims = new Map(vehicles.map((id) => [id, claimOf(draft, id, vehicles, chargers)]));
  const lasts = new Map(vehicles.map((id) => [id, lastOf(draft, id, chargers)]));
  for (const vehicle of vehicles) {
    const held = draft.get('pairing', vehicle);
    const last = lasts.get(vehicle) ?? null;
    const isTaken = vehicles.some(
      (id) => id !== vehicle && (claims.get(id)?.charger === last?.charger || isLater(lasts.get(id) ?? null, last)),
    );
    const next = pairOf(draft, vehicle, chargers, claims.get(vehicle) ?? null, last, isTaken, now);
    if (held && sameBut(held, next)) continue;
    draft.put('pairing', vehicle, next);
    touched.add(vehicle);
    for (const charger of hand(draft, vehicle, held, next)) touched.add(charger);
  }
  return [...touched];
}

/** Hands the chargers of a changed pair over. Returns those that changed. */
function hand(draft: Draft, vehicle: AssetId, held: Pairing | undefined, next: Pairing): AssetId[] {
  const before = held?.word === 'activated' ? held.charger : null;
  const after = next.word === 'activated' ? next.charger : null;
  if (before !== null && before !== after) {
    if (draft.get('occupant', before)?.vehicle === vehicle) draft.put('occupant', before, null);
    draft.tell({ subject: vehicle, type: 'pairing_ended', detail: before });
  }
  if (after !== null) {
    if (draft.get('occupant', after)?.vehicle !== vehicle) draft.put('occupant', after, { vehicle });
    if (!next.lingering) proveValid(draft, vehicle, after);
    if (before !== after) draft.tell({ subject: vehicle, type: 'pairing_activated', detail: after });
  }
  return [before, after].filter((id) => id !== null);
}

const sameBut = (a: Pairing, b: Pairing): boolean =>
  a.word === b.word &&
  a.charger === b.charger &&
  a.lingering === b.lingering &&
  a.by === b.by &&
  a.named === b.named &&
  a.disputed === b.disputed &&
  a.certainty === b.certainty &&
  sameReasons(a.evidence, b.evidence) &&
  a.last?.charger === b.last?.charger &&
  a.last?.at === b.last?.at;

const sameReasons = (a: readonly Reason[], b: readonly Reason[]): boolean =>
  a === b || (a.length === b.length && a.every((one, i) => sameReason(one, b[i]!)));

/** A cable has one end at a vehicle: the later claim counts, and of two at the same time none. */
const isLater = (a: Claimed | null, b: Claimed | null): boolean =>
  a !== null && b !== null && a.charger === b.charger && (a.at ?? 0) >= (b.at ?? 0);

function lastOf(view: View, id: AssetId, chargers: readonly AssetId[]): Claimed | null {
  const said = chargers.find((charger) => saysCharger(view, id, charger));
  if (said !== undefined) return { charger: said, at: view.get('vehicle', id)?.report.charge.at ?? null };
  return isPluggedAwake(view, id) ? null : (view.get('pairing', id)?.last ?? null);
}

function pairOf(
  view: View,
  vehicle: AssetId,
  chargers: readonly AssetId[],
  claim: Claim | null,
  last: Claimed | null,
  isTaken: boolean,
  now: Instant,
): Pairing {
  const held = view.get('pairing', vehicle);
  const since = (charger: AssetId): Instant =>
    held?.word === 'activated' && held.charger === charger ? held.since : now;
  const apart: Pairing = {
    word: chargers.length > 0 ? 'established' : 'unpaired',
    charger: chargers.length === 1 ? chargers[0]! : null,
    lingering: false,
    by: null,
    named: claim?.charger ?? null,
    disputed: false,
    certainty: 0,
    evidence: [],
    since: now,
    last,
  };
  if (claim !== null) {
    if (contradicted(view, vehicle, claim.charger, now)) return { ...apart, evidence: [reason('pair_elsewhere')] };
    const { charger, code } = claim;
    return {
      ...apart,
      word: 'activated',
      charger,
      by: 'enode',
      certainty: 1,
      evidence: [reason(code)],
      since: since(charger),
    };
  }
  if (last === null || isTaken || !lingersAt(view, vehicle, last) || contradicted(view, vehicle, last.charger, now))
    return apart;
  return {
    ...apart,
    word: 'activated',
    charger: last.charger,
    lingering: true,
    by: 'enode',
    certainty: numbers.lingeringCertainty,
    evidence: [reason('pair_lingering')],
    since: since(last.charger),
  };
}

/** It knows of its cable and Enode names no charger: the former pair is over. */
function isPluggedAwake(view: View, id: AssetId): boolean {
  const report = view.get('vehicle', id)?.report;
  return report?.reachable === true && cableOf(report.charge) === true;
}

/** Fresh coordinates elsewhere, while the charger is marked as home (R2). */
function contradicted(view: View, id: AssetId, charger: AssetId, now: Instant): boolean {
  if (markedPlace(view, charger) !== 'home') return false;
  const vehicle = view.get('vehicle', id);
  // A claim means a cable: the plug-in itself may only be opened by this very report.
  const since = openPlugIn(view, id)?.since ?? vehicle?.report.charge.at ?? null;
  return placeByPosition(view, vehicle?.where ?? null, since, now).word === 'away';
}

/** Fresh coordinates elsewhere spoke against the pair that Enode's ids claim (R2). */
export const isElsewhere = (pairing: Pairing | undefined): boolean =>
  pairing?.evidence.some(({ code }) => code === 'pair_elsewhere') ?? false;
