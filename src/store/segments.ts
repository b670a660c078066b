// The journal's reading side, and its bounds: closed segments are packed, the oldest go.
import type { DatabaseSync } from 'node:sqlite';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { JournalEntry } from '../loop/ports.ts';
import type { SegmentHead } from './journal.ts';
import { storeNumbers } from './numbers.ts';
import { transact } from './transact.ts';

export interface SegmentInfo {
  readonly id: number;
  /** epoch ms of the first and the last entry */
  readonly openedAt: number;
  readonly lastAt: number;
  readonly isClosed: boolean;
  readonly isPacked: boolean;
  readonly entries: number;
  /** as stored */
  readonly bytes: number;
}

export interface Written {
  /** epoch ms of the world */
  readonly wall: number;
  /** monotonic ms; only differences within one segment mean something */
  readonly mono: number;
  /** `gap`: so many entries are missing here, the disk refused them. */
  readonly entry: JournalEntry | { readonly kind: 'gap'; readonly lost: number };
}

export interface Segment {
  readonly head: SegmentHead;
  readonly entries: readonly Written[];
}

export function listSegments(db: DatabaseSync): SegmentInfo[] {
  const rows = db.prepare('SELECT * FROM segment ORDER BY id').all();
  return rows.map((row) => ({
    id: Number(row.id),
    openedAt: Number(row.opened_at),
    lastAt: Number(row.last_at),
    isClosed: row.closed === 1,
    isPacked: row.packed === 1,
    entries: Number(row.entries),
    bytes: Number(row.bytes),
  }));
}

/** A segment as it is stored: packed or in chunks of lines; empty when there is no such segment. */
export function partsOf(db: DatabaseSync, id: number): readonly unknown[] {
  return db
    .prepare('SELECT body FROM chunk WHERE segment = ? ORDER BY n')
    .all(id)
    .map(({ body }) => body);
}

/** @throws zlib's and JSON's errors when it is not what we wrote */
export function segmentFrom(parts: readonly unknown[]): Segment {
  const [head, ...lines] = textOf(parts).split('\n');
  return {
    head: JSON.parse(head!) as SegmentHead,
    entries: lines.map((line) => {
      const [wall, mono, entry] = JSON.parse(line) as [number, number, Written['entry']];
      return { wall, mono, entry };
    }),
  };
}

const textOf = (parts: readonly unknown[]): string =>
  parts
    .map((body) => (body instanceof Uint8Array ? zstdDecompressSync(body).toString('utf8') : String(body)))
    .join('\n');

/** Packs all closed segments that are not yet: half a million characters become some 25 kB within a millisecond. */
export function packClosed(db: DatabaseSync): void {
  const closed = db.prepare('SELECT id FROM segment WHERE closed = 1 AND packed = 0 ORDER BY id').all();
  for (const { id } of closed) {
    const packed = zstdCompressSync(textOf(partsOf(db, Number(id))));
    transact(db, () => {
      db.prepare('DELETE FROM chunk WHERE segment = ?').run(id!);
      db.prepare('INSERT INTO chunk (segment, body) VALUES (?, ?)').run(id!, packed);
      db.prepare('UPDATE segment SET packed = 1, bytes = ? WHERE id = ?').run(packed.length, id!);
    });
  }
}

/** Drops closed segments that are too old, and the oldest while all together are too large. @param now epoch ms */
export function prune(
  db: DatabaseSync,
  now: number,
  bounds: { readonly journalMs: number; readonly journalBytes: number } = storeNumbers,
): void {
  const all = listSegments(db);
  let bytes = all.reduce((sum, segment) => sum + segment.bytes, 0);
  const gone = all.filter((segment) => {
    const goes = segment.isClosed && (segment.lastAt < now - bounds.journalMs || bytes > bounds.journalBytes);
    if (goes) bytes -= segment.bytes;
    return goes;
  });
  if (gone.length === 0) return;
  transact(db, () => {
    for (const { id } of gone) {
      db.prepare('DELETE FROM chunk WHERE segment = ?').run(id);
      db.prepare('DELETE FROM segment WHERE id = ?').run(id);
    }
  });
}
