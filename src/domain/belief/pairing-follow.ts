// All pairs of one user, worked out anew: what a person and Enode say, then our own matcher for those of whom nothing is said.
import type { Draft } from '../draft.ts';
import { type Instant, soonest } from '../instant.ts';
import type { AssetId, UserId } from '../report.ts';
import { type Reason, reason, sameReason } from '../telling/reason.ts';
import { bridgeOf } from './bridge.ts';
import { standsElsewhere } from './elsewhere.ts';
import type { Pairing } from './pairing.ts';
import { logPair } from './pairing-log.ts';
import { type Chance, type Match, match } from './pairing-matcher.ts';
import { followSearch } from './pairing-search.ts';
import { type Word, wordsOf } from './pairing-words.ts';
import { strangersOf } from './strangers.ts';
import { newUser } from './user.ts';
import { proveValid } from './validity.ts';

/** Works out all pairs of one user anew. Returns the assets whose partner changed. */
export function followPairs(draft: Draft, user: UserId, now: Instant): AssetId[] {
  const { vehicles, chargers } = draft.get('user', user) ?? newUser;
  const touched = new Set<AssetId>();
  const { cars, boxes } = wordsOf(draft, vehicles, chargers, now);
  const open = vehicles.filter((id) => cars.get(id)!.settled === null && !cars.get(id)!.isBarred);
  const matches = matchOpen(draft, user, open, boxes, now);
  let waitsUntil: Instant | null = null;
  for (const found of matches.values()) waitsUntil = soonest(waitsUntil, found.waitsUntil);
  for (const vehicle of vehicles) {
    const held = draft.get('pairing', vehicle);
    const next = pairingOf(held, cars.get(vehicle)!, chargers, matches.get(vehicle) ?? null, now);
    if (held && sameBut(held, next)) continue;
    draft.put('pairing', vehicle, next);
    touched.add(vehicle);
    for (const charger of hand(draft, vehicle, held, next, now)) touched.add(charger);
  }
  followSearch(draft, user, chargers.length === 0 ? [] : [...open, ...boxes], waitsUntil, now);
  return [...touched];
}

function matchOpen(draft: Draft, user: UserId, cars: readonly AssetId[], boxes: readonly AssetId[], now: Instant) {
  if (cars.length === 0 || boxes.length === 0) return new Map<AssetId, Match>();
  const isOff = (car: AssetId, box: AssetId): boolean => standsElsewhere(draft, car, box, now);
  const open = { cars, boxes, strangers: strangersOf(draft, user), isElsewhere: isOff };
  return match(draft, open, bridgeOf(draft).idsSeen, now);
}

function pairingOf(
  held: Pairing | undefined,
  word: Word,
  chargers: readonly AssetId[],
  found: Match | null,
  now: Instant,
): Pairing {
  const { settled, named, disputed, last, against } = word;
  const [best] = found?.chances ?? [];
  const apart: Pairing = {
    word: chargers.length > 0 ? 'established' : 'unpaired',
    charger: chargers.length === 1 ? chargers[0]! : null,
    lingering: false,
    by: null,
    named,
    disputed,
    certainty: best?.certainty ?? 0,
    evidence: against.length > 0 ? against : (best?.evidence ?? (found?.verdict === 'crowd' ? crowd : [])),
    since: now,
    last,
    chances: found?.chances ?? [],
    outAt: found?.outAt ?? null,
  };
  const on =
    settled ?? (best && (found?.verdict === 'on' || found?.verdict === 'lingers') ? ofMatch(found, best) : null);
  if (on === null) return apart;
  const since = held?.word === 'activated' && held.charger === on.charger ? held.since : now;
  return { ...apart, word: 'activated', ...on, since };
}

const crowd: readonly Reason[] = [reason('pair_crowded')];

const ofMatch = ({ verdict }: Match, { charger, certainty, evidence }: Chance) =>
  ({ charger, by: 'matcher', lingering: verdict === 'lingers', certainty, evidence }) as const;

/** Hands the chargers of a changed pair over. Returns those that changed. */
function hand(draft: Draft, vehicle: AssetId, held: Pairing | undefined, next: Pairing, now: Instant): AssetId[] {
  const before = held?.word === 'activated' ? held.charger : null;
  const after = next.word === 'activated' ? next.charger : null;
  if (before !== null && before !== after) {
    if (draft.get('occupant', before)?.vehicle === vehicle) draft.put('occupant', before, null);
    // One page tells of several devices: what was believed between two of them never was.
    if (!draft.untell({ subject: vehicle, type: 'pairing_activated', detail: before }))
      draft.tell({ subject: vehicle, type: 'pairing_ended', detail: before });
  }
  if (after !== null) {
    if (draft.get('occupant', after)?.vehicle !== vehicle) draft.put('occupant', after, { vehicle });
    if (!next.lingering) proveValid(draft, vehicle, after);
    if (before !== after) draft.tell({ subject: vehicle, type: 'pairing_activated', detail: after });
  }
  if (before !== after || held?.by !== next.by)
    logPair(draft, vehicle, before === null ? null : held!, after === null ? null : next, now);
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
  a.outAt === b.outAt &&
  sameReasons(a.evidence, b.evidence) &&
  a.last?.charger === b.last?.charger &&
  a.last?.at === b.last?.at &&
  a.chances.length === b.chances.length &&
  a.chances.every((chance, n) => sameChance(chance, b.chances[n]!));

const sameChance = (a: Chance, b: Chance): boolean =>
  a.charger === b.charger && a.certainty === b.certainty && sameReasons(a.evidence, b.evidence);

const sameReasons = (a: readonly Reason[], b: readonly Reason[]): boolean =>
  a === b || (a.length === b.length && a.every((one, n) => sameReason(one, b[n]!)));
