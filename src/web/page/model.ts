// All that the page shows, as one value. It changes only through the store; views are functions of it.
import type { About } from '../../domain/telling/about.ts';
import type { Portrait } from '../../domain/telling/portrait.ts';
import type { Route } from './route.ts';
import type { Language } from './words/words.ts';

/** What a person has to answer before something happens. */
export type Dialog = { readonly kind: 'stop_away'; readonly id: string; readonly name: string };

export interface Notice {
  readonly kind: 'done' | 'error';
  readonly text: string;
}

export interface Model {
  readonly connection: 'connecting' | 'open' | 'lost';
  /** By `kind/id`. */
  readonly portraits: ReadonlyMap<string, Portrait>;
  readonly about: About | null;
  readonly language: Language;
  readonly route: Route;
  /** Requests under way, by the key of the control that asked. */
  readonly waiting: ReadonlySet<string>;
  readonly notice: Notice | null;
  /** The latest news for those who do not see the page. */
  readonly said: string;
  readonly dialog: Dialog | null;
}

export const beginning = (language: Language, route: Route): Model => ({
  connection: 'connecting',
  portraits: new Map(),
  about: null,
  language,
  route,
  waiting: new Set(),
  notice: null,
  said: '',
  dialog: null,
});

/** By name, as people look for them. */
export const assetsOf = ({ portraits, language }: Model, kind: 'vehicle' | 'charger'): readonly Portrait[] =>
  [...portraits.values()]
    .filter((portrait) => portrait.kind === kind)
    .sort((a, b) => a.device.name.localeCompare(b.device.name, language) || (a.id < b.id ? -1 : 1));
