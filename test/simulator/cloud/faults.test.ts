// Faults of the wire, and the record of what was asked.
import { describe, expect, it } from 'vitest';
import { CAR, MINUTE, stage } from './support.ts';

describe('faults', () => {
  it('down: the connection breaks, for as long as said', async () => {
    const { call, control, clock } = stage();
    await call('GET', '/vehicles');
    control.addFault({ kind: 'down', seconds: 60 });
    await expect(call('GET', '/vehicles')).rejects.toMatchObject({ code: 'ECONNRESET' });
    await clock.advance(MINUTE);
    expect((await call('GET', '/vehicles')).status).toBe(200);
    expect(control.requests(0).map(({ path, status }) => [path, status])).toEqual([
      ['/oauth2/token', 200],
      ['/vehicles', 200],
      ['/vehicles', 0],
      ['/vehicles', 200],
    ]);
  });

  it('down behind a node server: the socket is destroyed', async () => {
    const { app, control } = stage();
    control.addFault({ kind: 'down' });
    let destroyed = 0;
    const answer = await app.request('/vehicles', {}, { incoming: { socket: { destroy: () => void destroyed++ } } });
    expect([destroyed, answer.headers.has('x-hono-already-sent')]).toEqual([1, true]);
  });

  it('slow: the answer waits on the clock of the world', async () => {
    const { call, control, clock } = stage();
    await call('GET', '/vehicles');
    control.addFault({ kind: 'slow', seconds: 20, count: 1 });
    let status = 0;
    const waiting = clock.during(call('GET', '/vehicles')).then((answer) => {
      status = answer.status;
    });
    await clock.advance(19_000);
    expect(status).toBe(0);
    await clock.advance(2_000);
    await waiting;
    expect(status).toBe(200);
  });

  it('status: any code, with or without Retry-After, on one path, so many times', async () => {
    const { call, control } = stage();
    control.addFault({ kind: 'status', status: 429, retryAfter: 7, path: '/vehicles', count: 1 });
    expect((await call('GET', '/chargers')).status).toBe(200);
    const limited = await call('GET', '/vehicles');
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
    expect((await limited.json()).type).toContain('too-many-requests');
    expect((await call('GET', '/vehicles')).status).toBe(200);
    control.addFault({ kind: 'status', status: 429, path: '/vehicles' });
    expect((await call('GET', '/vehicles')).headers.get('retry-after')).toBeNull();
    control.clearFaults();
    expect((await call('GET', '/vehicles')).status).toBe(200);
  });

  it('malformed: half a JSON, or a page', async () => {
    const { call, control } = stage();
    await call('GET', '/vehicles');
    control.addFault({ kind: 'malformed', count: 1 });
    const half = await call('GET', '/vehicles');
    await expect(half.json()).rejects.toThrow();
    control.addFault({ kind: 'malformed', as: 'html', count: 1 });
    expect((await call('GET', '/vehicles')).headers.get('content-type')).toContain('html');
  });

  it('unknownValues: open enums, new properties, missing fields', async () => {
    const { json, control } = stage();
    await json('GET', '/vehicles');
    control.addFault({ kind: 'unknownValues' });
    const vehicle = await json('GET', `/vehicles/${CAR}`);
    expect(vehicle).toMatchObject({ vendor: 'HOVERCAR', chargeState: { powerDeliveryState: 'PLUGGED_IN:DREAMING' } });
    expect(vehicle).toHaveProperty('futureProperty');
    expect(vehicle).not.toHaveProperty('odometer');
    const action = await json('POST', `/vehicles/${CAR}/charging`, { action: 'START' });
    expect(action).toMatchObject({ state: 'PONDERING', kind: 'START' });
  });

  it('loseAction: the command is taken and sent, the answer is lost', async () => {
    const { call, control, carSays, car, taken } = stage();
    carSays({ powerState: 'STOPPED' });
    await call('GET', '/vehicles');
    control.addFault({ kind: 'loseAction', count: 1 });
    await expect(call('POST', `/vehicles/${CAR}/charging`, { action: 'START' })).rejects.toMatchObject({
      code: 'ECONNRESET',
    });
    expect(car.sent).toEqual([{ kind: 'START' }]);
    expect(taken).toMatchObject([{ status: 0, kind: 'START' }]);
    expect(taken[0]!.actionId).toBe(control.openActions()[0]!.id);
    expect(control.requests(0).at(-1)).toMatchObject({ method: 'POST', status: 0, body: { action: 'START' } });
  });

  it('failAction: the command is taken, reaches no device and ends FAILED, plugged in or not', async () => {
    const { json, control, carSays, car, clock } = stage();
    control.setClient('client-1', { tokenSeconds: 1_000_000 });
    carSays({ powerState: 'UNPLUGGED' });
    control.addFault({ kind: 'failAction', count: 1 });
    const { id } = await json('POST', `/vehicles/${CAR}/charging`, { action: 'START' });
    await clock.advance(3_600_000);
    expect(car.sent).toEqual([]);
    expect(await json('GET', `/vehicles/actions/${id}`)).toMatchObject({
      state: 'FAILED',
      failureReason: { type: 'NO_RESPONSE' },
    });
  });

  it('expireTokens: all tokens end at once', async () => {
    const { call, control } = stage();
    await call('GET', '/vehicles');
    control.addFault({ kind: 'expireTokens' });
    expect((await call('GET', '/vehicles')).status).toBe(401);
  });

  it.each([
    [{ kind: 'earthquake' }, /^kind/],
    [{ kind: 'down', seconds: -1 }, /^seconds/],
    [{ kind: 'status', status: 200 }, /^status/],
    [{ kind: 'down', colour: 'red' }, /^colour/],
    [{ kind: 'webhooks', mode: 'eaten' }, /^mode/],
    [{ kind: 'credentials', account: 'nobody' }, /^account/],
    [{ kind: 'lockAccount' }, /^account/],
  ])('%j is refused naming the field', (fault, message) => {
    expect(() => stage().control.addFault(fault)).toThrow(message);
  });
});

