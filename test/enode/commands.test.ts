// R4: what a command's answer is taken for. Doubt is never failure, and nothing in doubt is repeated here.
import { describe, expect, it } from 'vitest';
import { action, json, NOON, setUp } from './house.ts';

const posts = (house: ReturnType<typeof setUp>): number =>
  house.paths().filter((path) => path.startsWith('POST')).length;
const failing =
  (code: string, more: object = {}) =>
  () =>
    Promise.reject(Object.assign(new Error(code), { code, ...more }));

describe('a command', () => {
  it.each([
    ['start', 'vehicle', 'POST /vehicles/car-1/charging', '{"action":"START"}'],
    ['stop', 'charger', 'POST /chargers/car-1/charging', '{"action":"STOP"}'],
  ] as const)('%s of a %s', async (direction, targetKind, path, body) => {
    const kind = direction.toUpperCase();
    const house = setUp({ answer: () => json(action({ kind, targetType: targetKind })) });
    const answer = await house.send(direction, targetKind);
    expect(house.paths()).toEqual([path]);
    expect(house.asked.at(-1)).toMatchObject({ body, headers: { 'content-type': 'application/json' } });
    expect(answer).toMatchObject({ kind: 'accepted', action: { id: 'action-1', kind: direction, state: 'pending' } });
    expect(house.facts.at(-1)).toMatchObject({ kind: 'attempt_answered', attempt: 'attempt-1', target: 'car-1' });
  });

  it('may be answered with an action that has already ended', async () => {
    const ended = action({ state: 'CANCELLED', failureReason: { type: 'UNNECESSARY', detail: 'Already charging' } });
    const answer = await setUp({ answer: () => json(ended) }).send();
    expect(answer).toMatchObject({
      kind: 'accepted',
      action: { state: 'cancelled', failure: { type: 'UNNECESSARY', detail: 'Already charging' } },
    });
  });

  it('answered with an action that names the paired charger is still followed as the car’s', async () => {
    const house = setUp({ answer: () => json(action({ targetId: 'box-1', targetType: 'charger' })) });
    expect(await house.send()).toMatchObject({
      kind: 'accepted',
      action: { id: 'action-1', target: 'car-1', targetKind: 'vehicle' },
    });
    expect(house.logs).toHaveLength(1);
  });

  it.each([400, 403, 404, 409, 422, 429])('refused with %i keeps the cloud’s words', async (status) => {
    const house = setUp({
      answer: () => json({ type: 'x', title: 'No.', detail: 'Because.' }, status, { 'retry-after': '7' }),
    });
    expect(await house.send()).toEqual({
      kind: 'refused',
      status,
      title: 'No.',
      detail: 'Because.',
      retryAt: NOON + 7_000,
    });
    expect(posts(house)).toBe(1);
  });

  it('long words are cut, missing ones are null', async () => {
    const long = await setUp({ answer: () => json({ title: 'a\u0007b', detail: 'd'.repeat(1_000) }, 400) }).send();
    expect(long).toMatchObject({ title: 'a b', detail: `${'d'.repeat(299)}…` });
    const none = await setUp({ answer: () => new Response('<html>', { status: 404 }) }).send();
    expect(none).toEqual({ kind: 'refused', status: 404, title: null, detail: null, retryAt: null });
  });

  it('meets one 401 with one new token', async () => {
    const house = setUp({
      answer: ({ headers }) => (headers.authorization === 'Bearer token-1' ? json({}, 401) : json(action())),
    });
    expect(await house.send()).toMatchObject({ kind: 'accepted' });
    expect(posts(house)).toBe(2);
  });

  it.each([
    ['5xx', () => json({ title: 'Oops' }, 500)],
    ['a gateway', () => new Response('<html>', { status: 504 })],
    ['408', () => json({}, 408)],
    ['a redirect', () => new Response(null, { status: 302, headers: { location: '/login' } })],
    ['a page instead of an action', () => new Response('<html>hello', { status: 200 })],
    ['an empty answer', () => new Response(null, { status: 204 })],
    ['an action without an id', () => json(action({ id: undefined }))],
    ['an action of a heat pump', () => json(action({ targetType: 'hvac' }))],
    ['a max-current action', () => json(action({ kind: undefined }))],
    ['a reset', failing('ECONNRESET')],
    ['a timeout after sending', failing('UND_ERR_HEADERS_TIMEOUT')],
    ['a read that ran into an unreachable host', failing('EHOSTUNREACH', { syscall: 'read' })],
    ['an error without a code', () => Promise.reject(new Error('odd'))],
    ['an error that is none', () => Promise.reject('odd')],
  ])('%s is doubt, and is not repeated', async (_, answer) => {
    const house = setUp({ answer });
    expect(await house.send()).toMatchObject({ kind: 'doubtful', why: expect.any(String) });
    expect(posts(house)).toBe(1);
    expect(house.requests().at(-1)).toMatchObject({ kind: 'command', ok: false });
  });

  it.each([
    ['ENOTFOUND', {}],
    ['EAI_AGAIN', {}],
    ['ECONNREFUSED', { syscall: 'connect' }],
    ['ECONNREFUSED', {}],
    ['ETIMEDOUT', { syscall: 'connect' }],
    ['EHOSTUNREACH', { syscall: 'connect' }],
    ['UND_ERR_CONNECT_TIMEOUT', {}],
    ['CERT_HAS_EXPIRED', {}],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', {}],
    ['ERR_TLS_CERT_ALTNAME_INVALID', {}],
  ])('%s %o was certainly not sent', async (code, more) => {
    const house = setUp({
      answer: () =>
        Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code, ...more }) })),
    });
    expect(await house.send()).toMatchObject({ kind: 'unsent', why: expect.stringMatching(/cloud\.test/) });
    expect(posts(house)).toBe(1);
  });

  it('to a cloud that never answers ends in doubt after the longest time', async () => {
    const house = setUp({ answer: () => new Promise<Response>(() => {}), limits: { total: 30 } });
    expect(await house.send()).toMatchObject({ kind: 'doubtful', why: expect.stringContaining('no answer') });
  });
});

