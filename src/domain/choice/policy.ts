// Who must link a charger (R10): one of three policies per brand, each including the former ones. Only a person changes one, and what
// becomes stricter waits for the end of the plug-in.
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

/** The policy that counts for this vehicle now: a stricter one chosen during its plug-in counts from the next one on. */
export function policyFor(view: View, id: AssetId): Policy {
  const vendor = view.get('vehicle', id)?.report.vendor ?? everyBrand;
  const rulings = rulingsOf(view, vendor);
  const newest = rulings.at(-1)?.policy ?? defaultPolicy;
  const plugged = openPlugIn(view, id)?.since ?? null;
  if (plugged === null || rulings.length === 0) return newest;
  const before = Math.max(
    0,
    rulings.findLastIndex(({ since }) => since <= plugged),
  );
  return rulings.slice(before).reduce((mildest, { policy }) => (isAtLeast(policy, mildest) ? mildest : policy), newest);
}

/** @returns whether a car on its cable keeps the former one until it is unplugged */
export function choosePolicy(draft: Draft, brand: string, policy: Policy, now: Instant): boolean {
  const former = policyOf(draft, brand);
  const rulings = [...(draft.get('policy', brand)?.rulings ?? rulingsOf(draft, brand))];
  const since = cloudTimeOf(draft, now);
  draft.put('policy', brand, { rulings: [...rulings, { policy, since }].slice(-mostRulings), ask: false });
  return isAtLeast(policy, former) && policy !== former;
}

/** The first start: a new installation has the strict default; vehicles that are there already begin in `optional`, and the owner is asked. */
export function beginPolicies(draft: Draft, now: Instant): void {
  if (draft.get('policy', everyBrand)) return;
  const since = cloudTimeOf(draft, now);
  draft.put('policy', everyBrand, { rulings: [{ policy: defaultPolicy, since }], ask: false });
  const vendors = new Set(draft.ids('vehicle').map((id) => draft.get('vehicle', id)!.report.vendor));
  for (const vendor of vendors) draft.put('policy', vendor, { rulings: [{ policy: 'optional', since }], ask: true });
}