describe('the record', () => {
  it('has every request in order, without secrets', async () => {
    const { call, json, app, control } = stage();
    await call('POST', '/webhooks', { url: 'https://hook.example/', secret: 'very-secret-1' });
    await call('POST', `/vehicles/${CAR}/charging`, '{"act');
    const { linkUrl } = await json('POST', '/users/u/link', {
      scopes: ['vehicle:read:data'],
      language: 'en-US',
      redirectUri: 'https://app.example/',
      vendor: 'KIA',
    });
    const login = `${new URL(linkUrl).pathname}/login`;
    await app.request(login, { method: 'POST', body: new URLSearchParams({ username: 'kim', password: 'kia-pass' }) });
    const all = control.requests(0);
    expect(all.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5]);
    expect(JSON.stringify(all)).not.toMatch(/very-secret-1|client-secret|kia-pass/);
    expect(all[0]).toMatchObject({ path: '/oauth2/token', body: { grant_type: 'client_credentials' }, status: 200 });
    expect(all[2]).toMatchObject({ body: '{"act', status: 400 });
    expect(all[4]!.path).toBe('/link/[secret]/login');
    expect(control.requests(4).map(({ n }) => n)).toEqual([5]);
  });
});

describe('switches', () => {
  it('are shown, set and checked', () => {
    const { control } = stage();
    control.setClient('client-1', { orchestration: false, detectionSeconds: 5, quota: 3 });
    expect(control.clients()[0]).toMatchObject({ id: 'client-1', orchestration: false, detectionSeconds: 5, quota: 3 });
    expect(JSON.stringify(control.clients())).not.toContain('client-secret');
    expect(() => control.setClient('nobody', {})).toThrow(/^client/);
    expect(() => control.setClient('client-1', { magic: true })).toThrow(/^magic/);
    expect(() => control.setClient('client-1', { detectionSeconds: 'soon' })).toThrow(/^detectionSeconds/);
    expect(() => control.setClient('client-1', { unlocking: 1 })).toThrow(/^unlocking/);
  });

  it('know who an asset is linked to', () => {
    const { control } = stage();
    expect(control.linksOf(CAR)).toEqual([{ client: 'client-1', user: 'house-1' }]);
    expect(control.linksOf('nobody')).toEqual([]);
    expect(control.shown('nobody')).toBeNull();
  });
});
