// A request whose answer was lost may have been executed. Rule R4 ends the doubt by evidence, in a fixed order, and repeats at most once.

import { bridgeOf } from '../belief/bridge.ts';
import { openPlugIn } from '../belief/plugin.ts';
import type { Draft } from '../draft.ts';
import { type Instant, later, soonest } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId } from '../report.ts';
import { doubt, end } from './answers.ts';
import { type Attempt, openAttempt } from './attempt.ts';
import { countSent, fullUntil } from './command-state.ts';
import { crewOf } from './crew.ts';
import type { Effect } from './effect.ts';
import { heardOf, intentOf } from './evidence.ts';
import { permitFor } from './permit.ts';
import { routeOf } from './route.ts';
import type { Wish } from './wish.ts';

/** @returns when to look again, or null */
export function followDoubt(
  draft: Draft,
  lead: AssetId,
  device: AssetId,
  now: Instant,
  effects: Effect[],
): Instant | null {
  const attempt = openAttempt(draft, device);
  if (!attempt) return null;
  if (attempt.state === 'accepted') return followWindow(draft, attempt, now);
  if (attempt.state === 'intended') return followAnswer(draft, attempt, now);
  if (attempt.refusal !== null) return followRefusal(draft, attempt, now);
  if (isSeenMet(draft, lead, attempt)) {
    end(draft, { ...attempt, state: 'ended', outcome: 'confirmed' }, now);
    return null;
  }
  const lostAt = later(attempt.intendedAt, numbers.doubtLostMs);
  // Our clock was set back: how long ago it was is not known any more.
  const isSetBack = now < later(attempt.intendedAt, -numbers.clockAgreementMs);
  if (now >= lostAt || isSetBack) {
    end(draft, { ...attempt, state: 'ended', outcome: 'lost' }, now);
    return null;
  }
  return soonest(lostAt, repeat(draft, lead, attempt, now, effects));
}

/** An action that never ends at Enode, or whose end we cannot read, ends here some time after Enode's longest window. */
function followWindow(draft: Draft, attempt: Attempt, now: Instant): Instant | null {
  const over = later(attempt.answeredAt ?? attempt.intendedAt, numbers.actionWindowMs + numbers.doubtContraryMs);
  if (now < over) return over;
  end(draft, { ...attempt, state: 'ended', outcome: 'lost' }, now);
  return null;
}

/** Every request is answered by the adapter; should one not be, it must not block for ever. It may still be under way: no repeat. */
function followAnswer(draft: Draft, attempt: Attempt, now: Instant): Instant | null {
  const over = later(attempt.intendedAt, numbers.answerLostMs);
  if (now < over) return over;
  doubt(draft, { ...attempt, repeats: Math.max(1, attempt.repeats) }, 'no answer', now);
  return later(attempt.intendedAt, numbers.doubtLostMs);
}

/** A 400 is judged once a report from after it came, at the latest after a while; at once when nobody waits for it any more. */
function followRefusal(draft: Draft, attempt: Attempt, now: Instant): Instant | null {
  const answeredAt = attempt.answeredAt ?? attempt.intendedAt;
  const heardAt = heardOf(draft, attempt.target);
  const over = later(answeredAt, numbers.judgeAfterMs);
  const isHeard = heardAt !== null && heardAt > answeredAt;
  if (!isHeard && now < over && standing(draft, attempt) !== null) return over;
  end(draft, { ...attempt, state: 'refused', outcome: 'refused' }, now);
  return null;
}

/** (a) a report newer than the intent, by the cloud's time, shows the wish met: begun is not enough, Enode's action is open until it charges */
function isSeenMet(draft: Draft, lead: AssetId, attempt: Attempt): boolean {
  const fused = draft.get('fused', lead);
  const isNewer = fused?.at !== undefined && fused.at !== null && fused.at > intentOf(draft, attempt);
  return isNewer && fused.state !== 'starting' && fused.charging === (attempt.direction === 'start');
}

/** The wish behind an attempt, if it still stands. */
function standing(draft: Draft, attempt: Attempt): Wish | null {
  const wish = draft.get('wish', attempt.subject);
  return wish?.id === attempt.wish && wish.state === 'open' ? wish : null;
}

/** (c) vehicle: Enode answers a repeat with the pending action of the same kind; (d) charger: only after a report stayed contrary. */
function repeat(draft: Draft, lead: AssetId, attempt: Attempt, now: Instant, effects: Effect[]): Instant | null {
  const wish = standing(draft, attempt);
  const isTooLate = now - attempt.intendedAt > numbers.doubtRepeatMs;
  if (wish === null || attempt.repeats > 0 || isTooLate || attempt.cancel !== 'no') return null;
  const heardAt = heardOf(draft, lead);
  const startedAt = bridgeOf(draft).startedAt;
  if (heardAt === null || startedAt === null || heardAt <= startedAt) return null;
  // Contrary: the cable was moved since, or the device is not the one it would go to now (consent withdrawn, pairing ended).
  const routing = routeOf(draft, wish, now);
  if (!('route' in routing) || routing.route.target !== attempt.target) return null;
  if ((openPlugIn(draft, wish.subject)?.id ?? null) !== wish.plugin) return null;
  if (attempt.answeredAt !== null && now < later(attempt.answeredAt, numbers.repeatAfterMs)) {
    return later(attempt.answeredAt, numbers.repeatAfterMs);
  }
  if (attempt.targetKind === 'charger') {
    if (!isContrary(draft, lead, attempt)) return null;
    const at = later(attempt.intendedAt, numbers.doubtContraryMs);
    if (now < at) return at;
  }
  const repeated: Attempt = { ...attempt, state: 'intended', repeats: attempt.repeats + 1 };
  const permit = permitFor(draft, lead, wish, repeated, now);
  if (permit === null || fullUntil(draft, crewOf(draft, lead), now) !== null) return null;
  draft.put('attempt', attempt.target, repeated);
  countSent(draft, wish.subject, now);
  const { id, target, targetKind, direction } = attempt;
  effects.push({ kind: 'send', request: { attempt: id, target, targetKind, direction }, permit });
  return later(attempt.intendedAt, numbers.answerLostMs);
}

function isContrary(draft: Draft, lead: AssetId, attempt: Attempt): boolean {
  const fused = draft.get('fused', lead);
  if (!fused || fused.at === null || fused.charging === null) return false;
  return fused.at > intentOf(draft, attempt) && fused.charging !== (attempt.direction === 'start');
}
