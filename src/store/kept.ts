// Small things kept by name, on shelves: `meta` (who we are), `announced` and `retained` (announced.ts).
import type { DatabaseSync } from 'node:sqlite';

export interface KeptRow {
  readonly shelf: string;
  readonly id: string;
  /** null = gone. */
  readonly body: string | Uint8Array | null;
}

/** One shelf, as its owner sees it. */
export interface Shelf {
  all(): readonly { readonly id: string; readonly body: string | Uint8Array }[];
  put(id: string, body: string | Uint8Array | null): void;
}

export function createKeptTable(db: DatabaseSync) {
  const all = db.prepare('SELECT id, body FROM kept WHERE shelf = ? ORDER BY id');
  const put = db.prepare(
    'INSERT INTO kept (shelf, id, body) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body',
  );
  const drop = db.prepare('DELETE FROM kept WHERE shelf = ? AND id = ?');
  return {
    all: (shelf: string) =>
      all.all(shelf) as unknown as readonly { readonly id: string; readonly body: string | Uint8Array }[],
    /** Inside a transaction. */
    write({ shelf, id, body }: KeptRow): void {
      if (body === null) drop.run(shelf, id);
      else put.run(shelf, id, body);
    },
  };
}

/**
 * What can still be read of a damaged database and can do no harm when it is old: our name for brokers and Home Assistant, and what
 * must be taken back there one day. Records are not: nothing is decided on a guess.
 */
export function salvage(db: DatabaseSync): readonly KeptRow[] {
  const rows: KeptRow[] = [];
  try {
    for (const row of db.prepare('SELECT shelf, id, body FROM kept').iterate()) rows.push(row as unknown as KeptRow);
  } catch {
    // as far as it went
  }
  return rows.filter(({ shelf, id, body }) => typeof shelf === 'string' && typeof id === 'string' && body !== null);
}
