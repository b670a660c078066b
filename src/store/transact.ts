// All or nothing: a transaction that is rolled back whatever goes wrong in it.
import type { DatabaseSync } from 'node:sqlite';

/** Passes on what `work` or SQLite throws, after the rollback. */
export function transact<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (thrown) {
    // SQLite rolls back by itself for some errors (full, i/o, corrupt): then there is nothing left to end.
    if (db.isTransaction) {
      try {
        db.exec('ROLLBACK');
      } catch {
        // the first error tells more
      }
    }
    throw thrown;
  }
}
