// Compares wish, belief and open attempts of one loadpoint, and asks for the one next step. Level-triggered: called again with
// nothing changed it asks nothing new.
import { cloudTimeOf } from '../belief/cloud-learn.ts';
import { nameOf } from '../belief/name.ts';
import { placeOfVehicle } from '../belief/place.ts';
import { openPlugIn } from '../belief/plugin.ts';
import { leadOf, membersOf } from '../choice/lead.ts';
import type { Draft } from '../draft.ts';
import { type Instant, later, soonest } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId, Direction } from '../report.ts';
import type { Decision } from '../telling/decision.ts';
import { type Reason, reason } from '../telling/reason.ts';
import { type Attempt, openAttempt } from './attempt.ts';
import { automaticWish } from './automatic.ts';
import { beginCommand, moveCommand } from './command-state.ts';
import { confirm, spend } from './conclude.ts';
import { followDoubt } from './doubt.ts';
import type { Effect } from './effect.ts';
import { permitFor } from './permit.ts';
import { routeOf } from './route.ts';
import type { Wish } from './wish.ts';

export interface Reconciled {
  readonly effects: readonly Effect[];
  /** Look again then at the latest; null = nothing is waited for. */
  readonly reviewAt: Instant | null;
}

export function reconcile(draft: Draft, decision: Decision, now: Instant): Reconciled {
  const { lead } = decision;
  // A charger with its vehicle on it is reconciled as part of that vehicle's loadpoint.
  if (leadOf(draft, lead) !== lead) return { effects: [], reviewAt: null };
  const members = membersOf(draft, lead);
  const effects: Effect[] = [];
  let reviewAt: Instant | null = null;
  const review = (at: Instant | null): void => {
    reviewAt = soonest(reviewAt, at);
  };
  for (const device of members) review(followDoubt(draft, lead, device, now, effects));
  const wish = personsWish(draft, members) ?? automaticWish(draft, decision, now);
  if (wish === null) watchReversal(draft, lead, now);
  const ruling = wish ?? personsWish(draft, members);
  review(cancelUnwanted(draft, members, ruling, now, effects));
  if (ruling) review(fulfil(draft, lead, members, ruling, now, effects));
  const watch = draft.get('watch', lead);
  if (watch) review(watch.until);
  return { effects, reviewAt };
}

/** The newest open wish of a person on any asset of the loadpoint. */
function personsWish(draft: Draft, members: readonly AssetId[]): Wish | null {
  const open = members
    .map((id) => draft.get('wish', id))
    .filter((wish) => wish?.state === 'open' && wish.origin === 'person');
  return open.sort((a, b) => b!.at - a!.at)[0] ?? null;
}

/**
 * Attempts that no wish stands behind any more, or that oppose the ruling one, are cancelled first; one for a wish that is already
 * met may run to its end. One of the same direction at the same device is taken over.
 */
function cancelUnwanted(
  draft: Draft,
  members: readonly AssetId[],
  ruling: Wish | null,
  now: Instant,
  effects: Effect[],
): Instant | null {
  let reviewAt: Instant | null = null;
  for (const device of members) {
    const attempt = openAttempt(draft, device);
    if (!attempt || attempt.wish === ruling?.id) continue;
    const owner = draft.get('wish', attempt.subject);
    if (ruling && attempt.direction === ruling.want && takeOver(draft, ruling, attempt)) continue;
    const isMet = owner?.id === attempt.wish && owner.state === 'met';
    const isBacked = owner?.id === attempt.wish && owner.state === 'open';
    if ((isMet || isBacked) && (ruling === null || ruling.want === attempt.direction)) continue;
    reviewAt = soonest(reviewAt, askCancel(draft, attempt, now, effects));
  }
  return reviewAt;
}

function takeOver(draft: Draft, ruling: Wish, attempt: Attempt): boolean {
  const routing = routeOf(draft, ruling.subject, ruling.want, ruling.route);
  if (!('route' in routing) || routing.route.target !== attempt.target || attempt.cancel !== 'no') return false;
  draft.put('attempt', attempt.target, { ...attempt, wish: ruling.id, subject: ruling.subject });
  moveCommand(
    draft,
    ruling,
    attempt.state === 'intended' ? 'requested' : 'pending',
    requested(draft, ruling),
    ruling.at,
    { route: routing.route.label },
  );
  return true;
}

/** Without an id nothing can be cancelled: a doubtful attempt resolves by itself first (doubt.ts). */
function askCancel(draft: Draft, attempt: Attempt, now: Instant, effects: Effect[]): Instant | null {
  if (attempt.state !== 'accepted' || attempt.action === null) return null;
  const again = attempt.cancelAskedAt === null ? now : later(attempt.cancelAskedAt, numbers.cancelAgainMs);
  if (attempt.cancel === 'asked') return null;
  if (attempt.cancel === 'unanswered' && now < again) return again;
  draft.put('attempt', attempt.target, { ...attempt, cancel: 'asked', cancelAskedAt: now });
  const { id, target, targetKind, action } = attempt;
  effects.push({ kind: 'cancel', request: { attempt: id, target, targetKind, action } });
  return null;
}

