// What a report or a listing changes: the asset itself, its user's lists, all pairs of the user, and what is believed of them.
import { lookAgain } from '../acting/attention.ts';
import { noteHint } from '../acting/hint.ts';
import { confirmedGone, noteLinked } from '../acting/linking.ts';
import type { Draft } from '../draft.ts';
import type { Fact } from '../fact.ts';
import { type Instant, latest } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId, AssetKind, ChargerReport, UserId, VehicleReport } from '../report.ts';
import { isOurs } from '../settings.ts';
import type { View } from '../site.ts';
import { believe } from './believe.ts';
import { bridgeOf } from './bridge.ts';
import { cableOf } from './cable.ts';
import { learnOwn, learnUnresolved } from './capability.ts';
import type { Charger } from './charger.ts';
import { cloudTimeOf } from './cloud-learn.ts';
import { forget } from './forget.ts';
import { followNewest, nothingSaid } from './newest.ts';
import { judgeFlags, lockOf } from './orchestration.ts';
import { followPairs } from './pairing-follow.ts';
import { hurry, searchDue } from './pairing-search.ts';
import { followPosition } from './position.ts';
import { isSaidBefore, type Said, saidAt } from './said.ts';
import { followLate } from './trace-late.ts';
import { traceReport } from './trace-report.ts';
import { dropTwin, noteTwin } from './twin.ts';
import { newUser, type User } from './user.ts';
import { endSmartCharging } from './user-learn.ts';
import { noteFlags, relinked } from './validity.ts';
import type { Vehicle } from './vehicle.ts';

export function vehicleReported(
  draft: Draft,
  { report, said = null }: { readonly report: VehicleReport; readonly said?: Said | null },
  now: Instant,
): void {
  if (!isOurs(draft.settings, report.userId)) return;
  const held = draft.get('vehicle', report.id);
  if (held && isOlder(held, report, said)) return lateReport(draft, report, held, now);
  noteHint(draft, report.id, report.charge.at);
  noteIds(draft, report.pluggedInChargerId);
  const isTrusted = report.reachable !== false;
  traceReport(draft, report, held ?? null, isTrusted, now);
  const user = link(draft, 'vehicle', report.userId, report.id, now);
  noteTwin(draft, held?.report, report);
  const own = learnOwn(held ?? null, report, held?.besideCharger !== true && isChargerFree(user, now));
  noteFlags(draft, held ?? null, report, now);
  const isPaired = report.pluggedInChargerId !== null || draft.get('pairing', report.id)?.word === 'activated';
  const isBeside = user.chargers.length > 0;
  const next: Vehicle = {
    report,
    heardAt: now,
    goneSince: null,
    own,
    unresolved: learnUnresolved(held ?? null, report, own),
    besideCharger: isBeside,
    locked: lockOf(held ?? null, report, isBeside, now),
    outSince: outSince(held?.outSince ?? null, report),
    where: followPosition(held?.where ?? null, report, isPaired),
    said: said ?? held?.said ?? null,
    newest: followNewest(held?.newest ?? nothingSaid, report.charge, isTrusted),
  };
  draft.put('vehicle', report.id, next);
  believeAll(draft, report.userId, report.id, now);
  judgeFlags(draft, held ?? null, next, now);
  if (held?.report.smartChargingOn && !report.smartChargingOn) endSmartCharging(draft, report.userId, report.id);
}

export function chargerReported(
  draft: Draft,
  { report, said = null }: { readonly report: ChargerReport; readonly said?: Said | null },
  now: Instant,
): void {
  if (!isOurs(draft.settings, report.userId)) return;
  const held = draft.get('charger', report.id);
  if (held && isOlder(held, report, said)) return lateReport(draft, report, held, now);
  noteHint(draft, report.id, report.charge.at);
  noteIds(draft, report.pluggedInVehicleId);
  traceReport(draft, report, held ?? null, true, now);
  link(draft, 'charger', report.userId, report.id, now);
  noteTwin(draft, held?.report, report);
  const outAt = cableOf(report.charge) === false ? report.charge.at : null;
  draft.put('charger', report.id, {
    report,
    heardAt: now,
    goneSince: null,
    outAt: latest(held?.outAt ?? null, outAt),
    said: said ?? held?.said ?? null,
    newest: followNewest(held?.newest ?? nothingSaid, report.charge, true),
  });
  believeAll(draft, report.userId, report.id, now);
}

