// The journal's writing side: lines go in chunks into the open segment, each opened with a head that a replay can start from.
import type { DatabaseSync } from 'node:sqlite';
import { storeNumbers } from './numbers.ts';
import type { RecordTable } from './records.ts';

/** What a replay must know beside the entries. No secrets. */
export interface JournalAbout {
  /** Of this program. */
  readonly version: string;
  readonly settings: unknown;
  readonly numbers: unknown;
}

export interface SegmentHead extends JournalAbout {
  readonly node: string;
  /** Version of the time-zone tables. */
  readonly timeZones: string;
  /** Records by table and id as they were before the first entry; null when there are too many to carry. */
  readonly records: Readonly<Record<string, Readonly<Record<string, unknown>>>> | null;
}

interface OpenSegment {
  readonly id: number;
  readonly openedAt: number;
  readonly chars: number;
}

export function createJournal(db: DatabaseSync, records: RecordTable, about: JournalAbout) {
  const begin = db.prepare(
    'INSERT INTO segment (opened_at, last_at, closed, packed, entries, bytes) VALUES (?, ?, 0, 0, 0, 0) RETURNING id',
  );
  const append = db.prepare('INSERT INTO chunk (segment, body) VALUES (?, ?)');
  const count = db.prepare('UPDATE segment SET last_at = ?, entries = entries + ?, bytes = bytes + ? WHERE id = ?');
  const close = db.prepare('UPDATE segment SET closed = 1 WHERE id = ?');
  // Those of earlier runs: another build, other options.
  db.exec('UPDATE segment SET closed = 1 WHERE closed = 0');
  let open: OpenSegment | null = null;

  const put = (id: number, text: string, entries: number, wall: number): void => {
    append.run(id, text);
    count.run(wall, entries, text.length, id);
  };

  return {
    /** Opens a segment if none is. Inside a transaction, before the records of it are written: the head is the state before. */
    ready(wall: number): void {
      if (open) return;
      const id = Number(begin.get(wall, wall)!.id);
      const head = JSON.stringify({
        ...about,
        node: process.version,
        timeZones: process.versions.tz ?? '',
        records: null,
      });
      const text = `${head.slice(0, -'null}'.length)}${snapshot(records)}}`;
      put(id, text, 0, wall);
      open = { id, openedAt: wall, chars: 0 };
    },
    /** Inside a transaction, after `ready`. @param wall epoch ms */
    write(lines: readonly string[], wall: number): void {
      if (lines.length === 0 || !open) return;
      const text = lines.join('\n');
      put(open.id, text, lines.length, wall);
      open = { ...open, chars: open.chars + text.length };
    },
    /** Closes a segment that is long or old enough; at the end of a transaction. @returns whether one was closed */
    turn(wall: number): boolean {
      if (!open) return false;
      const isDue = open.chars >= storeNumbers.segmentChars || Math.abs(wall - open.openedAt) >= storeNumbers.segmentMs;
      if (!isDue) return false;
      close.run(open.id);
      open = null;
      return true;
    },
    /** What to give back to `restore` when the transaction is rolled back. */
    mark: (): OpenSegment | null => open,
    restore: (mark: OpenSegment | null): void => {
      open = mark;
    },
  };
}

/** JSON text of all records, made of the rows' own text; `null` when there are too many. */
function snapshot(records: RecordTable): string {
  if (records.mostRows() > storeNumbers.snapshotRows) return 'null';
  let table: string | null = null;
  let text = '{';
  for (const row of records.rows()) {
    if (row.tbl === table) text += ',';
    else text += `${table === null ? '' : '},'}${JSON.stringify(row.tbl)}:{`;
    table = row.tbl;
    text += `${JSON.stringify(row.id)}:${row.body}`;
  }
  return `${text}${table === null ? '' : '}'}}`;
}
