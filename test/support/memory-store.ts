// A store that keeps everything in memory, for tests: load gives back what was committed, as after a restart.
import type { Change, TableName } from '../../src/domain/site.ts';
import { volatileTables } from '../../src/domain/site.ts';
import type { Commit, JournalEntry, StorePort } from '../../src/loop/ports.ts';

export interface MemoryStore extends StorePort {
  readonly entries: JournalEntry[];
  /** Refuses durable commits while true, as a full disk does. */
  full: boolean;
}

export function memoryStore(): MemoryStore {
  const records = new Map<string, Change>();
  const entries: JournalEntry[] = [];
  const store: MemoryStore = {
    entries,
    full: false,
    load: () => [...records.values()].map((change) => structuredClone(change)),
    commit: (commit: Commit) => {
      if (store.full && commit.durable) return false;
      for (const change of commit.changes) {
        const key = `${change.table} ${change.id}`;
        if (volatileTables.has(change.table as TableName)) continue;
        if (change.record === null) records.delete(key);
        else records.set(key, change);
      }
      entries.push(...commit.entries);
      return true;
    },
  };
  return store;
}
