// One request allowance for everything. Arithmetic on times: it sends nothing and sleeps never.
import type { Cloud } from '../belief/cloud.ts';
import type { LookSubject } from '../fact.ts';
import { type Instant, soonest } from '../instant.ts';
import { clockTimeOf, dayOf, nextDay } from '../local-time.ts';
import { numbers } from '../numbers.ts';
import type { View } from '../site.ts';
import { type Reason, reason } from '../telling/reason.ts';
import { keyOf, type LookWant } from './attention.ts';

export interface Granted {
  readonly looks: readonly GrantedLook[];
  /** When to ask again at the latest; null = nothing is wanted. */
  readonly nextAt: Instant | null;
}

export interface GrantedLook extends LookWant {
  /** Requests it may spend at most: a list that goes on beyond them stays unread from there. */
  readonly most: number;
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
  const looks: GrantedLook[] = [];
  const waiting = [...wants].sort(
    (a, b) => a.priority - b.priority || a.due - b.due || (keyOf(a.subject) < keyOf(b.subject) ? -1 : 1),
  );
  for (const want of waiting) {
    if (!isUnderWay(view, want, now)) continue;
    free--;
    left -= view.get('look', keyOf(want.subject))?.most ?? costOf(view, want);
  }
  for (const want of waiting) {
    if (isUnderWay(view, want, now)) continue;
    const due = cloud.notBefore !== null && cloud.notBefore > want.due ? cloud.notBefore : want.due;
    const cost = costOf(view, want);
    const spare = left - cost - requestsPerDay * (numbers.reserveShare[want.priority] ?? 0);
    if (due > now) nextAt = soonest(nextAt, due);
    else if (spare < 0) nextAt = soonest(nextAt, nextDay(now, timeZone));
    else if (free > 0) {
      // A list may have grown: it gets a share of what is left beyond what it is expected to cost.
      const most = cost + (isList(want.subject) ? Math.floor(spare / numbers.looksAtOnce) : 0);
      looks.push({ ...want, most });
      free--;
      left -= most;
    }
    // Else: the end of one under way is a fact, and that brings the next look.
  }
  return { looks, nextAt };
}

/** Requests of one look, as far as it can be foreseen: users are read one by one, lists have as many pages as last time. */
function costOf(view: View, { subject }: LookWant): number {
  if (subject.kind === 'users' && subject.user === undefined) return Math.max(1, view.settings.users.length);
  const beside = subject.kind === 'schedules' ? (subject.vehicles?.length ?? 0) : 0;
  return beside + (isList(subject) ? (view.get('look', keyOf(subject))?.pages ?? 1) : 1);
}

function isList(subject: LookSubject): boolean {
  const { kind } = subject;
  return kind === 'vehicles' || kind === 'chargers' || kind === 'locations' || kind === 'schedules' || isCheck(subject);
}

/** The only step of keeping the webhook that reads a list. */
const isCheck = (subject: LookSubject): boolean => subject.kind === 'webhook' && subject.step === 'check';

function isUnderWay(view: View, { subject }: LookWant, now: Instant): boolean {
  const record = view.get('look', keyOf(subject));
  return record !== undefined && record.endedAt === null && now - record.askedAt < numbers.lookLostMs;
}
