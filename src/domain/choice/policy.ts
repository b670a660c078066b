// Who must link a charger (R10): one of three policies per brand, each including the former ones. Only a person changes one, and what
// becomes stricter waits for the end of the plug-in.
import { isMeasuredUnreliable } from '../acting/success.ts';
import { cloudTimeOf } from '../belief/cloud-learn.ts';
import { openPlugIn } from '../belief/plugin.ts';
import type { Draft } from '../draft.ts';
import type { Instant } from '../instant.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';

/** From the mildest to the strictest. */
export const policies = ['optional', 'mandatory_unreliable', 'mandatory_incapable'] as const;
export type Policy = (typeof policies)[number];

/** The brand that stands for all brands without a policy of their own. */
export const everyBrand = '*';

export interface Ruling {
  readonly policy: Policy;
  /** A person agreed that cars of this brand count as unreliable, as was measured here; absent: no. */
  readonly unreliable?: boolean;
  /** The cloud's time since which it counts. */
  readonly since: Instant;
}

/** By vendor code, or `*`. */
export interface BrandPolicy {
  /** The newest last; the former ones still count for cars whose cable has been in since before. At most 8. */
  readonly rulings: readonly Ruling[];
  /** The owner is asked whether the stricter default shall count for this brand, too: its cars were there before there was a choice. */
  readonly ask: boolean;
}

/** Of a new installation. */
const defaultPolicy: Policy = 'mandatory_incapable';
const mostRulings = 8;

export const isAtLeast = (policy: Policy, least: Policy): boolean =>
  policies.indexOf(policy) >= policies.indexOf(least);

function rulingsOf(view: View, vendor: string): readonly Ruling[] {
  return (view.get('policy', vendor) ?? view.get('policy', everyBrand))?.rulings ?? [];
}

/** The policy of a brand as a person last chose it; `*` is the default. */
export const policyOf = (view: View, vendor: string): Policy => rulingsOf(view, vendor).at(-1)?.policy ?? defaultPolicy;

/** A person agreed that its cars are unreliable, as was measured here. */
export const isAgreedUnreliable = (view: View, vendor: string): boolean =>
  rulingsOf(view, vendor).at(-1)?.unreliable === true;

/** What counts for one vehicle now. */
interface InForce {
  readonly policy: Policy;
  readonly unreliable: boolean;
  /** Cars that cannot by themselves are charged by mode through their charger. */
  readonly bridges: boolean;
}

/** What restricts, and was chosen during its plug-in, counts from the next one on; what frees counts at once. */
export function rulingFor(view: View, id: AssetId): InForce {
  const rulings = rulingsOf(view, view.get('vehicle', id)?.report.vendor ?? everyBrand);
  const plugged = openPlugIn(view, id)?.since ?? null;
  const from = plugged === null ? rulings.length - 1 : rulings.findLastIndex(({ since }) => since < plugged);
  const counting = rulings.slice(Math.max(0, from));
  return {
    policy: policies.find((policy) => counting.some((ruling) => ruling.policy === policy)) ?? defaultPolicy,
    unreliable: counting.length > 0 && counting.every(({ unreliable = false }) => unreliable),
    bridges: counting.length === 0 || counting.some(({ policy }) => policy === 'mandatory_incapable'),
  };
}

export const policyFor = (view: View, id: AssetId): Policy => rulingFor(view, id).policy;

/** What the owner is asked about (R10): cars that were there at an upgrade, or a brand measured as unreliable. null = nothing. */
export function proposalFor(view: View, vendor: string, now: Instant): Policy | null {
  const present = policyOf(view, vendor);
  const wanted: Policy[] = [present];
  if (view.get('policy', vendor)?.ask) wanted.push(policyOf(view, everyBrand));
  const isNews = isMeasuredUnreliable(view, vendor, now) && !isAgreedUnreliable(view, vendor);
  if (isNews) wanted.push('mandatory_unreliable');
  const strictest = policies.findLast((policy) => wanted.includes(policy))!;
  return isNews || strictest !== present ? strictest : null;
}

/**
 * A person's yes. With a policy that asks for reliable cars they agree to what was measured of the brand, too; `optional` takes that back.
 * @returns whether a car on its cable keeps the former rule until it is unplugged
 */
export function choosePolicy(draft: Draft, brand: string, policy: Policy, now: Instant): boolean {
  const rulings = rulingsOf(draft, brand);
  const { policy: former = defaultPolicy, unreliable: agreed = false } = rulings.at(-1) ?? {};
  const isSeen = brand !== everyBrand && (agreed || isMeasuredUnreliable(draft, brand, now));
  const unreliable = isSeen && policy !== 'optional';
  const ruling: Ruling = { policy, unreliable, since: cloudTimeOf(draft, now) };
  draft.put('policy', brand, { rulings: [...rulings, ruling].slice(-mostRulings), ask: false });
  return (isAtLeast(policy, former) && policy !== former) || (unreliable && !agreed);
}

/** The first start: a new installation has the strict default; vehicles that are there already begin in `optional`, and the owner is asked. */
export function beginPolicies(draft: Draft, now: Instant): void {
  if (draft.get('policy', everyBrand)) return;
  const since = cloudTimeOf(draft, now);
  draft.put('policy', everyBrand, { rulings: [{ policy: defaultPolicy, since }], ask: false });
  const vendors = new Set(draft.ids('vehicle').map((id) => draft.get('vehicle', id)!.report.vendor));
  for (const vendor of vendors) draft.put('policy', vendor, { rulings: [{ policy: 'optional', since }], ask: true });
}
