// Where in the page: kept in the address after `#`, so that reload and the back button work below any prefix.

export const sections = ['home', 'devices', 'pairs', 'settings'] as const;
export type Section = (typeof sections)[number];

export interface Route {
  readonly section: Section;
}

export const routeOf = (hash: string): Route => {
  const [name] = hash.replace(/^#\/?/, '').split('/');
  return { section: sections.find((section) => section === name) ?? 'home' };
};

export const hrefOf = ({ section }: Route): string => (section === 'home' ? '#/' : `#/${section}`);
