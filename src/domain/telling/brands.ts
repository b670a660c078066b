// The table of brands: what is known of each before anything of it is linked, its policy, and how commands to its vehicles ended.
import { successOf, type Tries } from '../acting/success.ts';
import { type BrandFacts, brandOf, nothingKnown } from '../choice/brand.ts';
import { isAgreedUnreliable, isAtLeast, type Policy, policyOf, proposalFor } from '../choice/policy.ts';
import type { Instant } from '../instant.ts';
import type { Own } from '../known.ts';
import type { AssetKind } from '../report.ts';
import type { View } from '../site.ts';
import type { Say } from './describe.ts';
import { reason } from './reason.ts';

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

const kinds = ['vehicle', 'charger'] as const;

/** Of the brand book, of what Enode offers and of everything linked; by vendor code. */
export function describeBrands(view: View, say: Say, now: Instant): BrandRow[] {
  const found = new Map<string, Set<AssetKind>>();
  const add = (vendor: string, kind: AssetKind): void => {
    const its = found.get(vendor);
    if (its) its.add(kind);
    else found.set(vendor, new Set([kind]));
  };
  for (const { vendor, kind } of view.settings.brands.brands) add(vendor, kind);
  for (const vendor of view.ids('vendor')) for (const kind of view.get('vendor', vendor)!.kinds) add(vendor, kind);
  for (const kind of kinds) for (const id of view.ids(kind)) add(view.get(kind, id)!.report.vendor, kind);
  const isListed = view.ids('vendor').length > 0;
  const rows = [...found].map(([vendor, its]) => rowOf(view, vendor, its, isListed, say, now));
  return rows.sort((a, b) => (a.vendor < b.vendor ? -1 : 1));
}

function rowOf(
  view: View,
  vendor: string,
  its: ReadonlySet<AssetKind>,
  isListed: boolean,
  say: Say,
  now: Instant,
): BrandRow {
  const vehicle = brandOf(view, vendor, 'vehicle');
  const charger = brandOf(view, vendor, 'charger');
  const offer = view.get('vendor', vendor);
  const facts: BrandFacts = vehicle ?? (its.has('vehicle') ? nothingKnown : (charger ?? nothingKnown));
  const { start, stop, locate, reliable } = facts;
  const name = vehicle?.name ?? charger?.name ?? offer?.name ?? vendor;
  const policy = policyOf(view, vendor);
  const { before, after } = successOf(view, vendor);
  const seen = isAgreedUnreliable(view, vendor) ? { ...facts, reliable: 'no' as const } : facts;
  const expectation = its.has('vehicle') ? expectationOf(seen, policy) : 'charger_may';
  const told = its.has('vehicle') ? (`brand_${expectation}` as const) : 'brand_charger';
  return {
    vendor,
    name,
    kinds: kinds.filter((kind) => its.has(kind)),
    start,
    stop,
    locate,
    reliable,
    policy,
    expectation,
    // What Enode does not list cannot be linked at all (R10).
    sentence: say(reason(isListed && !offer ? 'link_vendor_absent' : told, { name })),
    success: { before, after },
    proposal: proposalFor(view, vendor, now),
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
