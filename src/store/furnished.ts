// An open database with its tables, ready to take groups. Made anew whenever the file is.
import type { DatabaseSync } from 'node:sqlite';
import type { Cancel, WireClock } from '../kernel/clock.ts';
import { createAttemptTable } from './attempts.ts';
import type { Group } from './group.ts';
import { createJournal, type JournalAbout } from './journal.ts';
import { createKeptTable } from './kept.ts';
import { storeNumbers } from './numbers.ts';
import { createRecordTable } from './records.ts';
import { transact } from './transact.ts';

/** `full`: on the disk before it returns (measured floor 135 µs). `normal`: survives the process, not the power (5 µs). */
export type Sync = 'full' | 'normal';

export type Furnished = ReturnType<typeof furnish>;

export function furnish(db: DatabaseSync, about: JournalAbout, wire: WireClock) {
  const records = createRecordTable(db);
  const attempts = createAttemptTable(db);
  const kept = createKeptTable(db);
  const journal = createJournal(db, records, about);
  let sync: Sync = 'normal';
  /** Rows in the write-ahead log since it was last copied into the database. */
  let logged = 0;
  let cancelCopy: Cancel = () => {};

  const take = (group: Group, wall: number): void => {
    if (group.lines.length > 0) journal.ready(wall);
    for (const change of group.records.values()) records.write(change);
    for (const attempt of group.ended) attempts.write(attempt);
    for (const row of group.kept.values()) kept.write(row);
    const gap = group.lost > 0 ? [`[${wall},0,{"kind":"gap","lost":${group.lost}}]`] : [];
    if (group.lines.length > 0) journal.write([...gap, ...group.lines], wall);
  };

  const level = (wanted: Sync): void => {
    if (wanted === sync) return;
    // Not allowed inside a transaction.
    db.exec(`PRAGMA synchronous = ${wanted}`);
    sync = wanted;
  };

  /** SQLite does this by itself in whatever commit fills a thousand pages, for tens of ms, and that may be a person's command. */
  const checkpoint = (): void => {
    cancelCopy();
    logged = 0;
    try {
      db.exec('PRAGMA wal_checkpoint(PASSIVE)');
    } catch {
      // What was committed stays in the log, and SQLite tries again; a refusing disk is noticed by the writes that matter.
    }
  };

  /** Once it is quiet, for the copy waits for the disk, and after a burst of webhooks a hundred states wait to be shown. */
  const copySoon = (): void => {
    if (logged >= storeNumbers.checkpointMost) return checkpoint();
    if (logged < storeNumbers.checkpointRows) return;
    cancelCopy();
    cancelCopy = wire.alarm('store: copy the log', storeNumbers.quietMs, checkpoint);
  };

  return {
    db,
    records,
    attempts,
    kept,
    /**
     * Writes groups in their order, all or nothing. @param now epoch ms
     * @returns whether a journal segment was closed @throws what SQLite says, nothing being written then
     */
    write(groups: readonly Group[], wanted: Sync, now: number): boolean {
      const wall = Math.trunc(now);
      level(wanted);
      const mark = journal.mark();
      try {
        const isTurned = transact(db, () => {
          for (const group of groups) take(group, wall);
          // Never in a durable one, for which a person may wait: packing comes after it.
          return wanted === 'normal' && journal.turn(wall);
        });
        for (const { records: changed, kept: rows } of groups) logged += changed.size + rows.size + 1;
        if (wanted === 'normal') copySoon();
        return isTurned;
      } catch (thrown) {
        journal.restore(mark);
        throw thrown;
      }
    },
    /** Nothing is done to the database any more. */
    leave: () => cancelCopy(),
    /** Proves that there is room again, and some to spare: a few bytes nearly always fit. @throws what SQLite says */
    probe(): void {
      level('full');
      const row = { shelf: 'probe', id: 'room' };
      transact(db, () => kept.write({ ...row, body: new Uint8Array(storeNumbers.probeBytes) }));
      transact(db, () => kept.write({ ...row, body: null }));
    },
  };
}
