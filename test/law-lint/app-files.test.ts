// What Home Assistant reads of the app stands in several files that must agree with each other.
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freePort } from '../support/real/free-port.ts';
import { startProgram } from '../support/real/program.ts';

const read = (file: string): string => readFileSync(join(import.meta.dirname, '../..', file), 'utf8');

/** Keys two spaces deep in a top-level block of our own plain YAML. */
function keysOf(yaml: string, block: string): string[] {
  const lines = yaml.split('\n');
  const start = lines.indexOf(`${block}:`);
  const body = lines.slice(start + 1);
  const end = body.findIndex((line) => /^[^\s#]/.test(line));
  return body.slice(0, end < 0 ? undefined : end).flatMap((line) => /^ {2}([\w/]+):/.exec(line)?.[1] ?? []);
}

const size = (file: string): number[] => {
  const picture = readFileSync(join(import.meta.dirname, '../..', file));
  return [picture.readUInt32BE(16), picture.readUInt32BE(20)];
};

describe('the app files of Home Assistant', () => {
  const config = read('config.yaml');
  const version = (JSON.parse(read('package.json')) as { version: string }).version;

  it('name one version', () => {
    expect(config).toContain(`\nversion: ${version}\n`);
    expect(read('Dockerfile')).toContain(`ARG BUILD_VERSION=${version}\n`);
  });

  it('explain every option and no other', () => {
    const schema = keysOf(config, 'schema');
    expect(schema).toContain('client_secret');
    expect(keysOf(read('translations/en.yaml'), 'configuration').sort()).toEqual([...schema].sort());
    expect(keysOf(read('translations/en.yaml'), 'network')).toEqual(keysOf(config, 'ports'));
  });

  it('give a default only to what is not optional, and then always', () => {
    const required = keysOf(config, 'schema').filter(
      (key) => !new RegExp(`^ {2}${key}: .*\\?$`, 'm').test(config.split('\nschema:\n')[1]!),
    );
    expect(keysOf(config, 'options')).toEqual(expect.arrayContaining(required));
    expect(required).toEqual(expect.arrayContaining(keysOf(config, 'options')));
  });

  it('mask what is secret', () => {
    const secrets = keysOf(config, 'schema').filter((key) => /secret|password/.test(key));
    for (const key of secrets) expect(config).toContain(`\n  ${key}: password?\n`);
  });

  it('confine the container under the name of the slug', () => {
    const slug = /^slug: (\w+)$/m.exec(config)?.[1];
    expect(read('apparmor.txt')).toContain(`\nprofile ${slug} `);
  });

  it('show pictures in the sizes the store asks for', () => {
    expect(size('icon.png')).toEqual([128, 128]);
    expect(size('logo.png')).toEqual([250, 100]);
  });
});

describe('the health check of the image', () => {
  const [command, ...args] = JSON.parse(/^ {2}CMD (\[.*\])$/m.exec(read('Dockerfile'))![1]!) as string[];

  /** Exit code of the check against a listener that answers so; `undefined`: nobody listens. */
  async function verdict(answer: RequestListener | undefined): Promise<number | null> {
    const port = await freePort();
    const server = createServer(answer);
    if (answer) await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    // the same check, on a port of ours and with less patience
    const changed = args.map((text) => text.replace(':8099/', `:${port}/`).replace('timeout(5000)', 'timeout(800)'));
    const { code } = await startProgram(command!, changed).ended;
    server.closeAllConnections();
    server.close();
    return code;
  }

  it('asks the route that says the process works', async () => {
    let asked = '';
    expect(
      await verdict((request, response) => {
        asked = request.url ?? '';
        response.end('ok');
      }),
    ).toBe(0);
    expect(asked).toBe('/health');
  });

  it('minds a bad answer and none at all, but not that nobody listens yet', async () => {
    expect(await verdict((_request, response) => void response.writeHead(500).end())).toBe(1);
    expect(await verdict(() => {})).toBe(1);
    expect(await verdict(undefined)).toBe(0);
  });
});
