// Opens the database file: checked, private, in this build's shape. What is damaged is moved aside, and a fresh one begun.
import { DatabaseSync } from 'node:sqlite';
import { UserError } from '../kernel/errors.ts';
import { Damaged, faultOf, whyOf } from './fault.ts';
import { makeFile, moveAside } from './folder.ts';
import { type KeptRow, salvage } from './kept.ts';
import { migrate } from './migrations.ts';
import { storeNumbers } from './numbers.ts';

export const MEMORY = ':memory:';

export interface Opened {
  readonly db: DatabaseSync;
  /** Set when the file was damaged: where it is now, and what of it is worth carrying over. */
  readonly damage: { readonly movedTo: string; readonly kept: readonly KeptRow[] } | null;
}

/** @param now epoch ms @throws UserError naming `data`, with the remedy */
export function openDatabase(file: string, now: number): Opened {
  if (file === MEMORY) return { db: opened(file, now, () => {}), damage: null };
  makeFile(file);
  let kept: readonly KeptRow[] = [];
  try {
    const onDamage = (broken: DatabaseSync): void => {
      kept = salvage(broken);
    };
    return { db: opened(file, now, onDamage), damage: null };
  } catch (thrown) {
    if (faultOf(thrown) !== 'damaged') throw asUserError(file, thrown);
  }
  return begunAnew(file, now, kept);
}

/** For a file whose damage is known: the database must be closed. @throws UserError naming `data` */
export function begunAnew(file: string, now: number, kept: readonly KeptRow[]): Opened {
  try {
    const movedTo = moveAside(file, now);
    makeFile(file);
    return { db: opened(file, now, () => {}), damage: { movedTo, kept } };
  } catch (thrown) {
    throw asUserError(file, thrown);
  }
}

function opened(file: string, now: number, onDamage: (broken: DatabaseSync) => void): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: storeNumbers.busyMs });
  try {
    check(db);
    // Before anything is written: a file of another program or of a newer build stays as it is.
    migrate(db, file, now);
    db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY;
      PRAGMA journal_size_limit = ${storeNumbers.walBytes}`);
    return db;
  } catch (thrown) {
    if (faultOf(thrown) === 'damaged') onDamage(db);
    db.close();
    throw thrown;
  }
}

/** The tables that carry a restart; reading through 100 MB of journal would cost seconds, and its damage shows when it is used. */
const checked = ['record', 'attempt', 'kept'];

function check(db: DatabaseSync): void {
  const has = db.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`);
  for (const table of checked) {
    if (!has.get(table)) continue;
    const row = db.prepare(`PRAGMA quick_check(${table})`).get();
    if (row?.quick_check !== 'ok') throw new Damaged(`${table}: ${String(row?.quick_check)}`);
  }
}

function asUserError(file: string, thrown: unknown): unknown {
  if (thrown instanceof UserError || faultOf(thrown) === 'other') return thrown;
  const remedy = whyOf(thrown).includes('another program')
    ? 'close that program and start again'
    : 'make room and make the folder writable, or choose another with --data';
  return new UserError(`data: the database ${file} cannot be used (${whyOf(thrown)}): ${remedy}.`, { field: 'data' });
}
