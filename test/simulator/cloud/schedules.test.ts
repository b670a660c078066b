// Schedules, smart charging, statistics, locations and tariffs (enode-api.md 9, 10, 11, 13).
import { describe, expect, it } from 'vitest';
import { shouldChargeAt, transitionsAfter } from '../../../src/simulator/cloud/schedule-rules.ts';
import { BOX, CAR, HOME, MINUTE, stage } from './support.ts';

const HOUR = 60 * MINUTE;

async function planned(more: Record<string, unknown> = {}) {
  const it = stage();
  it.control.setClient('client-1', { tokenSeconds: 1_000_000 });
  const [place] = (await it.json('GET', '/locations')).data;
  it.carSays({ powerState: 'STOPPED', position: HOME, positionUpdated: it.clock.now() });
  const schedule = await it.json('POST', '/users/house-1/schedules', {
    isEnabled: true,
    defaultShouldCharge: false,
    targetId: CAR,
    targetType: 'vehicle',
    locationId: place.id,
    rules: [{ shouldCharge: true, hourMinute: { from: '21:00', to: '23:00' } }],
    ...more,
  });
  return { ...it, schedule, place };
}

describe('schedule rules', () => {
  it('wrap over midnight and know weekdays, in the zone of the location', () => {
    const night = { hourMinute: { from: '22:00', to: '06:00' }, weekdays: [0], shouldCharge: true };
    const table = { rules: [night], defaultShouldCharge: false };
    const at = (text: string) => shouldChargeAt(table, 'Europe/Oslo', Date.parse(text));
    expect(at('2026-05-04T20:30:00Z')).toBe(true);
    expect(at('2026-05-04T19:30:00Z')).toBe(false);
    expect(at('2026-05-04T22:30:00Z')).toBe(false);
    expect(transitionsAfter(table, 'Europe/Oslo', Date.parse('2026-05-04T18:00:00Z'), 2)).toEqual([
      { at: Date.parse('2026-05-04T20:00:00Z'), shouldCharge: true },
      { at: Date.parse('2026-05-04T22:00:00Z'), shouldCharge: false },
    ]);
  });
});

describe('a schedule', () => {
  it('starts and stops the car by itself, and says so', async () => {
    const { json, car, carSays, clock, schedule } = await planned();
    const status = await json('GET', `/schedules/${schedule.id}/status`);
    expect(status).toMatchObject({
      scheduleType: 'CHARGE',
      state: 'ALIGNED',
      isChargingExpected: false,
      isChargingExpectedParts: { needsCharge: true, isPluggedIn: true, shouldCharge: false },
      upcomingTransitions: [
        { at: '2026-05-04T19:00:00.000Z', shouldCharge: true },
        { at: '2026-05-04T21:00:00.000Z', shouldCharge: false },
      ],
      smartOverride: null,
    });
    await clock.advance(HOUR + MINUTE / 2);
    expect(car.sent).toEqual([{ kind: 'START' }]);
    expect((await json('GET', `/schedules/${schedule.id}/status`)).state).toBe('PENDING');
    carSays({ powerState: 'CHARGING' });
    expect((await json('GET', `/schedules/${schedule.id}/status`)).state).toBe('ALIGNED');
    await clock.advance(2 * HOUR);
    expect(car.sent.at(-1)).toEqual({ kind: 'STOP' });
  });

  it('makes direct commands answer 422 while it is enabled', async () => {
    const { call, schedule } = await planned();
    const answer = await call('POST', `/vehicles/${CAR}/charging`, { action: 'START' });
    expect([answer.status, (await answer.json()).type]).toEqual([422, expect.stringContaining('unprocessable-entity')]);
    await call('PUT', `/schedules/${schedule.id}`, { isEnabled: false });
    expect((await call('POST', `/vehicles/${CAR}/charging`, { action: 'START' })).status).toBe(200);
    expect((await call('DELETE', `/schedules/${schedule.id}`)).status).toBe(204);
    expect((await call('GET', `/schedules/${schedule.id}`)).status).toBe(404);
  });

  it('does nothing away from its location', async () => {
    const { json, car, carSays, clock, schedule } = await planned({ defaultShouldCharge: true, rules: [] });
    const before = car.sent.length;
    carSays({ position: { latitude: 48, longitude: 11 }, positionUpdated: clock.now() });
    expect((await json('GET', `/schedules/${schedule.id}/status`)).state).toBe('INACTIVE:AWAY');
    await clock.advance(HOUR);
    carSays({ powerState: 'CHARGING' });
    carSays({ powerState: 'STOPPED' });
    expect(car.sent.length).toBeLessThanOrEqual(before + 10);
    expect(car.sent.every(({ kind }) => kind === 'START')).toBe(true);
  });

  it('needs all its fields', async () => {
    const { call } = stage();
    const answer = await call('POST', '/users/house-1/schedules', {
      isEnabled: true,
      targetType: 'vehicle',
      targetId: CAR,
    });
    expect([answer.status, (await answer.json()).detail]).toEqual([
      400,
      expect.stringContaining('defaultShouldCharge'),
    ]);
  });

  it('tells webhooks of its execution', async () => {
    const { json, clock, delivered, carSays } = await planned();
    await json('POST', '/webhooks', {
      url: 'https://hook.example/',
      secret: 'secret-1',
      events: ['user:schedule:execution-updated'],
    });
    await clock.advance(HOUR + MINUTE);
    carSays({ powerState: 'CHARGING' });
    await clock.advance(MINUTE);
    const states = delivered.flatMap(({ events }) => events.map((one) => (one.status as { state?: string })?.state));
    expect(states.filter(Boolean)).toEqual(['PENDING', 'ALIGNED']);
  });
});

