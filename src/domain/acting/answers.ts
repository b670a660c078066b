// What the cloud answers to our attempts, and what is heard of its actions afterwards (R4).
import { bridgeOf } from '../belief/bridge.ts';
import { nameOf } from '../belief/name.ts';
import { activatedCharger } from '../belief/pairing.ts';
import { noteFailure, proveValid } from '../belief/validity.ts';
import { trackSwitch } from '../choice/guard.ts';
import { leadOf, vehicleOn } from '../choice/lead.ts';
import type { Draft } from '../draft.ts';
import type { AttemptAnswer, CancelAnswer } from '../fact.ts';
import { type Instant, later } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { ActionReport, AssetId } from '../report.ts';
import { reason } from '../telling/reason.ts';
import { type Attempt, isOpen, openAttempt } from './attempt.ts';
import { moveCommand, pending } from './command-state.ts';
import { conclude } from './conclude.ts';
import { crewOf } from './crew.ts';
import { noticeConflict, noticeReuse, noticeStranger, rememberUnanswered } from './double.ts';
import { intentOf } from './evidence.ts';
import { hopFrom } from './hop.ts';
import { startLimits, takeUnknownLimit } from './limit-answers.ts';
import { noteTry } from './obedience.ts';
import { noteSuccess } from './success.ts';

export function takeAttemptAnswer(
  draft: Draft,
  target: AssetId,
  id: string,
  answer: AttemptAnswer,
  now: Instant,
): void {
  const attempt = openAttempt(draft, target);
  if (attempt?.id !== id || attempt.state === 'accepted') return;
  switch (answer.kind) {
    case 'accepted':
      return accept(draft, attempt, answer.action, now);
    case 'refused': {
      const { status, title, detail, retryAt } = answer;
      // "Too many requests" to a repeat says nothing of the first request.
      if (status === 429 && attempt.repeats > 0) return doubt(draft, attempt, title ?? 'HTTP 429', now);
      const refused: Attempt = { ...attempt, answeredAt: now, refusal: { status, title, detail, retryAt } };
      // A 400 is judged by what is believed (R4). Where the belief contradicts it, a report from after it is waited for (doubt.ts):
      // a belief of some seconds ago would call a car that is already so incapable.
      if (status === 400 && !isBelievedMet(draft, attempt)) return doubt(draft, refused, title ?? 'HTTP 400', now);
      return end(draft, { ...refused, state: 'refused', outcome: 'refused' }, now);
    }
    case 'unsent':
      // A repeat in doubt that never left says nothing of the first request.
      if (attempt.repeats > 0) return doubt(draft, attempt, answer.why, now);
      return end(draft, { ...attempt, state: 'ended', answeredAt: now, outcome: 'unsent', why: answer.why }, now);
    case 'doubtful':
      return doubt(draft, attempt, answer.why, now, answer.status ?? null);
    default:
      return answer satisfies never;
  }
}

/** @param status of an answer that says nothing of what was done (5xx); null = there was none */
export function doubt(draft: Draft, attempt: Attempt, why: string, now: Instant, status: number | null = null): void {
  rememberUnanswered(draft, attempt);
  draft.put('attempt', attempt.target, { ...attempt, state: 'doubtful', answeredAt: now, why });
  showPending(draft, attempt, now, true, status);
}

const isBelievedMet = (draft: Draft, { target, direction }: Attempt): boolean =>
  draft.get('fused', target)?.charging === (direction === 'start');

function accept(draft: Draft, attempt: Attempt, action: ActionReport, now: Instant): void {
  noticeReuse(draft, attempt, action, now);
  const accepted: Attempt = {
    ...attempt,
    state: 'accepted',
    action: action.id,
    actionCreatedAt: action.createdAt,
    answeredAt: now,
    why: null,
    refusal: null,
  };
  draft.put('attempt', attempt.target, accepted);
  rememberOwn(draft, action.id);
  trackSwitch(draft, leadOf(draft, attempt.target), attempt.direction, now);
  showPending(draft, accepted, now, false);
  if (action.state !== 'pending') endByAction(draft, accepted, action, now);
}

function rememberOwn(draft: Draft, action: string): void {
  const bridge = bridgeOf(draft);
  if (bridge.ownActions.includes(action)) return;
  draft.put('bridge', 'bridge', { ...bridge, ownActions: [...bridge.ownActions, action].slice(-50) });
}

function showPending(
  draft: Draft,
  attempt: Attempt,
  now: Instant,
  doubtful: boolean,
  status: number | null = null,
): void {
  const wish = draft.get('wish', attempt.subject);
  if (wish?.id !== attempt.wish || wish.state !== 'open') return;
  const isTrouble = status !== null && status >= 500;
  const code = attempt.refusal ? 'judging' : isTrouble ? 'enode_5xx' : 'doubtful';
  const name = nameOf(draft, wish.subject);
  const result = doubtful ? reason(code, { direction: wish.want, name, status }) : pending(draft, wish);
  moveCommand(draft, wish, 'pending', result, now);
}

/** An action seen by poll or event: ours goes on or ends; in doubt, one that fits is adopted as ours (R4b). */
export function takeActionReport(draft: Draft, action: ActionReport, now: Instant): void {
  noticeStranger(draft, action, now);
  // Enode may name the other device of the pair it chose between (enode-api.md 8.2): the id is what counts.
  const own = crewOf(draft, action.target)
    .map((id) => openAttempt(draft, id))
    .find((one) => one?.action === action.id);
  if (own) {
    const { target, targetKind } = own;
    if (action.state !== 'pending') endByAction(draft, own, { ...action, target, targetKind }, now);
    return;
  }
  const attempt = openAttempt(draft, action.target);
  if (!attempt) return;
  const isSince = action.createdAt >= intentOf(draft, attempt) - numbers.cloudSlackMs;
  const isOurKind = attempt.targetKind === action.targetKind && attempt.refusal === null;
  if (attempt.state !== 'doubtful' || attempt.action !== null || !isSince || !isOurKind) return;
  if (attempt.direction === action.kind) accept(draft, attempt, action, now);
  // Somebody asked the contrary since: the request is not repeated over their head (R4c).
  else draft.put('attempt', attempt.target, { ...attempt, repeats: Math.max(1, attempt.repeats) });
}

