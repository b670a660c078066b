// Events of a delivery into facts. What concerns nobody here, or nothing that we know, becomes none; what cannot be read costs itself.
import { type Said, saidAt } from '../../domain/belief/said.ts';
import type { Fact } from '../../domain/fact.ts';
import type { Instant } from '../../domain/instant.ts';
import type { AssetKind, UserId } from '../../domain/report.ts';
import { isLimit } from '../actions.ts';
import type { Oddities } from '../oddities.ts';
import type { Redact } from '../text.ts';
import { timeOf } from '../times.ts';
import { type Around, actionReport, chargerReport, limitReport, vehicleReport } from '../translate.ts';
import type { Wire } from '../wire.ts';

export interface Event {
  readonly name: string;
  /** The cloud's time; null = not told. */
  readonly createdAt: Instant | null;
  readonly raw: Readonly<Record<string, unknown>>;
}

export interface Reading {
  readonly wire: Wire;
  readonly oddities: Oddities;
  readonly redact: Redact;
  readonly isOurs: (user: UserId) => boolean;
}

/** Of kinds of assets that are not ours, and what carries no news. */
const ignored = /^(user:(battery|inverter|meter|hvac|hem-system):.+|system:heartbeat|enode:webhook:test)$/;

/**
 * The elements that are events, oldest first; null = no list of events at all. Order is not promised (enode-api.md 12.2).
 * @param cloudNow null = not known
 */
export function eventsIn(body: unknown, cloudNow: Instant | null): readonly Event[] | null {
  if (!Array.isArray(body) || body.length === 0) return null;
  const events = body.flatMap((raw: unknown): Event[] => {
    const { event, createdAt } = (raw ?? {}) as { event?: unknown; createdAt?: unknown };
    if (typeof event !== 'string' || event.length > 200) return [];
    const at = typeof createdAt === 'string' ? timeOf(createdAt, cloudNow) : null;
    return [{ name: event, createdAt: at, raw: raw as Event['raw'] }];
  });
  return events.length === 0 ? null : events.sort((a, b) => (a.createdAt ?? 0) - (b.createdAt ?? 0));
}

export function factsOf(event: Event, its: Reading): readonly Fact[] {
  switch (event.name) {
    case 'user:vehicle:discovered':
    case 'user:vehicle:updated':
      return reported(event, 'vehicle', its);
    case 'user:charger:discovered':
    case 'user:charger:updated':
      return reported(event, 'charger', its);
    case 'user:vehicle:deleted':
      return deleted(event, 'vehicle', its);
    case 'user:charger:deleted':
      return deleted(event, 'charger', its);
    case 'user:vendor-action:updated':
      return acted(event, event.raw.vendorAction, its);
    // The former one's deprecated twin.
    case 'user:charge-action:updated':
      return acted(event, event.raw.chargeAction ?? event.raw.vendorAction, its);
    case 'user:credentials:invalidated':
      return invalidated(event, its);
    case 'user:schedule:execution-updated':
      return scheduled(event, its);
    case 'user:vehicle:smart-charging-status-updated':
      return smartCharged(event, its);
    default:
      if (!ignored.test(event.name)) its.oddities.word('webhook.event', event.name);
      return [];
  }
}

/** The user an event is of, if it is one of ours. @param told who the thing in it says it belongs to */
function ownerOf({ name, raw }: Event, told: unknown, its: Reading): UserId | null {
  const user = (raw.user as { id?: unknown } | null | undefined)?.id ?? told;
  if (typeof user !== 'string') {
    its.oddities.element(`event ${name}`, 'it does not say whose it is');
    return null;
  }
  return its.isOurs(user) && (typeof told !== 'string' || told === user) ? user : null;
}

const around = ({ oddities }: Reading): Around => ({ cloudNow: null, oddities });
const saidOf = ({ createdAt }: Event): Said | null => (createdAt === null ? null : saidAt(createdAt));

function reported(event: Event, kind: AssetKind, its: Reading): readonly Fact[] {
  const user = ownerOf(event, (event.raw[kind] as { userId?: unknown } | null | undefined)?.userId, its);
  if (user === null) return [];
  const said = saidOf(event);
  if (kind === 'vehicle') {
    const read = its.wire.vehicle(event.raw.vehicle);
    return read.ok ? [{ kind: 'vehicle_reported', report: vehicleReport(read.value, user, around(its)), said }] : [];
  }
  const read = its.wire.charger(event.raw.charger);
  return read.ok ? [{ kind: 'charger_reported', report: chargerReport(read.value, user, around(its)), said }] : [];
}

function deleted(event: Event, kind: AssetKind, its: Reading): readonly Fact[] {
  const { id, userId } = (event.raw[kind] ?? {}) as { id?: unknown; userId?: unknown };
  const user = ownerOf(event, userId, its);
  return user === null || typeof id !== 'string' ? [] : [{ kind: 'asset_deleted', id, said: saidOf(event) }];
}

/** Starts, stops and limits. */
function acted(event: Event, raw: unknown, its: Reading): readonly Fact[] {
  const { userId, kind, createdAt } = (raw ?? {}) as { userId?: unknown; kind?: unknown; createdAt?: unknown };
  if (ownerOf(event, userId, its) === null) return [];
  const made = typeof createdAt === 'string' ? timeOf(createdAt, null) : null;
  const answeredAt = made ?? event.createdAt;
  if (answeredAt === null) return [];
  const asked = (target: string) => ({ target, targetKind: 'vehicle', answeredAt }) as const;
  const within = { ...around(its), redact: its.redact };
  if (isLimit(raw)) {
    const read = its.wire.limitAction(raw);
    const action =
      read.ok && read.value.targetId != null ? limitReport(read.value, asked(read.value.targetId), within) : null;
    return action === null ? [] : [{ kind: 'limit_reported', action }];
  }
  if (kind !== 'START' && kind !== 'STOP') return [];
  const read = its.wire.action(raw);
  const action =
    read.ok && read.value.targetId != null ? actionReport(read.value, asked(read.value.targetId), within) : null;
  return action === null ? [] : [{ kind: 'action_reported', action }];
}

function invalidated(event: Event, its: Reading): readonly Fact[] {
  const user = ownerOf(event, undefined, its);
  const { vendor } = event.raw;
  return user === null || typeof vendor !== 'string' || vendor.length > 60
    ? []
    : [{ kind: 'credentials_invalidated', user, vendor }];
}

function scheduled(event: Event, its: Reading): readonly Fact[] {
  const user = ownerOf(event, undefined, its);
  const read = user === null ? null : its.wire.schedule(event.raw.schedule);
  if (user === null || !read?.ok) return [];
  const { id, targetId: target, isEnabled: on } = read.value;
  return [{ kind: 'schedule_seen', user, target, id, on }];
}

function smartCharged(event: Event, its: Reading): readonly Fact[] {
  const status = (event.raw.smartChargingStatus ?? {}) as { vehicleId?: unknown; userId?: unknown; state?: unknown };
  if (ownerOf(event, status.userId, its) === null) return [];
  const { vehicleId: vehicle, state } = status;
  // UNKNOWN and what is missing say nothing.
  if (typeof vehicle !== 'string' || typeof state !== 'string' || state === 'UNKNOWN') return [];
  return [{ kind: 'smart_charging_seen', vehicle, on: state !== 'DISABLED' && state !== 'PLAN:ENDED:DISABLED' }];
}
