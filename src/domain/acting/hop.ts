// `local` routing goes on to the other device of the pair once per wish (R5): after a definite failure, after a silence, or when the
// first did its part and the other holds the charge back, too. Doubt is never a failure (R4), and two are never in flight: a pending
// action is cancelled first, and its end is waited for.
import { chooserOf, countedCharger } from '../belief/chooser.ts';
import type { Draft } from '../draft.ts';
import { type Instant, later } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';
import type { Attempt } from './attempt.ts';
import { askCancel, mayAsk } from './cancel.ts';
import { moveCommand, pending, requested } from './command-state.ts';
import type { Effect } from './effect.ts';
import { intentOf } from './evidence.ts';
import { type Device, ranked } from './local-route.ts';
import { patienceOf } from './obedience.ts';
import { type Hop, isOver, type Wish } from './wish.ts';

/** Why this wish went on from the device of this attempt, or null. */
export function hopFrom(view: View, attempt: Attempt): Hop['why'] | null {
  const wish = view.get('wish', attempt.subject);
  if (wish?.id !== attempt.wish || wish.state !== 'open' || wish.hop?.from !== attempt.target) return null;
  return wish.hop.why;
}

/**
 * After a definite failure of its device the wish goes on to the other one. A missing precondition is none, for it may be the cable,
 * of which nothing was heard yet; unless a report since says that it only missed the other device. @returns false when it stays
 */
export function hopOn(draft: Draft, wish: Wish, attempt: Attempt, why: 'failed' | 'unable', now: Instant): boolean {
  const { target: from, failure } = attempt;
  const other = otherDevice(draft, wish, from, now);
  if (other === null) return false;
  const isDone = hasDoneItsPart(draft, wish, attempt, other);
  if (failure?.type === 'FAILED_PRECONDITION' && !isDone) return false;
  const next: Wish = { ...wish, hop: { from, to: other.target, why: isDone ? 'both' : why }, notBefore: null };
  draft.put('wish', wish.subject, next);
  moveCommand(draft, next, 'requested', requested(draft, next), now);
  return true;
}

/** While the attempt of a wish is pending: is it time to take it back and ask the other device? @returns when to look again, or null */
export function watchSilence(
  draft: Draft,
  wish: Wish,
  attempt: Attempt,
  now: Instant,
  effects: Effect[],
): Instant | null {
  if (attempt.state !== 'accepted' || !mayAsk(draft)) return null;
  if (wish.hop?.from === attempt.target) return askCancel(draft, attempt, now, effects);
  const other = otherDevice(draft, wish, attempt.target, now);
  if (other === null) return null;
  const isDone = hasDoneItsPart(draft, wish, attempt, other);
  const silentAt = later(attempt.answeredAt ?? attempt.intendedAt, patienceOf(draft, attempt.target, now));
  if (!isDone && now < silentAt) return silentAt;
  const next: Wish = { ...wish, hop: { from: attempt.target, to: other.target, why: isDone ? 'both' : 'silent' } };
  draft.put('wish', wish.subject, next);
  moveCommand(draft, next, 'pending', pending(draft, next), now);
  return askCancel(draft, attempt, now, effects);
}

/** The other device of the pair, if this wish may still go on to it. */
function otherDevice(view: View, wish: Wish, from: AssetId, now: Instant): Device | null {
  const { subject, want, route, hop, again } = wish;
  const isBound = hop !== undefined || again !== undefined || route !== null;
  if (chooserOf(view) !== 'local' || isBound || isOver(wish, now)) return null;
  // A charger's own switch means the charger only.
  const charger = view.get('vehicle', subject) ? countedCharger(view, subject) : null;
  const state = view.get('fused', subject)?.state ?? null;
  if (charger === null || state === 'complete' || state === 'fault' || state === 'disconnected') return null;
  const other = ranked(view, subject, charger, want, now).find(({ target }) => target !== from);
  const heardAt = view.get('charger', charger)?.heardAt ?? null;
  const isFresh = heardAt !== null && now - heardAt <= numbers.hopFreshMs;
  if (other?.kind === 'charger' && !isFresh) return null;
  return other?.here && !other.forbidden ? other : null;
}

/** A report newer than the request says that this device no longer holds the charge back, while the other does. */
function hasDoneItsPart(view: View, wish: Wish, attempt: Attempt, other: Device): boolean {
  if (wish.want !== 'start' || !other.holds) return false;
  const { charge } = (view.get('vehicle', attempt.target) ?? view.get('charger', attempt.target))!.report;
  const isNewer = charge.at !== null && charge.at > (attempt.actionCreatedAt ?? intentOf(view, attempt));
  return isNewer && (charge.power === 'no_power' || charge.power === 'initializing');
}
