// How the cloud answers: counters, back-off, breaker and the comparison of clocks.

import type { Draft } from '../draft.ts';
import type { RequestEnded } from '../fact.ts';
import { type Instant, later, latest } from '../instant.ts';
import { dayOf } from '../local-time.ts';
import { numbers } from '../numbers.ts';
import type { View } from '../site.ts';
import { type Cloud, newCloud } from './cloud.ts';

export const cloudOf = (view: View): Cloud => view.get('cloud', 'cloud') ?? newCloud;

export function learnRequest(draft: Draft, request: RequestEnded, at: Instant): void {
  const held = cloudOf(draft);
  const today = dayOf(at, draft.settings.timeZone);
  const counted = today === held.day ? held : { ...held, day: today, sent: 0, sentByKind: {} };
  const sent = counted.sent + 1;
  const sentByKind = { ...counted.sentByKind, [request.kind]: (counted.sentByKind[request.kind] ?? 0) + 1 };
  if (request.byUs) return draft.put('cloud', 'cloud', { ...counted, sent, sentByKind });
  const answered = request.status !== null && request.status < 500 && request.status !== 429;
  // A client error of one request (404, 422 …) still means that the cloud is there; 401 and 403 mean that it does not serve us.
  const isUp = answered && request.status !== 401;
  const failures = isUp ? 0 : held.failures + 1;
  // An answer that was under way beside a 429 does not end the wait that was asked for.
  const askedToWait = latest(
    request.retryAt,
    held.askedToWait !== null && held.askedToWait > at ? held.askedToWait : null,
  );
  draft.put('cloud', 'cloud', {
    ...counted,
    sent,
    sentByKind,
    connected: isUp,
    failures,
    failingSince: isUp ? null : (held.failingSince ?? at),
    why: isUp ? null : request.why,
    lastOkAt: request.ok ? at : held.lastOkAt,
    clockOffset: request.cloudTime === null ? held.clockOffset : at - request.cloudTime,
    askedToWait,
    notBefore: isUp ? askedToWait : latest(askedToWait, backOff(failures, at)),
  });
}

/** The breaker: after each failure in a row looks wait twice as long, from seconds to minutes. Commands of persons do not wait. */
function backOff(failures: number, at: Instant): Instant {
  return later(at, Math.min(numbers.cloudBackoffMostMs, numbers.cloudBackoffFirstMs * 2 ** (failures - 1)));
}

/** Our clock jumped, or we just started: it counts as unproven until the cloud answers again. */
export function jumpClock(draft: Draft): void {
  const held = cloudOf(draft);
  if (held.clockOffset === null && held.notBefore === null) return;
  draft.put('cloud', 'cloud', { ...held, clockOffset: null, askedToWait: null, notBefore: null });
}

/** Our wall clock agrees with the cloud's: the condition for anything automatic. */
export function clockAgrees(view: View): boolean {
  const { clockOffset } = cloudOf(view);
  return clockOffset !== null && Math.abs(clockOffset) <= numbers.clockAgreementMs;
}

/** Our time `at` as the cloud's clock would show it. */
export const cloudTimeOf = (view: View, at: Instant): Instant => later(at, -(cloudOf(view).clockOffset ?? 0));
