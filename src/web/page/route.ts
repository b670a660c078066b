// Where in the page: kept in the address after `#`, so that reload and the back button work below any prefix.
import type { Kind } from './adding.ts';

export const sections = ['home', 'devices', 'pairs', 'settings'] as const;
export type Section = (typeof sections)[number];

export interface Route {
  readonly section: Section;
  /** Below `devices`: what is being linked. */
  readonly adding: Kind | null;
}

export function routeOf(hash: string): Route {
  const [name, verb, kind] = hash.replace(/^#\/?/, '').split('/');
  const section = sections.find((one) => one === name) ?? 'home';
  const adding = section === 'devices' && verb === 'add' ? (kind === 'charger' ? 'charger' : 'vehicle') : null;
  return { section, adding };
}

export const hrefOf = (section: Section): string => (section === 'home' ? '#/' : `#/${section}`);
export const addHref = (kind: Kind): string => `#/devices/add/${kind}`;
