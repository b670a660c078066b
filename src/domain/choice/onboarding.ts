// Must, or may, the charger of a vehicle be linked (R10)? Decided anew from what is known; kept is only what a person answered.

import { newUser } from '../belief/user.ts';
import type { Vehicle } from '../belief/vehicle.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';
import { brandOf } from './brand.ts';
import { isAtLeast, policyFor } from './policy.ts';

/** What a person answered to the prompt to link a vehicle's charger. */
export interface Prompt {
  readonly dismissed: boolean;
  /** "I have no compatible charger." */
  readonly noCharger: boolean;
}

const unanswered: Prompt = { dismissed: false, noCharger: false };

export const promptOf = (view: View, id: AssetId): Prompt => view.get('prompt', id) ?? unanswered;

export const onboardingWords = ['complete', 'charger_recommended', 'charger_required'] as const;
export type OnboardingWord = (typeof onboardingWords)[number];

export interface Onboarding {
  readonly word: OnboardingWord;
  /** Why the charger matters; null = only for the benefits, or nothing is missing. */
  readonly because: 'incapable' | 'unreliable' | null;
}

/**
 * What a vehicle lacks by itself (R7): `incapable` for good, `fixable` by a person, nothing (`none`), or nobody knows yet.
 * Start, stop and location count.
 */
export function lackOf({ own, report }: Vehicle): 'none' | 'fixable' | 'incapable' | 'unknown' {
  const missing = (['start', 'stop', 'locate'] as const).filter((name) => own[name] === 'no');
  const isForGood = missing.some((name) => (report.flags[name]?.interventions.length ?? 0) === 0);
  if (missing.length > 0) return isForGood ? 'incapable' : 'fixable';
  return own.start === 'yes' && own.stop === 'yes' && own.locate === 'yes' ? 'none' : 'unknown';
}

/** Commands to it fail too often to leave it alone with them: as the brand book says. */
const isUnreliable = (view: View, { report }: Vehicle): boolean =>
  brandOf(view, report.vendor, 'vehicle')?.reliable === 'no';

/** null for anything that is no vehicle, and while it is not known yet whether a charger is linked. */
export function onboardingOf(view: View, id: AssetId): Onboarding | null {
  const vehicle = view.get('vehicle', id);
  if (!vehicle) return null;
  const { chargers, chargersListedAt } = view.get('user', vehicle.report.userId) ?? newUser;
  if (chargers.length === 0 && chargersListedAt === null) return null;
  if (chargers.length > 0) return { word: 'complete', because: null };
  const because = lackOf(vehicle) === 'incapable' ? 'incapable' : isUnreliable(view, vehicle) ? 'unreliable' : null;
  const policy = policyFor(view, id);
  if (because !== null && isAtLeast(policy, `mandatory_${because}`)) return { word: 'charger_required', because };
  return { word: promptOf(view, id).dismissed ? 'complete' : 'charger_recommended', because };
}

/** R3, R8, R10: nothing but stopping and watching until its charger is linked. */
export const isChargerRequired = (view: View, id: AssetId): boolean =>
  onboardingOf(view, id)?.word === 'charger_required';