function fulfil(
  draft: Draft,
  lead: AssetId,
  members: readonly AssetId[],
  wish: Wish,
  now: Instant,
  effects: Effect[],
): Instant | null {
  const open = members.map((id) => openAttempt(draft, id)).filter((attempt) => attempt !== null);
  const mine = open.find((attempt) => attempt.wish === wish.id);
  if (isMet(draft, lead, wish, mine ?? null, now)) {
    if (!open.some((attempt) => attempt.direction !== wish.want))
      confirm(draft, wish, now, mine || wish.attempts > 0 ? null : reason('already', { direction: wish.want }));
    return null;
  }
  if (mine) return cancelledByPlace(draft, lead, wish, mine, now, effects);
  if (open.length > 0) return null;
  if (now > wish.deadline) {
    spend(draft, wish, 'failed', reason('deadline_passed', { direction: wish.want }), now);
    return null;
  }
  if (wish.notBefore !== null && now < wish.notBefore) return soonest(wish.notBefore, wish.deadline);
  return attempt(draft, lead, wish, now, effects);
}

/** A START given while unplugged must not begin a charge somewhere else (R3). */
function cancelledByPlace(
  draft: Draft,
  lead: AssetId,
  wish: Wish,
  mine: Attempt,
  now: Instant,
  effects: Effect[],
): Instant | null {
  const isNewPlugIn =
    wish.plugin === null && wish.want === 'start' && !wish.anywhere && openPlugIn(draft, lead) !== null;
  if (!isNewPlugIn || !draft.get('vehicle', lead) || placeOfVehicle(draft, lead, now).word === 'home') return null;
  spend(draft, wish, 'cancelled', reason('away'), now);
  return askCancel(draft, mine, now, effects);
}

/**
 * Does the belief show the wish fulfilled? After a request only a report newer than it counts (cloud times); before any request a
 * fresh one, or for STOP a cable that is out; after a cancelled opposite, whatever is believed (R4).
 */
function isMet(draft: Draft, lead: AssetId, wish: Wish, mine: Attempt | null, now: Instant): boolean {
  const fused = draft.get('fused', lead);
  if (!fused || fused.charging === null || fused.charging !== (wish.want === 'start')) return false;
  if (mine) return fused.at !== null && fused.at > (mine.actionCreatedAt ?? mine.intendedCloudTime);
  if (wish.want === 'stop' && fused.plugged === false) return true;
  const watch = draft.get('watch', lead);
  if (watch?.wish === wish.id) return true;
  return fused.at !== null && cloudTimeOf(draft, now) - fused.at <= numbers.alreadyFreshMs;
}

function attempt(draft: Draft, lead: AssetId, wish: Wish, now: Instant, effects: Effect[]): Instant | null {
  const routing = routeOf(draft, wish.subject, wish.want, wish.route);
  if ('refused' in routing) {
    spend(draft, wish, 'refused', routing.refused, now);
    return null;
  }
  const { target, targetKind, label } = routing.route;
  if (wish.origin === 'mode' && draft.get('command', wish.subject)?.wish !== wish.id) beginCommand(draft, wish, now);
  const next: Wish = { ...wish, attempts: wish.attempts + 1, notBefore: null };
  const made: Attempt = {
    id: `${wish.id}/${next.attempts}`,
    wish: wish.id,
    subject: wish.subject,
    target,
    targetKind,
    direction: wish.want,
    state: 'intended',
    intendedAt: now,
    intendedCloudTime: cloudTimeOf(draft, now),
    action: null,
    actionCreatedAt: null,
    answeredAt: null,
    endedAt: null,
    outcome: null,
    failure: null,
    refusal: null,
    why: null,
    cancel: 'no',
    cancelAskedAt: null,
    repeats: 0,
  };
  const permit = permitFor(draft, lead, next, made, now);
  if (permit === null) {
    spend(draft, wish, 'refused', reason('place_unknown'), now);
    return null;
  }
  draft.put('wish', wish.subject, next);
  draft.put('attempt', target, made);
  moveCommand(draft, wish, 'requested', requested(draft, wish), now, { route: label });
  effects.push({ kind: 'send', request: { attempt: made.id, target, targetKind, direction: wish.want }, permit });
  return null;
}

const requested = (draft: Draft, wish: Wish): Reason =>
  reason('requested', { direction: wish.want, name: nameOf(draft, wish.subject) });

/** R4: after a reversed wish, the cancelled direction that happens after all is undone once. */
function watchReversal(draft: Draft, lead: AssetId, now: Instant): void {
  const watch = draft.get('watch', lead);
  if (!watch) return;
  if (now >= watch.until) return void draft.put('watch', lead, null);
  const wish = wishOf(draft, lead, watch.wish);
  const happened = draft.get('fused', lead)?.charging === (watch.cancelled === 'start');
  const opposes = wish !== null && wish.want !== (watch.cancelled as Direction);
  if (!happened || !opposes || wish.state === 'open') return;
  draft.put('watch', lead, null);
  const again: Wish = {
    ...wish,
    state: 'open',
    attempts: 0,
    notBefore: null,
    deadline: later(now, numbers.wishDeadlineMs),
  };
  draft.put('wish', wish.subject, again);
  moveCommand(draft, again, 'requested', requested(draft, again), now);
}

function wishOf(draft: Draft, lead: AssetId, id: string): Wish | null {
  return (
    membersOf(draft, lead)
      .map((member) => draft.get('wish', member))
      .find((wish) => wish?.id === id) ?? null
  );
}
