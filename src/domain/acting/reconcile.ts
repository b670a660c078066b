// Compares wish, belief and open attempts of one loadpoint, and asks for the one next step. Level-triggered: called again with
// nothing changed it asks nothing new.
import { leadOf } from '../choice/lead.ts';
import type { Draft } from '../draft.ts';
import { type Instant, soonest } from '../instant.ts';
import type { AssetId } from '../report.ts';
import type { Decision } from '../telling/decision.ts';
import { type Attempt, openAttempt } from './attempt.ts';
import { automaticWish } from './automatic.ts';
import { askCancel } from './cancel.ts';
import { beginCommand, moveCommand, requested } from './command-state.ts';
import { crewOf } from './crew.ts';
import { followDoubt } from './doubt.ts';
import type { Effect } from './effect.ts';
import { followLimits } from './follow-limit.ts';
import { fulfil } from './fulfil.ts';
import { watchReversal } from './reversal.ts';
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
  const crew = crewOf(draft, lead);
  const effects: Effect[] = [];
  let reviewAt: Instant | null = null;
  const review = (at: Instant | null): void => {
    reviewAt = soonest(reviewAt, at);
  };
  for (const device of crew) review(followDoubt(draft, lead, device, now, effects));
  review(watchReversal(draft, lead, crew, now));
  const ruling = personsWish(draft, crew) ?? automaticWish(draft, crew, decision, now);
  review(cancelUnwanted(draft, crew, ruling, now, effects));
  if (ruling) review(fulfil(draft, lead, crew, ruling, now, effects));
  review(followLimits(draft, lead, crew, now, effects));
  return { effects, reviewAt };
}

/** The newest open wish of a person on any asset of the loadpoint. */
function personsWish(draft: Draft, crew: readonly AssetId[]): Wish | null {
  const open = crew
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
  crew: readonly AssetId[],
  ruling: Wish | null,
  now: Instant,
  effects: Effect[],
): Instant | null {
  let reviewAt: Instant | null = null;
  for (const device of crew) {
    const attempt = openAttempt(draft, device);
    if (!attempt || attempt.wish === ruling?.id) continue;
    // Asked of a charger for a car that is no longer on it: the next one must not get it.
    if (attempt.subject !== device && !crew.includes(attempt.subject)) {
      reviewAt = soonest(reviewAt, askCancel(draft, attempt, now, effects));
      continue;
    }
    const owner = draft.get('wish', attempt.subject);
    if (ruling && attempt.direction === ruling.want && takeOver(draft, ruling, attempt, now)) continue;
    const isMet = owner?.id === attempt.wish && owner.state === 'met';
    const isBacked = owner?.id === attempt.wish && owner.state === 'open';
    if ((isMet || isBacked) && (ruling === null || ruling.want === attempt.direction)) continue;
    reviewAt = soonest(reviewAt, askCancel(draft, attempt, now, effects));
  }
  return reviewAt;
}

function takeOver(draft: Draft, ruling: Wish, attempt: Attempt, now: Instant): boolean {
  const routing = routeOf(draft, ruling, now);
  if (!('route' in routing) || routing.route.target !== attempt.target || attempt.cancel !== 'no') return false;
  draft.put('attempt', attempt.target, { ...attempt, wish: ruling.id, subject: ruling.subject });
  if (draft.get('command', ruling.subject)?.wish !== ruling.id) beginCommand(draft, ruling, now);
  const word = attempt.state === 'intended' ? 'requested' : 'pending';
  moveCommand(draft, ruling, word, requested(draft, ruling), now, { route: routing.route.label });
  return true;
}