describe('a cancellation', () => {
  const cancelled = action({ state: 'CANCELLED', failureReason: { type: 'REQUESTED_CANCELLATION', detail: '' } });

  it.each([
    [200, cancelled, 'cancelled'],
    [409, action({ state: 'CONFIRMED' }), 'confirmed'],
  ])('%i carries the action as it ended', async (status, body, state) => {
    const house = setUp({ answer: () => json(body, status) });
    expect(await house.cancel()).toMatchObject({ kind: 'ended', action: { id: 'action-1', state } });
    expect(house.paths()).toEqual(['POST /vehicles/actions/action-1/cancel']);
    expect(house.requests().at(-1)).toMatchObject({ kind: 'cancel', ok: true, status });
  });

  it('404: the action is gone', async () => {
    expect(await setUp({ answer: () => json({}, 404) }).cancel()).toEqual({ kind: 'gone' });
  });

  it.each([
    ['still pending', () => json(action())],
    ['a problem instead of the action', () => json({ title: 'Conflict' }, 409)],
    ['another action', () => json(action({ id: 'action-2', state: 'FAILED' }))],
    ['5xx', () => json({}, 500)],
    ['a reset', failing('ECONNRESET')],
    ['no connection', failing('ECONNREFUSED')],
  ])('%s leaves it unanswered', async (_, answer) => {
    expect(await setUp({ answer }).cancel()).toMatchObject({ kind: 'unanswered', why: expect.stringMatching(/./) });
  });
});

describe('the end of the daemon', () => {
  it('afterwards nothing is sent, and everything is still answered', async () => {
    const house = setUp({ answer: () => json(action()) });
    await house.enode.stop();
    expect(await house.send()).toMatchObject({ kind: 'unsent', why: expect.stringContaining('stopping') });
    expect(await house.look({ kind: 'vehicles' })).toMatchObject([{ kind: 'look_ended', ok: false }]);
    expect(house.asked).toEqual([]);
  });

  it('lets a command under way get its answer', async () => {
    let reply: (response: Response) => void = () => {};
    const house = setUp({ answer: () => new Promise<Response>((resolve) => (reply = resolve)) });
    house.enode.send({ attempt: 'a', target: 'car-1', targetKind: 'vehicle', direction: 'start' });
    while (house.paths().length === 0) await new Promise((resolve) => setImmediate(resolve));
    const stopped = house.enode.stop();
    reply(json(action()));
    await stopped;
    expect(house.facts.at(-1)).toMatchObject({ kind: 'attempt_answered', answer: { kind: 'accepted' } });
  });

  it('ends a look that nobody answers', async () => {
    const house = setUp({ answer: () => new Promise<Response>(() => {}) });
    house.enode.look({ kind: 'vehicles' }, 1);
    while (house.paths().length === 0) await new Promise((resolve) => setImmediate(resolve));
    await house.enode.stop();
    expect(house.facts.at(-1)).toMatchObject({ kind: 'look_ended', ok: false });
    // Its request left, and that it got no answer is our own doing.
    expect(house.requests().at(-1)).toMatchObject({ ok: false, status: null, byUs: true });
  });
});
