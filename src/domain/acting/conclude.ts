// An attempt ended: what becomes of its wish and of the command people see. Persons' wishes are spent by any definite end;
// automatic ones are tried again, a few times per plug-in.
import { cloudTimeOf } from '../belief/cloud-learn.ts';
import { leadOf } from '../choice/lead.ts';
import type { Draft } from '../draft.ts';
import { type Instant, later } from '../instant.ts';
import { numbers } from '../numbers.ts';
import { type Reason, reason } from '../telling/reason.ts';
import type { Attempt } from './attempt.ts';
import { lookAgain } from './attention.ts';
import { hopParams, moveCommand } from './command-state.ts';
import { hopOn } from './hop.ts';
import { failureReason, judge400, judgePrecondition, refusalReason } from './refusal.ts';
import type { Wish } from './wish.ts';

/** @param attempt as it ended (already stored) */
export function conclude(draft: Draft, attempt: Attempt, now: Instant): void {
  const wish = draft.get('wish', attempt.subject);
  if (wish?.id !== attempt.wish || wish.state !== 'open') return;
  switch (attempt.outcome) {
    case 'confirmed':
      return confirm(draft, wish, now);
    case 'failed': {
      const cannot = judgePrecondition(draft, wish, attempt);
      if (goesOn(draft, wish, attempt, 'failed', now)) return;
      if (cannot !== null) return spend(draft, wish, 'refused', cannot, now);
      // Deleted at Enode while pending: the next listing tells.
      if (attempt.failure?.type === 'NOT_FOUND') lookAgain(draft, now);
      return fail(draft, wish, failureOf(draft, wish, attempt), now);
    }
    case 'lost':
      return fail(draft, wish, reason('lost', { direction: wish.want }), now);
    case 'cancelled':
      if (wish.hop?.from === attempt.target) return;
      return spend(draft, wish, 'cancelled', reason('cancelled', { direction: wish.want }), now);
    case 'superseded':
      return spend(draft, wish, 'superseded', reason('superseded', { direction: wish.want }), now);
    case 'unsent':
      return retry(draft, wish, reason('unsent', { direction: wish.want, why: attempt.why }), null, now);
    case 'refused':
      return refusedByCloud(draft, wish, attempt, now);
    case null:
      return;
    default:
      return attempt.outcome satisfies never;
  }
}

/** The other device of the pair is asked (R5): now, or as was decided before this end was heard of. */
const goesOn = (draft: Draft, wish: Wish, attempt: Attempt, why: 'failed' | 'unable', now: Instant): boolean =>
  wish.hop?.from === attempt.target || hopOn(draft, wish, attempt, why, now);

function failureOf(draft: Draft, wish: Wish, attempt: Attempt): Reason {
  const why = failureReason(draft, attempt);
  if (wish.hop?.to !== attempt.target) return why;
  const { type, detail } = attempt.failure ?? { type: null, detail: null };
  return reason('failed_both', { ...hopParams(draft, wish, wish.hop), type, detail });
}

/** It is so. `at` is the cloud's time of the evidence, if it has one. */
export function confirm(draft: Draft, wish: Wish, now: Instant, why: Reason | null = null): void {
  draft.put('wish', wish.subject, { ...wish, state: 'met' });
  const begun = draft.get('command', wish.subject);
  const latency = begun?.wish === wish.id ? Math.round((now - begun.at) / 100) / 10 : null;
  const isOther = wish.hop !== undefined && draft.get('attempt', wish.hop.to)?.wish === wish.id;
  const done = isOther
    ? reason('confirmed_other', { ...hopParams(draft, wish, wish.hop!), latency })
    : reason('confirmed', { direction: wish.want, latency });
  const result = why ?? done;
  moveCommand(draft, wish, 'confirmed', result, now, { latency, cloudTime: cloudTimeOf(draft, now) });
}

export function spend(
  draft: Draft,
  wish: Wish,
  word: 'failed' | 'refused' | 'cancelled' | 'superseded',
  why: Reason,
  now: Instant,
): void {
  // An automatic wish that ended for good in this plug-in must not be made anew at the next look.
  const attempts = wish.origin === 'mode' && wish.attempts > 0 ? numbers.attemptsPerWish : wish.attempts;
  draft.put('wish', wish.subject, { ...wish, attempts, state: 'spent' });
  const lead = leadOf(draft, wish.subject);
  if (word !== 'superseded' && draft.get('override', lead)?.wish === wish.id) draft.put('override', lead, null);
  moveCommand(draft, wish, word, why, now);
}

/** A definite failure: the end for a person's toggle (R3), a later try for an automatic wish. */
function fail(draft: Draft, wish: Wish, why: Reason, now: Instant): void {
  if (wish.origin === 'person') return spend(draft, wish, 'failed', why, now);
  moveCommand(draft, wish, 'failed', why, now);
  const isLast = wish.attempts >= numbers.attemptsPerWish;
  draft.put('wish', wish.subject, {
    ...wish,
    state: isLast ? 'spent' : 'open',
    notBefore: pauseAfter(wish, null, now),
  });
}

/** Nothing reached the cloud: the same wish is tried again while it may be, a person's too. */
function retry(draft: Draft, wish: Wish, why: Reason, notBefore: Instant | null, now: Instant): void {
  const next = pauseAfter(wish, notBefore, now);
  if (wish.attempts >= numbers.attemptsPerWish || next >= wish.deadline) return spend(draft, wish, 'failed', why, now);
  draft.put('wish', wish.subject, { ...wish, notBefore: next });
  moveCommand(draft, wish, 'requested', why, now);
}

/** Back-off: when the next try may follow, by the tries made so far. */
export function pauseAfter(wish: Pick<Wish, 'attempts'>, notBefore: Instant | null, now: Instant): Instant {
  const pauses = numbers.retryAfterMs;
  const own = later(now, pauses[Math.min(wish.attempts, pauses.length) - 1] ?? pauses[0]!);
  return notBefore !== null && notBefore > own ? notBefore : own;
}

function refusedByCloud(draft: Draft, wish: Wish, attempt: Attempt, now: Instant): void {
  const { status, retryAt } = attempt.refusal!;
  if (status === 404) lookAgain(draft, now);
  if (status === 429) return retry(draft, wish, refusalReason(draft, attempt), retryAt, now);
  if (status !== 400) return spend(draft, wish, 'refused', refusalReason(draft, attempt), now);
  const verdict = judge400(draft, wish, attempt);
  if (verdict.met) return confirm(draft, wish, now, reason('already', { direction: wish.want }));
  if (goesOn(draft, wish, attempt, verdict.incapable ? 'unable' : 'failed', now)) return;
  spend(draft, wish, verdict.incapable ? 'refused' : 'failed', verdict.why, now);
}