export function takeUnknownAction(draft: Draft, action: string, now: Instant): void {
  for (const target of draft.ids('attempt')) {
    const attempt = openAttempt(draft, target);
    if (attempt?.action === action)
      end(draft, { ...attempt, state: 'ended', outcome: 'lost', why: 'unknown to Enode' }, now);
  }
  takeUnknownLimit(draft, action, now);
}

export function takeCancelAnswer(draft: Draft, target: AssetId, id: string, answer: CancelAnswer, now: Instant): void {
  const attempt = openAttempt(draft, target);
  if (attempt?.id !== id) return;
  if (answer.kind === 'unanswered') return void draft.put('attempt', target, { ...attempt, cancel: 'unanswered' });
  if (answer.kind === 'gone')
    return end(draft, { ...attempt, state: 'ended', outcome: 'lost', why: 'unknown to Enode' }, now);
  if (answer.action.state === 'pending') return void draft.put('attempt', target, { ...attempt, cancel: 'unanswered' });
  endByAction(draft, attempt, answer.action, now);
}

/** A cancelled action may already be on its way to the car: for a while it is watched that it does not happen after all (R4). */
function watchFor(draft: Draft, attempt: Attempt, now: Instant): void {
  const lead = leadOf(draft, attempt.target);
  const ruling = crewOf(draft, lead)
    .map((id) => draft.get('wish', id))
    .find((wish) => wish?.state === 'open');
  const until = later(now, numbers.reversalWatchMs);
  const wish = ruling?.id ?? attempt.wish;
  draft.put('watch', lead, { cancelled: attempt.direction, device: attempt.target, until, wish });
}

function endByAction(draft: Draft, attempt: Attempt, action: ActionReport, now: Instant): void {
  const outcome = outcomeOf(attempt, action);
  if (outcome === 'confirmed') learnObeyed(draft, attempt);
  if (action.state === 'failed' && attempt.targetKind === 'vehicle') noteFailure(draft, attempt.target, now);
  if (outcome === 'confirmed') proveThrough(draft, attempt);
  const hop = hopFrom(draft, attempt);
  noteTry(draft, attempt, action, hop, now);
  noticeConflict(draft, attempt, action, now);
  end(draft, { ...attempt, state: 'ended', outcome, failure: action.failure }, now);
  // However its end was heard of: by the answer to the cancel, or, after a crash, by looking at the action.
  if (attempt.cancel !== 'no' && action.state !== 'confirmed' && hop === null) watchFor(draft, attempt, now);
}

function outcomeOf(attempt: Attempt, action: ActionReport): NonNullable<Attempt['outcome']> {
  if (action.state === 'confirmed') return 'confirmed';
  if (action.state === 'failed') return 'failed';
  switch (action.failure?.type) {
    case 'UNNECESSARY':
      return 'confirmed';
    case 'CONFLICT':
      return 'superseded';
    case 'FAILED_PRECONDITION':
    case 'NOT_FOUND':
      return 'failed';
    default:
      return attempt.cancel === 'no' && action.failure === null ? 'failed' : 'cancelled';
  }
}

/** R5: a confirmed action while not activated proves the car's own capability. */
function learnObeyed(draft: Draft, attempt: Attempt): void {
  const vehicle = draft.get('vehicle', attempt.target);
  if (!vehicle || activatedCharger(draft, attempt.target) !== null || vehicle.own[attempt.direction] === 'yes') return;
  draft.put('vehicle', attempt.target, { ...vehicle, own: { ...vehicle.own, [attempt.direction]: 'yes' } });
}

/** R7: something was done through that charger, by whichever route. */
function proveThrough(draft: Draft, { target, targetKind, subject }: Attempt): void {
  const charger = targetKind === 'charger' ? target : activatedCharger(draft, target);
  const vehicle =
    targetKind === 'vehicle' ? target : draft.get('vehicle', subject) ? subject : vehicleOn(draft, target);
  if (charger !== null && vehicle !== null) proveValid(draft, vehicle, charger);
}

/** Stores the end of an attempt and draws the conclusion. */
export function end(draft: Draft, attempt: Attempt, now: Instant): void {
  const ended: Attempt = { ...attempt, endedAt: now };
  draft.put('attempt', attempt.target, ended);
  conclude(draft, ended, now);
  noteSuccess(draft, ended, now);
}

/** After a restart nobody knows whether an intended request left: it is doubtful (R4). Cancels that were asked are asked again. */
export function takeStart(draft: Draft, now: Instant): void {
  startLimits(draft, now);
  for (const target of draft.ids('attempt')) {
    const attempt = draft.get('attempt', target)!;
    if (!isOpen(attempt)) continue;
    const isIntended = attempt.state === 'intended';
    const cancel = attempt.cancel === 'asked' ? 'unanswered' : attempt.cancel;
    if (isIntended || cancel !== attempt.cancel) {
      draft.put('attempt', target, { ...attempt, cancel, state: isIntended ? 'doubtful' : attempt.state });
    }
    if (isIntended) {
      rememberUnanswered(draft, attempt);
      showPending(draft, attempt, now, true);
    }
  }
}
