import { describe, expect, it } from 'vitest';
import { realClock } from '../../../src/kernel/real-clock.ts';
import { createSimulator } from '../../../src/simulator/simulator.ts';
import { BLUE, CARPORT, GARAGE, simulatorOf, WHITE } from './support.ts';

describe('GET /control/state', () => {
  it('shows clock, site, truth beside report, cable, clients', async () => {
    const { call } = simulatorOf();
    const { status, body } = await call('GET', '/control/state');
    expect(status).toBe(200);
    expect(body.clock).toEqual({ now: '2026-05-01T06:00:00.000Z', speed: 1, steerable: true });
    expect(body.site.grid).toBe(body.site.house + body.site.charging - body.site.sun);
    expect(body.vehicles.map((it: { id: string }) => it.id)).toEqual([BLUE, WHITE]);
    expect(body.vehicles[0].truth).toMatchObject({ cable: GARAGE, powerState: 'STOPPED', away: false, asleep: true });
    expect(body.vehicles[0].reported).toMatchObject({ powerState: 'STOPPED', batteryLevel: 52 });
    expect(body.chargers[1].truth).toMatchObject({ cable: WHITE, powerState: 'STOPPED', breaker: true });
    expect(body.clients[0].id).toBe('demo');
    expect(body.vehicles[1].shown.chargeState.pluggedInChargerId).toBe(CARPORT);
    expect(body.openActions).toEqual([]);
    expect(JSON.stringify(body)).not.toContain('demo-secret');
  });
});

describe('hands on cars and wallboxes', () => {
  it('moves cable, battery, limit, place; the report follows later', async () => {
    const { call, clock } = simulatorOf();
    const patch = (body: unknown) => call('PATCH', `/control/vehicles/${BLUE}`, body);
    const gone = (await patch({ cable: null, batteryLevel: 61, chargeLimit: 70 })).body;
    expect(gone.truth).toMatchObject({
      cable: null,
      batteryLevel: 61,
      chargeLimit: 70,
      powerState: 'UNPLUGGED',
      asleep: false,
    });
    expect(gone.reported.powerState).toBe('STOPPED');
    await clock.advance(7 * 60_000);
    const away = (await patch({ away: true })).body;
    expect(away.reported.powerState).toBe('UNPLUGGED');
    expect(away.truth).toMatchObject({ away: true, odometer: 41_889 });
    expect((await patch({ cable: 'elsewhere' })).body.truth.powerState).toBe('INITIALIZING');
    expect((await patch({ cable: GARAGE })).body.truth).toMatchObject({
      away: false,
      cable: GARAGE,
      position: { latitude: 52.0907 },
    });
    expect((await patch({ stopped: true, asleep: true })).body.truth).toMatchObject({
      powerState: 'STOPPED',
      asleep: true,
    });
    const changed = await patch({ behaviour: 'deaf', reachable: null, capabilities: { stopCharging: false } });
    expect(changed.body).toMatchObject({ behaviour: 'deaf', truth: { reachable: null } });
    expect(changed.body.capabilities.stopCharging).toEqual({ capable: false, interventions: [] });
    // What the vendor itself says of a car does not wait for the next poll.
    await clock.advance(10_000);
    expect((await call('GET', '/control/state')).body.vehicles[0].shown).toMatchObject({ isReachable: null });
  });

  it('wallbox: breaker, reach, rate, guest', async () => {
    const { call, clock } = simulatorOf();
    const patch = (body: unknown) => call('PATCH', `/control/chargers/${CARPORT}`, body);
    expect((await patch({ breaker: false })).body.truth).toMatchObject({ reachable: false, breaker: false });
    expect((await patch({ breaker: true, stopped: false })).body.truth).toMatchObject({
      reachable: true,
      stopped: false,
    });
    await clock.advance(20_000);
    const quiet = await patch({ reportsRate: false, behaviour: 'good' });
    expect(quiet.body.reported.chargeRate).toBe(7.4);
    await clock.advance(60_000);
    const state = (await call('GET', '/control/state')).body.chargers[1];
    expect(state.reported).toMatchObject({ powerState: 'CHARGING', chargeRate: null });
    expect((await patch({ guest: true })).body.error).toMatchObject({ field: 'guest' });
    await call('PATCH', `/control/vehicles/${WHITE}`, { cable: null });
    expect((await patch({ guest: true })).body.truth.cable).toBe('guest');
  });

  it('weather and house move the meter', async () => {
    const { call } = simulatorOf();
    const dark = (await call('POST', '/control/weather', { cloud: 1, pattern: 'steady' })).body;
    const bright = (await call('POST', '/control/weather', { cloud: 0 })).body;
    expect(bright.sun).toBeGreaterThan(dark.sun);
    expect(bright.weather).toEqual({ cloud: 0, pattern: 'steady' });
    expect((await call('POST', '/control/house', { load: 4321 })).body).toMatchObject({ house: 4321, load: 4321 });
    expect((await call('POST', '/control/house', { load: null })).body.load).toBe(null);
  });
});