describe('smart charging', () => {
  const path = `/vehicles/${CAR}/smart-charging-policy`;

  it('is refused with its own title', async () => {
    const { call } = stage();
    const answer = await call('PUT', path, { isEnabled: true });
    expect([answer.status, (await answer.json()).title]).toEqual([400, 'Cannot activate smart charging']);
    expect((await call('PUT', path, { isEnabled: true, deadline: '07:00', minimumChargeLimit: 90 })).status).toBe(400);
  });

  it('stops the car, answers 422, starts it in time for the deadline, and finishes', async () => {
    const { json, call, car, carSays, clock, control } = stage();
    control.setClient('client-1', { tokenSeconds: 1_000_000 });
    carSays({ powerState: 'CHARGING', chargeRate: 7, position: HOME, positionUpdated: clock.now() });
    expect(await json('PUT', path, { isEnabled: true, deadline: '07:00' })).toEqual({
      isEnabled: true,
      deadline: '07:00',
      minimumChargeLimit: 0,
    });
    const state = async () => (await json('GET', `/vehicles/${CAR}/smart-charging-status`)).state;
    expect([await state(), car.sent]).toEqual(['PLAN:EXECUTING:STOPPING', [{ kind: 'STOP' }]]);
    expect((await call('POST', `/vehicles/${CAR}/charging`, { action: 'STOP' })).status).toBe(422);
    carSays({ powerState: 'STOPPED', chargeRate: null });
    expect(await state()).toBe('PLAN:EXECUTING:STOPPED');
    expect((await json('GET', `/vehicles/${CAR}`)).smartChargingPolicy.isEnabled).toBe(true);
    await clock.advance(8 * HOUR + 6 * MINUTE);
    expect([await state(), car.sent.at(-1)]).toEqual(['PLAN:EXECUTING:STARTING', { kind: 'START' }]);
    carSays({ powerState: 'CHARGING', chargeRate: 7 });
    expect(await state()).toBe('PLAN:EXECUTING:STARTED');
    carSays({ powerState: 'COMPLETE', batteryLevel: 80 });
    expect(await state()).toBe('PLAN:ENDED:FINISHED');
    expect((await json('GET', `/vehicles/${CAR}/smart-charging-plans/latest`)).finalState).toBe('PLAN:ENDED:FINISHED');
    await json('PUT', path, { isEnabled: false });
    expect(await state()).toBe('DISABLED');
  });

  it('is switched off by a schedule, and the reverse', async () => {
    const { json, schedule } = await planned();
    await json('PUT', path, { isEnabled: true, deadline: '07:00' });
    expect((await json('GET', `/schedules/${schedule.id}`)).isEnabled).toBe(false);
    await json('PUT', `/schedules/${schedule.id}`, { isEnabled: true });
    expect((await json('GET', path)).isEnabled).toBe(false);
  });

  it('can be overridden', async () => {
    const { json, call, carSays, car } = stage();
    carSays({ powerState: 'STOPPED' });
    expect((await call('DELETE', `/vehicles/${CAR}/smart-override`)).status).toBe(404);
    expect(await json('POST', `/vehicles/${CAR}/smart-override`)).toMatchObject({ targetId: CAR, endedAt: null });
    expect(car.sent).toEqual([{ kind: 'START' }]);
    expect((await json('DELETE', `/vehicles/${CAR}/smart-override`)).endedAt).not.toBeNull();
  });
});

