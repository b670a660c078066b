// Keeps a usable database under the store, whatever the disk does: refusals are waited out, damage is moved aside and begun anew.
import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import type { Tell } from '../loop/ports.ts';
import { begunAnew, MEMORY, type Opened, openDatabase } from './database.ts';
import { faultOf, whyOf } from './fault.ts';
import { type Furnished, furnish, type Sync } from './furnished.ts';
import type { Group } from './group.ts';
import type { JournalAbout } from './journal.ts';
import { type KeptRow, salvage } from './kept.ts';
import { packClosed, prune } from './segments.ts';
import { createTrouble } from './trouble.ts';

export interface Shelter {
  /** `groups` is asked again after a fresh start of the database. False: nothing was written. @throws our own mistakes only */
  write(groups: () => readonly Group[], level: Sync): boolean;
  /** `otherwise` when it cannot be read; damage is dealt with. */
  read<T>(work: (tables: Furnished) => T, otherwise: T): T;
  isTroubled(): boolean;
  speak(): void;
  close(): void;
}

interface ShelterOptions {
  readonly file: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly tell: Tell;
  readonly about: JournalAbout;
  /** Puts everything that is known into the next group: the database is empty. */
  readonly refill: (kept: readonly KeptRow[]) => void;
  readonly again: () => void;
  readonly opened?: (db: DatabaseSync) => void;
}

/** @throws UserError when the database cannot be opened at the start */
export function createShelter(options: ShelterOptions): Shelter {
  const { file, clock, log, about, refill } = options;
  const trouble = createTrouble(clock.world, log, options.tell, options.again);
  let tables: Furnished | null = null;
  let isClosed = false;

  const moveIn = ({ db, damage }: Opened): Furnished => {
    tables = furnish(db, about, clock.wire);
    options.opened?.(db);
    if (damage) {
      trouble.damaged(`the database was damaged; it is kept as ${damage.movedTo}, and a fresh one was begun`);
      refill(damage.kept);
    }
    return tables;
  };

  /** The database must be left at once; what is begun anew is told by `moveIn`. */
  const leave = (broken: Furnished): void => {
    const kept = salvage(broken.db);
    tables = null;
    broken.leave();
    broken.db.close();
    moveIn(begunAnew(file, clock.world.now(), kept));
  };

  /** Runs `work`; what the world did is dealt with here, our own mistakes pass. */
  const attempt = <T>(work: (tables: Furnished) => T): { readonly value: T } | null => {
    for (let tries = 0; ; tries++) {
      try {
        return { value: work(tables ?? moveIn(openDatabase(file, clock.world.now()))) };
      } catch (thrown) {
        const fault = faultOf(thrown);
        const isOutside = fault === 'refused' || tables === null;
        if (fault === 'other' && !isOutside) throw thrown;
        if (fault !== 'damaged' || file === MEMORY || tries > 0 || !tables) {
          trouble.begin(whyOf(thrown));
          return null;
        }
        try {
          leave(tables);
        } catch (refused) {
          trouble.begin(messageOf(refused));
          return null;
        }
      }
    }
  };

  const pack = (): void => {
    if (!tables) return;
    try {
      prune(tables.db, clock.world.now());
      packClosed(tables.db);
    } catch (thrown) {
      // It stays unpacked until the next segment closes; a refusing disk is noticed by the writes that matter.
      log.debug(`Database: a journal segment was not packed: ${messageOf(thrown)}`);
    }
  };

  moveIn(openDatabase(file, clock.world.now()));
  pack();
  return {
    write: (groups, level) => {
      const done = attempt((now) => {
        if (trouble.isOn()) now.probe();
        return now.write(groups(), level, clock.world.now());
      });
      if (!done) return false;
      trouble.end();
      if (done.value) pack();
      return true;
    },
    read: (work, otherwise) => (isClosed ? otherwise : (attempt(work)?.value ?? otherwise)),
    isTroubled: trouble.isOn,
    speak: trouble.speak,
    close: () => {
      isClosed = true;
      trouble.stop();
      const last = tables;
      tables = null;
      last?.leave();
      last?.db.close();
    },
  };
}
