// What the house remembers: groups, order, restarts, one daemon, other people's files.
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '../../src/domain/instant.ts';
import type { Change } from '../../src/domain/site.ts';
import { UserError } from '../../src/kernel/errors.ts';
import { SimulatedClock } from '../../src/kernel/simulated-clock.ts';
import { schemaVersion } from '../../src/store/migrations.ts';
import { attemptOf, commitOf, location, newFolder, open, START } from './support.ts';

const rowsIn = (file: string): string[] => {
  const db = new DatabaseSync(file, { readOnly: true });
  const rows = db.prepare('SELECT tbl, id FROM record ORDER BY 1, 2').all();
  db.close();
  return rows.map((row) => `${row.tbl}/${row.id}`);
};

const refusal = (work: () => unknown): UserError => {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof UserError) return thrown;
    throw thrown;
  }
  throw new Error('nothing was thrown');
};

describe('commits', () => {
  it('come back after a restart, the removed ones not', () => {
    const folder = newFolder();
    const first = open(folder);
    expect(first.store.load()).toEqual([]);
    first.store.commit(commitOf(true, location('a', 1), location('b', 2)));
    first.store.commit(commitOf(false, location('a', 3), { table: 'location', id: 'b', record: null }));
    first.store.close();
    expect(open(folder).store.load()).toEqual([location('a', 3)]);
  });

  it('wait in a group for 5 s, a durable one takes the group along', async () => {
    const { store, clock, file } = open(newFolder());
    expect(store.commit(commitOf(false, location('a', 1)))).toBe(true);
    await clock.advance(4_999);
    expect(rowsIn(file)).toEqual([]);
    await clock.advance(1);
    expect(rowsIn(file)).toEqual(['location/a']);
    store.commit(commitOf(false, location('b', 1)));
    store.commit(commitOf(true, location('c', 1)));
    expect(rowsIn(file)).toEqual(['location/a', 'location/b', 'location/c']);
    expect(clock.pending()).toEqual([]);
  });

  it('keep the group promise when world time is set back', () => {
    let mono = 0;
    const wire = { now: () => mono, alarm: () => () => {}, sleep: async () => {} };
    const folder = newFolder();
    const { clock } = open(newFolder());
    const { store, file } = open(folder, { clock: { world: clock, wire } });
    store.commit(commitOf(false, location('a', 1)));
    mono = 5_001;
    store.commit(commitOf(false, location('b', 1)));
    expect(rowsIn(file)).toEqual(['location/a', 'location/b']);
  });

  it('cost nothing when empty or volatile, and set no alarm', () => {
    const { store, clock, file } = open(newFolder());
    const before = readFileSync(`${file}-wal`).length;
    store.commit(commitOf(false));
    store.commit(commitOf(true));
    store.commit(commitOf(true, { table: 'look', id: 'vehicles', record: null }));
    expect(clock.pending()).toEqual([]);
    expect(readFileSync(`${file}-wal`).length).toBe(before);
  });

  it('that are grouped copy the log into the database, so that no command has to: SQLite would make it at a thousand pages', () => {
    const { store, file } = open(newFolder());
    // Each in a page of its own.
    const long = (n: number) => ({ ...location(`${n}`, 1).record, note: 'x'.repeat(3_000) });
    for (let n = 0; n < 2_000; n++)
      store.commit(commitOf(n % 100 === 0, { table: 'location', id: `${n}`, record: long(n) } as Change));
    const pages = readFileSync(`${file}-wal`).length / 4_096;
    expect(pages).toBeLessThan(700);
  });

  it('leave the copying for a quiet moment, when a burst is over', () => {
    let quiet: (() => void) | null = null;
    const alarm = (_name: string, _ms: number, ring: () => void) => {
      quiet = ring;
      return () => {
        quiet = null;
      };
    };
    const world = new SimulatedClock(START);
    const clock = { world, wire: { now: () => world.now(), alarm, sleep: async () => {} } };
    const { store, file } = open(newFolder(), { clock });
    const isCopied = (): boolean => readFileSync(file, 'latin1').includes('marker');
    for (let n = 0; n < 256; n++) store.commit(commitOf(false, location(n === 0 ? 'marker' : `${n}`, 1)));
    expect(quiet).toBeNull();
    for (let n = 0; n < 128; n++) store.commit(commitOf(false, location(`${n}`, 2)));
    expect([isCopied(), quiet === null]).toEqual([false, false]);
    quiet!();
    expect([isCopied(), quiet]).toEqual([true, null]);
  });

  it('follow a plain map, whatever the order of durable and grouped', () => {
    const step = fc.record({
      id: fc.constantFrom('a', 'b', 'c'),
      value: fc.option(fc.integer({ min: -90, max: 90 })),
      durable: fc.boolean(),
      restart: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const folder = newFolder();
        const model = new Map<string, Change>();
        let { store } = open(folder);
        for (const { id, value, durable, restart } of steps) {
          const change: Change = value === null ? { table: 'location', id, record: null } : location(id, value);
          if (value === null) model.delete(id);
          else model.set(id, change);
          store.commit(commitOf(durable, change));
          if (!restart) continue;
          store.close();
          store = open(folder).store;
        }
        store.close();
        const loaded = open(folder).store.load();
        expect(loaded).toEqual([...model].sort().map(([, change]) => change));
      }),
      { numRuns: 8 },
    );
  });

  it('are refused once the store is closed', () => {
    const { store } = open(newFolder());
    store.close();
    expect(store.commit(commitOf(true, location('a', 1)))).toBe(false);
    expect(store.load()).toEqual([]);
  });

  it('leave out what cannot be read, one line for each kind, and keep tables of other builds', () => {
    const folder = newFolder();
    const first = open(folder);
    first.store.commit(commitOf(true, location('a', 1)));
    first.store.close();
    const db = new DatabaseSync(first.file);
    db.exec(
      `INSERT INTO record VALUES ('location', 'x', '{'), ('location', 'y', '5'), ('hold', 'z', ''), ('tariff', 'q', '{}')`,
    );
    db.close();
    const { store, lines, file } = open(folder);
    expect(store.load()).toEqual([location('a', 1)]);
    expect(lines).toEqual([
      'Database: 1 record of "hold" cannot be read and is left out.',
      'Database: 2 records of "location" cannot be read and are left out.',
    ]);
    expect(rowsIn(file)).toContain('tariff/q');
  });

  it('work without any file', () => {
    const { store } = open(newFolder(), { folder: null });
    store.commit(commitOf(true, location('a', 1)));
    expect(store.load()).toEqual([location('a', 1)]);
  });
});

