// What each look asks of the cloud, and the facts it tells. Every function returns whether the look reached its end.
import { type Said, saidWithin } from '../domain/belief/said.ts';
import type { Fact, LookSubject } from '../domain/fact.ts';
import type { AssetId, AssetKind, ChargerReport, UserId, VehicleReport } from '../domain/report.ts';
import type { Language } from '../domain/settings.ts';
import type { Tell } from '../loop/ports.ts';
import { actionIn, actionPath, assetPath, isLimit, limitIn } from './actions.ts';
import type { Call } from './call.ts';
import { isSuccess, type Reply } from './exchange.ts';
import { DESCRIPTION_MOST, TEXT_MOST } from './numbers.ts';
import type { Oddities } from './oddities.ts';
import { type PageCount, readPages } from './pages.ts';
import type { Redact } from './text.ts';
import { type Around, chargerReport, interventionText, vehicleReport } from './translate.ts';
import { readVendors } from './vendors.ts';
import { type Subscribing, stepWebhook } from './webhooks/steps.ts';
import type { Reader, Wire, WireCharger, WireVehicle } from './wire.ts';

export interface Looking {
  readonly call: Call;
  readonly wire: Wire;
  readonly oddities: Oddities;
  readonly users: readonly UserId[];
  /** Of texts for people that come from Enode. */
  readonly language: Language;
  readonly tell: Tell;
  readonly redact: Redact;
  /** Of this look; absent: as many as there are. */
  readonly pages?: PageCount;
}

const saidOf = ({ cloudNow }: Around): Said | null => (cloudNow === null ? null : saidWithin(cloudNow));

/** A listing is told in parts, so that one fact never keeps the loop busy for long. */
const USERS_PER_LISTING = 25;

const encode = encodeURIComponent;

export function lookAt(its: Subscribing, subject: LookSubject): Promise<boolean> {
  switch (subject.kind) {
    case 'vehicles':
      return assets(its, 'vehicle', its.wire.vehicle, (wire: WireVehicle, userId, around) => {
        const report: VehicleReport = vehicleReport(wire, userId, around);
        its.tell({ kind: 'vehicle_reported', report, said: saidOf(around) });
      });
    case 'chargers':
      return assets(its, 'charger', its.wire.charger, (wire: WireCharger, userId, around) => {
        const report: ChargerReport = chargerReport(wire, userId, around);
        its.tell({ kind: 'charger_reported', report, said: saidOf(around) });
      });
    case 'users':
      return users(its, subject.user === undefined ? its.users : [subject.user]);
    case 'locations':
      return locations(its);
    case 'schedules':
      return schedules(its, subject.user, subject.vehicles ?? []);
    case 'action':
      return action(its, subject);
    case 'hint':
      return hint(its, subject.id, subject.targetKind);
    case 'interventions':
      return interventions(its);
    case 'vendors':
      return readVendors(its, false).then((answer) => answer.ok);
    case 'webhook':
      return stepWebhook(its, subject);
  }
}

/** One user is asked for alone; several by the client's whole list, from which strangers are dropped. */
function listOf(its: Looking, things: string): { readonly path: string; readonly owner: UserId | null } {
  const [only, second] = its.users;
  return only !== undefined && second === undefined
    ? { path: `/users/${encode(only)}/${things}`, owner: only }
    : { path: `/${things}`, owner: null };
}

async function assets<W extends { readonly id: AssetId; readonly userId?: string | null | undefined }>(
  its: Looking,
  kind: AssetKind,
  read: Reader<W>,
  report: (wire: W, userId: UserId, around: Around) => void,
): Promise<boolean> {
  const { path, owner } = listOf(its, `${kind}s`);
  const ours = new Set(its.users);
  /** Ids by owner; those whose owner is unknown count for everybody. */
  const owned = new Map<UserId, AssetId[]>();
  const unowned: AssetId[] = [];
  let certain = true;
  /** Of the first page: what came up since is not on it. */
  let said: Said | null | undefined;
  const take = (elements: readonly unknown[], reply: Reply): void => {
    const around: Around = { cloudNow: reply.cloudTime, oddities: its.oddities };
    if (said === undefined) said = saidOf(around);
    for (const element of elements) {
      const result = read(element);
      if (!result.ok) {
        // Unreadable is not gone: with its id it stays listed, without it nothing may be taken for gone.
        if (result.id === null) certain = false;
        else unowned.push(result.id);
        continue;
      }
      const wire = result.value;
      const userId = wire.userId ?? owner;
      if (userId === null) {
        its.oddities.element(`${kind} ${wire.id}`, 'userId is missing or wrong');
        unowned.push(wire.id);
      } else if (ours.has(userId)) {
        const list = owned.get(userId);
        if (list) list.push(wire.id);
        else owned.set(userId, [wire.id]);
        report(wire, userId, around);
      }
    }
  };
  const complete = await readPages(its, `${kind}s`, path, take);
  if (complete && certain)
    for (let from = 0; from < its.users.length; from += USERS_PER_LISTING) {
      const some = its.users.slice(from, from + USERS_PER_LISTING);
      const ids = [...unowned, ...some.flatMap((user) => owned.get(user) ?? [])];
      its.tell({ kind: 'listed', assets: kind, users: some, ids, said: said ?? null });
    }
  return complete;
}

