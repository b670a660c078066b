// One daemon per database, for life: an exclusive SQLite lock on a tiny file beside it. The system drops it with the process, so
// `kill -9` leaves nothing behind, and readers of the database itself are not locked out.
import { DatabaseSync } from 'node:sqlite';
import { UserError } from '../kernel/errors.ts';
import { whyOf } from './fault.ts';
import { makeFile } from './folder.ts';

const SQLITE_BUSY = 5;

/** Returns how to let go. @throws UserError `already_running`, or when the file cannot be made */
export function takeLock(file: string, folder: string): () => void {
  // Opens it only to create it: closing any descriptor of a file drops all POSIX locks the process holds on it.
  makeFile(file);
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file, { timeout: 0 });
    db.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (thrown) {
    db?.close();
    if ((thrown as { errcode?: unknown }).errcode === SQLITE_BUSY) {
      throw new UserError(
        `data: enode2mqtt is already running with the folder ${folder}: stop that one first, or give this one another folder with --data.`,
        { code: 'already_running', field: 'data' },
      );
    }
    throw new UserError(
      `data: the file ${file} cannot be locked (${whyOf(thrown)}): make the folder writable, or choose another with --data.`,
      { field: 'data' },
    );
  }
  const held = db;
  return () => held.close();
}
