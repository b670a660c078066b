// Databases of earlier builds: their records come back in today's shape.
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { schemaVersion } from '../../src/store/migrations.ts';
import { newFolder, open } from './support.ts';

/** The records after a build with `version` steps wrote these rows and this build opened them. */
function loadedAfter(version: number, rows: readonly (readonly [table: string, id: string, record: unknown])[]) {
  const folder = newFolder();
  const { store, file } = open(folder);
  store.close();
  const db = new DatabaseSync(file);
  const put = db.prepare('INSERT INTO record (tbl, id, body) VALUES (?, ?, ?)');
  for (const [table, id, record] of rows) put.run(table, id, JSON.stringify(record));
  db.exec(`DELETE FROM migration WHERE version > ${version}; PRAGMA user_version = ${version}`);
  db.close();
  const again = open(folder);
  expect(schemaVersion).toBeGreaterThan(version);
  return again.store.load().map(({ table, id, record }) => ({ table, id, record }));
}

describe('steps 2 and 3: pairings', () => {
  it('know who activated them, what Enode names, and tell evidence as reasons', () => {
    const pairing = { charger: 'box', certainty: 1, since: 5, last: { charger: 'box', at: 5 } };
    const activated = { ...pairing, word: 'activated', lingering: false, evidence: 'enode_both_ids' };
    const lingering = { ...pairing, word: 'activated', lingering: true, evidence: 'lingering' };
    const established = { ...pairing, word: 'established', lingering: false, evidence: null };
    const loaded = loadedAfter(1, [
      ['pairing', 'a', activated],
      ['pairing', 'b', lingering],
      ['pairing', 'c', established],
    ]);
    const both = [{ code: 'pair_enode_both', params: {} }];
    const lingers = [{ code: 'pair_lingering', params: {} }];
    const new3 = { chances: [], outAt: null };
    expect(loaded.map(({ record }) => record)).toEqual([
      { ...activated, ...new3, by: 'enode', named: 'box', disputed: false, evidence: both },
      { ...lingering, ...new3, by: 'enode', named: null, disputed: false, evidence: lingers },
      { ...established, ...new3, by: null, named: null, disputed: false, evidence: [] },
    ]);
  });

  it('assets know of nothing said before, and whether Enode ever named a pair is taken from the pairs', () => {
    const newest = { cableIn: null, cableOut: null, charging: null, idle: null };
    const rows = [
      ['bridge', 'bridge', { paused: false }],
      ['charger', 'box', { heardAt: 5 }],
      ['vehicle', 'a', { heardAt: 5 }],
    ] as const;
    const records = (last: unknown) =>
      loadedAfter(2, [...rows, ['pairing', 'a', { word: 'established', last }]])
        .filter(({ table }) => table !== 'pairing')
        .map(({ record }) => record);
    expect(records({ charger: 'box', at: 5 })).toEqual([
      { paused: false, idsSeen: true },
      { heardAt: 5, newest },
      { heardAt: 5, newest },
    ]);
    expect(records(null)[0]).toEqual({ paused: false, idsSeen: false });
  });
});
