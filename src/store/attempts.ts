// Attempts that ended: `record` keeps only the newest of each device, this the last thousand, for the page and for questions later.
import type { DatabaseSync } from 'node:sqlite';
import { type Attempt, isOpen } from '../domain/acting/attempt.ts';
import type { Change } from '../domain/site.ts';
import { objectFrom } from './json.ts';
import { storeNumbers } from './numbers.ts';

/** The ended attempt in a change, if it is one. */
export function endedIn(change: Change): Attempt | null {
  return change.table === 'attempt' && change.record !== null && !isOpen(change.record) ? change.record : null;
}

export function createAttemptTable(db: DatabaseSync) {
  const put = db.prepare(
    'INSERT INTO attempt (id, target, ended_at, body) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET ended_at = excluded.ended_at, body = excluded.body',
  );
  const prune = db.prepare('DELETE FROM attempt WHERE n <= (SELECT max(n) FROM attempt) - ?');
  const newest = db.prepare('SELECT body FROM attempt ORDER BY n DESC LIMIT ?');
  return {
    /** Inside a transaction. */
    write(attempt: Attempt): void {
      const endedAt = attempt.endedAt === null ? null : Math.trunc(attempt.endedAt);
      put.run(attempt.id, attempt.target, endedAt, JSON.stringify(attempt));
      prune.run(storeNumbers.attemptsKept);
    },
    /** Newest first. */
    newest: (most: number) =>
      newest
        .all(most)
        .map(({ body }) => objectFrom(body) as Attempt | null)
        .filter((attempt) => attempt !== null),
  };
}
