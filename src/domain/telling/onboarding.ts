// What the page shows of onboarding: every user's devices with the step that is open, and the brands with their policies.
import { openInterventions } from '../belief/capability.ts';
import { nameOf } from '../belief/name.ts';
import { placeOfCharger } from '../belief/place.ts';
import { twinReason } from '../belief/twin.ts';
import { newUser } from '../belief/user.ts';
import { invalidReason } from '../belief/validity.ts';
import { isEligible, type Onboarding, type OnboardingWord, onboardingOf, promptOf } from '../choice/onboarding.ts';
import { everyBrand, type Policy, policyOf } from '../choice/policy.ts';
import type { Instant } from '../instant.ts';
import type { AssetId, UserId } from '../report.ts';
import type { View } from '../site.ts';
import { type BrandRow, describeBrands } from './brands.ts';
import type { Say } from './describe.ts';
import { type Reason, reason } from './reason.ts';

export type { Tries } from '../acting/success.ts';
export type { Policy } from '../choice/policy.ts';
export type { BrandRow } from './brands.ts';

export interface OnboardingIntervention {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Who must act (`User`, `ThirdParty`), and where (`Remote`, `Physical`); Enode's words. */
  readonly agent: string | null;
  readonly access: string | null;
  /** Done by linking again. */
  readonly link: boolean;
}

export interface OnboardingVehicle {
  readonly id: AssetId;
  readonly name: string;
  readonly vendor: string;
  readonly brand: string | null;
  readonly word: OnboardingWord;
  /** Why, and which step; in the chosen language. */
  readonly sentence: string;
  readonly prompt: 'shown' | 'small' | 'none';
  readonly canDismiss: boolean;
  readonly loginInvalid: boolean;
  readonly interventions: readonly OnboardingIntervention[];
}

export interface OnboardingCharger {
  readonly id: AssetId;
  readonly name: string;
  readonly vendor: string;
  readonly place: 'home' | 'elsewhere' | null;
  readonly locationId: string | null;
  readonly loginInvalid: boolean;
}

export interface OnboardingUser {
  readonly id: UserId;
  readonly vehicles: readonly OnboardingVehicle[];
  readonly chargers: readonly OnboardingCharger[];
}

export interface OnboardingView {
  readonly users: readonly OnboardingUser[];
  readonly brands: readonly BrandRow[];
  readonly brandsDate: string;
  readonly defaultPolicy: Policy;
}

export function describeOnboarding(view: View, say: Say, now: Instant): OnboardingView {
  return {
    users: view.settings.users.map((id) => userOf(view, id, say)),
    brands: describeBrands(view, say, now),
    brandsDate: view.settings.brands.date,
    defaultPolicy: policyOf(view, everyBrand),
  };
}

function userOf(view: View, id: UserId, say: Say): OnboardingUser {
  const { vehicles, chargers } = view.get('user', id) ?? newUser;
  return {
    id,
    vehicles: vehicles.flatMap((vehicle) => vehicleOf(view, vehicle, say) ?? []),
    chargers: chargers.flatMap((charger) => chargerOf(view, charger) ?? []),
  };
}

const isLoggedOut = (view: View, user: UserId, vendor: string): boolean =>
  view.get('user', user)?.invalidVendors.includes(vendor) ?? false;

function vehicleOf(view: View, id: AssetId, say: Say): OnboardingVehicle | null {
  const report = view.get('vehicle', id)?.report;
  const onboarding = onboardingOf(view, id);
  if (!report) return null;
  const { noCharger } = promptOf(view, id);
  const word = onboarding?.word ?? 'complete';
  return {
    id,
    name: nameOf(view, id),
    vendor: report.vendor,
    brand: report.brand,
    word,
    sentence: say(onboarding === null ? reason('starting_up') : stepOf(view, id, onboarding)),
    prompt: word === 'complete' ? 'none' : noCharger ? 'small' : 'shown',
    canDismiss: word === 'charger_recommended',
    loginInvalid: isLoggedOut(view, report.userId, report.vendor),
    interventions: openInterventions(view, id).map((intervention) => interventionOf(view, intervention)),
  };
}

function stepOf(view: View, id: AssetId, { word, because, step }: Onboarding): Reason {
  const twin = twinReason(view, id);
  if (twin) return twin;
  const name = nameOf(view, id);
  if (step === 'plug_in') return invalidReason(view, id) ?? reason('onboarding_required', { name, because, step });
  const { chargers } = view.get('user', view.get('vehicle', id)?.report.userId ?? '') ?? newUser;
  if (word === 'complete' && chargers.length > 0 && !isEligible(view, id))
    return reason('onboarding_watched', { name });
  if (word === 'complete') return reason(chargers.length > 0 ? 'onboarded' : 'onboarded_without', { name });
  const isWatched = word === 'charger_required' || because === 'incapable';
  if (promptOf(view, id).noCharger) return reason(isWatched ? 'onboarding_no_charger' : 'onboarded_without', { name });
  if (word === 'charger_required') return reason('onboarding_required', { name, because, step });
  return isWatched ? reason('onboarding_watched_alone', { name }) : reason('onboarding_recommended', { name, because });
}

function interventionOf(view: View, id: string): OnboardingIntervention {
  const known = view.get('intervention', id);
  return {
    id,
    title: known?.title ?? id,
    description: known?.description ?? '',
    agent: known?.agent ?? null,
    access: known?.access ?? null,
    link: known?.action === 'Link',
  };
}

function chargerOf(view: View, id: AssetId): OnboardingCharger | null {
  const report = view.get('charger', id)?.report;
  if (!report) return null;
  const { word } = placeOfCharger(view, id);
  return {
    id,
    name: nameOf(view, id),
    vendor: report.vendor,
    place: word === 'unknown' ? null : word === 'home' ? 'home' : 'elsewhere',
    locationId: report.locationId,
    loginInvalid: isLoggedOut(view, report.userId, report.vendor),
  };
}
