// The import law as a table: which room of the house may know which. A change here is a change of the design: say why in docs/decisions/.

export interface Room {
  /** Rooms, or files of rooms (`loop/ports`), that may be imported; a room may always import itself. `*` in front: any room's. */
  readonly may?: readonly string[];
  /** Rooms of which only types may be imported (`import type`). */
  readonly types?: readonly string[];
  readonly libraries?: readonly string[];
  /** Node's own modules: all, or the named ones. */
  readonly node?: 'all' | readonly string[];
}

const forAdapters = ['domain', 'loop/ports', 'kernel', 'surface', 'words'] as const;
/** What belongs to one adapter alone is left out for the others by `onlyIn`. */
const adapter = (...libraries: string[]): Room => ({ may: forAdapters, libraries, node: 'all' });

const everything: Room = { may: ['*'], libraries: ['*'], node: 'all' };

export const rooms: Readonly<Record<string, Room>> = {
  kernel: { libraries: ['pino'], node: 'all' },
  domain: {},
  loop: { may: ['domain', 'kernel'] },
  surface: { types: ['domain'], may: ['kernel/errors'], libraries: ['zod'] },
  words: { types: ['domain'] },
  enode: adapter('undici', 'zod'),
  'home-assistant': adapter('home-assistant-js-websocket', 'zod'),
  mqtt: adapter('mqtt', 'mqtt-packet', 'aedes', 'zod'),
  store: adapter(),
  web: adapter('hono', 'zod'),
  'web/page': { may: ['words'], types: ['domain/telling'], libraries: ['lit', 'uplot'] },
  simulator: { may: ['kernel'], libraries: ['hono', '@hono/node-server'], node: 'all' },
  config: { may: ['*/settings', 'kernel', 'domain'], libraries: ['zod'], node: 'all' },
  house: everything,
  cli: everything,
  main: everything,
};

/** Rooms that build the house: they know everything, and only they know each other. */
export const builders: readonly string[] = ['house', 'cli', 'main'];

/** Modules that belong to some rooms alone, whatever else a room may import. */
export const onlyIn: Readonly<Record<string, readonly string[]>> = {
  '@hono/node-server': ['cli', 'house', 'simulator'],
  'node:sqlite': ['store'],
  'node:timers': ['kernel'],
  'node:perf_hooks': ['kernel'],
};

/** The room of a path below `src/`, without extension: `enode/wire` → `enode`. `undefined`: a file that stands in no room. */
export function roomOf(path: string): string | undefined {
  const parts = path.split('/');
  const nested = parts.length > 2 ? parts.slice(0, 2).join('/') : undefined;
  if (nested !== undefined && nested in rooms) return nested;
  const first = parts[0]!;
  if (parts.length > 1) return first in rooms ? first : undefined;
  return first === 'main' ? 'main' : undefined;
}