async function users(its: Looking, whose: readonly UserId[]): Promise<boolean> {
  let ok = true;
  for (const user of whose) {
    const outcome = await its.call({ kind: 'users', method: 'GET', path: `/users/${encode(user)}` }, (reply) => {
      if (reply.status === 404) return { known: false, vendors: [] };
      const result = reply.status === 200 ? its.wire.user(reply.body) : null;
      return result?.ok ? { known: true, vendors: result.value.linkedVendors } : null;
    });
    if (outcome.kind !== 'answered') return false;
    if (outcome.value === null) {
      ok = false;
      // Asked to wait: the users that are left would only be refused too.
      if (outcome.reply.status === 429 || outcome.reply.status >= 500) return false;
      continue;
    }
    const { known, vendors } = outcome.value;
    const invalidVendors = [...new Set(vendors.filter((one) => !one.isValid).map((one) => one.vendor))];
    its.tell({ kind: 'user_reported', user, invalidVendors, known });
  }
  return ok;
}

async function locations(its: Looking): Promise<boolean> {
  const { path, owner } = listOf(its, 'locations');
  const found: { id: string; user: UserId; latitude: number; longitude: number }[] = [];
  const complete = await readPages(its, 'locations', path, (elements) => {
    for (const element of elements) {
      const result = its.wire.location(element);
      if (!result.ok) continue;
      const { id, userId, latitude, longitude } = result.value;
      const user = userId ?? owner;
      if (user !== null && its.users.includes(user)) found.push({ id, user, latitude, longitude });
    }
  });
  if (complete) its.tell({ kind: 'locations_reported', locations: found });
  return complete;
}

type Foreign = Extract<Fact, { kind: 'foreign_control_reported' }>['found'][number];

/** Schedules are only here; of smart charging, the vehicles' reports say that it is on, its status what it does. */
async function schedules(its: Looking, user: UserId, vehicles: readonly AssetId[]): Promise<boolean> {
  const found: Foreign[] = [];
  const complete = await readPages(its, 'schedules', `/users/${encode(user)}/schedules`, (elements) => {
    for (const element of elements) {
      const result = its.wire.schedule(element);
      if (result.ok && result.value.isEnabled)
        found.push({ target: result.value.targetId, by: 'schedule', id: result.value.id });
    }
  });
  if (!complete) return false;
  let isWhole = true;
  for (const target of vehicles) {
    const state = await smartCharging(its, target);
    if (state === null) isWhole = false;
    else if (state !== 'DISABLED') found.push({ target, by: 'smart_charging', id: state });
    // Asked to wait: the vehicles that are left would only be refused too.
    if (!isWhole) break;
  }
  its.tell({ kind: 'foreign_control_reported', user, found });
  return isWhole;
}

/** Enode's word for what its smart charging of a vehicle does; null = no answer. Where it is not offered it is as good as off. */
async function smartCharging(its: Looking, vehicle: AssetId): Promise<string | null> {
  const path = `${assetPath('vehicle', vehicle)}/smart-charging-status`;
  const outcome = await its.call({ kind: 'schedules', method: 'GET', path }, (reply) => {
    if (reply.status === 429 || reply.status >= 500) return null;
    const result = reply.status === 200 ? its.wire.smartCharging(reply.body) : null;
    return result?.ok ? result.value.state : 'DISABLED';
  });
  return outcome.kind === 'answered' ? outcome.value : null;
}

async function action(its: Looking, subject: LookSubject & { readonly kind: 'action' }): Promise<boolean> {
  const { id, targetKind } = subject;
  const outcome = await its.call({ kind: 'action', method: 'GET', path: actionPath(targetKind, id) }, (reply) => {
    if (reply.status === 404) return 'unknown' as const;
    if (reply.status !== 200) return null;
    return isLimit(reply.body)
      ? toldIf(limitIn(its, reply, subject), id, (action) => ({ kind: 'limit_reported', action }))
      : toldIf(actionIn(its, reply, subject), id, (action) => ({ kind: 'action_reported', action }));
  });
  if (outcome.kind !== 'answered' || outcome.value === null) return false;
  if (outcome.value === 'unknown') its.tell({ kind: 'action_unknown', id });
  else its.tell(outcome.value);
  return true;
}

/** Only the action that was asked for. */
const toldIf = <A extends { readonly id: string }>(
  action: A | null,
  id: string,
  tell: (action: A) => Fact,
): Fact | null => (action?.id === id ? tell(action) : null);

async function hint(its: Looking, id: AssetId, targetKind: AssetKind): Promise<boolean> {
  const path = `${assetPath(targetKind, id)}/refresh-hint`;
  const outcome = await its.call({ kind: 'hint', method: 'POST', path }, ({ status }) =>
    isSuccess(status) ? true : null,
  );
  return outcome.kind === 'answered' && outcome.value !== null;
}

/** Enode's names of our languages [OA]; it falls back to en-US by itself. */
const locales: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' };

async function interventions(its: Looking): Promise<boolean> {
  const path = `/interventions?language=${locales[its.language]}`;
  const outcome = await its.call({ kind: 'interventions', method: 'GET', path }, (reply) =>
    reply.status === 200 && Array.isArray(reply.body) ? (reply.body as readonly unknown[]) : null,
  );
  if (outcome.kind !== 'answered' || outcome.value === null) return false;
  const most = { title: TEXT_MOST, description: DESCRIPTION_MOST };
  const texts = outcome.value.flatMap((element) => {
    const result = its.wire.intervention(element);
    return result.ok ? [interventionText(result.value, most)] : [];
  });
  its.tell({ kind: 'interventions_reported', language: its.language, texts });
  return true;
}
