// What SQLite's result codes mean for us: who must act, and the clause a person reads (https://sqlite.org/rescode.html).
import { messageOf } from '../kernel/errors.ts';

/** `damaged`: the file is not what we wrote. `refused`: the disk or another program says no for now. `other`: our mistake. */
export type Fault = 'damaged' | 'refused' | 'other';

/** Thrown by our own check of the file. */
export class Damaged extends Error {
  override readonly name = 'Damaged';
}

const refusals: Readonly<Record<number, string>> = {
  3: 'access is denied',
  5: 'another program holds the database locked',
  6: 'another program holds the database locked',
  7: 'the memory is full',
  8: 'it is read-only',
  10: 'the disk reports an input/output error',
  13: 'the disk is full',
  14: 'it cannot be opened',
  15: 'another program interferes with its locks',
};

/** The primary result code (extended codes keep it in their low byte); 0 = not an error of SQLite. */
function codeOf(thrown: unknown): number {
  const code = thrown instanceof Error ? (thrown as { errcode?: unknown }).errcode : undefined;
  return typeof code === 'number' ? code & 0xff : 0;
}

export function faultOf(thrown: unknown): Fault {
  const code = codeOf(thrown);
  // SQLITE_CORRUPT, SQLITE_NOTADB: only these say that the file is damaged; locked or full never does.
  if (code === 11 || code === 26 || thrown instanceof Damaged) return 'damaged';
  return code in refusals ? 'refused' : 'other';
}

/** One clause without a full stop. */
export const whyOf = (thrown: unknown): string => refusals[codeOf(thrown)] ?? messageOf(thrown);
