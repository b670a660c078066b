// A page around made-up parts, asked as a browser on this machine asks it.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Portrait } from '../../src/domain/telling/portrait.ts';
import { createPage, type Page, type PageParts } from '../../src/web/server.ts';
import { manualWire, recordedLog } from '../mqtt/support.ts';

export const portrait = (over: Partial<Portrait> = {}): Portrait => ({
  kind: 'vehicle',
  id: 'car-1',
  device: { name: 'Blue car', manufacturer: 'Kia', model: 'EV6' },
  available: true,
  state: { charging: null, reason: 'Not plugged in.' },
  position: null,
  ...over,
});

export interface Scene {
  readonly page: Page;
  readonly wire: ReturnType<typeof manualWire>;
  readonly lines: readonly string[];
  get(path: string, headers?: Record<string, string>, peer?: string): Promise<Response>;
  post(path: string, body: string, headers?: Record<string, string>, peer?: string): Promise<Response>;
}

export function scene(over: Partial<PageParts> = {}): Scene {
  const wire = manualWire();
  const log = recordedLog();
  const page = createPage({
    access: 'loopback',
    wire,
    log,
    portraits: () => [portrait()],
    documents: { about: () => ({ language: 'en' }) },
    ask: (verb, payload, answer) => answer(JSON.stringify({ status: 'ok', data: { verb, payload } })),
    returned: (error) => error ?? 'Done.',
    folder: '/nowhere',
    ...over,
  });
  const ask = async (method: string, path: string, headers: Record<string, string>, peer: string, body?: string) => {
    const init = { method, headers: { host: '127.0.0.1:8099', ...headers }, ...(body === undefined ? {} : { body }) };
    return page.fetch(new Request(`http://127.0.0.1:8099${path}`, init), { peer });
  };
  return {
    page,
    wire,
    lines: log.lines,
    get: (path, headers = {}, peer = '127.0.0.1') => ask('GET', path, headers, peer),
    post: (path, body, headers = {}, peer = '127.0.0.1') =>
      ask('POST', path, { 'content-type': 'application/json', ...headers }, peer, body),
  };
}

/** A folder as `npm run build` leaves it. */
export function builtFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'enode2mqtt-page-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>the page</title>');
  writeFileSync(join(folder, 'assets/index-abc.js'), 'export {};');
  writeFileSync(join(folder, 'notes.txt'), 'not for the web');
  return folder;
}