describe('statistics', () => {
  it('integrate the reported rate, by period and by session', async () => {
    const { json, call, boxSays, clock, control } = stage();
    control.setClient('client-1', { tokenSeconds: 1_000_000 });
    boxSays({ powerState: 'CHARGING', chargeRate: 6 });
    await clock.advance(90 * MINUTE);
    boxSays({ powerState: 'STOPPED', chargeRate: null });
    await clock.advance(HOUR);
    const query = 'startDate=2026-05-04T00:00:00Z&type=charger';
    const days = await json('GET', `/users/house-1/statistics/charging?${query}`);
    expect(days).toMatchObject([{ date: '2026-05-04T00:00:00.000Z', kw: { min: 6, max: 6 }, estimatedSavings: null }]);
    expect(days[0].kwhSum).toBeCloseTo(9);
    const quarters = await json('GET', `/users/house-1/statistics/charging?${query}&resolution=QUARTER_HOUR`);
    expect(quarters.length).toBe(6);
    const sessions = await json('GET', `/users/house-1/statistics/charging/sessions?${query}`);
    expect(sessions).toMatchObject([{ id: BOX, from: '2026-05-04T18:00:00.000Z', to: '2026-05-04T19:30:00.000Z' }]);
    expect(sessions[0].kwhSum).toBeCloseTo(9);
    expect((await call('GET', '/users/house-1/statistics/charging?type=charger')).status).toBe(400);
    expect((await call('GET', `/users/house-1/statistics/charging?${query}&id=x`)).status).toBe(404);
  });
});

describe('locations', () => {
  it('are made, changed, deleted, and checked', async () => {
    const { json, call } = stage();
    const wish = { name: 'Cabin', latitude: 61, longitude: 9, timezoneName: 'Europe/Oslo' };
    const made = await json('POST', '/users/house-1/locations', wish);
    expect(made).toMatchObject({ ...wish, userId: 'house-1' });
    expect((await json('PUT', `/locations/${made.id}`, { name: 'Hut' })).name).toBe('Hut');
    expect((await json('GET', '/users/house-1/locations')).data.length).toBe(2);
    expect((await json('DELETE', `/locations/${made.id}`)).id).toBe(made.id);
    expect((await call('GET', `/locations/${made.id}`)).status).toBe(404);
    expect((await call('POST', '/users/house-1/locations', { ...wish, timezoneName: 'Mars/Olympus' })).status).toBe(
      400,
    );
    expect((await call('POST', '/users/house-1/locations', { ...wish, latitude: 91 })).status).toBe(400);
  });

  it('have tariffs without overlap', async () => {
    const { json, call } = stage();
    const [place] = (await json('GET', '/locations')).data;
    const rates = [
      { name: 'day', cost: '0.31' },
      { name: 'night', cost: '0.19' },
    ];
    expect((await call('PUT', '/tariffs/t-1', rates)).status).toBe(204);
    expect(await json('GET', '/tariffs/t-1')).toEqual(rates);
    const day = { name: 'day', from: '06:00', to: '22:00' };
    const night = { name: 'night', from: '22:00', to: '24:00', weekdays: [0] };
    const put = (tariffIntervals: unknown) =>
      call('PUT', `/locations/${place.id}/tariff`, { tariffId: 't-1', tariffIntervals });
    expect((await put([day, { ...night, from: '21:00' }])).status).toBe(400);
    expect((await put([day, night])).status).toBe(204);
    expect((await json('GET', `/locations/${place.id}/tariff`)).length).toBe(8);
  });
});
