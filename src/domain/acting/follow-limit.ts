// The one step that an open limit needs now (R11): told as set, waited for, asked, repeated once in doubt, or given up. Level-triggered.
import { cloudTimeOf } from '../belief/cloud-learn.ts';
import type { Draft } from '../draft.ts';
import { type Instant, later, soonest } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId } from '../report.ts';
import { type Reason, reason } from '../telling/reason.ts';
import { openAttempt } from './attempt.ts';
import { withSent } from './command-state.ts';
import type { Effect } from './effect.ts';
import { aboutLimit, isSame, type Limit, limitKinds, limitTarget, openLimit, reportedLimit } from './limit.ts';
import { limitPermitFor } from './permit.ts';
import { limitsFullUntil } from './take-limit.ts';

/** @returns when to look again, or null */
export function followLimits(
  draft: Draft,
  lead: AssetId,
  crew: readonly AssetId[],
  now: Instant,
  effects: Effect[],
): Instant | null {
  let reviewAt: Instant | null = null;
  for (const device of crew)
    for (const kind of limitKinds) {
      const limit = openLimit(draft, device, kind);
      if (limit) reviewAt = soonest(reviewAt, follow(draft, lead, crew, limit, now, effects));
    }
  return reviewAt;
}

export function endLimit(
  draft: Draft,
  limit: Limit,
  outcome: NonNullable<Limit['outcome']>,
  result: Reason,
  now: Instant,
): void {
  draft.put(limit.limit, limit.target, {
    ...limit,
    state: 'ended',
    outcome,
    result,
    endedCloudTime: cloudTimeOf(draft, now),
  });
  const type = outcome === 'confirmed' ? 'command_confirmed' : 'command_failed';
  const detail = outcome === 'confirmed' ? limit.limit : result.code;
  if (outcome !== 'superseded') draft.tell({ subject: limit.subject, type, detail });
}

function follow(
  draft: Draft,
  lead: AssetId,
  crew: readonly AssetId[],
  limit: Limit,
  now: Instant,
  effects: Effect[],
): Instant | null {
  if (isMet(draft, limit, now)) {
    endLimit(draft, limit, 'confirmed', reason('limit_confirmed', aboutLimit(limit)), now);
    return null;
  }
  switch (limit.state) {
    case 'wanted':
      return want(draft, lead, crew, limit, now, effects);
    case 'intended': {
      const over = later(limit.intendedAt!, numbers.answerLostMs);
      if (now < over) return over;
      // It may still be under way: no repeat.
      doubtLimit(draft, { ...limit, repeats: 1 }, now);
      return later(limit.intendedAt!, numbers.doubtLostMs);
    }
    case 'accepted': {
      const over = later(limit.answeredAt!, numbers.actionWindowMs + numbers.doubtContraryMs);
      if (now < over) return over;
      endLimit(draft, limit, 'lost', reason('limit_lost', aboutLimit(limit)), now);
      return null;
    }
    case 'doubtful':
      return followDoubt(draft, lead, crew, limit, now, effects);
    case 'ended':
      return null;
    default:
      return limit.state satisfies never;
  }
}

/** By a report newer than the request; before any request, by a fresh one. All by the cloud's times. */
function isMet(draft: Draft, limit: Limit, now: Instant): boolean {
  const { value, at } = reportedLimit(draft, limit.target, limit.limit);
  if (at === null || !isSame(value, limit.value)) return false;
  const since = limit.actionCreatedAt ?? limit.intendedCloudTime;
  return since === null ? cloudTimeOf(draft, now) - at <= numbers.alreadyFreshMs : at > since;
}

export function doubtLimit(draft: Draft, limit: Limit, now: Instant): void {
  const result = reason('limit_doubtful', aboutLimit(limit));
  draft.put(limit.limit, limit.target, { ...limit, state: 'doubtful', answeredAt: now, result });
}

function want(
  draft: Draft,
  lead: AssetId,
  crew: readonly AssetId[],
  limit: Limit,
  now: Instant,
  effects: Effect[],
): Instant | null {
  if (now >= limit.deadline || now < limit.at - numbers.clockAgreementMs) {
    endLimit(draft, limit, 'failed', reason('limit_too_late', aboutLimit(limit)), now);
    return null;
  }
  if (limit.after !== null && now < limit.after.until) return soonest(limit.after.until, limit.deadline);
  // Whether a limit would end a start or stop that is under way is not documented: the charge goes first.
  if (crew.some((device) => openAttempt(draft, device) !== null)) return limit.deadline;
  const full = limitsFullUntil(draft, new Set([...crew, limit.target]), now);
  if (full !== null) return soonest(full, limit.deadline);
  return send(draft, lead, limit, now, effects);
}

function send(draft: Draft, lead: AssetId, limit: Limit, now: Instant, effects: Effect[]): Instant | null {
  const permit = limitPermitFor(draft, lead, limit, now);
  if (permit === null) {
    const routed = limitTarget(draft, limit.subject, limit.limit);
    const why = 'refused' in routed ? routed.refused : reason('limit_too_late', aboutLimit(limit));
    endLimit(draft, limit, 'refused', why, now);
    return null;
  }
  const sent = withSent(limit.sent, now);
  const intendedCloudTime = cloudTimeOf(draft, now);
  const first = {
    intendedAt: limit.intendedAt ?? now,
    intendedCloudTime: limit.intendedCloudTime ?? intendedCloudTime,
  };
  draft.put(limit.limit, limit.target, { ...limit, ...first, state: 'intended', after: null, sent });
  const { id, target, targetKind, limit: kind, value } = limit;
  effects.push({ kind: 'limit', request: { attempt: id, target, targetKind, limit: kind, value }, permit });
  return later(now, numbers.answerLostMs);
}

/** R4(d): a report newer than the intent that stays contrary for some minutes is repeated to once; without evidence it ends as lost. */
function followDoubt(
  draft: Draft,
  lead: AssetId,
  crew: readonly AssetId[],
  limit: Limit,
  now: Instant,
  effects: Effect[],
): Instant | null {
  const intended = limit.intendedAt!;
  const lostAt = later(intended, numbers.doubtLostMs);
  if (now >= lostAt || now < intended - numbers.clockAgreementMs) {
    endLimit(draft, limit, 'lost', reason('limit_lost', aboutLimit(limit)), now);
    return null;
  }
  const { value, at } = reportedLimit(draft, limit.target, limit.limit);
  const isContrary = value !== null && at !== null && at > (limit.intendedCloudTime ?? intended);
  const isTooLate = now - intended > numbers.doubtRepeatMs || now >= limit.deadline;
  if (limit.repeats > 0 || !isContrary || isTooLate || crew.some((device) => openAttempt(draft, device) !== null))
    return lostAt;
  const again = later(intended, numbers.doubtContraryMs);
  if (now < again) return again;
  if (limitsFullUntil(draft, new Set([...crew, limit.target]), now) !== null) return lostAt;
  return send(draft, lead, { ...limit, repeats: 1 }, now, effects);
}
