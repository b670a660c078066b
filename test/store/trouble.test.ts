// Disks that refuse, files that are damaged, programs that hold the lock.
import {
  closeSync,
  copyFileSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/domain/site.ts';
import { attemptOf, commitOf, location, newFolder, open } from './support.ts';

const aside = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.includes('damaged'))
    .sort();

/** Overwrites everything but the first page, so that the header still looks right. */
function damageInside(file: string): void {
  const handle = openSync(file, 'r+');
  const size = statSync(file).size;
  writeSync(handle, Buffer.alloc(size - 4096, 0xa5), 0, size - 4096, 4096);
  closeSync(handle);
}

describe('a damaged database', () => {
  it('that is none at all is moved aside, kept whole, and told after the start', async () => {
    const folder = newFolder();
    const file = join(folder, 'enode2mqtt.db');
    const bytes = Buffer.from('not a database at all. '.repeat(500));
    writeFileSync(file, bytes);
    const { store, facts, lines, clock } = open(folder);
    expect(aside(folder)).toEqual(['enode2mqtt.damaged-20260601T120000Z-1.db']);
    expect(readFileSync(join(folder, aside(folder)[0]!)).equals(bytes)).toBe(true);
    expect(lines.join()).toContain('the database was damaged; it is kept as');
    expect(facts).toEqual([]);
    store.commit(commitOf(true, location('a', 1)));
    expect(store.load()).toEqual([location('a', 1)]);
    expect(facts).toMatchObject([{ kind: 'storage_changed', ok: false }]);
    await clock.advance(24 * 3_600_000);
    expect(facts.at(-1)).toEqual({ kind: 'storage_changed', ok: true, why: null });
  });

  it('never overwrites what was moved aside before', () => {
    const folder = newFolder();
    for (const text of ['first', 'second', 'third']) {
      writeFileSync(join(folder, 'enode2mqtt.db'), text.repeat(500));
      open(folder).store.close();
    }
    expect(aside(folder).map((name) => readFileSync(join(folder, name), 'utf8').slice(0, 5))).toEqual([
      'first',
      'secon',
      'third',
    ]);
  });

  it('found by the check at the start keeps the installation, not the records', () => {
    const folder = newFolder();
    const first = open(folder);
    for (let n = 0; n < 400; n++) first.store.commit(commitOf(false, location(`id${n}`, n % 90)));
    first.store.close();
    // The records' pages only: the shelf with the installation's id stays readable.
    const db = new DatabaseSync(first.file);
    const pages = db
      .prepare(`SELECT rootpage FROM sqlite_schema WHERE tbl_name = 'record'`)
      .all()
      .map((row) => Number(row.rootpage));
    db.close();
    const handle = openSync(first.file, 'r+');
    for (const page of pages) writeSync(handle, Buffer.alloc(4096, 0xa5), 0, 4096, (page - 1) * 4096);
    closeSync(handle);
    const again = open(folder);
    expect(aside(folder)).toHaveLength(1);
    expect(again.store.load()).toEqual([]);
    expect(again.store.installation).toBe(first.store.installation);
  });

  it('found while running is begun anew with all that the house knows', () => {
    const folder = newFolder();
    const known = [location('a', 1), location('b', 2)];
    const { store, file, facts } = open(folder, { current: () => known });
    store.commit(commitOf(true, ...known));
    for (let n = 0; n < 400; n++)
      store.commit(commitOf(false, { table: 'attempt', id: 'car', record: attemptOf(`${n}`, 'ended') }));
    store.flush();
    const db = new DatabaseSync(file);
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    db.close();
    damageInside(file);
    const wanted = location('c', 3);
    expect(store.commit(commitOf(true, location('a', 7), wanted))).toBe(true);
    expect(aside(folder).length).toBeGreaterThan(0);
    expect(facts).toMatchObject([{ ok: false }]);
    store.close();
    const again = open(folder);
    expect(again.store.load()).toEqual([location('a', 7), location('b', 2), wanted]);
    expect(again.store.installation).toBe(store.installation);
  });

  it('is not what a cut-off log looks like: SQLite recovers that by itself', () => {
    const folder = newFolder();
    const first = open(folder);
    first.store.commit(commitOf(true, location('a', 1)));
    const copy = newFolder();
    for (const ending of ['', '-wal']) copyFileSync(first.file + ending, join(copy, `enode2mqtt.db${ending}`));
    const wal = readFileSync(`${first.file}-wal`);
    writeFileSync(join(copy, 'enode2mqtt.db-wal'), Buffer.concat([wal, Buffer.alloc(3_000, 7)]));
    const { store } = open(copy);
    expect(store.load()).toEqual([location('a', 1)]);
    expect(aside(copy)).toEqual([]);
  });
});

