// Another program that commands with our Enode client (a restored backup, a second daemon): what actions at the cloud give away.
import { bridgeOf, type Unanswered } from '../belief/bridge.ts';
import { cloudOf, cloudTimeOf } from '../belief/cloud-learn.ts';
import type { Draft } from '../draft.ts';
import { type Instant, later } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { ActionReport, AssetId } from '../report.ts';
import type { Attempt } from './attempt.ts';
import { intentOf } from './evidence.ts';

/** A creation that answers with an older action of somebody else's (reuse rule). */
export function noticeReuse(draft: Draft, attempt: Attempt, action: ActionReport, now: Instant): void {
  const older = action.createdAt < intentOf(draft, attempt) - numbers.doubleSlackMs;
  if (older && !isPerhapsOurs(draft, action)) tellDouble(draft, action, now);
}

/**
 * Enode ended our action for a newer one of the same client. We cancel before we ask for anything else and repeat only in doubt, so
 * it was not ours; a schedule at Enode may have done it, and then that is told (R9).
 */
export function noticeConflict(draft: Draft, attempt: Attempt, action: ActionReport, now: Instant): void {
  if (action.failure?.type !== 'CONFLICT' || attempt.cancel !== 'no' || attempt.repeats > 0) return;
  if (!isSteeredAtEnode(draft, attempt.target)) tellDouble(draft, action, now);
}

/**
 * An action that was heard of and is none of ours. What began before this run may be a former one's, and what fits a request that
 * was never answered may be ours after all.
 */
export function noticeStranger(draft: Draft, action: ActionReport, now: Instant): void {
  const { startedAt } = bridgeOf(draft);
  if (isPerhapsOurs(draft, action) || startedAt === null || cloudOf(draft).clockOffset === null) return;
  if (action.createdAt <= later(cloudTimeOf(draft, startedAt), numbers.doubleSlackMs)) return;
  const isKnown = draft.get('vehicle', action.target) ?? draft.get('charger', action.target);
  if (isKnown && !isSteeredAtEnode(draft, action.target)) tellDouble(draft, action, now);
}

/** A request whose answer is not here: should the action turn up later, it is not taken for somebody else's. */
export function rememberUnanswered(draft: Draft, attempt: Attempt): void {
  const bridge = bridgeOf(draft);
  const { target, direction } = attempt;
  const next = { target, direction, at: intentOf(draft, attempt) };
  draft.put('bridge', 'bridge', { ...bridge, unanswered: [...(bridge.unanswered ?? []), next].slice(-20) });
}

function isPerhapsOurs(draft: Draft, action: ActionReport): boolean {
  const { ownActions, unanswered = [] } = bridgeOf(draft);
  const open = draft.get('attempt', action.target);
  const underWay = open?.state === 'intended' ? [{ ...open, at: intentOf(draft, open) }] : [];
  const isFit = ({ target, direction, at }: Unanswered): boolean =>
    target === action.target &&
    direction === action.kind &&
    action.createdAt >= at - numbers.cloudSlackMs &&
    action.createdAt <= at + numbers.answerLostMs + numbers.doubleSlackMs;
  return ownActions.includes(action.id) || [...unanswered, ...underWay].some(isFit);
}

/** Schedules and plans at Enode act with our client, too. */
function isSteeredAtEnode(draft: Draft, target: AssetId): boolean {
  const vehicle = draft.get('vehicle', target)?.report;
  const report = vehicle ?? draft.get('charger', target)?.report;
  const foreign = draft.get('user', report?.userId ?? '')?.foreign ?? [];
  return vehicle?.smartChargingOn === true || foreign.some((one) => one.target === target);
}

function tellDouble(draft: Draft, action: ActionReport, now: Instant): void {
  draft.put('bridge', 'bridge', { ...bridgeOf(draft), double: { where: 'cloud', detail: action.id, at: now } });
}
