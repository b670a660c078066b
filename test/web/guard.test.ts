// Who may talk to the page: this machine and Home Assistant's proxy; never another website in the same browser.
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../src/web/guard.ts';
import { scene } from './support.ts';

type Headers = Readonly<Record<string, string>>;
const ask = (peer: string | undefined, headers: Headers, method = 'GET', access: 'loopback' | 'ingress' = 'loopback') =>
  refusalOf({ peer, method, header: (name) => headers[name] }, access)?.fault.code ?? null;

const json = { 'content-type': 'application/json' };

describe('stand-alone', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1:8099'],
    ['::1', '[::1]:8099'],
    ['::ffff:127.0.0.1', 'localhost:8099'],
    ['127.0.0.1', 'localhost'],
  ])('%s may ask for %s', (peer, host) => expect(ask(peer, { host })).toBeNull());

  it.each([
    ['a machine of the network', '192.168.1.20', '192.168.1.5:8099'],
    ['the proxy of another house', '172.30.32.2', '127.0.0.1:8099'],
    ['nobody', undefined, 'localhost'],
    ['a name that points here (DNS rebinding)', '127.0.0.1', 'cars.example.org:8099'],
    ['a name that only begins like here', '127.0.0.1', 'localhost.example.org'],
    ['an address that only begins like here', '127.0.0.1', '127.0.0.1.example.org'],
    ['no name at all', '127.0.0.1', ''],
  ])('%s may not', (_who, peer, host) => expect(ask(peer, { host })).toBe('not_allowed'));
});

describe('a command', () => {
  const host = '127.0.0.1:8099';
  it.each<[string, Headers]>([
    ['the page itself', { origin: 'http://127.0.0.1:8099', 'sec-fetch-site': 'same-origin' }],
    ['a script without a browser', {}],
  ])('comes from %s', (_from, headers) => expect(ask('127.0.0.1', { host, ...json, ...headers }, 'POST')).toBeNull());

  it.each<[string, Headers]>([
    ['another website', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['another website in an older browser', { origin: 'https://evil.example' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-site' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['a page that hides where it is', { 'sec-fetch-site': 'cross-site' }],
  ])('does not come from %s', (_from, headers) =>
    expect(ask('127.0.0.1', { host, ...json, ...headers }, 'POST')).toBe('foreign_site'),
  );

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'is not taken as %s, which any website may send',
    (type) => expect(ask('127.0.0.1', { host, 'content-type': type }, 'POST')).toBe('not_json'),
  );

  it('may say which characters it is written in', () =>
    expect(ask('127.0.0.1', { host, 'content-type': 'Application/JSON; charset=utf-8' }, 'POST')).toBeNull());
});

it('another website may link to the page, but not read its API', () => {
  const link = { host: 'localhost:8099', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
  expect(ask('127.0.0.1', link)).toBeNull();
  expect(ask('127.0.0.1', { ...link, 'sec-fetch-mode': 'cors' })).toBe('foreign_site');
});

describe('in Home Assistant', () => {
  const proxied = { host: '172.30.33.5:8099', 'x-forwarded-host': 'home.example:8123' };
  it('the proxy may ask, under whatever name the browser knows it', () => {
    expect(ask('172.30.32.2', proxied, 'GET', 'ingress')).toBeNull();
    const own = { ...proxied, ...json, origin: 'https://home.example:8123' };
    expect(ask('::ffff:172.30.32.2', own, 'POST', 'ingress')).toBeNull();
  });

  it('another website in the same browser may not command', () => {
    const foreign = { ...proxied, ...json, origin: 'https://evil.example' };
    expect(ask('172.30.32.2', foreign, 'POST', 'ingress')).toBe('foreign_site');
  });

  it('the health check of the container may ask, other apps and the network may not', () => {
    expect(ask('127.0.0.1', { host: '127.0.0.1:8099' }, 'GET', 'ingress')).toBeNull();
    for (const peer of ['172.30.32.1', '172.30.33.9', '192.168.1.20'])
      expect(ask(peer, { ...proxied, 'x-forwarded-for': '172.30.32.2' }, 'GET', 'ingress')).toBe('not_allowed');
  });
});

it('who is turned away learns why, in the form of every answer', async () => {
  const answer = await scene().get('/api/state', { host: 'cars.example.org' });
  expect([answer.status, await answer.json()]).toEqual([
    403,
    {
      status: 'error',
      error: { code: 'not_allowed', message: 'Open the page by the address 127.0.0.1 or localhost.' },
    },
  ]);
});
