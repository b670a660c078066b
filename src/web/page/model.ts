// All that the page shows, as one value. It changes only through the store; views are functions of it.
import type { About } from '../../domain/telling/about.ts';
import type { OnboardingCharger, OnboardingVehicle, OnboardingView } from '../../domain/telling/onboarding.ts';
import type { PairView } from '../../domain/telling/pairs.ts';
import type { Portrait } from '../../domain/telling/portrait.ts';
import type { Adding, Session } from './adding.ts';
import type { Consequence } from './ask.ts';
import type { Route } from './route.ts';
import type { Language } from './words/words.ts';

/** What a person has to answer before something happens. `error`: why the last answer was refused. */
export type Dialog = { readonly error: string | null; readonly name: string; readonly id: string } & (
  | { readonly kind: 'stop_away' }
  /** `told` null: what would follow is being asked. */
  | { readonly kind: 'unlink'; readonly all: boolean; readonly told: readonly Consequence[] | null }
  | { readonly kind: 'place' }
  /** Which car is on the charger `id`; `vehicle` is the one believed there. */
  | { readonly kind: 'correct'; readonly user: string; readonly vehicle: string }
  | { readonly kind: 'relink'; readonly brand: string; readonly session: Session | null }
);

export interface Notice {
  readonly kind: 'done' | 'error';
  readonly text: string;
}

export interface Model {
  readonly connection: 'connecting' | 'open' | 'lost';
  /** Of the daemon that this page came with; another one has another page. */
  readonly version: string | null;
  /** By `kind/id`. */
  readonly portraits: ReadonlyMap<string, Portrait>;
  readonly about: About | null;
  readonly onboarding: OnboardingView | null;
  readonly pairs: readonly PairView[] | null;
  readonly language: Language;
  readonly route: Route;
  /** Requests under way, by the key of the control that asked. */
  readonly waiting: ReadonlySet<string>;
  readonly notice: Notice | null;
  /** The latest news for those who do not see the page. */
  readonly said: string;
  readonly dialog: Dialog | null;
  readonly adding: Adding;
}

export const beginning = (language: Language, route: Route, adding: Adding): Model => ({
  connection: 'connecting',
  version: null,
  portraits: new Map(),
  about: null,
  onboarding: null,
  pairs: null,
  language,
  route,
  waiting: new Set(),
  notice: null,
  said: '',
  dialog: null,
  adding,
});

export const versionIn = (portraits: readonly Portrait[]): string | null => {
  const version = portraits.find(({ kind }) => kind === 'bridge')?.state.version;
  return typeof version === 'string' ? version : null;
};

/** By name, as people look for them. */
export const assetsOf = ({ portraits, language }: Model, kind: 'vehicle' | 'charger'): readonly Portrait[] =>
  [...portraits.values()]
    .filter((portrait) => portrait.kind === kind)
    .sort((a, b) => a.device.name.localeCompare(b.device.name, language) || (a.id < b.id ? -1 : 1));

export const vehiclesIn = ({ onboarding }: Pick<Model, 'onboarding'>): readonly OnboardingVehicle[] =>
  onboarding?.users.flatMap(({ vehicles }) => vehicles) ?? [];

export const chargersIn = ({ onboarding }: Pick<Model, 'onboarding'>): readonly OnboardingCharger[] =>
  onboarding?.users.flatMap(({ chargers }) => chargers) ?? [];

/** What people call a brand; Enode's code where nothing better is known. */
export const brandName = ({ onboarding }: Pick<Model, 'onboarding'>, vendor: string): string =>
  onboarding?.brands.find((brand) => brand.vendor === vendor)?.name ?? vendor;