/** Nothing of the present changes, but the matcher may know the times of a cable better. */
function lateReport(draft: Draft, report: VehicleReport | ChargerReport, held: Vehicle | Charger, now: Instant): void {
  const { at } = report.charge;
  const isIn = cableOf(report.charge);
  const isTrusted = report.kind === 'charger' || report.reachable !== false;
  if (at === null || isIn === null || !isTrusted || held.goneSince !== null) return;
  // The device said something else by then, or this is no older than that.
  if (held.report.charge.at === null || at >= held.report.charge.at) return;
  const before = draft.get('trace', report.id);
  followLate(draft, report.id, isIn, at, held.newest);
  const newest = isIn
    ? { ...held.newest, cableIn: latest(held.newest.cableIn, at) }
    : { ...held.newest, cableOut: latest(held.newest.cableOut, at) };
  if (report.kind === 'vehicle') draft.put('vehicle', report.id, { ...(held as Vehicle), newest });
  else draft.put('charger', report.id, { ...(held as Charger), newest });
  if (draft.get('trace', report.id) !== before) believeAll(draft, report.userId, report.id, now);
}

/** R5: once Enode named a partner to this client, a missing id may mean "not yet". */
function noteIds(draft: Draft, partner: AssetId | null): void {
  if (partner === null) return;
  const bridge = bridgeOf(draft);
  if (!bridge.idsSeen) draft.put('bridge', 'bridge', { ...bridge, idsSeen: true });
}

/** Not knowing in between does not end it. */
function outSince(held: Instant | null, { charge }: VehicleReport): Instant | null {
  const cable = cableOf(charge);
  return cable === true ? null : cable === false ? (held ?? charge.at) : held;
}

/** R1: a report older than what is held is dropped; the cloud's own times decide, and one without a time cannot be compared. */
function isOlder(held: Vehicle | Charger, next: VehicleReport | ChargerReport, said: Said | null): boolean {
  // What was said before a deletion does not undo it.
  if (held.goneSince !== null && isSaidBefore(said, held.said)) return true;
  const [a, b] = [held.report.charge.at, next.charge.at];
  if (a !== null && b !== null && a !== b) return b < a;
  const [seen, seenNext] = [held.report.lastSeen, next.lastSeen];
  if (seen !== null && seenNext !== null && seen !== seenNext) return seenNext < seen;
  // The device said nothing new in between, Enode did (a pair, a flag, a policy): its own times decide.
  return isSaidBefore(said, held.said);
}

function link(draft: Draft, kind: AssetKind, userId: UserId, id: AssetId, now: Instant): User {
  const user = draft.get('user', userId) ?? newUser;
  const list = kind === 'vehicle' ? user.vehicles : user.chargers;
  if (list.includes(id)) return user;
  const grown = [...list, id].sort();
  const next = kind === 'vehicle' ? { ...user, vehicles: grown } : { ...user, chargers: grown };
  draft.put('user', userId, next);
  noteLinked(draft, userId, kind, now);
  relinked(draft, kind, userId, id);
  return next;
}

/** A complete listing: what it no longer names begins its grace time. Assets of users it does not cover are left alone. */
export function listed(draft: Draft, fact: Extract<Fact, { kind: 'listed' }>, now: Instant): void {
  const ids = new Set(fact.ids);
  for (const userId of fact.users) {
    if (!isOurs(draft.settings, userId)) continue;
    const user = draft.get('user', userId) ?? newUser;
    const mine = fact.assets === 'vehicle' ? user.vehicles : user.chargers;
    for (const id of mine) if (!ids.has(id) && !isNewer(draft, id, fact.said)) markGone(draft, id, now, fact.said);
    const at = { [fact.assets === 'vehicle' ? 'vehiclesListedAt' : 'chargersListedAt']: now };
    const next = { ...(draft.get('user', userId) ?? newUser), ...at };
    draft.put('user', userId, next);
    for (const id of confirmedGone(draft, userId, fact.assets, now)) if (!ids.has(id)) forget(draft, id);
    if (fact.assets === 'charger' && next.chargers.length === 0) relearnOwn(draft, next);
  }
}

/**
 * R5: flags are the car's own only while no charger is linked, and our list of chargers may be older than the link that unlocked
 * them: a listing from before the report counts only when they belong to the same moment.
 */
const isChargerFree = ({ chargers, chargersListedAt }: User, now: Instant): boolean =>
  chargers.length === 0 && chargersListedAt !== null && now - chargersListedAt <= numbers.sameMomentMs;