describe('clock and reset', () => {
  it('advances, answers when the world is there, changes speed', async () => {
    const { call } = simulatorOf();
    expect((await call('POST', '/control/clock', { advance: 3600 })).body.now).toBe('2026-05-01T07:00:00.000Z');
    expect((await call('POST', '/control/clock', { speed: 60 })).body.speed).toBe(60);
  });

  it('reset builds another world and cloud behind the same port', async () => {
    const { call, api, simulator } = simulatorOf();
    await api('GET', '/vehicles');
    expect((await call('POST', '/control/reset', { scenario: 'tesla', seed: 7 })).body).toMatchObject({
      scenario: 'tesla',
      seed: 7,
    });
    const { body } = await call('GET', '/control/state');
    expect(body.vehicles).toHaveLength(1);
    expect(simulator.world.vehicles().size).toBe(1);
    expect((await call('GET', '/control/requests')).body.requests).toEqual([]);
    // The token belonged to the cloud that is gone.
    expect((await api('GET', '/vehicles')).status).toBe(401);
    expect((await call('POST', '/control/reset', {})).body.scenario).toBe('tesla');
  });
});

describe('on the machine’s own clock', () => {
  it('the world lives, and can be neither sped up nor moved', async () => {
    const simulator = createSimulator({ clock: realClock.world });
    const post = (body: unknown) =>
      simulator.app.request('/control/clock', { method: 'POST', body: JSON.stringify(body) });
    for (const [body, field] of [
      [{ speed: 2 }, 'speed'],
      [{ advance: 5 }, 'advance'],
    ] as const) {
      const answer = await post(body);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ error: { field } });
    }
    expect(await (await post({})).json()).toMatchObject({ speed: 1, steerable: false });
    simulator.stop();
  });
});

describe('the record', () => {
  it('holds each request to the cloud, after N, and none to /control', async () => {
    const { call, api, command } = simulatorOf();
    await api('GET', '/vehicles');
    await command('vehicles', BLUE, 'START');
    const { requests } = (await call('GET', '/control/requests?after=2')).body;
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({
      n: 3,
      method: 'POST',
      path: `/vehicles/${BLUE}/charging`,
      body: { action: 'START' },
      status: 200,
    });
    const open = (await call('GET', '/control/state')).body.openActions;
    expect(open[0]).toMatchObject({ target: BLUE, kind: 'START', createdAt: '2026-05-01T06:00:00.000Z' });
  });

  it('a START through the cloud charges the car in truth, and the action ends confirmed', async () => {
    const { call, api, command, clock } = simulatorOf();
    const { id } = (await command('vehicles', BLUE, 'START')).body;
    await clock.advance(60_000);
    expect((await api('GET', `/vehicles/actions/${id}`)).body.state).toBe('CONFIRMED');
    const state = (await call('GET', '/control/state')).body;
    expect(state.vehicles[0].truth.isCharging).toBe(true);
    expect(state.site.charging).toBe(11_040);
    expect((await call('GET', '/control/verdict')).body).toEqual({ breaches: [], unjudged: [] });
  });
});

describe('the whole simulator', () => {
  it('gives the same day for the same seed, world and cloud together', async () => {
    const day = async (seed: number) => {
      const { call, api, clock, command } = simulatorOf('home', seed);
      await command('vehicles', BLUE, 'START');
      await command('chargers', CARPORT, 'START');
      const seen: unknown[] = [];
      for (let hour = 0; hour < 24; hour++) {
        await clock.advance(3_600_000);
        seen.push((await call('GET', '/control/state')).body, (await api('GET', '/vehicles')).body);
      }
      return JSON.stringify(seen);
    };
    const [first, again, other] = [await day(1), await day(1), await day(2)];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });
});

describe('clients and faults', () => {
  it('switches a client and lets the cloud fail, then heal', async () => {
    const { call, api } = simulatorOf();
    expect((await call('POST', '/control/clients/demo', { orchestration: false })).status).toBe(200);
    expect((await call('POST', '/control/faults', { kind: 'status', status: 503, path: '/vehicles' })).status).toBe(
      200,
    );
    expect((await api('GET', '/vehicles')).status).toBe(503);
    await call('DELETE', '/control/faults');
    expect((await api('GET', '/vehicles')).status).toBe(200);
  });
});
