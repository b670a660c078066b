import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, pairWorld, worldOf } from './support.ts';

describe('reports lag the truth', () => {
  it('an idle awake car is heard within 7 minutes of a change, not at once', async () => {
    const { clock, world, vehicle, car } = pairWorld({ stopped: true });
    car.use(clock.now());
    world.plug(car, null);
    expect(vehicle.report().powerState).toBe('STOPPED');
    await clock.advance(7 * MINUTE);
    expect(vehicle.report().powerState).toBe('UNPLUGGED');
  });

  it('a charging car is heard every 2 minutes, its battery level rising', async () => {
    const { clock, world, vehicle } = pairWorld({ level: 20 });
    const times: number[] = [];
    world.onReport((asset) => {
      if (asset === vehicle) times.push(clock.now());
    });
    await clock.advance(HOUR);
    expect(times.length).toBeGreaterThanOrEqual(28);
    const gaps = times.slice(2).map((at, i) => at - times[i + 1]!);
    expect(Math.max(...gaps)).toBe(2 * MINUTE);
    expect(vehicle.report().batteryLevel).toBeGreaterThan(33);
    expect(vehicle.report().chargeRate).toBe(11);
    expect(vehicle.report().chargeTimeRemaining).toBeGreaterThan(60);
  });

  it('a pushing wallbox is heard within seconds', async () => {
    const { clock, world, charger, car } = pairWorld({ stopped: true });
    world.plug(car, null);
    await clock.advance(5_000);
    expect(charger.report().powerState).toBe('UNPLUGGED');
  });

  it('a quiet car needs no alarm for its signs of life; asleep its state grows old while it is still seen', async () => {
    const { clock, world, vehicle } = pairWorld({ stopped: true });
    world.vehicles().get(vehicle.identity.id)?.car.use(clock.now());
    await clock.advance(10 * MINUTE);
    const awake = vehicle.report();
    expect(clock.now() - awake.lastSeen).toBeLessThanOrEqual(7 * MINUTE);
    expect(awake.lastSeen - (awake.stateUpdated ?? 0)).toBe(2_000);
    await clock.advance(6 * HOUR);
    const asleep = vehicle.report();
    expect(clock.now() - asleep.lastSeen).toBeLessThanOrEqual(20 * MINUTE);
    expect(asleep.lastSeen - (asleep.stateUpdated ?? 0)).toBeGreaterThan(5 * HOUR);
    expect(vehicle.report()).toEqual(asleep);
  });

  it('what was told before a change never looks fresher than the change', async () => {
    const { clock, world, vehicle, car } = pairWorld({ stopped: true });
    car.use(clock.now());
    await clock.advance(MINUTE);
    world.plug(car, null);
    const changed = clock.now();
    for (let second = 0; second < 420; second += 5) {
      await clock.advance(5_000);
      const { powerState, stateUpdated } = vehicle.report();
      if (powerState === 'STOPPED') expect(stateUpdated).toBeLessThan(changed);
    }
    expect(vehicle.report().powerState).toBe('UNPLUGGED');
  });

  it('a hint brings an awake car within 15 seconds and is ignored by a sleeping one', async () => {
    const { clock, vehicle, world, car } = pairWorld({ stopped: true });
    world.plug(car, null);
    await clock.advance(1_000);
    vehicle.hint();
    await clock.advance(15_000);
    expect(vehicle.report().powerState).toBe('UNPLUGGED');
    await clock.advance(HOUR);
    const told = vehicle.report();
    car.limit = 55;
    vehicle.hint();
    await clock.advance(15_000);
    expect(vehicle.report().chargeLimit).toBe(told.chargeLimit);
  });

  it('unreachable: the state freezes, only reachable changes; afterwards the truth comes back', async () => {
    const { clock, world, vehicle, car } = pairWorld({ stopped: true });
    car.use(clock.now());
    vehicle.reachable = false;
    vehicle.changed();
    await clock.advance(7 * MINUTE);
    const gone = vehicle.report();
    expect(gone.reachable).toBe(false);
    world.plug(car, null);
    expect(vehicle.send({ kind: 'START' })).toEqual({});
    await clock.advance(HOUR);
    expect(vehicle.report()).toEqual(gone);
    vehicle.reachable = null;
    vehicle.changed();
    await clock.advance(20 * MINUTE);
    expect(vehicle.report()).toMatchObject({ reachable: null, powerState: 'UNPLUGGED' });
  });

  it('a wallbox without voltage is off the net', async () => {
    const { clock, world, charger, vehicle } = pairWorld();
    await clock.advance(10_000);
    world.setBreaker(charger.box, false);
    await clock.advance(7 * MINUTE);
    expect(charger.report().reachable).toBe(false);
    expect(vehicle.report().powerState).toBe('NO_POWER');
  });

  it('the first reports are from before the story began, and tell the truth of then', () => {
    const { clock, world } = worldOf('home');
    for (const vehicle of world.vehicles().values()) {
      expect(vehicle.report().lastSeen).toBeLessThanOrEqual(clock.now());
      expect(['STOPPED', 'NO_POWER']).toContain(vehicle.report().powerState);
    }
  });
});