/** A complete listing without chargers turns the flags told before it into knowledge, unless they were told beside a charger. */
function relearnOwn(draft: Draft, user: User): void {
  for (const id of user.vehicles) {
    const vehicle = draft.get('vehicle', id);
    if (!vehicle || vehicle.besideCharger) continue;
    const own = learnOwn(vehicle, vehicle.report, true);
    const unresolved = learnUnresolved(vehicle, vehicle.report, own);
    if (own !== vehicle.own) draft.put('vehicle', id, { ...vehicle, own, unresolved });
  }
}

/** Enode says that it is gone. A listing soon says whether that is still so: events come in any order. */
export function assetDeleted(draft: Draft, id: AssetId, said: Said | null | undefined, now: Instant): void {
  if (isNewer(draft, id, said)) return;
  if (said) stampGone(draft, id, said);
  markGone(draft, id, now, said);
  lookAgain(draft, now);
}

/** Gone already, and said so again: what was said in between does not undo it either. */
function stampGone(draft: Draft, id: AssetId, said: Said): void {
  const vehicle = draft.get('vehicle', id);
  const charger = draft.get('charger', id);
  if (vehicle && vehicle.goneSince !== null) draft.put('vehicle', id, { ...vehicle, said });
  if (charger && charger.goneSince !== null) draft.put('charger', id, { ...charger, said });
}

/** Something was said of it since. */
const isNewer = (view: View, id: AssetId, said: Said | null | undefined): boolean =>
  isSaidBefore(said, (view.get('vehicle', id) ?? view.get('charger', id))?.said);

/** A person unlinked it: nothing says so but the answer they got. */
export const takeAway = (draft: Draft, id: AssetId, now: Instant): void =>
  markGone(draft, id, now, saidAt(cloudTimeOf(draft, now)));

function markGone(draft: Draft, id: AssetId, now: Instant, said: Said | null = null): void {
  const vehicle = draft.get('vehicle', id);
  const charger = draft.get('charger', id);
  const userId = vehicle?.report.userId ?? charger?.report.userId;
  if (vehicle && vehicle.goneSince === null) draft.put('vehicle', id, { ...vehicle, goneSince: now, said });
  else if (charger && charger.goneSince === null) draft.put('charger', id, { ...charger, goneSince: now, said });
  else return;
  dropTwin(draft, (vehicle ?? charger)!.report);
  const user = draft.get('user', userId!) ?? newUser;
  const without = (list: readonly AssetId[]) => list.filter((other) => other !== id);
  draft.put('user', userId!, { ...user, vehicles: without(user.vehicles), chargers: without(user.chargers) });
  const pairing = draft.get('pairing', id);
  if (pairing?.charger && draft.get('occupant', pairing.charger)?.vehicle === id)
    draft.put('occupant', pairing.charger, null);
  draft.put('pairing', id, null);
  // What was said of its cable ends here: nobody sees what is done to it until it is back.
  draft.put('correction', id, null);
  believeAll(draft, userId!, id, now);
}

/** The pairs of a vehicle's user are due for another thought; while they stay open the lists are read sooner. */
export function reviewPairs(draft: Draft, vehicle: AssetId, now: Instant): void {
  const due = searchDue(draft, vehicle);
  if (due === null || due > now) return;
  const { userId } = draft.get('vehicle', vehicle)!.report;
  believeAll(draft, userId, vehicle, now);
  hurry(draft, userId, now);
}

/** Pairs first, then the asset and every asset whose partner changed or shares its belief. */
export function believeAll(draft: Draft, userId: UserId, id: AssetId, now: Instant): void {
  const partners = [
    draft.get('occupant', id)?.vehicle,
    draft.get('pairing', id)?.charger,
    ...namersOf(draft, userId, id),
  ];
  const touched = followPairs(draft, userId, now);
  const shown = [draft.get('occupant', id)?.vehicle, draft.get('pairing', id)?.charger];
  for (const asset of new Set([id, ...touched, ...partners, ...shown])) {
    if (asset !== undefined && asset !== null) believe(draft, asset, now);
  }
}

/** Vehicles that say they are plugged in at this charger, activated or not: its cable tells of theirs. */
function namersOf(draft: Draft, userId: UserId, charger: AssetId): AssetId[] {
  if (!draft.get('charger', charger)) return [];
  const { vehicles } = draft.get('user', userId) ?? newUser;
  return vehicles.filter((id) => draft.get('vehicle', id)?.report.pluggedInChargerId === charger);
}
