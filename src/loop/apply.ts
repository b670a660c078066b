// The only writer of the site: puts committed records in place.

import type { Settings } from '../domain/settings.ts';
import { type Change, type Site, type SiteTables, type TableName, type Tables, tableNames } from '../domain/site.ts';

type Mutable = { [T in TableName]: Map<string, Tables[T]> };

/** A site the loop may write, seen by everybody else as read-only. */
export function createSite(
  settings: Settings,
  saved: readonly Change[],
): { site: Site; apply(changes: readonly Change[]): void } {
  const tables = Object.fromEntries(tableNames.map((name) => [name, new Map()])) as unknown as Mutable;
  const apply = (changes: readonly Change[]): void => {
    for (const { table, id, record } of changes) {
      const map = tables[table] as Map<string, unknown>;
      if (record === null) map.delete(id);
      else map.set(id, record);
    }
  };
  apply(saved);
  return { site: { settings, ...(tables as SiteTables) }, apply };
}

/** The whole site as changes: what would rebuild it. */
export function* changesOf(site: Site): Generator<Change> {
  for (const table of tableNames) {
    for (const [id, record] of site[table]) yield { table, id, record } as Change;
  }
}
