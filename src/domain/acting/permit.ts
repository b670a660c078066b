// The paper that the interlock asks for: who wants this, and what proves that the car may be touched.

import { bridgeOf } from '../belief/bridge.ts';
import { countedCharger, lacksConsent } from '../belief/chooser.ts';
import { placeOfCharger, placeOfVehicle } from '../belief/place.ts';
import { leaderOf } from '../belief/twin.ts';
import type { Instant } from '../instant.ts';
import type { AssetId, Direction, LimitKind } from '../report.ts';
import type { View } from '../site.ts';
import type { Attempt } from './attempt.ts';
import { crewOf } from './crew.ts';
import { type Limit, limitTarget } from './limit.ts';
import { isOver, type Wish } from './wish.ts';

declare const checked: unique symbol;

/** No longer linked, or never known. */
export const isGone = (view: View, asset: AssetId): boolean =>
  (view.get('vehicle', asset) ?? view.get('charger', asset))?.goneSince !== null;

/** Only `permitFor` makes one. */
export interface Permit {
  readonly [checked]: true;
  readonly attempt: string;
  readonly target: AssetId;
  /** What may be asked: a start or a stop, or else this limit. */
  readonly direction: Direction | null;
  readonly limit: { readonly kind: LimitKind; readonly value: number } | null;
  /** Every asset of the loadpoint: at most one command in flight among them. */
  readonly members: readonly AssetId[];
  readonly proof: 'person' | 'home';
  /** Asked by the switch or the mode of the target itself, not for another device of the loadpoint. */
  readonly own: boolean;
  /** When it was made (our time), and when the wish behind it ends. */
  readonly at: Instant;
  readonly deadline: Instant;
}

/** null = not permitted: only watching, an asset that is gone or led by its twin, an automatic wish without proof of home, a charger that nobody consented to or that is not the car's, or a wish that is over. */
export function permitFor(view: View, lead: AssetId, wish: Wish, attempt: Attempt, now: Instant): Permit | null {
  if (view.settings.observeOnly || bridgeOf(view).latched) return null;
  if (isGone(view, attempt.target) || leaderOf(view, attempt.target) !== null) return null;
  if (wish.state !== 'open' || wish.id !== attempt.wish || isOver(wish, now)) return null;
  const place = view.get('vehicle', lead) ? placeOfVehicle(view, lead, now) : placeOfCharger(view, lead);
  if (wish.origin !== 'person' && place.word !== 'home') return null;
  if (attempt.targetKind === 'charger' && !mayCommand(view, lead, wish, attempt.target)) return null;
  return {
    attempt: attempt.id,
    target: attempt.target,
    direction: attempt.direction,
    limit: null,
    members: [...new Set([...crewOf(view, lead), attempt.target])],
    proof: wish.origin === 'person' ? 'person' : 'home',
    own: wish.subject === attempt.target,
    at: now,
    deadline: wish.deadline,
  } as unknown as Permit;
}

/** R5: a charger only with consent, and for a car that is confirmed on it, or by its own switch or mode. */
const mayCommand = (view: View, lead: AssetId, { subject }: Wish, charger: AssetId): boolean =>
  !lacksConsent(view, charger) && (subject === charger || countedCharger(view, lead) === charger);

/** For a limit that a person asked (R11). null = not permitted: only watching, gone, its time over, or no longer the device to be asked. */
export function limitPermitFor(view: View, lead: AssetId, asked: Limit, now: Instant): Permit | null {
  const { id, subject, target, limit, value, deadline } = asked;
  if (view.settings.observeOnly || bridgeOf(view).latched) return null;
  if (isGone(view, target) || leaderOf(view, target) !== null || now >= deadline) return null;
  const routed = limitTarget(view, subject, limit);
  if (!('target' in routed) || routed.target !== target) return null;
  return {
    attempt: id,
    target,
    direction: null,
    limit: { kind: limit, value },
    members: [...new Set([...crewOf(view, lead), target])],
    proof: 'person',
    own: subject === target,
    at: now,
    deadline,
  } as unknown as Permit;
}
