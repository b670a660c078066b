// The folder and the file the database lives in: made when missing, private, and never overwritten.
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf, messageOf, UserError } from '../kernel/errors.ts';

const clauses: Readonly<Record<string, string>> = {
  EACCES: 'access is denied',
  EPERM: 'access is denied',
  EROFS: 'the disk is read-only',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'a file of that name is in the way',
  EISDIR: 'a folder of that name is in the way',
  ENOENT: 'no folder can be made there',
  ENOSPC: 'the disk is full',
};

const clauseOf = (thrown: unknown): string => clauses[codeOf(thrown) ?? ''] ?? messageOf(thrown);

/** @throws UserError naming `data` */
export function makeFolder(folder: string): void {
  try {
    makeEach(folder);
  } catch (thrown) {
    throw new UserError(
      `data: the folder ${folder} cannot be created (${clauseOf(thrown)}): create it yourself, or choose another with --data.`,
      { field: 'data' },
    );
  }
}

/** One by one from the top: asked to do it by itself, Node tries for ever where a file system allows no folders at all (/proc). */
function makeEach(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  const parent = dirname(folder);
  if (parent !== folder) makeEach(parent);
  mkdirSync(folder, { mode: 0o700 });
}

/** Makes an empty private file unless it is there. SQLite gives its side files the same mode. @throws UserError naming `data` */
export function makeFile(file: string): void {
  try {
    if (existsSync(file)) return chmodSync(file, 0o600);
    closeSync(openSync(file, 'ax', 0o600));
  } catch (thrown) {
    if (existsSync(file) && codeOf(thrown) === 'EPERM') return; // somebody else owns it: SQLite will say whether it can be written
    throw new UserError(
      `data: the folder ${dirname(file)} cannot be written (${clauseOf(thrown)}): make it writable for this user, or choose another with --data.`,
      { field: 'data' },
    );
  }
}

/** Moves the closed database with its side files under a name that was never used. Returns that name. @param now epoch ms */
export function moveAside(file: string, now: number): string {
  const stem = `${file.replace(/\.db$/, '')}.damaged-${new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '')}`;
  // The side files first: a write-ahead log left beside a fresh database would be played into it.
  const endings = ['-wal', '-shm', '-journal', ''];
  for (let number = 1; ; number++) {
    const target = `${stem}-${number}.db`;
    if (endings.some((ending) => existsSync(target + ending))) continue;
    for (const ending of endings) if (existsSync(file + ending)) renameSync(file + ending, target + ending);
    return target;
  }
}
