// A request whose answer was lost may have been executed. Rule R4 ends the doubt by evidence, in a fixed order, and repeats at most once.

import { newBridge } from '../belief/bridge.ts';
import { cloudTimeOf } from '../belief/cloud-learn.ts';
import type { Draft } from '../draft.ts';
import { type Instant, later, soonest } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId } from '../report.ts';
import { end } from './answers.ts';
import { type Attempt, openAttempt } from './attempt.ts';
import type { Effect } from './effect.ts';
import { permitFor } from './permit.ts';

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
  if (attempt.state !== 'doubtful') return null;
  if (isSeenMet(draft, lead, attempt)) {
    end(draft, { ...attempt, state: 'ended', outcome: 'confirmed' }, now);
    return null;
  }
  const lostAt = later(attempt.intendedAt, numbers.doubtLostMs);
  if (now >= lostAt) {
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

/** (a) a report newer than the intent, by the cloud's time, shows the wish met */
function isSeenMet(draft: Draft, lead: AssetId, attempt: Attempt): boolean {
  const fused = draft.get('fused', lead);
  const isNewer = fused?.at !== undefined && fused.at !== null && fused.at > attempt.intendedCloudTime;
  return isNewer && fused.charging === (attempt.direction === 'start');
}

/** (c) vehicle: Enode answers a repeat with the pending action of the same kind; (d) charger: only after a report stayed contrary. */
function repeat(draft: Draft, lead: AssetId, attempt: Attempt, now: Instant, effects: Effect[]): Instant | null {
  const wish = draft.get('wish', attempt.subject);
  const stands = wish?.id === attempt.wish && wish.state === 'open';
  if (!stands || attempt.repeats > 0 || now - attempt.intendedAt > numbers.doubtRepeatMs) return null;
  const heardAt = (draft.get('vehicle', lead) ?? draft.get('charger', lead))?.heardAt ?? null;
  const startedAt = (draft.get('bridge', 'bridge') ?? newBridge).startedAt;
  if (heardAt === null || startedAt === null || heardAt < startedAt) return null;
  if (attempt.answeredAt !== null && now < later(attempt.answeredAt, numbers.repeatAfterMs)) {
    return later(attempt.answeredAt, numbers.repeatAfterMs);
  }
  if (attempt.targetKind === 'charger' && !isContrary(draft, lead, attempt)) return null;
  if (attempt.targetKind === 'charger') {
    const at = later(attempt.intendedAt, numbers.doubtContraryMs);
    if (now < at) return at;
  }
  const repeated: Attempt = { ...attempt, state: 'intended', repeats: attempt.repeats + 1 };
  const permit = permitFor(draft, lead, wish, repeated, now);
  if (permit === null) return null;
  draft.put('attempt', attempt.target, repeated);
  const { id, target, targetKind, direction } = attempt;
  effects.push({ kind: 'send', request: { attempt: id, target, targetKind, direction }, permit });
  return null;
}

function isContrary(draft: Draft, lead: AssetId, attempt: Attempt): boolean {
  const fused = draft.get('fused', lead);
  if (!fused || fused.at === null || fused.charging === null) return false;
  return fused.at > cloudTimeOf(draft, attempt.intendedAt) && fused.charging !== (attempt.direction === 'start');
}
