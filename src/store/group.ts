// What waits to be written together. A later change of the same record replaces the earlier; journal lines keep their order.
import type { Attempt } from '../domain/acting/attempt.ts';
import { type Change, volatileTables } from '../domain/site.ts';
import type { Commit } from '../loop/ports.ts';
import { endedIn } from './attempts.ts';
import type { KeptRow } from './kept.ts';
import { storeNumbers } from './numbers.ts';

export interface Group {
  readonly records: Map<string, Change>;
  readonly ended: Attempt[];
  readonly kept: Map<string, KeptRow>;
  lines: string[];
  chars: number;
  /** Lines that had to go while the disk refused. */
  lost: number;
}

export const newGroup = (): Group => ({ records: new Map(), ended: [], kept: new Map(), lines: [], chars: 0, lost: 0 });

export const isEmpty = (group: Group): boolean =>
  group.records.size === 0 && group.kept.size === 0 && group.lines.length === 0 && group.ended.length === 0;

/** Nothing but evidence. */
export const isOnlyLines = (group: Group): boolean =>
  group.records.size === 0 && group.kept.size === 0 && group.ended.length === 0;

/** @param wall epoch ms of the world @param mono monotonic ms: both stand in front of each journal entry */
export function addCommit(group: Group, commit: Commit, wall: number, mono: number): void {
  for (const change of commit.changes) {
    if (volatileTables.has(change.table)) continue;
    const ended = endedIn(change);
    if (ended) group.ended.push(ended);
    group.records.set(keyOf(change.table, change.id), change);
  }
  for (const entry of commit.entries) {
    const line = `[${wall},${mono.toFixed(3)},${JSON.stringify(entry)}]`;
    group.lines.push(line);
    group.chars += line.length;
  }
}

export const keyOf = (table: string, id: string): string => `${table}/${id}`;

/** Keeps memory bounded while nothing can be written: the oldest lines go, and how many is told in the journal later. */
export function shed(group: Group): void {
  if (group.chars <= storeNumbers.heldChars) return;
  let gone = 0;
  // Down to half, so that this is not done for each line.
  while (group.chars > storeNumbers.heldChars / 2) group.chars -= group.lines[gone++]!.length;
  group.lines = group.lines.slice(gone);
  group.lost += gone;
}
