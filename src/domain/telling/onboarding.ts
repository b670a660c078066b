// What the page shows of onboarding: every user's devices with the step that is open, and the brands with their policies.
import { openInterventions } from '../belief/capability.ts';
import { nameOf } from '../belief/name.ts';
import { placeOfCharger } from '../belief/place.ts';
import { twinReason } from '../belief/twin.ts';
import { newUser } from '../belief/user.ts';
import { invalidReason } from '../belief/validity.ts';
import { type BrandFacts, brandOf, nothingKnown } from '../choice/brand.ts';
import { isEligible, type Onboarding, type OnboardingWord, onboardingOf, promptOf } from '../choice/onboarding.ts';
import { everyBrand, isAtLeast, type Policy, policyOf } from '../choice/policy.ts';
import type { Instant } from '../instant.ts';
import type { Own } from '../known.ts';
import type { AssetId, AssetKind, UserId } from '../report.ts';
import type { View } from '../site.ts';
import type { Say } from './describe.ts';
import { type Reason, reason } from './reason.ts';

export type { Policy } from '../choice/policy.ts';

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

export interface BrandRow {
  readonly vendor: string;
  readonly name: string;
  readonly kinds: readonly AssetKind[];
  readonly start: Own;
  readonly stop: Own;
  readonly locate: Own;
  readonly reliable: Own;
  readonly policy: Policy;
  /** For a vehicle that is not linked yet. */
  readonly expectation: 'charger_may' | 'charger_must' | 'unknown';
  readonly sentence: string;
  /** Commands to its vehicles, before and after a charger was linked. */
  readonly success: { readonly before: Tries; readonly after: Tries };
  /** A stricter policy to ask the owner about; null = nothing to ask. */
  readonly proposal: Policy | null;
  /** How Enode says that linking goes; null = not known. */
  readonly linking: 'ready' | 'elevated' | 'outage' | null;
}

export interface Tries {
  readonly tries: number;
  readonly ok: number;
}

export interface OnboardingView {
  readonly users: readonly OnboardingUser[];
  readonly brands: readonly BrandRow[];
  readonly brandsDate: string;
  readonly defaultPolicy: Policy;
}

export function describeOnboarding(view: View, say: Say, _now: Instant): OnboardingView {
  return {
    users: view.settings.users.map((id) => userOf(view, id, say)),
    brands: vendorsOf(view).map((vendor) => rowOf(view, vendor, say)),
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
  if (promptOf(view, id).noCharger) return reason('onboarding_no_charger', { name });
  if (word === 'charger_required') return reason('onboarding_required', { name, because, step });
  return reason('onboarding_recommended', { name, because });
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

/** Of the brand book, of what Enode offers and of everything linked, sorted. */
function vendorsOf(view: View): string[] {
  const linked = (['vehicle', 'charger'] as const).flatMap((kind) =>
    view.ids(kind).map((id) => view.get(kind, id)!.report.vendor),
  );
  const known = view.settings.brands.brands.map(({ vendor }) => vendor);
  return [...new Set([...known, ...view.ids('vendor'), ...linked])].sort();
}

function rowOf(view: View, vendor: string, say: Say): BrandRow {
  const vehicle = brandOf(view, vendor, 'vehicle');
  const charger = brandOf(view, vendor, 'charger');
  const offer = view.get('vendor', vendor);
  const isLinked = (kind: AssetKind): boolean =>
    view.ids(kind).some((id) => view.get(kind, id)!.report.vendor === vendor);
  const kinds = (['vehicle', 'charger'] as const).filter(
    (kind) => (kind === 'vehicle' ? vehicle : charger) !== null || offer?.kinds.includes(kind) || isLinked(kind),
  );
  const { start, stop, locate, reliable }: BrandFacts = vehicle ?? charger ?? nothingKnown;
  const name = vehicle?.name ?? charger?.name ?? offer?.name ?? vendor;
  const policy = policyOf(view, vendor);
  const expectation = kinds.includes('vehicle') ? expectationOf(vehicle ?? nothingKnown, policy) : 'charger_may';
  return {
    vendor,
    name,
    kinds,
    start,
    stop,
    locate,
    reliable,
    policy,
    expectation,
    sentence: say(reason(kinds.includes('vehicle') ? `brand_${expectation}` : 'brand_charger', { name })),
    success: { before: { tries: 0, ok: 0 }, after: { tries: 0, ok: 0 } },
    proposal: view.get('policy', vendor)?.ask ? policyOf(view, everyBrand) : null,
    linking: offer?.linking ?? null,
  };
}

/** What can be said before a vehicle of the brand is linked (R10); afterwards its flags decide. */
function expectationOf({ start, stop, locate, reliable }: BrandFacts, policy: Policy): BrandRow['expectation'] {
  const cannot = [start, stop, locate].includes('no');
  const isKnown = [start, stop, locate].every((own) => own === 'yes');
  const must =
    (cannot && isAtLeast(policy, 'mandatory_incapable')) ||
    (reliable === 'no' && isAtLeast(policy, 'mandatory_unreliable'));
  if (must) return 'charger_must';
  const mayBeUnreliable = reliable === 'unknown' && isAtLeast(policy, 'mandatory_unreliable');
  const mayBeIncapable = !cannot && !isKnown && isAtLeast(policy, 'mandatory_incapable');
  return mayBeUnreliable || mayBeIncapable ? 'unknown' : 'charger_may';
}
