// The journal: evidence that can be read back in the order it was written, within its bounds.
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { instant } from '../../src/domain/instant.ts';
import type { JournalEntry } from '../../src/loop/ports.ts';
import { listSegments, prune } from '../../src/store/segments.ts';
import { commitOf, location, newFolder, open, START } from './support.ts';

const asked = (n: number): JournalEntry => ({ kind: 'asked', effect: { n } });
const written = (...entries: JournalEntry[]) => ({ changes: [], entries, durable: false });

describe('a segment', () => {
  it('opens with the state before its first entry, and gives the entries back in order with both clocks', async () => {
    const { store, clock } = open(newFolder());
    store.commit(commitOf(true, location('a', 1), location('b', 2), { table: 'wish', id: 'odd "id"', record: null }));
    expect(store.archive.segments()).toEqual([]);
    const told: JournalEntry = { kind: 'told', at: instant(START), fact: { kind: 'woke' } };
    store.commit({
      changes: [location('a', 5)],
      entries: [told, { kind: 'looked', now: instant(START), subjects: ['a'] }],
      durable: false,
    });
    await clock.advance(1_500);
    store.commit({ changes: [location('a', 6)], entries: [asked(1)], durable: true });
    const [info] = store.archive.segments();
    expect(info).toMatchObject({ isClosed: false, isPacked: false, entries: 3, openedAt: START + 1_500 });
    const { head, entries } = store.archive.readSegment(info!.id)!;
    expect(head).toEqual({
      version: '1.2.3',
      settings: { users: ['home'] },
      numbers: { wait: 1 },
      node: process.version,
      timeZones: process.versions.tz,
      records: { location: { a: { latitude: 1, longitude: 10 }, b: { latitude: 2, longitude: 10 } } },
    });
    expect(entries).toEqual([
      { wall: START, mono: 0, entry: told },
      { wall: START, mono: 0, entry: { kind: 'looked', now: START, subjects: ['a'] } },
      { wall: START + 1_500, mono: 1_500, entry: asked(1) },
    ]);
    expect(store.archive.readSegment(99)).toBeNull();
  });

  it('gets lines of facts that changed nothing within a minute, and with whatever else is written', async () => {
    const { store, clock, file } = open(newFolder());
    const entries = (): number =>
      Number(new DatabaseSync(file).prepare('SELECT sum(entries) AS n FROM segment').get()!.n);
    store.commit(written(asked(0)));
    await clock.advance(59_999);
    expect(entries()).toBe(0);
    await clock.advance(1);
    expect(entries()).toBe(1);
    store.commit(written(asked(1)));
    await clock.advance(10_000);
    store.commit(commitOf(false, location('a', 1)));
    await clock.advance(5_000);
    expect(entries()).toBe(2);
    expect(clock.pending()).toEqual([]);
  });

  it('ends with the run, and is packed by the next', async () => {
    const folder = newFolder();
    const first = open(folder);
    first.store.commit(written(...Array.from({ length: 500 }, (_, n) => asked(n))));
    first.store.close();
    const { store, clock } = open(folder);
    await clock.settle();
    const [info] = store.archive.segments();
    expect(info).toMatchObject({ isClosed: true, isPacked: true, entries: 500 });
    expect(info!.bytes).toBeLessThan(3_000);
    expect(store.archive.readSegment(info!.id)!.entries.map(({ entry }) => entry)).toEqual(
      Array.from({ length: 500 }, (_, n) => asked(n)),
    );
    store.commit(written(asked(1)));
    expect(store.archive.segments()).toHaveLength(2);
  });

  it('is closed after a day or two million characters, nothing being lost between', async () => {
    const { store, clock } = open(newFolder());
    store.commit(written(asked(0)));
    await clock.advance(25 * 3_600_000);
    store.commit(written(asked(1)));
    store.commit(written({ kind: 'asked', effect: 'x'.repeat(2_000_000) }));
    store.flush();
    store.commit(written(asked(2)));
    store.flush();
    await clock.settle();
    const segments = store.archive.segments();
    expect(segments.map(({ isPacked, entries }) => [isPacked, entries])).toEqual([
      [true, 3],
      [false, 1],
    ]);
    const all = segments.flatMap(({ id }) => store.archive.readSegment(id)!.entries);
    expect(all.map(({ wall }) => wall)).toEqual([...all.map(({ wall }) => wall)].sort());
    expect(all).toHaveLength(4);
  });

  it('that was tampered with is left out with a line, never a crash', async () => {
    const folder = newFolder();
    const first = open(folder);
    first.store.commit(written(asked(0)));
    first.store.close();
    const { store, clock, lines, file } = open(folder);
    await clock.settle();
    const db = new DatabaseSync(file);
    db.exec(`UPDATE chunk SET body = x'0102030405'`);
    db.close();
    expect(store.archive.readSegment(1)).toBeNull();
    expect(lines.join()).toContain('the journal segment 1 cannot be read');
  });
});

describe('the bounds', () => {
  const seed = (file: string) => {
    const db = new DatabaseSync(file);
    const put = db.prepare(
      'INSERT INTO segment (opened_at, last_at, closed, packed, entries, bytes) VALUES (?, ?, ?, 1, 1, 100)',
    );
    for (const day of [1, 2, 3, 4]) put.run(day, day * 1_000, day < 4 ? 1 : 0);
    return db;
  };

  it('drop closed segments by age', () => {
    const db = seed(open(newFolder()).file);
    prune(db, 10_000, { journalMs: 7_500, journalBytes: 1_000 });
    expect(listSegments(db).map(({ openedAt }) => openedAt)).toEqual([3, 4]);
    prune(db, 1e12, { journalMs: 1, journalBytes: 1_000 });
    expect(listSegments(db).map(({ openedAt }) => openedAt)).toEqual([4]);
    db.close();
  });

  it('drop the oldest by size', () => {
    const db = seed(open(newFolder()).file);
    prune(db, 5_000, { journalMs: 1e9, journalBytes: 250 });
    expect(listSegments(db).map(({ openedAt }) => openedAt)).toEqual([3, 4]);
    db.close();
  });
});
