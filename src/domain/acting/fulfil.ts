// The one step that the ruling wish of a loadpoint needs now: told as met, waited for, given up, or attempted.
import { bridgeOf } from '../belief/bridge.ts';
import { cloudTimeOf } from '../belief/cloud-learn.ts';
import { placeOfVehicle } from '../belief/place.ts';
import { openPlugIn } from '../belief/plugin.ts';
import { twinReason } from '../belief/twin.ts';
import { refusedForCharger } from '../choice/onboarding.ts';
import type { Draft } from '../draft.ts';
import { type Instant, later, latest, soonest } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId } from '../report.ts';
import { type Reason, reason } from '../telling/reason.ts';
import { type Attempt, openAttempt } from './attempt.ts';
import { beginCommand, countSent, fullUntil, hopParams, moveCommand, requested } from './command-state.ts';
import { confirm, spend } from './conclude.ts';
import type { Effect } from './effect.ts';
import { endedSince, intentOf } from './evidence.ts';
import { watchSilence } from './hop.ts';
import { isGone, permitFor } from './permit.ts';
import { routeOf } from './route.ts';
import { isOver, type Wish } from './wish.ts';

/** @returns when to look again, or null */
export function fulfil(
  draft: Draft,
  lead: AssetId,
  crew: readonly AssetId[],
  wish: Wish,
  now: Instant,
  effects: Effect[],
): Instant | null {
  const open = crew.map((id) => openAttempt(draft, id)).filter((attempt) => attempt !== null);
  const mine = open.find((attempt) => attempt.wish === wish.id) ?? null;
  const isOpposed = open.some((attempt) => attempt.direction !== wish.want);
  if (!isOpposed && isMet(draft, lead, crew, wish, mine, now)) {
    confirm(draft, wish, now, mine || wish.attempts > 0 ? null : reason('already', { direction: wish.want }));
    return null;
  }
  if (isElsewhere(draft, lead, wish, now)) {
    spend(draft, wish, 'cancelled', reason('away'), now);
    return null;
  }
  if (mine) return watchSilence(draft, wish, mine, now, effects);
  if (isStranded(draft, crew, wish)) return null;
  if (isOver(wish, now)) {
    spend(draft, wish, 'failed', reason('deadline_passed', { direction: wish.want }), now);
    return null;
  }
  if (open.length > 0) return wish.deadline;
  const settled = settlesAt(draft, lead, crew, wish, now);
  if (settled !== null) {
    const isSaid = draft.get('command', wish.subject)?.result?.code === 'settling';
    if (!isSaid) moveCommand(draft, wish, 'requested', reason('settling'), now);
    return settled;
  }
  if (wish.notBefore !== null && now < wish.notBefore) return soonest(wish.notBefore, wish.deadline);
  return attempt(draft, lead, crew, wish, now, effects);
}

/** Its request is still open at a device that has come apart from it: that is taken back, and with its end the wish ends. */
function isStranded(draft: Draft, crew: readonly AssetId[], wish: Wish): boolean {
  const target = draft.get('errand', wish.subject)?.target ?? null;
  return target !== null && !crew.includes(target) && openAttempt(draft, target)?.wish === wish.id;
}

/** Believed to be so, but from before the opposite was cancelled: nothing is sent and nothing claimed until it shows. null = no wait. */
function settlesAt(draft: Draft, lead: AssetId, crew: readonly AssetId[], wish: Wish, now: Instant): Instant | null {
  if (draft.get('watch', lead)?.wish !== wish.id) return null;
  if (draft.get('fused', lead)?.charging !== (wish.want === 'start')) return null;
  const ended = endedSince(draft, lead, crew, now);
  const at = ended?.endedAt == null || ended.outcome === 'confirmed' ? null : later(ended.endedAt, numbers.settleMs);
  return at !== null && now < at ? at : null;
}

/** A START given while unplugged must not begin a charge somewhere else (R3). */
function isElsewhere(draft: Draft, lead: AssetId, wish: Wish, now: Instant): boolean {
  if (wish.plugin !== null || wish.want !== 'start' || wish.anywhere) return false;
  if (!draft.get('vehicle', lead) || openPlugIn(draft, lead) === null) return false;
  return placeOfVehicle(draft, lead, now).word !== 'home';
}

/**
 * Is the wish fulfilled? After a request only a report newer than it counts (cloud times); before any request a fresh one, or for
 * STOP a cable that is out; after a cancelled opposite, whatever is believed (R4).
 */
