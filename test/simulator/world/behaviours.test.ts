import { describe, expect, it } from 'vitest';
import {
  CHARGER_BEHAVIOURS,
  chargerBehaviour,
  VEHICLE_BEHAVIOURS,
  vehicleBehaviour,
} from '../../../src/simulator/world/behaviours/registry.ts';
import { HOUR, MINUTE, pairWorld } from './support.ts';

/** Seconds from START until energy flows; null when it never does within two hours. */
async function secondsToCharge(
  made: ReturnType<typeof pairWorld>,
  send: 'vehicle' | 'charger',
): Promise<number | null> {
  const { clock, car } = made;
  const began = clock.now();
  made[send].send({ kind: 'START' });
  for (let second = 0; second <= 7200; second++) {
    if (car.wall > 0) return (clock.now() - began) / 1000;
    await clock.advance(1000);
  }
  return null;
}

const reactions: readonly [string, number, number][] = [
  ['obedient', 3, 22],
  ['slow', 300, 910],
  ['sleepy', 120, 310],
  ['no-location', 3, 22],
  ['no-charge-rate', 3, 22],
  ['tesla-like', 1, 11],
  ['unplugged-when-asleep', 20, 70],
];

describe('vehicles', () => {
  it.each(reactions)('%s charges %i to %i s after a START', async (behaviour, least, most) => {
    const seconds = await secondsToCharge(pairWorld({ behaviour, stopped: true }), 'vehicle');
    expect(seconds).toBeGreaterThanOrEqual(least);
    expect(seconds).toBeLessThanOrEqual(most);
  });

  it.each(['deaf', 'liar', 'no-start-stop', 'needs-intervention'])('%s never charges on a START', async (behaviour) => {
    expect(await secondsToCharge(pairWorld({ behaviour, stopped: true }), 'vehicle')).toBe(null);
  });

  it('a sleepy car is quick when it is awake', async () => {
    const made = pairWorld({ behaviour: 'sleepy', stopped: true });
    made.car.use(made.clock.now());
    expect(await secondsToCharge(made, 'vehicle')).toBeLessThan(25);
  });

  it('obedient tells the result within half a minute', async () => {
    const { clock, vehicle } = pairWorld({ stopped: true });
    vehicle.send({ kind: 'START' });
    await clock.advance(30_000);
    expect(vehicle.report()).toMatchObject({ powerState: 'CHARGING', chargeRate: 11 });
    vehicle.send({ kind: 'STOP' });
    await clock.advance(30_000);
    expect(vehicle.report()).toMatchObject({ powerState: 'STOPPED', chargeRate: null });
  });

  it('a repeated command does not begin anew, an opposite one replaces it', async () => {
    const { clock, vehicle, car } = pairWorld({ behaviour: 'slow', stopped: true });
    vehicle.send({ kind: 'START' });
    for (let i = 0; i < 15; i++) {
      await clock.advance(MINUTE);
      vehicle.send({ kind: 'START' });
    }
    await clock.advance(10_000);
    expect(car.wall).toBeGreaterThan(0);
    vehicle.send({ kind: 'STOP' });
    vehicle.send({ kind: 'START' });
    await clock.advance(HOUR);
    expect(car.willing).toBe(true);
  });

  it('liar says CHARGING and nothing flows', async () => {
    const { clock, vehicle, world } = pairWorld({ behaviour: 'liar', stopped: true });
    vehicle.send({ kind: 'START' });
    await clock.advance(MINUTE);
    expect(vehicle.report()).toMatchObject({ powerState: 'CHARGING', chargeRate: null, batteryLevel: 45 });
    expect(world.site.power().charging).toBe(0);
  });

  it('incapable cars refuse in words; only one kind of them can be helped', () => {
    const never = pairWorld({ behaviour: 'no-start-stop' }).vehicle;
    expect(never.send({ kind: 'START' }).refused).toMatch(/remote control/);
    expect(never.capabilities().startCharging).toEqual({ capable: false, interventions: [] });
    const fixable = pairWorld({ behaviour: 'needs-intervention' }).vehicle;
    expect(fixable.capabilities().stopCharging.capable).toBe(false);
    expect(fixable.capabilities().stopCharging.interventions).toHaveLength(2);
  });

  it('reports leave out what the vendor does not give', async () => {
    expect(pairWorld({ behaviour: 'no-location' }).vehicle.report()).toMatchObject({
      position: null,
      positionUpdated: null,
    });
    const { clock, vehicle } = pairWorld({ behaviour: 'no-charge-rate' });
    await clock.advance(5 * MINUTE);
    expect(vehicle.report()).toMatchObject({
      powerState: 'CHARGING',
      chargeRate: null,
      chargeTimeRemaining: null,
      chargeLimit: null,
    });
  });

  it('tesla-like pushes within seconds and takes a current', async () => {
    const { clock, vehicle, world } = pairWorld({ behaviour: 'tesla-like' });
    await clock.advance(15_000);
    expect(vehicle.report().powerState).toBe('CHARGING');
    vehicle.send({ kind: 'MAX_CURRENT', amperes: 8 });
    await clock.advance(20_000);
    expect(vehicle.report()).toMatchObject({ maxCurrent: 8, chargeRate: 5.5 });
    expect(world.site.power().charging).toBeCloseTo(5520, 0);
  });

  it('unplugged-when-asleep hides its cable when it sleeps or is full', async () => {
    const { clock, vehicle, car } = pairWorld({ behaviour: 'unplugged-when-asleep', level: 79 });
    await clock.advance(5 * MINUTE);
    expect(vehicle.report().powerState).toBe('CHARGING');
    await clock.advance(HOUR);
    expect(vehicle.report().powerState).toBe('UNPLUGGED');
    expect(car.cable).not.toBe(null);
    expect(vehicle.report().odometer).toBe(null);
  });
});

