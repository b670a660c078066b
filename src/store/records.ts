// The records of the domain's tables: one row of JSON each.
import type { DatabaseSync } from 'node:sqlite';
import { type Change, tableNames, volatileTables } from '../domain/site.ts';
import type { Log } from '../kernel/log.ts';
import { objectFrom } from './json.ts';

export type RecordTable = ReturnType<typeof createRecordTable>;

export interface RecordRow {
  readonly tbl: string;
  readonly id: string;
  readonly body: string;
}

const names: ReadonlySet<string> = new Set(tableNames.filter((name) => !volatileTables.has(name)));

export function createRecordTable(db: DatabaseSync) {
  const all = db.prepare('SELECT tbl, id, body FROM record ORDER BY tbl, id');
  const sound = db.prepare(
    `SELECT tbl, id, CASE WHEN json_valid(body) THEN body ELSE 'null' END AS body FROM record ORDER BY tbl, id`,
  );
  const newest = db.prepare('SELECT max(rowid) AS most FROM record');
  const put = db.prepare(
    'INSERT INTO record (tbl, id, body) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body',
  );
  const drop = db.prepare('DELETE FROM record WHERE tbl = ? AND id = ?');
  return {
    /** Inside a transaction. */
    write({ table, id, record }: Change): void {
      if (record === null) drop.run(table, id);
      else put.run(table, id, JSON.stringify(record));
    },
    /** At least as many as there are rows; counting them would read the whole table. */
    mostRows: () => Number(newest.get()!.most ?? 0),
    /** All rows for a segment's head; an unreadable body is null. */
    rows: () => sound.iterate() as unknown as Iterable<RecordRow>,
    load(log: Log): Change[] {
      const changes: Change[] = [];
      const unreadable = new Map<string, number>();
      for (const { tbl, id, body } of all.iterate() as unknown as Iterable<RecordRow>) {
        // Rows of tables this build does not know stay where they are, for the build that does.
        if (!names.has(tbl)) continue;
        const record = objectFrom(body);
        if (record === null) unreadable.set(tbl, (unreadable.get(tbl) ?? 0) + 1);
        else changes.push({ table: tbl, id, record } as Change);
      }
      for (const [table, count] of unreadable) {
        log.warn(
          `Database: ${count} record${count === 1 ? '' : 's'} of "${table}" cannot be read and ${count === 1 ? 'is' : 'are'} left out.`,
        );
      }
      return changes;
    },
  };
}
