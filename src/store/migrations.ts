// How the database came to its shape: numbered steps, never changed once released. `user_version` holds the last one done.
import type { DatabaseSync } from 'node:sqlite';
import { UserError } from '../kernel/errors.ts';
import { transact } from './transact.ts';

interface Migration {
  /** Kept in the database beside the time it was done. */
  readonly note: string;
  readonly sql: string;
}

// One table for the records of all domain tables: their shape is TypeScript's, always read and written whole by key, never queried
// by SQL; a table for each would be twenty times the same three columns and a migration for each new topic.
const migrations: readonly Migration[] = [
  {
    note: 'first shape: records, ended attempts, things kept by name, journal',
    sql: `
      CREATE TABLE migration (version INTEGER PRIMARY KEY, note TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
      CREATE TABLE record (tbl TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (tbl, id)) STRICT;
      CREATE TABLE attempt (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, target TEXT NOT NULL, ended_at INTEGER, body TEXT NOT NULL) STRICT;
      CREATE TABLE kept (shelf TEXT NOT NULL, id TEXT NOT NULL, body ANY NOT NULL, PRIMARY KEY (shelf, id)) STRICT;
      CREATE TABLE segment (id INTEGER PRIMARY KEY AUTOINCREMENT, opened_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
        closed INTEGER NOT NULL, packed INTEGER NOT NULL, entries INTEGER NOT NULL, bytes INTEGER NOT NULL) STRICT;
      CREATE TABLE chunk (n INTEGER PRIMARY KEY, segment INTEGER NOT NULL, body ANY NOT NULL) STRICT;
      CREATE INDEX chunk_segment ON chunk (segment);`,
  },
  {
    note: 'pairings: who activated them, what Enode names, evidence as a list of reasons',
    sql: `
      UPDATE record SET body = json_set(body,
        '$.by', iif(body ->> '$.word' = 'activated', 'enode', NULL),
        '$.named', iif(body ->> '$.word' = 'activated' AND NOT body ->> '$.lingering', body ->> '$.charger', NULL),
        '$.disputed', json('false'),
        '$.evidence', CASE body ->> '$.evidence'
          WHEN 'enode_both_ids' THEN json('[{"code":"pair_enode_both","params":{}}]')
          WHEN 'enode_vehicle_id' THEN json('[{"code":"pair_enode_vehicle","params":{}}]')
          WHEN 'enode_charger_id' THEN json('[{"code":"pair_enode_charger","params":{}}]')
          WHEN 'lingering' THEN json('[{"code":"pair_lingering","params":{}}]')
          WHEN 'elsewhere' THEN json('[{"code":"pair_elsewhere","params":{}}]')
          ELSE json('[]') END)
      WHERE tbl = 'pairing' AND json_valid(body);`,
  },
  {
    note: 'our own matcher: when an asset last said what, what it thinks of a pair, whether Enode ever named one',
    sql: `
      UPDATE record SET body = json_set(body, '$.chances', json('[]'), '$.outAt', NULL)
      WHERE tbl = 'pairing' AND json_valid(body);
      UPDATE record SET body = json_set(body, '$.newest',
        json('{"cableIn":null,"cableOut":null,"charging":null,"idle":null}'))
      WHERE tbl IN ('vehicle', 'charger') AND json_valid(body);
      UPDATE record SET body = json_set(body, '$.idsSeen',
        iif(EXISTS (SELECT 1 FROM record AS other WHERE other.tbl = 'pairing' AND json_valid(other.body)
          AND other.body ->> '$.last' IS NOT NULL), json('true'), json('false')))
      WHERE tbl = 'bridge' AND json_valid(body);`,
  },
];

/** 'e2mq': SQLite's place to say whose file it is. */
export const APPLICATION_ID = 0x65326d71;

export const schemaVersion = migrations.length;

/**
 * Brings the database to this build's shape. Never touches a file that is not ours or is newer than we.
 * @param now epoch ms
 * @throws UserError for such files; SQLite's own errors pass
 */
export function migrate(db: DatabaseSync, file: string, now: number): void {
  const version = numberOf(db, 'user_version');
  const isEmpty = db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
  const isOurs = numberOf(db, 'application_id') === APPLICATION_ID;
  if (!isOurs && !isEmpty) {
    throw new UserError(
      `data: ${file} is the database of another program: move it away, or choose another folder with --data.`,
      {
        field: 'data',
      },
    );
  }
  if (version > schemaVersion) {
    throw new UserError(
      `data: ${file} was written by a newer enode2mqtt (schema ${version}, this one knows ${schemaVersion}): install that version again, or restore a backup from before it.`,
      { code: 'newer_schema', field: 'data' },
    );
  }
  for (const [index, { note, sql }] of migrations.entries()) {
    if (index < version) continue;
    transact(db, () => {
      db.exec(sql);
      db.prepare('INSERT INTO migration (version, note, at) VALUES (?, ?, ?)').run(index + 1, note, Math.trunc(now));
      db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${index + 1}`);
    });
  }
}

function numberOf(db: DatabaseSync, pragma: string): number {
  return Number(db.prepare(`PRAGMA ${pragma}`).get()?.[pragma] ?? 0);
}
