// Must, or may, the charger of a vehicle be linked (R10)? Decided anew from what is known; kept is only what a person answered.
import { blockersOf } from '../belief/capability.ts';
import { newUser } from '../belief/user.ts';
import { invalidReason, validChargers } from '../belief/validity.ts';
import type { OwnCapability, Vehicle } from '../belief/vehicle.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';
import { type Reason, reason } from '../telling/reason.ts';
import { brandOf } from './brand.ts';
import { isAtLeast, policyFor, rulingFor } from './policy.ts';

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
  /** Why the charger matters; null = only for the benefits. */
  readonly because: 'incapable' | 'unreliable' | null;
  /** What is missing: a charger that can what is needed, or only that the linked one proves itself again (R7). null = nothing. */
  readonly step: 'link_charger' | 'plug_in' | null;
}

/** What a vehicle lacks by itself for good (R7): with interventions it could be fixed. */
function lacksForGood(vehicle: Vehicle): readonly OwnCapability[] {
  return (['start', 'stop', 'locate'] as const).filter(
    (name) => vehicle.own[name] === 'no' && blockersOf(vehicle, name).length === 0,
  );
}

/** R7: own start, stop or location false, and nothing that a person could do about it. */
export const isIncapable = (vehicle: Vehicle): boolean => lacksForGood(vehicle).length > 0;

/** Commands to it fail too often to leave it alone with them: so says the brand book, or a person who saw it measured here. */
const isUnreliable = (view: View, { report }: Vehicle): boolean =>
  brandOf(view, report.vendor, 'vehicle')?.reliable === 'no' || rulingFor(view, report.id).unreliable;

/** null for anything that is no vehicle, and while it is not known yet whether a charger is linked. */
export function onboardingOf(view: View, id: AssetId): Onboarding | null {
  const vehicle = view.get('vehicle', id);
  if (!vehicle) return null;
  const { chargers, chargersListedAt } = view.get('user', vehicle.report.userId) ?? newUser;
  if (chargers.length === 0 && chargersListedAt === null) return null;
  const because = isIncapable(vehicle) ? 'incapable' : isUnreliable(view, vehicle) ? 'unreliable' : null;
  const step = stepTo(view, vehicle, chargers);
  if (step === null || (because === null && chargers.length > 0)) return { word: 'complete', because, step: null };
  if (because !== null && isAtLeast(policyFor(view, id), `mandatory_${because}`))
    return { word: 'charger_required', because, step };
  return { word: promptOf(view, id).dismissed ? 'complete' : 'charger_recommended', because, step };
}

function stepTo(view: View, vehicle: Vehicle, chargers: readonly AssetId[]): Onboarding['step'] {
  const { id } = vehicle.report;
  const isHelp = (charger: AssetId): boolean => bridges(view, vehicle, charger);
  if (validChargers(view, id).some(isHelp)) return null;
  return chargers.some(isHelp) ? 'plug_in' : 'link_charger';
}

/** Does this charger do what the vehicle cannot? What a person can fix there counts as done: it is linked, and told elsewhere. */
function bridges(view: View, vehicle: Vehicle, charger: AssetId): boolean {
  const flags = view.get('charger', charger)?.report.flags;
  return lacksForGood(vehicle).every((name) => {
    if (name === 'locate' || vehicle.report.flags[name]?.capable === true) return true;
    const flag = flags?.[name] ?? null;
    return flag === null || flag.capable || flag.interventions.length > 0;
  });
}

/** R3, R8, R10: nothing but stopping and watching until its charger is linked. */
export const isChargerRequired = (view: View, id: AssetId): boolean =>
  onboardingOf(view, id)?.word === 'charger_required';

/** Why charging by mode is blocked for want of a charger, and the step; null = it is not. */
export function missingCharger(view: View, id: AssetId): Reason | null {
  const onboarding = onboardingOf(view, id);
  if (onboarding?.word !== 'charger_required') return null;
  return invalidReason(view, id) ?? reason('charger_required', { step: onboarding.step });
}

/** The same for a command of a person. */
export function refusedForCharger(view: View, id: AssetId): Reason | null {
  const onboarding = onboardingOf(view, id);
  return onboarding?.word === 'charger_required' ? reason('refused_charger_required', { step: onboarding.step }) : null;
}

/** R10: cars that cannot by themselves are charged by mode, through their charger, only from the third policy on. */
export function isEligible(view: View, id: AssetId): boolean {
  const vehicle = view.get('vehicle', id);
  return !vehicle || !isIncapable(vehicle) || rulingFor(view, id).bridges;
}
