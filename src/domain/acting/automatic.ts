// The wish behind a decision: made when the belief differs from it, kept while it does, dropped when nothing is decided any more.
import { openPlugIn } from '../belief/plugin.ts';
import type { Draft } from '../draft.ts';
import { type Instant, later } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { Decision } from '../telling/decision.ts';
import { reason } from '../telling/reason.ts';
import { openAttempt } from './attempt.ts';
import { spend } from './conclude.ts';
import type { Wish } from './wish.ts';

/** @returns the open automatic wish of this loadpoint, or null when there is nothing to wish */
export function automaticWish(draft: Draft, decision: Decision, now: Instant): Wish | null {
  const { lead, should } = decision;
  const held = draft.get('wish', lead);
  const own = held?.origin === 'mode' && held.state === 'open' ? held : null;
  if (should === 'leave') {
    // A guard or back-off in between must not lose the count of tries of a wish that is only waiting.
    if (own && decision.reason.code !== 'guard_wait') drop(draft, own, now);
    return null;
  }
  const fused = draft.get('fused', lead);
  const isSo = fused?.charging === (should === 'start');
  const plugin = openPlugIn(draft, lead)?.id ?? null;
  if (own && own.want === should && own.plugin === plugin) {
    if (isSo && own.attempts === 0) {
      draft.put('wish', lead, { ...own, state: 'met' });
      return null;
    }
    return renewed(draft, own, now);
  }
  if (own) drop(draft, own, now);
  if (isSo || fused?.charging === null || fused === undefined) return null;
  // Another asset of the loadpoint may still be at work for a former wish: `cancelUnwanted` ends that first.
  const wish: Wish = {
    id: `${lead}:${should}@${now}`,
    subject: lead,
    want: should,
    origin: 'mode',
    from: 'mode',
    at: now,
    deadline: later(now, numbers.automaticDeadlineMs),
    anywhere: false,
    route: null,
    plugin,
    attempts: 0,
    notBefore: null,
    state: 'open',
  };
  draft.put('wish', lead, wish);
  return wish;
}

/** The deadline moves on while the decision stands; only half spent, so that looking again changes nothing. */
function renewed(draft: Draft, wish: Wish, now: Instant): Wish {
  if (wish.deadline - now > numbers.automaticDeadlineMs / 2) return wish;
  const next = { ...wish, deadline: later(now, numbers.automaticDeadlineMs) };
  draft.put('wish', wish.subject, next);
  return next;
}

function drop(draft: Draft, wish: Wish, now: Instant): void {
  // Only a pending START is taken back; a STOP that is under way harms nobody.
  const isStopping = wish.want === 'stop' && openAttempt(draft, wish.subject) !== null;
  if (isStopping) draft.put('wish', wish.subject, { ...wish, state: 'met' });
  else {
    spend(draft, wish, 'cancelled', reason('cancelled', { direction: wish.want }), now);
    draft.put('wish', wish.subject, { ...wish, state: 'spent' });
  }
}
