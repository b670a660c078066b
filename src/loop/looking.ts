// Keeps count of what is watched how closely, so that the wants of a look cost the same for four assets and twenty thousand.
import { type Granted, grant, stretchOf } from '../domain/acting/allowance.ts';
import {
  actionDue,
  actionSubject,
  everyDue,
  followedAt,
  type Level,
  type LookWant,
  levelOf,
  levels,
  listDue,
} from '../domain/acting/attention.ts';
import { hintWant } from '../domain/acting/hint.ts';
import { linkLooks } from '../domain/acting/linking.ts';
import { heardListDue, type Worry, worryOf } from '../domain/acting/safety-net.ts';
import { silentAt, webhookWant } from '../domain/acting/subscription.ts';
import { openInterventions } from '../domain/belief/capability.ts';
import { cloudOf } from '../domain/belief/cloud-learn.ts';
import { isHearing } from '../domain/belief/webhook.ts';
import type { LookSubject } from '../domain/fact.ts';
import { type Instant, instant, latest, soonest } from '../domain/instant.ts';
import { numbers } from '../domain/numbers.ts';
import type { AssetId, UserId } from '../domain/report.ts';
import type { View } from '../domain/site.ts';
import { createSchedule, type Schedule } from '../kernel/schedule.ts';

type ListKind = 'vehicles' | 'chargers';

export interface Looking {
  /** Takes note of an asset's present state; call for every asset that is dirty. */
  watch(view: View, asset: AssetId, now: Instant): void;
  grant(view: View, now: Instant): Granted;
}

interface Seen {
  readonly list: ListKind;
  readonly level: Level | null;
}

export function createLooking(): Looking {
  const seen = new Map<AssetId, Seen>();
  const counts: Record<ListKind, Map<Level, number>> = { vehicles: new Map(), chargers: new Map() };
  const open = new Set<AssetId>();
  /** Those a hint may be wanted for. */
  const silent = new Set<AssetId>();
  const unknownInterventions = new Set<AssetId>();
  const steered = new Map<AssetId, Steered>();
  /** While webhooks are heard: whose listing must not be too old, and from when on that counts. */
  const watched: Record<ListKind, Record<Worry, Schedule>> = { vehicles: newWorries(), chargers: newWorries() };
  const worried = new Map<AssetId, { readonly list: ListKind; readonly why: Worry }>();

  const count = ({ list, level }: Seen, step: 1 | -1): void => {
    if (level !== null) counts[list].set(level, (counts[list].get(level) ?? 0) + step);
  };
  const worry = (view: View, asset: AssetId, { list, level }: Seen, now: Instant): void => {
    const was = worried.get(asset);
    const is = worryOf(view, asset, level, now);
    if (was) watched[was.list][was.why].delete(asset);
    if (is) {
      watched[list][is.why].set(asset, is.from);
      worried.set(asset, { list, why: is.why });
    } else if (was) worried.delete(asset);
  };
  const closest = (list: ListKind): Level | null => levels.find((level) => (counts[list].get(level) ?? 0) > 0) ?? null;

  return {
    watch(view, asset, now) {
      const held = seen.get(asset);
      const vehicle = view.get('vehicle', asset);
      const list = vehicle ? 'vehicles' : 'chargers';
      const level = levelOf(view, asset, now);
      if (held?.list !== list || held.level !== level) {
        if (held) count(held, -1);
        count({ list, level }, 1);
        seen.set(asset, { list, level });
      }
      if (view.settings.webhookUrl !== null) worry(view, asset, { list, level }, now);
      mark(open, asset, followedAt(view, asset).length > 0);
      mark(silent, asset, hintWant(view, asset, now) !== null);
      mark(
        unknownInterventions,
        asset,
        openInterventions(view, asset).some((id) => view.get('intervention', id)?.language !== view.settings.language),
      );
      const found = steeredOf(view, asset);
      if (found) steered.set(asset, found);
      else steered.delete(asset);
    },
    grant(view, now) {
      const cloud = cloudOf(view);
      const stretch = stretchOf(view, cloud, now);
      const links = linkLooks(view, now);
      const isHeard = isHearing(view);
      const lists = (['vehicles', 'chargers'] as const).map((kind): LookWant => {
        const own = isHeard
          ? heardListDue(view, kind, (why) => watched[kind][why].next() as Instant | null, stretch)
          : listDue(view, kind, closest(kind), stretch);
        const due = soonest(own, links.get(kind)?.due ?? null)!;
        return { subject: { kind }, due, priority: 1 };
      });
      const renewals = [...links.values()].flatMap(({ subject, due }): LookWant[] =>
        subject.kind === 'users' ? [{ subject, due, priority: 1 }] : [],
      );
      const every = (subject: LookSubject, ms: number): LookWant => ({
        subject,
        due: everyDue(view, subject, ms),
        priority: 2,
      });
      const slow = [
        every({ kind: 'locations' }, numbers.locationsEveryMs),
        every({ kind: 'users' }, isHeard ? numbers.usersHeardEveryMs : numbers.usersEveryMs),
        every({ kind: 'vendors' }, numbers.vendorsEveryMs),
      ];
      if (unknownInterventions.size > 0) slow.push(every({ kind: 'interventions' }, numbers.interventionsEveryMs));
      for (const [user, { askedFor, vehicles }] of byUser(steered)) {
        const subject: LookSubject = { kind: 'schedules', user, vehicles };
        const ms = isHeard ? numbers.schedulesHeardEveryMs : numbers.schedulesEveryMs;
        slow.push({ subject, due: everyDue(view, subject, ms, askedFor), priority: 2 });
      }
      const actions = [...open].flatMap((asset) => actionWants(view, asset));
      const hints = [...silent].flatMap((asset) => hintWant(view, asset, now) ?? []);
      const kept = webhookWant(view);
      const wants = [...actions, ...lists, ...renewals, ...slow, ...hints, ...(kept ? [kept] : [])];
      const granted = grant(view, cloud, wants, now);
      return { ...granted, nextAt: soonest(granted.nextAt, silentAt(view)) };
    },
  };
}

