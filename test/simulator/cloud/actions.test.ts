// Actions (enode-api.md 6): how they begin, live and end, and what a device is sent meanwhile.
import { describe, expect, it } from 'vitest';
import { BOX, CAR, MINUTE, never, stage } from './support.ts';

const start = { action: 'START' };
const stop = { action: 'STOP' };
const vehiclePath = `/vehicles/${CAR}/charging`;
const chargerPath = `/chargers/${BOX}/charging`;

describe('a charge action', () => {
  it('is PENDING, is sent again and again, and is CONFIRMED by a report', async () => {
    const { json, car, carSays, clock, taken } = stage();
    carSays({ powerState: 'STOPPED' });
    const action = await json('POST', vehiclePath, start);
    expect(action).toMatchObject({
      state: 'PENDING',
      kind: 'START',
      targetId: CAR,
      targetType: 'vehicle',
      userId: 'house-1',
      completedAt: null,
      failureReason: null,
    });
    expect(action).not.toHaveProperty('targetState');
    expect(taken).toMatchObject([
      { n: 1, status: 200, kind: 'START', target: CAR, actionId: action.id, client: 'client-1' },
    ]);
    await clock.advance(2.5 * MINUTE);
    expect(car.sent).toEqual([{ kind: 'START' }, { kind: 'START' }, { kind: 'START' }]);
    carSays({ powerState: 'CHARGING', chargeRate: 7 });
    const done = await json('GET', `/vehicles/actions/${action.id}`);
    expect(done).toMatchObject({ state: 'CONFIRMED', completedAt: '2026-05-04T18:02:30.000Z' });
    await clock.advance(20 * MINUTE);
    expect(car.sent.length).toBe(3);
  });

  it('is FAILED with NO_RESPONSE after the window of the device', async () => {
    const { json, carSays, clock, control } = stage();
    carSays({ powerState: 'STOPPED' });
    const { id } = await json('POST', vehiclePath, start);
    expect(control.openActions()).toMatchObject([{ id, target: CAR, kind: 'START' }]);
    await clock.advance(10 * MINUTE);
    expect(await json('GET', `/vehicles/actions/${id}`)).toMatchObject({
      state: 'FAILED',
      failureReason: { type: 'NO_RESPONSE' },
    });
    expect(control.openActions()).toEqual([]);
  });

  it('is CANCELLED with FAILED_PRECONDITION when unplugged, refused or out of reach', async () => {
    const unplugged = stage();
    unplugged.carSays({ powerState: 'STOPPED' });
    const one = await unplugged.json('POST', vehiclePath, start);
    unplugged.carSays({ powerState: 'UNPLUGGED' });
    expect(await unplugged.json('GET', `/vehicles/actions/${one.id}`)).toMatchObject({
      state: 'CANCELLED',
      failureReason: { type: 'FAILED_PRECONDITION', detail: expect.stringContaining('unplugged') },
    });
    const refused = stage();
    refused.boxSays({ powerState: 'STOPPED' });
    refused.box.refuses = 'The lid is open.';
    const two = await refused.json('POST', chargerPath, start);
    await refused.clock.advance(11 * MINUTE);
    expect(await refused.json('GET', `/chargers/actions/${two.id}`)).toMatchObject({
      state: 'CANCELLED',
      failureReason: { type: 'FAILED_PRECONDITION', detail: 'The lid is open.' },
    });
    const away = stage();
    away.boxSays({ powerState: 'STOPPED', reachable: false });
    const three = await away.json('POST', chargerPath, start);
    await away.clock.advance(11 * MINUTE);
    expect((await away.json('GET', `/chargers/actions/${three.id}`)).failureReason.detail).toContain('reachable');
  });

  it('is UNNECESSARY when charging ends by itself while STOP is pending', async () => {
    const { json, carSays } = stage();
    carSays({ powerState: 'CHARGING' });
    const { id } = await json('POST', vehiclePath, stop);
    carSays({ powerState: 'COMPLETE' });
    expect((await json('GET', `/vehicles/actions/${id}`)).failureReason.type).toBe('UNNECESSARY');
  });

  it('is NOT_FOUND when the asset is deleted', async () => {
    const { json, call, carSays } = stage();
    carSays({ powerState: 'STOPPED' });
    const { id } = await json('POST', vehiclePath, start);
    expect((await call('DELETE', '/users/house-1/vendors/KIA')).status).toBe(204);
    expect((await json('GET', `/vehicles/actions/${id}`)).failureReason.type).toBe('NOT_FOUND');
    expect((await call('POST', vehiclePath, start)).status).toBe(404);
  });

  it('of a vehicle is reused for the same kind and replaced by another', async () => {
    const { json, carSays, car } = stage();
    carSays({ powerState: 'STOPPED' });
    const first = await json('POST', vehiclePath, start);
    expect((await json('POST', vehiclePath, start)).id).toBe(first.id);
    expect(car.sent.length).toBe(1);
    const second = await json('POST', vehiclePath, stop);
    expect(second.id).not.toBe(first.id);
    expect(await json('GET', `/vehicles/actions/${first.id}`)).toMatchObject({
      state: 'CANCELLED',
      failureReason: { type: 'CONFLICT' },
    });
  });

  it('of a charger is replaced by every new one', async () => {
    const { json, boxSays } = stage();
    boxSays({ powerState: 'STOPPED' });
    const first = await json('POST', chargerPath, start);
    const second = await json('POST', chargerPath, start);
    expect(second.id).not.toBe(first.id);
    expect((await json('GET', `/chargers/actions/${first.id}`)).failureReason.type).toBe('CONFLICT');
  });

  it('can be cancelled once; then 409 shows it unchanged', async () => {
    const { json, call, carSays } = stage();
    carSays({ powerState: 'STOPPED' });
    const { id } = await json('POST', vehiclePath, start);
    expect(await json('POST', `/vehicles/actions/${id}/cancel`)).toMatchObject({
      state: 'CANCELLED',
      failureReason: { type: 'REQUESTED_CANCELLATION' },
    });
    const again = await call('POST', `/vehicles/actions/${id}/cancel`);
    expect([again.status, await again.json()]).toMatchObject([409, { id, state: 'CANCELLED' }]);
    expect((await call('POST', '/vehicles/actions/nonsense/cancel')).status).toBe(400);
    const unknown = await call('GET', `/vehicles/actions/${BOX}`);
    expect([unknown.status, await unknown.text()]).toEqual([404, '']);
  });
});