describe('wallboxes', () => {
  it.each([
    ['good', 2, 13],
    ['slow', 300, 910],
    ['no-rate', 2, 17],
    ['rate-limit', 2, 13],
    ['refuses-while-unplugged', 2, 13],
  ] as const)('%s charges %i to %i s after a START', async (behaviour, least, most) => {
    const seconds = await secondsToCharge(pairWorld({}, { behaviour, stopped: true }), 'charger');
    expect(seconds).toBeGreaterThanOrEqual(least);
    expect(seconds).toBeLessThanOrEqual(most);
  });

  it('deaf never does', async () => {
    expect(await secondsToCharge(pairWorld({}, { behaviour: 'deaf', stopped: true }), 'charger')).toBe(null);
  });

  it('no-rate reports CHARGING without a rate', async () => {
    const { clock, charger } = pairWorld({}, { behaviour: 'no-rate' });
    await clock.advance(5 * MINUTE);
    expect(charger.report()).toMatchObject({ powerState: 'CHARGING', chargeRate: null });
  });

  it('offline-at-times is gone for twelve minutes of every hour, and loses commands meanwhile', async () => {
    const { clock, charger } = pairWorld({}, { behaviour: 'offline-at-times', stopped: true });
    let gone = 0;
    for (let minute = 0; minute < 60; minute++) {
      if (!charger.online()) gone++;
      await clock.advance(MINUTE);
    }
    expect(gone).toBe(12);
    while (charger.online()) await clock.advance(MINUTE);
    charger.send({ kind: 'START' });
    await clock.advance(8 * MINUTE);
    expect(charger.report().reachable).toBe(false);
    expect(charger.box.offering).toBe(false);
    await clock.advance(12 * MINUTE);
    expect(charger.report().reachable).toBe(true);
  });

  it('rate-limit limits in kW; others refuse', async () => {
    const { clock, charger, world } = pairWorld({}, { behaviour: 'rate-limit' });
    expect(charger.rateLimitRange).toEqual({ min: 1.4, max: 22 });
    charger.send({ kind: 'RATE_LIMIT', kW: 6 });
    await clock.advance(20_000);
    expect(charger.report()).toMatchObject({ rateLimit: 6, chargeRate: 6 });
    expect(world.site.power().charging).toBeCloseTo(6000, 0);
    expect(pairWorld().charger.send({ kind: 'RATE_LIMIT', kW: 6 }).refused).toBeDefined();
  });

  it('refuses-while-unplugged says so', () => {
    const { charger, world, car } = pairWorld({}, { behaviour: 'refuses-while-unplugged' });
    world.plug(car, null);
    expect(charger.send({ kind: 'START' }).refused).toMatch(/unplugged/);
    expect(charger.send({ kind: 'STOP' })).toEqual({});
  });
});

describe('the registry', () => {
  it('has distinct names, a sentence each, and an error that lists them', () => {
    for (const all of [VEHICLE_BEHAVIOURS, CHARGER_BEHAVIOURS]) {
      expect(new Set(all.map((it) => it.name)).size).toBe(all.length);
      for (const it of all) expect(it.says).toMatch(/^[A-Z].*\.$/);
    }
    expect(() => vehicleBehaviour('nice')).toThrow(/obedient, slow, deaf/);
    expect(() => chargerBehaviour('obedient')).toThrow(/good/);
  });
});
