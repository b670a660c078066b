import { describe, expect, it } from 'vitest';
import { CLIENT_SECRET, json, page, setUp, tokenAnswer } from './house.ts';

const vehicles = { kind: 'vehicles' } as const;

describe('a token', () => {
  it('is fetched with the first request that needs one, in Enode’s form, and kept', async () => {
    const house = setUp({ answer: () => page([]) });
    expect(house.tokens()).toBe(0);
    await house.look(vehicles);
    await house.look(vehicles);
    expect(house.tokens()).toBe(1);
    expect(house.asked[0]).toMatchObject({
      method: 'POST',
      path: '/oauth2/token',
      body: 'grant_type=client_credentials',
      headers: {
        authorization: `Basic ${btoa(`client-1:${CLIENT_SECRET}`)}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
    });
    expect(house.asked[1]?.headers).toMatchObject({ authorization: 'Bearer token-1', 'enode-version': '2024-10-01' });
  });

  it('is renewed 60 s of world time before its end, not sooner', async () => {
    const house = setUp({ answer: () => page([]) });
    await house.look(vehicles);
    await house.clock.advance(3_538_000);
    await house.look(vehicles);
    expect(house.tokens()).toBe(1);
    await house.clock.advance(1_000);
    await house.look(vehicles);
    expect(house.tokens()).toBe(2);
    expect(house.asked.at(-1)?.headers.authorization).toBe('Bearer token-2');
  });

  it('of a short life is used for half of it', async () => {
    const house = setUp({ answer: () => page([]), token: (n) => tokenAnswer(`t${n}`, 40) });
    await house.look(vehicles);
    await house.clock.advance(19_000);
    await house.look(vehicles);
    expect(house.tokens()).toBe(1);
    await house.clock.advance(1_000);
    await house.look(vehicles);
    expect(house.tokens()).toBe(2);
  });

  it('is asked for once by many at a time', async () => {
    const house = setUp({ answer: () => page([]) });
    for (let i = 0; i < 5; i++) house.enode.look(vehicles, 1);
    await house.clock.settle();
    expect(house.tokens()).toBe(1);
    expect(house.paths()).toHaveLength(5);
  });

  it('refused by the API is replaced once, and the request repeated', async () => {
    const house = setUp({
      answer: ({ headers }) => (headers.authorization === 'Bearer token-1' ? json({}, 401) : page([])),
    });
    const facts = await house.look(vehicles);
    expect(house.tokens()).toBe(2);
    expect(house.requests().map(({ kind, status, ok }) => [kind, status, ok])).toEqual([
      ['token', 200, true],
      ['vehicles', 401, false],
      ['token', 200, true],
      ['vehicles', 200, true],
    ]);
    expect(facts.at(-1)).toEqual({ kind: 'look_ended', subject: vehicles, ok: true });
  });

  it('refused again and again is not asked for a third time', async () => {
    const house = setUp({ answer: () => json({ title: 'No' }, 401) });
    await house.look(vehicles);
    expect(house.tokens()).toBe(2);
    expect(house.paths()).toHaveLength(2);
  });
});

describe('wrong credentials', () => {
  const refused = (status: number) => setUp({ token: () => json({ error: 'invalid_client' }, status) });

  it.each([401, 400, 403])('(%i) are said in words that name the fields, never the secret', async (status) => {
    const house = refused(status);
    const facts = await house.look(vehicles);
    expect(house.requests()).toMatchObject([{ kind: 'token', ok: false, status }]);
    expect(house.requests()[0]?.why).toMatch(/^client_id or client_secret is wrong/);
    expect(facts.at(-1)).toMatchObject({ kind: 'look_ended', ok: false });
    expect(JSON.stringify([house.facts, house.logs])).not.toContain(CLIENT_SECRET);
  });

  it('rest for 5 minutes, unless a command asks', async () => {
    const house = refused(401);
    await house.look(vehicles);
    await house.clock.advance(299_000);
    await house.look(vehicles);
    expect(house.tokens()).toBe(1);
    expect(await house.send()).toMatchObject({ kind: 'unsent', why: expect.stringContaining('client_secret') });
    expect(house.tokens()).toBe(2);
    await house.clock.advance(301_000);
    await house.look(vehicles);
    expect(house.tokens()).toBe(3);
  });

  it('that were put right are taken at once', async () => {
    const house = setUp({
      token: (n) => (n === 1 ? json({ error: 'invalid_client' }, 401) : tokenAnswer('good')),
      answer: () => json({}, 404),
    });
    await house.look(vehicles);
    expect(await house.send()).toMatchObject({ kind: 'refused', status: 404 });
  });
});

describe('no token', () => {
  it.each([
    ['a broken server', () => new Response('<html>', { status: 502 })],
    ['a page that is no token', () => new Response('<html>welcome', { status: 200 })],
    ['a token that cannot stand in a header', () => json({ access_token: 'a\r\nx: y', expires_in: 60 })],
    ['no answer', () => Promise.reject(Object.assign(new Error('x'), { code: 'ECONNRESET' }))],
  ])('(%s) means that a command certainly was not sent', async (_, token) => {
    const house = setUp({ token });
    expect(await house.send()).toMatchObject({ kind: 'unsent', why: expect.stringMatching(/^no access token: /) });
    expect(house.paths()).toEqual([]);
  });
});