describe('creation is refused', () => {
  it.each([
    ['already charging', { powerState: 'CHARGING' }, start],
    ['already stopped', { powerState: 'STOPPED' }, stop],
    ['not plugged in, so not charging', { powerState: 'UNPLUGGED' }, stop],
    ['fully charged', { powerState: 'STOPPED', batteryLevel: 80 }, start],
  ] as const)('with 400: %s', async (_why, report, body) => {
    const { call, carSays, car, taken } = stage();
    carSays(report);
    const answer = await call('POST', vehiclePath, body);
    expect([answer.status, await answer.json()]).toMatchObject([400, { title: 'Bad request' }]);
    expect(car.sent).toEqual([]);
    expect(taken).toMatchObject([{ status: 400, actionId: null }]);
  });

  it('with 400 when not capable, or when the body is wrong', async () => {
    const { call, car, carSays } = stage({ kinds: ['vehicle'] });
    carSays({ powerState: 'STOPPED' });
    expect((await call('POST', vehiclePath, { action: 'GO' })).status).toBe(400);
    expect((await call('POST', vehiclePath, '{"action":')).status).toBe(400);
    expect((await call('POST', vehiclePath, [])).status).toBe(400);
    car.own = { ...car.own, startCharging: never };
    expect((await call('POST', vehiclePath, start)).status).toBe(400);
  });

  it('when unplugged: by 400 or by an action that ends, as switched', async () => {
    const { call, json, control, clock, car } = stage();
    const { id } = await json('POST', vehiclePath, start);
    await clock.advance(11 * MINUTE);
    expect(car.sent).toEqual([]);
    expect((await json('GET', `/vehicles/actions/${id}`)).failureReason.type).toBe('FAILED_PRECONDITION');
    control.setClient('client-1', { preconditions: 'refuse' });
    expect((await call('POST', vehiclePath, start)).status).toBe(400);
  });

  it('with 403 when the scope is missing', async () => {
    const { call, json, app, carSays } = stage({ linked: false });
    const { linkUrl } = await json('POST', '/users/u/link', {
      scopes: ['vehicle:read:data'],
      language: 'en-US',
      redirectUri: 'https://app.example/back',
      vendor: 'KIA',
    });
    const path = new URL(linkUrl).pathname;
    await app.request(`${path}/login`, {
      method: 'POST',
      body: new URLSearchParams({ username: 'kim', password: 'kia-pass' }),
    });
    await app.request(`${path}/consent`, { method: 'POST' });
    carSays({ powerState: 'STOPPED' });
    expect((await call('POST', vehiclePath, start)).status).toBe(403);
  });
});

describe('limits', () => {
  it('max current: has targetState and no kind, ends by the reported value', async () => {
    const { json, call, boxSays, box } = stage();
    const action = await json('POST', `/chargers/${BOX}/max-current`, { maxCurrent: 10 });
    expect(action).toMatchObject({ targetState: { maxCurrent: 10 }, state: 'PENDING' });
    expect(action).not.toHaveProperty('kind');
    expect(box.sent).toEqual([{ kind: 'MAX_CURRENT', amperes: 10 }]);
    boxSays({ maxCurrent: 10 });
    expect((await json('GET', `/chargers/actions/${action.id}`)).state).toBe('CONFIRMED');
    expect((await call('POST', `/chargers/${BOX}/max-current`, { maxCurrent: 10 })).status).toBe(400);
    expect((await call('POST', `/chargers/${BOX}/max-current`, { maxCurrent: 0 })).status).toBe(400);
    expect((await json('POST', `/vehicles/${CAR}/max-current`, { maxCurrent: 8 })).targetState).toEqual({
      maxCurrent: 8,
    });
  });

  it('charge rate: in kW, within the allowed range', async () => {
    const { json, call, box, boxSays } = stage();
    const path = `/chargers/${BOX}/charge-rate-limit`;
    const action = await json('POST', path, { chargeRateLimit: 5.5 });
    expect(box.sent).toEqual([{ kind: 'RATE_LIMIT', kW: 5.5 }]);
    boxSays({ rateLimit: 5.5 });
    expect((await json('GET', `/chargers/actions/${action.id}`)).state).toBe('CONFIRMED');
    expect((await json('GET', `/chargers/${BOX}`)).chargeState.chargeRateLimit).toBe(5.5);
    expect((await call('POST', path, { chargeRateLimit: 50 })).status).toBe(400);
  });
});
