// What a report or a listing changes: the asset itself, its user's lists, all pairs of the user, and what is believed of them.
import type { Draft } from '../draft.ts';
import type { Fact } from '../fact.ts';
import type { Instant } from '../instant.ts';
import type { AssetId, AssetKind, ChargerReport, UserId, VehicleReport } from '../report.ts';
import { believe } from './believe.ts';
import { learnOwn } from './capability.ts';
import { followPairs } from './pairing.ts';
import { followPosition } from './position.ts';
import { newUser, type User } from './user.ts';
import type { Vehicle } from './vehicle.ts';

const nothingLearnt: Vehicle['own'] = { start: 'unknown', stop: 'unknown', locate: 'unknown' };

export function vehicleReported(draft: Draft, report: VehicleReport, now: Instant): void {
  if (!draft.settings.users.includes(report.userId)) return;
  const held = draft.get('vehicle', report.id);
  if (held && isOlder(held.report, report)) return;
  const user = link(draft, 'vehicle', report.userId, report.id);
  draft.put('vehicle', report.id, {
    report,
    heardAt: now,
    goneSince: null,
    own: learnOwn(held?.own ?? nothingLearnt, report, user),
    where: followPosition(held?.where ?? null, report),
  });
  believeAll(draft, report.userId, report.id, now);
}

export function chargerReported(draft: Draft, report: ChargerReport, now: Instant): void {
  if (!draft.settings.users.includes(report.userId)) return;
  const held = draft.get('charger', report.id);
  if (held && isOlder(held.report, report)) return;
  link(draft, 'charger', report.userId, report.id);
  draft.put('charger', report.id, { report, heardAt: now, goneSince: null });
  believeAll(draft, report.userId, report.id, now);
}

/** R1: a report older than what is held is dropped; the cloud's own times decide, and one without a time cannot be compared. */
function isOlder(held: VehicleReport | ChargerReport, next: VehicleReport | ChargerReport): boolean {
  const [a, b] = [held.charge.at, next.charge.at];
  if (a !== null && b !== null && a !== b) return b < a;
  return held.lastSeen !== null && next.lastSeen !== null && next.lastSeen < held.lastSeen;
}

function link(draft: Draft, kind: AssetKind, userId: UserId, id: AssetId): User {
  const user = draft.get('user', userId) ?? newUser;
  const list = kind === 'vehicle' ? user.vehicles : user.chargers;
  if (list.includes(id)) return user;
  const grown = [...list, id].sort();
  const next = kind === 'vehicle' ? { ...user, vehicles: grown } : { ...user, chargers: grown };
  draft.put('user', userId, next);
  return next;
}

/** A complete listing: what it no longer names begins its grace time. Assets of users it does not cover are left alone. */
export function listed(draft: Draft, fact: Extract<Fact, { kind: 'listed' }>, now: Instant): void {
  const ids = new Set(fact.ids);
  for (const userId of fact.users) {
    if (!draft.settings.users.includes(userId)) continue;
    const user = draft.get('user', userId) ?? newUser;
    const mine = fact.assets === 'vehicle' ? user.vehicles : user.chargers;
    for (const id of mine) if (!ids.has(id)) markGone(draft, id, now);
    const at = { [fact.assets === 'vehicle' ? 'vehiclesListedAt' : 'chargersListedAt']: now };
    const next = { ...(draft.get('user', userId) ?? newUser), ...at };
    draft.put('user', userId, next);
    if (fact.assets === 'charger' && user.chargersListedAt === null) relearnOwn(draft, next);
  }
}

/** The first complete listing of chargers may turn flags that said nothing into knowledge. */
function relearnOwn(draft: Draft, user: User): void {
  for (const id of user.vehicles) {
    const vehicle = draft.get('vehicle', id);
    if (!vehicle) continue;
    const own = learnOwn(vehicle.own, vehicle.report, user);
    if (own !== vehicle.own) draft.put('vehicle', id, { ...vehicle, own });
  }
}

export function assetDeleted(draft: Draft, id: AssetId, now: Instant): void {
  markGone(draft, id, now);
}

function markGone(draft: Draft, id: AssetId, now: Instant): void {
  const vehicle = draft.get('vehicle', id);
  const charger = draft.get('charger', id);
  const userId = vehicle?.report.userId ?? charger?.report.userId;
  if (vehicle && vehicle.goneSince === null) draft.put('vehicle', id, { ...vehicle, goneSince: now });
  else if (charger && charger.goneSince === null) draft.put('charger', id, { ...charger, goneSince: now });
  else return;
  const user = draft.get('user', userId!) ?? newUser;
  const without = (list: readonly AssetId[]) => list.filter((other) => other !== id);
  draft.put('user', userId!, { ...user, vehicles: without(user.vehicles), chargers: without(user.chargers) });
  const pairing = draft.get('pairing', id);
  if (pairing?.charger && draft.get('occupant', pairing.charger)?.vehicle === id)
    draft.put('occupant', pairing.charger, null);
  draft.put('pairing', id, null);
  believeAll(draft, userId!, id, now);
}

/** Pairs first, then the asset and every asset whose partner changed or shares its belief. */
function believeAll(draft: Draft, userId: UserId, id: AssetId, now: Instant): void {
  const partners = [draft.get('occupant', id)?.vehicle, draft.get('pairing', id)?.charger];
  const touched = followPairs(draft, userId, now);
  const shown = [draft.get('occupant', id)?.vehicle, draft.get('pairing', id)?.charger];
  for (const asset of new Set([id, ...touched, ...partners, ...shown])) {
    if (asset !== undefined && asset !== null) believe(draft, asset, now);
  }
}
