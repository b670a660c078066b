// How commands to the vehicles of a brand ended: before and after a charger was linked, to be shown side by side; and of vehicles left to
// themselves in the last weeks, to propose that the brand counts as unreliable (R10). What says nothing of the vehicle is not counted.
import { chooserOf } from '../belief/chooser.ts';
import { activatedCharger } from '../belief/pairing.ts';
import { newUser } from '../belief/user.ts';
import type { Vehicle } from '../belief/vehicle.ts';
import type { Draft } from '../draft.ts';
import { type Instant, later } from '../instant.ts';
import { dayOf } from '../local-time.ts';
import { numbers } from '../numbers.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';
import type { Attempt } from './attempt.ts';

export interface Tries {
  readonly tries: number;
  readonly ok: number;
}

/** By vendor code. A command is one wish: one that succeeds at its second try, or at the other device, succeeded. */
export interface Success {
  readonly before: Tries;
  readonly after: Tries;
  /** By local day (YYYY-MM-DD): to vehicles alone, plugged in and within reach. */
  readonly alone: Readonly<Record<string, Tries>>;
  /** By vehicle: the wish that was counted as failed last; a further try may still make it good. */
  readonly failed: Readonly<Record<AssetId, string>>;
}

const none: Tries = { tries: 0, ok: 0 };
const untried: Success = { before: none, after: none, alone: {}, failed: {} };

export const successOf = (view: View, vendor: string): Success => view.get('success', vendor) ?? untried;

/** Takes note of an attempt that has ended and was judged. */
export function noteSuccess(draft: Draft, attempt: Attempt, now: Instant): void {
  const vehicle = draft.get('vehicle', attempt.subject);
  if (!vehicle || draft.get('fused', attempt.subject)?.plugged !== true) return;
  const isOk = endedWell(draft, vehicle, attempt);
  if (isOk === null) return;
  const { vendor, userId } = vehicle.report;
  const held = successOf(draft, vendor);
  const isAgain = held.failed[attempt.subject] === attempt.wish;
  if (isAgain && !isOk) return;
  const count = ({ tries, ok }: Tries = none): Tries => ({ tries: tries + (isAgain ? 0 : 1), ok: ok + (isOk ? 1 : 0) });
  const { chargers } = draft.get('user', userId) ?? newUser;
  const side = chargers.length > 0 ? 'after' : 'before';
  const { [attempt.subject]: _former, ...failed } = held.failed;
  const today = dayOf(now, draft.settings.timeZone);
  const recent = Object.fromEntries(recentDays(draft, held, now));
  draft.put('success', vendor, {
    ...held,
    [side]: count(held[side]),
    alone: isAlone(draft, attempt) ? { ...recent, [today]: count(recent[today]) } : recent,
    failed: isOk ? failed : { ...failed, [attempt.subject]: attempt.wish },
  });
}

/** null: this end says nothing of the vehicle: it never reached it (429, lost), somebody else steers (422), or it was so already. */
function endedWell(view: View, vehicle: Vehicle, attempt: Attempt): boolean | null {
  const { outcome, failure, refusal, direction, target, targetKind } = attempt;
  if (outcome === 'confirmed') return failure === null ? true : null;
  // What it never can is no want of reliability.
  if (targetKind === 'vehicle' && vehicle.own[direction] === 'no' && activatedCharger(view, target) === null)
    return null;
  if (outcome === 'failed') return failure?.type === 'NOT_FOUND' ? null : false;
  const isSo = view.get('fused', attempt.subject)?.charging === (direction === 'start');
  return outcome === 'refused' && refusal?.status === 400 && !isSo ? false : null;
}

/** Nothing but the vehicle could answer, and it was within reach. */
function isAlone(view: View, { target, targetKind }: Attempt): boolean {
  if (targetKind !== 'vehicle' || view.get('vehicle', target)?.report.reachable !== true) return false;
  return chooserOf(view) === 'local' || activatedCharger(view, target) === null;
}

function recentDays(view: View, { alone }: Success, now: Instant): [string, Tries][] {
  const first = dayOf(later(now, -numbers.unreliableWithinMs), view.settings.timeZone);
  return Object.entries(alone).filter(([day]) => day > first);
}

/** Measured (R10): a proposal, never a policy. */
export function isMeasuredUnreliable(view: View, vendor: string, now: Instant): boolean {
  const days = recentDays(view, successOf(view, vendor), now).map(([, tries]) => tries);
  const sum = days.reduce((a, b) => ({ tries: a.tries + b.tries, ok: a.ok + b.ok }), none);
  return sum.tries >= numbers.unreliableTries && sum.ok < sum.tries * numbers.unreliableBelow;
}