function isMet(
  draft: Draft,
  lead: AssetId,
  crew: readonly AssetId[],
  wish: Wish,
  mine: Attempt | null,
  now: Instant,
): boolean {
  const fused = draft.get('fused', lead);
  const isSo = fused?.charging === (wish.want === 'start');
  if (mine) return isSo && fused?.at != null && fused.at > (mine.actionCreatedAt ?? intentOf(draft, mine));
  // What ended after the newest report says more than that report (R1).
  const ended = endedSince(draft, lead, crew, now);
  if (ended?.outcome === 'confirmed') return ended.direction === wish.want;
  if (!fused || !isSo) return false;
  if (wish.want === 'stop' && fused.plugged === false) return true;
  // After a cancelled opposite: a report since then, or long enough without one (R4). What was cancelled may still take effect.
  if (draft.get('watch', lead)?.wish === wish.id) return settlesAt(draft, lead, crew, wish, now) === null;
  if (ended !== null && ended.direction !== wish.want) return false;
  return fused.at !== null && cloudTimeOf(draft, now) - fused.at <= numbers.alreadyFreshMs;
}

/** Why nothing may be sent at all, whoever asks. */
function prohibition(draft: Draft, wish: Wish, target: AssetId): Reason | null {
  const { latched } = bridgeOf(draft);
  if (latched) return reason('refused_interlock', { check: latched.check });
  if (isGone(draft, wish.subject)) return reason('not_linked');
  const twin = twinReason(draft, wish.subject) ?? twinReason(draft, target);
  if (twin) return twin;
  // It may have come to be required since the wish was taken.
  const required = wish.want === 'start' ? refusedForCharger(draft, wish.subject) : null;
  if (required) return required;
  return draft.settings.observeOnly ? reason('refused_observe_only', { direction: wish.want }) : null;
}

function attempt(
  draft: Draft,
  lead: AssetId,
  crew: readonly AssetId[],
  wish: Wish,
  now: Instant,
  effects: Effect[],
): Instant | null {
  const routing = routeOf(draft, wish, now);
  const device = 'refused' in routing ? wish.subject : routing.route.target;
  const refused = prohibition(draft, wish, device) ?? ('refused' in routing ? routing.refused : null);
  if (refused !== null || 'refused' in routing) {
    // The pair came apart, or was forbidden, on the way to its other device: what failed is the first.
    if (wish.hop) spend(draft, wish, 'failed', reason('failed_both', hopParams(draft, wish, wish.hop)), now);
    else spend(draft, wish, 'refused', refused!, now);
    return null;
  }
  const until = wish.origin === 'mode' ? mustRest(draft, crew, wish, now) : null;
  const waits = until ?? fullUntil(draft, crew, now);
  if (waits !== null) return soonest(waits, wish.deadline);
  const { target, targetKind, label } = routing.route;
  const next: Wish = { ...wish, attempts: wish.attempts + 1, notBefore: null };
  const made: Attempt = {
    id: `${wish.id}/${next.attempts}`,
    wish: wish.id,
    subject: wish.subject,
    target,
    targetKind,
    direction: wish.want,
    members: Object.fromEntries([...crew, target].map((id) => [id, openPlugIn(draft, id)?.id ?? null])),
    state: 'intended',
    intendedAt: now,
    intendedCloudTime: draft.get('cloud', 'cloud')?.clockOffset == null ? null : cloudTimeOf(draft, now),
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
  if (wish.origin === 'mode' && draft.get('command', wish.subject)?.wish !== wish.id) beginCommand(draft, wish, now);
  draft.put('wish', wish.subject, next);
  draft.put('attempt', target, made);
  for (const member in made.members) draft.put('errand', member, { target });
  moveCommand(draft, wish, 'requested', requested(draft, wish), now, { route: label });
  countSent(draft, wish.subject, now);
  effects.push({ kind: 'send', request: { attempt: made.id, target, targetKind, direction: wish.want }, permit });
  return later(now, numbers.answerLostMs);
}

/** An automatic START keeps the dwell after a STOP of ours that was only intended too, for the guard knows accepted ones alone: the
 *  interlock counts from the sending, reached or not, at most a permit's age after the intent, or from that of a repeat in doubt. */
function mustRest(draft: Draft, crew: readonly AssetId[], wish: Wish, now: Instant): Instant | null {
  if (wish.want === 'stop') return null;
  const stops = crew.flatMap((device) => {
    const last = draft.get('attempt', device);
    if (last?.direction !== 'stop') return [];
    const at = last.repeats > 0 ? latest(last.intendedAt, last.answeredAt)! : last.intendedAt;
    return [later(at, numbers.dwellMs + numbers.permitAgeMs)];
  });
  const until = Math.max(...stops) as Instant;
  return stops.length > 0 && now < until ? until : null;
}
