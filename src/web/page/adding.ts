// Linking a device, as far as the person has come: brand, session, and what appeared since.
import type { BrandRow, OnboardingView } from '../../domain/telling/onboarding.ts';

export type Kind = 'vehicle' | 'charger';

/** A login page at Enode that was asked for. */
export interface Session {
  readonly url: string;
  /** ISO, null = not said */
  readonly until: string | null;
  readonly warning: string | null;
  /** What was linked when it was asked for: anything else is new. */
  readonly known: ReadonlySet<string>;
}

export interface Adding {
  readonly kind: Kind;
  readonly filter: string;
  readonly vendor: string | null;
  /** Car and charger of one brand with one login. */
  readonly both: boolean;
  readonly user: string | null;
  readonly session: Session | null;
  readonly error: string | null;
}

export const addingOf = (kind: Kind): Adding => ({
  kind,
  filter: '',
  vendor: null,
  both: false,
  user: null,
  session: null,
  error: null,
});

export interface Found {
  readonly id: string;
  readonly name: string;
  readonly kind: Kind;
}

const devicesOf = (onboarding: OnboardingView | null): readonly Found[] =>
  onboarding?.users.flatMap(({ vehicles, chargers }) => [
    ...vehicles.map(({ id, name }) => ({ id, name, kind: 'vehicle' as const })),
    ...chargers.map(({ id, name }) => ({ id, name, kind: 'charger' as const })),
  ]) ?? [];

export const knownIn = (onboarding: OnboardingView | null): ReadonlySet<string> =>
  new Set(devicesOf(onboarding).map(({ id }) => id));

/** What has appeared since the login page was asked for. */
export const foundIn = (onboarding: OnboardingView | null, { session }: Adding): readonly Found[] =>
  session === null ? [] : devicesOf(onboarding).filter(({ id }) => !session.known.has(id));

/** Coming (back) to a step: one that was only left goes on, one that is done or of the other kind begins anew. */
export const resumed = (onboarding: OnboardingView | null, adding: Adding, kind: Kind): Adding =>
  adding.kind === kind && adding.session !== null && foundIn(onboarding, adding).length === 0 ? adding : addingOf(kind);

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Brands that make such a device, by name; those whose name begins like the filter come first. */
export function brandsFor(brands: readonly BrandRow[], { kind, filter }: Adding): readonly BrandRow[] {
  const sought = plain(filter.trim());
  const rank = ({ name }: BrandRow): number => (plain(name).startsWith(sought) ? 0 : 1);
  return brands
    .filter(({ kinds, name, vendor }) => kinds.includes(kind) && plain(`${name} ${vendor}`).includes(sought))
    .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}
