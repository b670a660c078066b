// Accounts and places at the cloud: what is asked word by word, how each answer is read, and that no link and no secret gets out.
import { describe, expect, it } from 'vitest';
import type { Asked as Answer } from '../../src/enode/asked.ts';
import type { Linking } from '../../src/enode/linking.ts';
import { type Asked, CLIENT_SECRET, charger, json, page, setUp } from './house.ts';

const LINK = 'https://link.test/session/very-secret';
const wish = {
  user: 'my home',
  kinds: ['vehicle'],
  vendor: null,
  language: 'de',
  redirectUri: 'https://a.example/b',
} as const;

/** Asks, and returns the answer with what went over the wire. */
async function ask<T>(
  answer: (asked: Asked) => Response | Promise<Response>,
  what: (linking: Linking) => Promise<Answer<T>>,
) {
  const at = setUp({ answer });
  const result = await what(at.enode.linking);
  await at.clock.settle();
  return { ...at, result, sent: at.asked.filter(({ path }) => path !== '/oauth2/token') };
}
const bodyOf = ({ body }: Asked): unknown => JSON.parse(body ?? 'null');

describe('a link', () => {
  const given = () => json({ linkUrl: LINK, linkToken: 'abc' });

  it('of a vehicle asks for its scopes, in the chosen language', async () => {
    const { sent, result } = await ask(given, (linking) => linking.open(wish));
    expect(result).toEqual({ ok: true, value: LINK });
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /users/my%20home/link']);
    expect(bodyOf(sent[0]!)).toEqual({
      scopes: ['vehicle:read:data', 'vehicle:read:location', 'vehicle:control:charging'],
      vendorType: 'vehicle',
      language: 'de-DE',
      redirectUri: 'https://a.example/b',
    });
  });

  it('of both kinds leaves vendorType out, so that the scopes decide', async () => {
    const both = { ...wish, kinds: ['vehicle', 'charger'], vendor: 'TESLA', language: 'browser' } as const;
    const { sent } = await ask(given, (linking) => linking.open(both));
    const { scopes, ...rest } = bodyOf(sent[0]!) as { scopes: string[] };
    expect(scopes).toEqual([
      'vehicle:read:data',
      'vehicle:read:location',
      'vehicle:control:charging',
      'charger:read:data',
      'charger:control:charging',
    ]);
    expect(rest).toEqual({ vendor: 'TESLA', language: 'browser', redirectUri: 'https://a.example/b' });
  });

  it.each([
    ['no address', { linkToken: 'x' }],
    ['a script', { linkUrl: 'javascript:alert(1)' }],
    ['nonsense', 'nothing'],
  ])('with %s for an answer is in doubt', async (_name, body) => {
    const { result } = await ask(
      () => json(body),
      (linking) => linking.open(wish),
    );
    expect(result).toMatchObject({ ok: false, fault: { kind: 'doubtful' } });
  });

  it('is asked once more with a new token after a 401, and counted each time', async () => {
    let count = 0;
    const { result, requests, tokens } = await ask(
      () => (++count === 1 ? json({}, 401) : given()),
      (linking) => linking.open(wish),
    );
    expect(result.ok).toBe(true);
    expect(tokens()).toBe(2);
    expect(requests().map(({ kind, ok }) => `${kind} ${ok}`)).toEqual([
      'token true',
      'linking false',
      'token true',
      'linking true',
    ]);
  });

  it('appears in no fact and no log line, nor does the secret', async () => {
    const { facts, logs } = await ask(given, (linking) => linking.open(wish));
    const all = JSON.stringify([facts, logs]);
    for (const secret of [LINK, 'very-secret', CLIENT_SECRET]) expect(all).not.toContain(secret);
  });

  it.each([
    [403, { kind: 'refused', status: 403, title: 'Connections limit reached.', detail: 'No more.' }],
    [400, { kind: 'refused', status: 400, title: 'Connections limit reached.', detail: 'No more.' }],
    [503, { kind: 'doubtful' }],
    [408, { kind: 'doubtful' }],
  ])('refused with %i says how', async (status, fault) => {
    const { result } = await ask(
      () => json({ type: 'x', title: 'Connections limit reached.', detail: 'No more.' }, status),
      (linking) => linking.open(wish),
    );
    expect(result).toMatchObject({ ok: false, fault });
  });

  it('that was certainly not sent says so', async () => {
    const { result } = await ask(
      () => Promise.reject(Object.assign(new Error('no'), { code: 'ECONNREFUSED', syscall: 'connect' })),
      (linking) => linking.open(wish),
    );
    expect(result).toMatchObject({ ok: false, fault: { kind: 'unsent', why: expect.stringContaining('refused') } });
  });
});

describe('a renewed login', () => {
  it('is asked of the asset', async () => {
    const { sent } = await ask(
      () => json({ linkUrl: LINK }),
      (linking) => linking.reopen({ id: 'car-1', language: 'en', redirectUri: 'myapp://back' }),
    );
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /assets/car-1/relink']);
    expect(bodyOf(sent[0]!)).toEqual({ language: 'en-US', redirectUri: 'myapp://back' });
  });
});

