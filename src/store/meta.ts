// What the installation knows of itself: its id, and flags of first times (a real account was met, a notice was shown).
import type { Shelf } from './kept.ts';

export interface Meta {
  get(key: string): string | null;
  /** On the disk when it returns true; else kept in memory and written with the next that succeeds. */
  put(key: string, value: string): boolean;
}

export function createMeta(shelf: Shelf, write: () => boolean): Meta {
  let known: Map<string, string> | undefined;
  const all = (): Map<string, string> => {
    known ??= new Map(shelf.all().map(({ id, body }) => [id, String(body)]));
    return known;
  };
  return {
    get: (key) => all().get(key) ?? null,
    put: (key, value) => {
      all().set(key, value);
      shelf.put(key, value);
      return write();
    },
  };
}
