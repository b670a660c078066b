// A person sets a brand's policy (R10): refused for brands that nobody knows, told when a car on its cable keeps the former one.
import { openPlugIn } from '../belief/plugin.ts';
import type { Draft } from '../draft.ts';
import type { Instant } from '../instant.ts';
import type { View } from '../site.ts';
import { type Reason, reason } from '../telling/reason.ts';
import { brandOf } from './brand.ts';
import { choosePolicy, everyBrand, type Policy } from './policy.ts';

export function takePolicy(
  draft: Draft,
  brand: string,
  policy: Policy,
  now: Instant,
): { readonly ok: boolean; readonly why: Reason } {
  if (brand !== everyBrand && !isKnown(draft, brand))
    return { ok: false, why: reason('refused_unknown_brand', { brand }) };
  const isStricter = choosePolicy(draft, brand, policy, now);
  const waits = isStricter && pluggedIn(draft, brand);
  const name = brandOf(draft, brand, 'vehicle')?.name ?? brand;
  return { ok: true, why: reason(waits ? 'policy_waits' : 'policy_set', { brand: name, policy }) };
}

const isKnown = (view: View, vendor: string): boolean =>
  brandOf(view, vendor, 'vehicle') !== null || view.ids('vehicle').some((id) => isOf(view, id, vendor));

const pluggedIn = (view: View, brand: string): boolean =>
  view.ids('vehicle').some((id) => (brand === everyBrand || isOf(view, id, brand)) && openPlugIn(view, id) !== null);

const isOf = (view: View, id: string, vendor: string): boolean => view.get('vehicle', id)?.report.vendor === vendor;