describe('a disk that refuses', () => {
  it('because another program holds the lock is waited for, and the file stays where it is', async () => {
    const folder = newFolder();
    const { store, clock, facts, lines, file } = open(folder);
    store.commit(commitOf(true, location('before', 1)));
    const other = new DatabaseSync(file, { timeout: 0 });
    other.exec('BEGIN IMMEDIATE');
    expect(store.commit(commitOf(true, location('refused', 1)))).toBe(false);
    expect(store.commit(commitOf(false, location('kept', 1)))).toBe(true);
    expect(facts).toEqual([{ kind: 'storage_changed', ok: false, why: 'another program holds the database locked' }]);
    expect(lines.filter((line) => line.includes('nothing can be stored'))).toHaveLength(1);
    expect(aside(folder)).toEqual([]);
    other.exec('ROLLBACK');
    other.close();
    await clock.advance(30_000);
    expect(facts.at(-1)).toEqual({ kind: 'storage_changed', ok: true, why: null });
    expect(facts).toHaveLength(2);
    expect(store.load()).toEqual([location('before', 1), location('kept', 1)]);
    expect(lines.at(-1)).toBe('Database: storing works again.');
  });

  it('because it is full is said once, refuses durable commits, keeps the others and writes them when it heals', async () => {
    const folder = newFolder();
    const used: DatabaseSync[] = [];
    const { store, clock, facts, lines } = open(folder, { opened: (db) => void used.push(db) });
    const limit = (pages: number) => used[0]!.exec(`PRAGMA max_page_count = ${pages}`);
    store.commit(commitOf(true, location('before', 1)));
    limit(1); // SQLite takes this as "no larger than it is now"
    const large: Change[] = Array.from({ length: 500 }, (_, n) => location(`refused${n}`, 1));
    expect(store.commit(commitOf(false, location('kept', 1)))).toBe(true);
    expect(store.commit(commitOf(true, ...large))).toBe(false);
    expect(store.commit(commitOf(true, location('small', 1)))).toBe(false);
    for (let n = 0; n < 50; n++) store.commit(commitOf(false, location('kept', n)));
    await clock.advance(10 * 60_000);
    expect(facts).toEqual([{ kind: 'storage_changed', ok: false, why: 'the disk is full' }]);
    expect(lines.filter((line) => line.includes('the disk is full'))).toHaveLength(1);
    expect(store.load()).toEqual([location('before', 1)]);
    limit(100_000);
    await clock.advance(30_000);
    expect(facts.slice(1)).toEqual([{ kind: 'storage_changed', ok: true, why: null }]);
    expect(store.load()).toEqual([location('before', 1), location('kept', 49)]);
    expect(store.commit(commitOf(true, ...large))).toBe(true);
    expect(clock.pending()).toEqual([]);
  });

  it('heals at once with the next durable commit that fits', () => {
    const used: DatabaseSync[] = [];
    const { store, facts } = open(newFolder(), { opened: (db) => void used.push(db) });
    store.commit(commitOf(true, location('before', 1)));
    used[0]!.exec('PRAGMA query_only = ON'); // a real SQLITE_READONLY
    expect(store.commit(commitOf(true, location('a', 1)))).toBe(false);
    used[0]!.exec('PRAGMA query_only = OFF');
    expect(store.commit(commitOf(true, location('b', 1)))).toBe(true);
    expect(facts).toEqual([
      { kind: 'storage_changed', ok: false, why: 'it is read-only' },
      { kind: 'storage_changed', ok: true, why: null },
    ]);
  });

  it('holds a bounded journal meanwhile, and tells the gap', () => {
    const used: DatabaseSync[] = [];
    const { store } = open(newFolder(), { opened: (db) => void used.push(db) });
    store.commit(commitOf(true, location('before', 1)));
    used[0]!.exec('PRAGMA query_only = ON');
    const text = 'x'.repeat(100_000);
    store.commit(commitOf(true, location('refused', 1)));
    for (let n = 0; n < 60; n++)
      store.commit({ changes: [], entries: [{ kind: 'asked', effect: { n, text } }], durable: false });
    used[0]!.exec('PRAGMA query_only = OFF');
    expect(store.flush()).toBe(true);
    const [segment] = store.archive.segments();
    const entries = store.archive.readSegment(segment!.id)!.entries.map(({ entry }) => entry);
    const first = entries[0]!;
    const lost = first.kind === 'gap' ? first.lost : 0;
    expect(lost).toBeGreaterThan(15);
    expect(lost + entries.length - 1).toBe(60);
    expect(entries.at(-1)).toEqual({ kind: 'asked', effect: { n: 59, text } });
  });
});