describe('beside the records', () => {
  it('ended attempts are kept, also when a new one of the same device follows at once', () => {
    const { store } = open(newFolder());
    const attempt = (id: string, state: 'intended' | 'ended'): Change => ({
      table: 'attempt',
      id: 'car',
      record: attemptOf(id, state),
    });
    store.commit(commitOf(false, attempt('1', 'ended')));
    store.commit(commitOf(true, attempt('2', 'intended')));
    store.commit(commitOf(true, attempt('2', 'ended')));
    expect(store.attempts(10).map(({ id, state }) => [id, state])).toEqual([
      ['2', 'ended'],
      ['1', 'ended'],
    ]);
    for (let n = 0; n < 1_010; n++) store.commit(commitOf(false, attempt(`n${n}`, 'ended')));
    expect(store.attempts(5_000)).toHaveLength(1_000);
  });

  it('counts its starts, and goes beyond what another copy of it reached', () => {
    const folder = newFolder();
    const first = open(folder);
    expect(first.store.runs.current()).toBe(1);
    first.store.close();
    const second = open(folder);
    expect(second.store.runs.current()).toBe(2);
    second.store.runs.exceed(1);
    expect(second.store.runs.current()).toBe(2);
    second.store.runs.exceed(5);
    expect(second.store.runs.current()).toBe(6);
    second.store.close();
    expect(open(folder).store.runs.current()).toBe(7);
  });

  it('the installation has an id for ever, and flags', () => {
    const folder = newFolder();
    const first = open(folder);
    expect(first.store.installation).toMatch(/^[0-9a-f]{12}$/);
    expect(first.store.meta.get('met')).toBeNull();
    expect(first.store.meta.put('met', 'yes')).toBe(true);
    first.store.close();
    const again = open(folder);
    expect(again.store.installation).toBe(first.store.installation);
    expect(again.store.meta.get('met')).toBe('yes');
  });

  it('announced devices and retained messages come back byte for byte', () => {
    const folder = newFolder();
    const first = open(folder);
    const entry = { kind: 'vehicle', id: 'v', topics: ['a', 'b'], retired: false } as const;
    first.store.inventory.save({ ...entry, id: 'w' });
    first.store.inventory.save(entry);
    first.store.inventory.remove('w');
    const message = { topic: 't', payload: Uint8Array.of(0, 255, 128), qos: 1 } as const;
    first.store.retained.save('t', message);
    first.store.retained.save('gone', { ...message, topic: 'gone' });
    first.store.retained.save('gone', null);
    expect(first.store.inventory.load()).toEqual([entry]);
    first.store.close();
    const { store } = open(folder);
    expect(store.inventory.load()).toEqual([entry]);
    expect(store.retained.load().map((row) => ({ ...row, payload: [...row.payload] }))).toEqual([
      { ...message, payload: [0, 255, 128] },
    ]);
  });
});

