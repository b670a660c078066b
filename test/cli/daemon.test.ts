// How the daemon ends when it cannot begin: a supervisor must see it, and a person must be able to report it.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const main = join(import.meta.dirname, '../../src/main.ts');

const folder = mkdtempSync(join(tmpdir(), 'enode2mqtt-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Breaks the database library, as nothing the daemon foresees would. */
const broken =
  'import { DatabaseSync } from "node:sqlite";' +
  'DatabaseSync.prototype.prepare = () => { throw new TypeError("broken on purpose"); };';

const env = {
  PATH: process.env.PATH,
  ENODE2MQTT_CLIENT_ID: 'demo',
  ENODE2MQTT_CLIENT_SECRET: 'demo-secret',
  ENODE2MQTT_BROKER_URL: 'mqtt://127.0.0.1:9',
};

const run = (argv: readonly string[]): Promise<{ code: unknown; text: string }> =>
  new Promise((resolve) =>
    execFile(process.execPath, [...argv], { env, timeout: 8_000 }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, text: `${stdout}${stderr}` }),
    ),
  );

/** As an older Node would: before anything newer is loaded. */
const aged = 'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.20.2" } });';

/** Asked to end as soon as anybody listens for it: while the daemon still loads. */
const hurried =
  'process.on("newListener", (name) => { if (name === "SIGTERM") setImmediate(() => process.kill(process.pid, name)); });';

describe('an end', () => {
  it('that is asked for while the daemon still loads is not lost, and ends with 0', async () => {
    const preload = `data:text/javascript,${encodeURIComponent(hurried)}`;
    const { code, text } = await run(['--import', preload, main, '--data', folder, '--page-port', '0']);
    expect(text).toContain('Stopping.');
    expect(code).toBe(0);
  }, 30_000);
});

describe('a start that fails', () => {
  it('on an older Node says in one sentence what to do', async () => {
    const preload = `data:text/javascript,${encodeURIComponent(aged)}`;
    const { code, text } = await run(['--import', preload, main]);
    expect(text).toMatch(
      /^enode2mqtt needs Node 26 or newer, and this is Node 20\.20\.2: run it with "npm start".*\n$/,
    );
    expect(code).toBe(2);
  }, 30_000);

  it('can be run by its name: the file says what runs it', () => {
    expect(readFileSync(main, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  it('by a bug is told with its trace, and does not end as if all were well', async () => {
    const preload = `data:text/javascript,${encodeURIComponent(broken)}`;
    const { code, text } = await run(['--import', preload, main, '--data', folder, '--page-port', '0']);
    expect(text).toContain('TypeError: broken on purpose');
    expect(code).toBe(1);
  }, 30_000);
});