describe('unlinking', () => {
  it.each([
    ['vehicle', '/users/home/vendors/KIA/vehicle'],
    [null, '/users/home/vendors/KIA'],
  ] as const)('of kind %s asks %s', async (kind, path) => {
    const { sent, result } = await ask(
      () => new Response(null, { status: 204 }),
      (linking) => linking.drop({ user: 'home', vendor: 'KIA', kind }),
    );
    expect(sent.map((one) => `${one.method} ${one.path}`)).toEqual([`DELETE ${path}`]);
    expect(result).toEqual({ ok: true, value: 'dropped' });
  });

  it('of what is not there is done, of an address that leads nowhere is not', async () => {
    const drop = (title: string) =>
      ask(
        () => json({ title, detail: 'x' }, 404),
        (linking) => linking.drop({ user: 'home', vendor: 'KIA', kind: null }),
      );
    expect((await drop('Vendor not found')).result).toEqual({ ok: true, value: 'absent' });
    expect((await drop('Route not found')).result).toMatchObject({ ok: false, fault: { status: 404 } });
  });
});

describe('places', () => {
  const place = (id: string) => ({ id, userId: 'home', name: 'x', latitude: 52, longitude: 5, timezoneName: 'UTC' });

  it('are read page by page, made, and given to a charger; all of it is told as facts', async () => {
    const { asked, facts, clock, enode } = setUp({
      answer: ({ method, path }) => {
        if (method === 'POST') return json(place('new'));
        if (method === 'PUT') return json(charger({ location: { id: 'new', lastUpdated: null } }));
        return path.includes('after=') ? page([place('b')]) : page([place('a')], 'next');
      },
    });
    const { linking } = enode;
    const point = { latitude: 52, longitude: 5 };
    expect(await linking.locations('home')).toEqual({
      ok: true,
      value: [
        { id: 'a', ...point },
        { id: 'b', ...point },
      ],
    });
    const wish = { user: 'home', name: 'Home', ...point, timeZone: 'Europe/Berlin' };
    expect(await linking.makeLocation(wish)).toEqual({ ok: true, value: { id: 'new', ...point } });
    const put = await linking.putCharger({ id: 'box-1', user: 'home', location: 'new' });
    expect(put).toMatchObject({ ok: true, value: { id: 'box-1', locationId: 'new' } });
    await clock.settle();
    const sent = asked.filter(({ path, method }) => path !== '/oauth2/token' && method !== 'GET');
    expect(sent.map((one) => [one.method, one.path, bodyOf(one)])).toEqual([
      ['POST', '/users/home/locations', { name: 'Home', latitude: 52, longitude: 5, timezoneName: 'Europe/Berlin' }],
      ['PUT', '/chargers/box-1', { locationId: 'new' }],
    ]);
    expect(facts.map(({ kind }) => kind).filter((kind) => kind !== 'request_ended')).toEqual([
      'locations_reported',
      'locations_reported',
      'charger_reported',
    ]);
  });

  it('that cannot all be read are not taken for all', async () => {
    const { result } = await ask(
      ({ path }) => (path.includes('after=') ? json({}, 500) : page([place('a')], 'next')),
      (linking) => linking.locations('home'),
    );
    expect(result).toMatchObject({ ok: false, fault: { kind: 'doubtful' } });
  });
});

describe('the brands', () => {
  const brand = (more: object) => ({
    vendor: 'KIA',
    displayName: 'Kia',
    portalName: 'Kia',
    status: 'READY',
    linkingStatus: 'READY',
    assetTypes: ['vehicle'],
    scopes: [],
    ...more,
  });

  it('are told with what can be linked of each and how that goes; a new word is seen once', async () => {
    const list = [
      brand({}),
      brand({
        vendor: 'TESLA',
        displayName: 'Tesla',
        assetTypes: ['charger', 'vehicle', 'battery'],
        linkingStatus: 'OUTAGE',
      }),
      brand({ vendor: 'GOE', displayName: null, assetTypes: ['charger'], linkingStatus: 'SO_SO' }),
      { displayName: 'Nameless' },
    ];
    const at = setUp({ answer: () => json(list) });
    const facts = await at.look({ kind: 'vendors' });
    expect(at.paths()).toEqual(['GET /integrations?assetTypes=vehicle,charger']);
    expect(facts.filter(({ kind }) => kind !== 'request_ended')).toEqual([
      {
        kind: 'vendors_reported',
        vendors: [
          { vendor: 'KIA', name: 'Kia', kinds: ['vehicle'], linking: 'ready' },
          { vendor: 'TESLA', name: 'Tesla', kinds: ['vehicle', 'charger'], linking: 'outage' },
          { vendor: 'GOE', name: 'GOE', kinds: ['charger'], linking: null },
        ],
      },
      { kind: 'look_ended', subject: { kind: 'vendors' }, ok: true },
    ]);
    expect(at.logs.filter((line) => line.includes('SO_SO'))).toHaveLength(1);
  });
});
