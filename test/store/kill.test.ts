// R4: "an attempt is stored before its request". What was acknowledged is there after `kill -9`, with all that came before it.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { newFolder, open } from './support.ts';

async function killedAfter(folder: string, acknowledged: number): Promise<number> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./child.ts', import.meta.url)), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  for await (const part of child.stdout) {
    text += String(part);
    if (text.split('\n').length > acknowledged && !child.killed) child.kill('SIGKILL');
  }
  const lines = text.split('\n').slice(0, -1);
  return Number(lines.at(-1));
}

it('R4: every acknowledged commit survives kill -9, again and again in one database', async () => {
  const folder = newFolder();
  for (const count of [1, 40, 400]) {
    const last = await killedAfter(folder, count);
    // The lock is gone with the process, and the file is whole.
    const { store, lines } = open(folder);
    const found = new Map(store.load().map(({ id, record }) => [id, (record as { latitude: number }).latitude]));
    expect(found.get('newest')).toBeGreaterThanOrEqual(last);
    for (let n = 0; n <= last; n++) expect(found.get(`n${n}`)).toBe(n);
    const segment = store.archive.segments().at(-1)!;
    const journal = store.archive
      .readSegment(segment.id)!
      .entries.map(({ entry }) => (entry as { effect: number }).effect);
    expect(journal.length).toBeGreaterThan(last);
    expect(journal).toEqual(journal.map((_, n) => n));
    expect(lines).toEqual([]);
    store.close();
  }
});
