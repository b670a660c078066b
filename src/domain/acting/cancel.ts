// Takes an action of ours back at the cloud, and asks again until its end is known.
import { bridgeOf } from '../belief/bridge.ts';
import type { Draft } from '../draft.ts';
import { type Instant, later } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { View } from '../site.ts';
import type { Attempt } from './attempt.ts';
import type { Effect } from './effect.ts';

/** Without an id nothing can be cancelled: a doubtful attempt resolves by itself first (doubt.ts). */
export function askCancel(draft: Draft, attempt: Attempt, now: Instant, effects: Effect[]): Instant | null {
  if (attempt.state !== 'accepted' || attempt.action === null || !mayAsk(draft)) return null;
  if (attempt.cancel !== 'no' && attempt.cancelAskedAt !== null) {
    const pause = attempt.cancel === 'asked' ? numbers.answerLostMs : numbers.cancelAgainMs;
    const again = later(attempt.cancelAskedAt, pause);
    if (now < again) return again;
  }
  draft.put('attempt', attempt.target, { ...attempt, cancel: 'asked', cancelAskedAt: now });
  const { id, target, targetKind, action } = attempt;
  effects.push({ kind: 'cancel', request: { attempt: id, target, targetKind, action } });
  return later(now, numbers.answerLostMs);
}

/** Only watching, or latched: nothing is asked of the cloud at all. */
export const mayAsk = (view: View): boolean => !view.settings.observeOnly && bridgeOf(view).latched === null;
