// One request allowance for everything. Arithmetic on times: it sends nothing and sleeps never.
import type { Cloud } from '../belief/cloud.ts';
import { type Instant, soonest } from '../instant.ts';
import { clockTimeOf, dayOf, nextDay } from '../local-time.ts';
import { numbers } from '../numbers.ts';
import type { View } from '../site.ts';
import { type Reason, reason } from '../telling/reason.ts';
import { keyOf, type LookWant } from './attention.ts';

export interface Granted {
  readonly looks: readonly LookWant[];
  /** When to ask again at the latest; null = nothing is wanted. */
  readonly nextAt: Instant | null;
}

/** May a person's request about accounts and places go out now? It waits for no look, but neither does it press a cloud that asked for
    time, nor may an automation that runs wild spend the day's requests. null = yes. */
export function askRefusal(view: View, cloud: Cloud, now: Instant): Reason | null {
  const { timeZone } = view.settings;
  if (cloud.askedToWait !== null && cloud.askedToWait > now)
    return reason('ask_wait', { until: clockTimeOf(cloud.askedToWait, timeZone) });
  const asked = cloud.day === dayOf(now, timeZone) ? (cloud.sentByKind.linking ?? 0) : 0;
  return asked < numbers.linkingPerDay ? null : reason('ask_spent', { requests: numbers.linkingPerDay });
}

/** Requests sent since local midnight. */
export const sentToday = (cloud: Cloud, timeZone: string, now: Instant): number =>
  cloud.day === dayOf(now, timeZone) ? cloud.sent : 0;

/** Factor on the intervals of lists when the day's requests run short. */
export function stretchOf(view: View, cloud: Cloud, now: Instant): number {
  const { requestsPerDay, timeZone } = view.settings;
  return sentToday(cloud, timeZone, now) > requestsPerDay * numbers.stretchAbove ? numbers.stretchFactor : 1;
}

/** Grants the wants that are due, most important first, within what is left of the day and what the cloud asked us to wait. */
export function grant(view: View, cloud: Cloud, wants: readonly LookWant[], now: Instant): Granted {
  const { requestsPerDay, timeZone } = view.settings;
  // What is under way is not counted yet, and any look may need a token first: the day's number is a promise.
  let left = requestsPerDay - sentToday(cloud, timeZone, now) - numbers.tokenReserve;
  let free = numbers.looksAtOnce;
  let nextAt: Instant | null = null;
  const looks: LookWant[] = [];
  const waiting = [...wants].sort(
    (a, b) => a.priority - b.priority || a.due - b.due || (keyOf(a.subject) < keyOf(b.subject) ? -1 : 1),
  );
  for (const want of waiting) {
    if (!isUnderWay(view, want, now)) continue;
    free--;
    left -= costOf(view, want);
  }
  for (const want of waiting) {
    if (isUnderWay(view, want, now)) continue;
    const due = cloud.notBefore !== null && cloud.notBefore > want.due ? cloud.notBefore : want.due;
    if (due > now) nextAt = soonest(nextAt, due);
    else if (left - costOf(view, want) < requestsPerDay * (numbers.reserveShare[want.priority] ?? 0))
      nextAt = soonest(nextAt, nextDay(now, timeZone));
    else if (free > 0) {
      looks.push(want);
      free--;
      left -= costOf(view, want);
    }
    // Else: the end of one under way is a fact, and that brings the next look.
  }
  return { looks, nextAt };
}

/** Requests of one look at least: users are read one by one. Lists of more than one page cost more than is foreseen here. */
function costOf(view: View, { subject }: LookWant): number {
  if (subject.kind === 'schedules') return 1 + (subject.vehicles?.length ?? 0);
  return subject.kind === 'users' && subject.user === undefined ? Math.max(1, view.settings.users.length) : 1;
}

function isUnderWay(view: View, { subject }: LookWant, now: Instant): boolean {
  const record = view.get('look', keyOf(subject));
  return record !== undefined && record.endedAt === null && now - record.askedAt < numbers.lookLostMs;
}
