// What the house remembers: one SQLite file in the data folder. Durable commits are on the disk when they return, the rest in groups.
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Attempt } from '../domain/acting/attempt.ts';
import type { Change } from '../domain/site.ts';
import type { Cancel, Clock } from '../kernel/clock.ts';
import type { Entropy } from '../kernel/entropy.ts';
import type { Log } from '../kernel/log.ts';
import type { StorePort, Tell } from '../loop/ports.ts';
import { createInventory, createRetained, type Inventory, type RetainedStore } from './announced.ts';
import { type Archive, createArchive } from './archive.ts';
import { MEMORY } from './database.ts';
import { makeFolder } from './folder.ts';
import { addCommit, type Group, isEmpty, isOnlyLines, keyOf, newGroup, shed } from './group.ts';
import type { JournalAbout } from './journal.ts';
import type { KeptRow, Shelf } from './kept.ts';
import { takeLock } from './lock.ts';
import { createMeta, type Meta } from './meta.ts';
import { storeNumbers } from './numbers.ts';
import { createRuns, type Runs } from './runs.ts';
import { createShelter } from './shelter.ts';

export interface StoreOptions {
  /** The data folder, made when missing; null = everything in memory (simulated days). */
  readonly folder: string | null;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  /** Gets `storage_changed`, never before the first commit. */
  readonly tell: Tell;
  /** Heads each journal segment. No secrets. */
  readonly about: JournalAbout;
  /** All records as the loop has them: written into the fresh database when the old one proves damaged while we run. */
  readonly current?: () => Iterable<Change>;
  /** Called with each database once it is open: tests limit its size here. */
  readonly opened?: (db: DatabaseSync) => void;
}

export interface Store extends StorePort {
  /** Random, made at the first start, stays for ever: 12 hex digits. */
  readonly installation: string;
  readonly runs: Runs;
  readonly meta: Meta;
  readonly inventory: Inventory;
  readonly retained: RetainedStore;
  readonly archive: Archive;
  /** Attempts that ended, newest first. */
  attempts(most: number): readonly Attempt[];
  /** Writes what waits. False when the disk refuses. */
  flush(): boolean;
  /** Writes what waits and lets go of the files; commits after it are refused. */
  close(): void;
}

/** @throws UserError naming `data`: already running, not writable, newer schema, another program's file */
export function createStore(options: StoreOptions): Store {
  const { folder, clock, log } = options;
  const { world, wire } = clock;
  if (folder !== null) makeFolder(folder);
  const unlock = folder === null ? () => {} : takeLock(join(folder, 'enode2mqtt.lock'), folder);
  let group = newGroup();
  let isClosed = false;
  /** `by`: monotonic ms, for world time may be set back by hours. */
  let alarm: { readonly by: number; readonly cancel: Cancel } | null = null;

  const refill = (rows: readonly KeptRow[]): void => {
    for (const row of rows)
      if (!group.kept.has(keyOf(row.shelf, row.id))) group.kept.set(keyOf(row.shelf, row.id), row);
    for (const change of options.current?.() ?? []) {
      const key = keyOf(change.table, change.id);
      if (!group.records.has(key)) group.records.set(key, change);
    }
  };
  const shelter = orUnlock(unlock, () =>
    createShelter({
      ...options,
      file: folder === null ? MEMORY : join(folder, 'enode2mqtt.db'),
      refill,
      again: () => void flush(),
    }),
  );

  /** The group first, so that order holds; the group stays when it fails, `own` does not. */
  const write = (own: Group | null, level: 'full' | 'normal'): boolean => {
    const ok = shelter.write(() => (own ? [group, own] : [group]), level);
    if (ok) {
      group = newGroup();
      alarm?.cancel();
      alarm = null;
    }
    return ok;
  };

  function flush(): boolean {
    if (isClosed) return false;
    return (isEmpty(group) && !shelter.isTroubled()) || write(null, 'normal');
  }

  /** Call after something was added. */
  const wait = (): void => {
    shed(group);
    if (shelter.isTroubled()) return;
    const ms = isOnlyLines(group) ? storeNumbers.linesMs : storeNumbers.groupMs;
    const isLate = alarm !== null && wire.now() > alarm.by;
    if (isLate || group.records.size + group.kept.size >= storeNumbers.groupRecords) return void flush();
    if (alarm && alarm.by <= wire.now() + ms) return;
    alarm?.cancel();
    const cancel = world.alarm('store: write the group', world.now() + ms, () => void flush());
    alarm = { by: wire.now() + ms, cancel };
  };

  const shelf = (name: string): Shelf => ({
    all: () => {
      flush();
      return shelter.read((tables) => tables.kept.all(name), []);
    },
    put: (id, body) => {
      group.kept.set(keyOf(name, id), { shelf: name, id, body });
      if (!isClosed) wait();
    },
  });

  const meta = createMeta(shelf('meta'), () => write(null, 'full'));
  return {
    installation: orUnlock(unlock, () => identity(meta, options.entropy)),
    runs: orUnlock(unlock, () => createRuns(meta)),
    load: () => shelter.read((tables) => tables.records.load(log), []),
    commit: (commit) => {
      if (isClosed) return false;
      shelter.speak();
      if (commit.durable) {
        const own = newGroup();
        addCommit(own, commit, world.now(), wire.now());
        return isEmpty(own) || write(own, 'full');
      }
      addCommit(group, commit, world.now(), wire.now());
      if (!isEmpty(group)) wait();
      return true;
    },
    meta,
    inventory: createInventory(shelf('announced'), log),
    retained: createRetained(shelf('retained')),
    archive: createArchive(shelter.read, flush, log),
    attempts: (most) => {
      flush();
      return shelter.read((tables) => tables.attempts.newest(most), []);
    },
    flush,
    close: () => {
      if (isClosed) return;
      if (!flush()) log.error('Database: the last seconds could not be stored.');
      isClosed = true;
      alarm?.cancel();
      shelter.close();
      unlock();
    },
  };
}

function identity(meta: Meta, entropy: Entropy): string {
  const known = meta.get('installation');
  if (known !== null) return known;
  const made = entropy.hex(6);
  meta.put('installation', made);
  return made;
}

function orUnlock<T>(unlock: () => void, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    unlock();
    throw thrown;
  }
}