const newWorries = (): Record<Worry, Schedule> => ({
  judging: createSchedule(),
  confirming: createSchedule(),
  pending: createSchedule(),
  charging: createSchedule(),
  deciding: createSchedule(),
});

const mark = (set: Set<string>, id: string, isIn: boolean): void => void (isIn ? set.add(id) : set.delete(id));

interface Steered {
  readonly user: UserId;
  readonly isVehicle: boolean;
  /** When a command was refused for it; null = Enode's smart charging is on, or was found to be. */
  readonly refusedAt: Instant | null;
}

/**
 * R9: after a 422, with Enode's smart charging on, and as long as something was found, the user's schedules are read, and the
 * smart-charging status of the vehicles.
 */
function steeredOf(view: View, asset: AssetId): Steered | null {
  const vehicle = view.get('vehicle', asset);
  const user = (vehicle ?? view.get('charger', asset))?.report.userId;
  if (user === undefined) return null;
  const isVehicle = vehicle !== undefined;
  const attempt = view.get('attempt', asset);
  if (attempt?.refusal?.status === 422) return { user, isVehicle, refusedAt: attempt.answeredAt };
  const isFound = view.get('user', user)?.foreign.some(({ target }) => target === asset) ?? false;
  return vehicle?.report.smartChargingOn === true || isFound ? { user, isVehicle, refusedAt: null } : null;
}

/** The newest refusal and the vehicles per user, sorted. */
function byUser(all: ReadonlyMap<AssetId, Steered>): [UserId, { askedFor: Instant | null; vehicles: AssetId[] }][] {
  const users = new Map<UserId, { askedFor: Instant | null; vehicles: AssetId[] }>();
  for (const [asset, { user, isVehicle, refusedAt }] of [...all].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const one = users.get(user) ?? { askedFor: null, vehicles: [] };
    users.set(user, one);
    one.askedFor = latest(one.askedFor, refusedAt);
    if (isVehicle) one.vehicles.push(asset);
  }
  return [...users].sort(([a], [b]) => (a < b ? -1 : 1));
}

function actionWants(view: View, asset: AssetId): LookWant[] {
  const running = followedAt(view, asset).filter(({ state, action }) => state === 'accepted' && action !== null);
  return running.map((one) => ({ subject: actionSubject(one), due: instant(actionDue(view, one)), priority: 0 }));
}
