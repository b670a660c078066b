// Under Home Assistant's ingress: below a prefix, in a frame, behind a proxy; and behind one that holds events back.
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Demo, phone, startDemo, whyNoPage } from './support.ts';

const why = whyNoPage();
if (why) console.warn(`skipped: the page suite: ${why}`);

const prefix = '/api/hassio_ingress/token/';

/** What Home Assistant and its Supervisor do on the way: prefix off, forwarded headers on, everything else as it is. */
async function startProxy(
  target: string,
  holdsEvents: boolean,
): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((from, to) => {
    if (from.url === '/' || from.url === '/favicon.ico') {
      to.setHeader('content-type', 'text/html');
      to.end(`<!doctype html><title>Home Assistant</title><iframe src="${prefix}" width="380" height="800"></iframe>`);
      return;
    }
    const path = from.url?.startsWith(prefix) ? from.url.slice(prefix.length - 1) : '/nowhere';
    const headers = { ...from.headers, 'x-ingress-path': prefix.slice(0, -1), 'x-forwarded-host': from.headers.host };
    const onward = request(new URL(path, target), { method: from.method, headers }, (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      if (holdsEvents && path === '/api/live') return;
      answer.pipe(to);
    });
    onward.on('error', () => to.destroy());
    to.on('close', () => onward.destroy());
    from.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}

describe.skipIf(why)('behind a proxy', () => {
  let demo: Demo;
  let server: Server | null = null;
  beforeAll(async () => {
    demo = await startDemo('--speed', '30');
  });
  afterEach(() => {
    server?.close();
    server?.closeAllConnections();
  });
  afterAll(async () => demo?.stop());

  it.each([
    ['the page lives in a frame below any prefix', false],
    ['that holds events back, the page asks instead', true],
  ])('%s', async (_name, holdsEvents) => {
    const proxy = await startProxy(demo.url, holdsEvents);
    server = proxy.server;
    const { page, wrong } = await demo.visit({ viewport: phone });
    const outside: string[] = [];
    page.on('request', (asked) => {
      if (!asked.url().startsWith(proxy.url)) outside.push(asked.url());
    });
    await page.goto(proxy.url);
    const frame = page.frameLocator('iframe');
    const charging = frame.getByRole('switch', { name: 'Charging, Blue car' });
    const before = await charging.getAttribute('aria-checked');
    await charging.click();
    await expect.poll(() => charging.getAttribute('aria-checked'), { timeout: 10_000 }).not.toBe(before);
    await frame.getByRole('link', { name: 'Devices' }).click();
    await frame.getByRole('heading', { name: 'Devices', level: 1 }).waitFor();
    expect(outside).toEqual([]);
    expect(wrong.filter((line) => !line.startsWith('request: '))).toEqual([]);
  });

  it('that is no proxy of ours, another website reaches nothing', async () => {
    const { page } = await demo.visit({ viewport: phone });
    const proxy = await startProxy(demo.url, false);
    server = proxy.server;
    await page.goto(proxy.url);
    const answer = await page.evaluate(`fetch('${demo.url}api/request/refresh', {
      method: 'POST', mode: 'no-cors', headers: { 'content-type': 'text/plain' }, body: '{}' })
      .catch(() => 'kept away')`);
    expect(answer).toBe('kept away');
    const { origin } = new URL(proxy.url);
    const asked = await fetch(`${demo.url}api/request/refresh`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: '{}',
    });
    expect([asked.status, await asked.json()]).toMatchObject([403, { error: { code: 'foreign_site' } }]);
  });

  it('a daemon that is gone is said so, and found again by itself', async () => {
    const { page } = await demo.visit({ viewport: phone });
    const proxy = await startProxy(demo.url, false);
    await page.goto(`${proxy.url}${prefix.slice(1)}`);
    await page.getByRole('switch', { name: 'Charging, Blue car' }).waitFor();
    const { port } = proxy.server.address() as AddressInfo;
    proxy.server.close();
    proxy.server.closeAllConnections();
    await page.getByText('The connection to enode2mqtt is lost').waitFor();
    const again = await startProxy(demo.url, false);
    server = again.server;
    await new Promise<void>((resolve) => again.server.close(() => resolve()));
    await new Promise<void>((resolve) => again.server.listen(port, '127.0.0.1', resolve));
    await expect
      .poll(() => page.getByText('The connection to enode2mqtt is lost').count(), { timeout: 15_000 })
      .toBe(0);
  });
});
