// Hostile options, as a person sees them: every mistake one line with the field's name, all at once, exit code 2, and no stack.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outcome, startDaemon } from './support.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'enode2mqtt-options-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const good = {
  client_id: 'a',
  client_secret: 'secret-of-mine',
  environment: 'sandbox',
  broker_url: 'mqtt://127.0.0.1:1',
};

async function tried(text: string): Promise<{ code: number | null; errors: string[]; output: string }> {
  const file = join(folder, 'options.json');
  writeFileSync(file, text);
  const program = startDaemon(['--options', file, '--data', join(folder, 'data')]);
  const { code, lines } = await outcome(program);
  return { code, errors: lines.filter((line) => line.startsWith('ERROR')), output: program.output() };
}

describe('options', () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    ['a missing secret', { client_secret: '' }, /client_secret/],
    ['an environment nobody knows', { environment: 'moon' }, /environment/],
    ['custom without its address', { environment: 'custom' }, /enode_url/],
    ['users that are none', { users: 7 }, /users/],
    ['an address of a broker that is none', { broker_url: 'http://broker' }, /broker_url/],
    ['a port beyond all', { mqtt: 'embedded', broker_url: undefined, embedded_port: 70_000 }, /embedded_port/],
    ['a latitude beyond the pole', { home_latitude: 91, home_longitude: 5 }, /home_latitude/],
    ['half a home', { home_latitude: 52 }, /home_longitude/],
    ['a time zone nobody lives in', { time_zone: 'Europe/Atlantis' }, /time_zone/],
    ['a topic with a wildcard', { base_topic: 'a/#' }, /base_topic/],
    ['a yes that is a text', { observe_only: 'perhaps' }, /observe_only/],
    ['too few requests', { requests_per_day: 1 }, /requests_per_day/],
    ['a level nobody logs', { log_level: ['loud'] }, /log_level/],
  ])('%s: one line that names it', async (_what, wrong, field) => {
    const { code, errors, output } = await tried(JSON.stringify({ ...good, ...wrong }));
    expect(code).toBe(2);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(field);
    expect(output).not.toMatch(/\n\s+at |secret-of-mine/);
  });

  it('many mistakes are told at once', async () => {
    const { code, errors } = await tried(
      JSON.stringify({ ...good, client_id: '', time_zone: 'x', base_topic: '#', language: 'tlh' }),
    );
    expect(code).toBe(2);
    for (const field of ['client_id', 'time_zone', 'base_topic', 'language'])
      expect(errors.filter((line) => line.includes(field))).toHaveLength(1);
  });

  it.each([
    ['no JSON', '{ "client_id": '],
    ['a list', '[]'],
    ['nothing', ''],
    ['a thousand brackets', '['.repeat(100_000)],
  ])('%s instead of options: one line', async (_what, text) => {
    const { code, errors, output } = await tried(text);
    expect(code).toBe(2);
    expect(errors.length).toBeGreaterThan(0);
    expect(output).not.toMatch(/\n\s+at /);
  });

  it('a file that is not there: one line that names it', async () => {
    const { code, lines } = await outcome(startDaemon(['--options', join(folder, 'nowhere.json')]));
    expect(code).toBe(2);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/nowhere\.json/);
  });

  it('a data folder that is a file: one line', async () => {
    writeFileSync(join(folder, 'good.json'), JSON.stringify(good));
    const { code, lines } = await outcome(
      startDaemon(['--options', join(folder, 'good.json'), '--data', join(folder, 'good.json')]),
    );
    expect(code).toBe(2);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/data/);
  });
});