describe('the folder', () => {
  it('is made private, and so are the files', () => {
    const folder = join(newFolder(), 'deep', 'data');
    const { store, file } = open(folder);
    store.commit(commitOf(true, location('a', 1)));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder))
      expect([name, statSync(join(folder, name)).mode & 0o777]).toEqual([name, 0o600]);
    expect(existsSync(file)).toBe(true);
  });

  it('that is a file, or lies under one, is named with the remedy', () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'file'), '');
    const { message, field } = refusal(() => open(join(folder, 'file', 'data')));
    expect(field).toBe('data');
    expect(message).toMatch(/^data: the folder .*file\/data cannot be created \(.+\): .*--data\.$/);
    mkdirSync(join(folder, 'd', 'enode2mqtt.db'), { recursive: true });
    expect(refusal(() => open(join(folder, 'd'))).message).toMatch(
      /^data: the database .* cannot be used \(it cannot be opened\)/,
    );
  });

  it.skipIf(process.getuid?.() === 0)('that cannot be written is named', () => {
    const folder = newFolder();
    chmodSync(folder, 0o500);
    expect(refusal(() => open(folder)).message).toContain('make');
    chmodSync(folder, 0o700);
  });

  it('serves one daemon at a time', () => {
    const folder = newFolder();
    const first = open(folder);
    for (let tries = 0; tries < 2; tries++) {
      const { message, code } = refusal(() => open(folder));
      expect(code).toBe('already_running');
      expect(message).toContain('already running');
    }
    first.store.close();
    expect(open(folder).store.installation).toBe(first.store.installation);
  });
});

describe('a database', () => {
  it('of a newer build is refused and stays as it is', () => {
    const folder = newFolder();
    const first = open(folder);
    first.store.close();
    const db = new DatabaseSync(first.file);
    db.exec('PRAGMA user_version = 99');
    db.close();
    const before = readFileSync(first.file);
    const { code, message } = refusal(() => open(folder));
    expect(code).toBe('newer_schema');
    expect(message).toContain('schema 99');
    expect(readFileSync(first.file).equals(before)).toBe(true);
  });

  it('of another program is refused and stays as it is', () => {
    const folder = newFolder();
    const file = join(folder, 'enode2mqtt.db');
    const db = new DatabaseSync(file);
    db.exec('CREATE TABLE mine (a); INSERT INTO mine VALUES (1)');
    db.close();
    const before = readFileSync(file);
    expect(refusal(() => open(folder)).message).toContain('another program');
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toEqual([]);
  });

  it('remembers how it came to its shape', () => {
    const { file } = open(newFolder());
    const db = new DatabaseSync(file, { readOnly: true });
    const steps = db.prepare('SELECT version, at FROM migration').all();
    expect(steps).toMatchObject(steps.map((_, n) => ({ version: n + 1, at: instant(Date.UTC(2026, 5, 1, 12)) })));
    expect(steps.length).toBe(schemaVersion);
    db.close();
  });
});
