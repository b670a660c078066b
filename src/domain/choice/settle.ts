// From what is wanted and allotted to what should be done: guards, exhausted tries and observe-only have the last word.
import { bridgeOf } from '../belief/bridge.ts';
import { type Instant, later, soonest } from '../instant.ts';
import { clockTimeOf } from '../local-time.ts';
import { numbers } from '../numbers.ts';
import type { View } from '../site.ts';
import type { Decision } from '../telling/decision.ts';
import { type Reason, reason } from '../telling/reason.ts';
import type { Share } from './allot.ts';
import { guardOf } from './guard.ts';
import type { Loadpoint } from './loadpoint.ts';
import type { Want } from './want.ts';

export function settle(view: View, point: Loadpoint, want: Want, share: Share, now: Instant): Decision {
  const { lead, fused } = point;
  const review = (until: Instant | null): Instant => soonest(later(now, numbers.reviewAtLeastMs), until)!;
  const leave = (why: Reason, until: Instant | null): Decision => ({
    lead,
    should: 'leave',
    reason: why,
    reviewAt: review(until),
  });
  const upcoming = want.until !== null && want.until > now ? want.until : null;
  if (want.should === 'leave') return leave(want.reason, upcoming);
  const isSo = fused.charging === (want.should === 'start');
  const { latched } = bridgeOf(view);
  if (!isSo && (view.settings.observeOnly || latched))
    return leave(reason('observe_only', { direction: want.should }), upcoming);
  if (!isSo && isExhausted(view, point, want))
    return leave(reason('exhausted', { attempts: numbers.attemptsPerWish, direction: want.should }), upcoming);
  const guard = want.guarded && !isSo && share.power !== 0 ? guardOf(view, lead, want.should, now) : null;
  if (guard)
    return leave(
      reason('guard_wait', { direction: want.should, until: clockTimeOf(guard.until, view.settings.timeZone) }),
      guard.until,
    );
  return { lead, should: want.should, reason: want.reason, reviewAt: review(upcoming) };
}

/** R4: the tries of an automatic wish in this plug-in are used up. */
function isExhausted(view: View, { lead, plugin }: Loadpoint, want: Want): boolean {
  const wish = view.get('wish', lead);
  return (
    wish?.origin === 'mode' &&
    wish.state === 'spent' &&
    wish.want === want.should &&
    wish.plugin === (plugin?.id ?? null) &&
    wish.attempts >= numbers.attemptsPerWish
  );
}
