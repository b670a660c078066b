import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, pairWorld, worldOf } from './support.ts';

describe('charging in the world', () => {
  it('begins after the contactor delay, fills the battery and ends at the limit', async () => {
    const { clock, world, car, box } = pairWorld({ level: 70, limit: 80 });
    expect(world.charging.vehicleState(car)).toBe('INITIALIZING');
    await clock.advance(10_000);
    expect(world.charging.vehicleState(car)).toBe('CHARGING');
    expect(world.site.power().charging).toBeCloseTo(11_040, 0);
    await clock.advance(HOUR);
    expect(world.charging.vehicleState(car)).toBe('COMPLETE');
    expect(world.charging.wallboxState(box)).toBe('NO_POWER');
    expect(car.level(clock.now())).toBeCloseTo(80, 6);
    expect(box.given).toBeGreaterThan(6400 / 0.93);
  });

  it('needs both: a stop at either end ends it and is seen from the other as no power', async () => {
    const { clock, world, car, box } = pairWorld();
    await clock.advance(10_000);
    box.offering = false;
    world.charging.settle(car);
    expect([world.charging.vehicleState(car), world.charging.wallboxState(box)]).toEqual(['NO_POWER', 'STOPPED']);
    expect(world.site.power().charging).toBe(0);
    box.offering = true;
    car.willing = false;
    world.charging.settle(car);
    await clock.advance(10_000);
    expect([world.charging.vehicleState(car), world.charging.wallboxState(box)]).toEqual(['STOPPED', 'NO_POWER']);
  });

  it('a raised limit goes on, a changed current goes on with the new power', async () => {
    const { clock, world, car, box } = pairWorld({ level: 80, limit: 80 });
    expect(world.charging.vehicleState(car)).toBe('COMPLETE');
    world.charging.restart(car, () => {
      car.limit = 90;
    });
    await clock.advance(10_000);
    expect(world.charging.vehicleState(car)).toBe('CHARGING');
    box.maxCurrent = 8;
    world.charging.settle(car);
    expect(world.site.power().charging).toBeCloseTo(8 * 3 * 230, 0);
    box.maxCurrent = 5;
    world.charging.settle(car);
    expect(world.charging.vehicleState(car)).toBe('NO_POWER');
  });

  it('driving away unplugs, moves battery, odometer and place; coming back brings it home', async () => {
    const { clock, world, car } = pairWorld({ level: 50 });
    await clock.advance(MINUTE);
    const [level, km] = [car.level(clock.now()), car.odometer(clock.now())];
    world.drive(car, { to: { latitude: 53, longitude: 5 }, away: true, km: 40, minutes: 40 });
    expect(world.charging.vehicleState(car)).toBe('UNPLUGGED');
    await clock.advance(20 * MINUTE);
    expect(car.odometer(clock.now())).toBeCloseTo(km + 20, 6);
    expect(car.position(clock.now()).latitude).toBeGreaterThan(52.4);
    await clock.advance(20 * MINUTE);
    expect(car.position(clock.now())).toEqual({ latitude: 53, longitude: 5 });
    expect(car.level(clock.now())).toBeCloseTo(level - (40 * 170) / 640, 6);
    world.comeHome(car);
    expect(car.away).toBe(false);
    expect(car.position(clock.now())).toEqual(world.home(car));
  });

  it('a public charger charges without the meter seeing it', async () => {
    const { clock, world } = worldOf('public-charging');
    const [vehicle] = [...world.vehicles().values()];
    await clock.advance(HOUR);
    expect(vehicle?.car.away).toBe(true);
    expect(world.charging.vehicleState(vehicle!.car)).toBe('CHARGING');
    expect(world.site.power().charging).toBe(0);
    expect(vehicle?.car.level(clock.now())).toBeGreaterThan(40);
  });

  it('an overloaded main fuse opens the circuit that was loaded last, after a minute', async () => {
    const { clock, world } = worldOf('home');
    const [first, second] = [...world.chargers().values()];
    world.site.setLoad(16_000);
    first!.send({ kind: 'START' });
    for (const vehicle of world.vehicles().values()) vehicle.send({ kind: 'START' });
    await clock.advance(30_000);
    second!.send({ kind: 'START' });
    await clock.advance(40_000);
    expect(world.site.power().grid).toBeGreaterThan(30_360);
    await clock.advance(70_000);
    expect(first!.box.breaker).toBe(true);
    expect(second!.box.breaker).toBe(false);
    expect(second!.online()).toBe(false);
    expect(world.site.power().charging).toBeCloseTo(11_040, 0);
  });

  it('a visitor can use the wallbox, but not while a car is on it', async () => {
    const { clock, world, car, box } = pairWorld();
    expect(() => world.setGuest(box, true)).toThrow(/guest/);
    world.unplug(car);
    world.setGuest(box, true);
    await clock.advance(10_000);
    expect(world.charging.wallboxState(box)).toBe('CHARGING');
    expect(() => world.plug(car, box.spec.identity.id)).toThrow(/visitor/);
    world.setGuest(box, false);
    expect(world.charging.wallboxState(box)).toBe('UNPLUGGED');
  });
});

describe('whole days', () => {
  it('the same seed gives the same day, another seed another', async () => {
    const day = async (seed: number) => {
      const { clock, world } = worldOf('commuter', seed);
      const told: unknown[] = [];
      world.onReport((asset) =>
        told.push([clock.now(), asset.identity.id, world.vehicles().get(asset.identity.id)?.report()]),
      );
      await clock.advance(24 * HOUR);
      return JSON.stringify([told, world.site.energy()]);
    };
    const [first, again, other] = [await day(1), await day(1), await day(2)];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it('commuters leave, return and are plugged in by themselves', async () => {
    const { clock, world } = worldOf('commuter', 1, Date.UTC(2026, 4, 4, 3));
    const [long] = [...world.vehicles().values()].map((vehicle) => vehicle.car);
    await clock.advance(6 * HOUR);
    expect(long?.away).toBe(true);
    await clock.advance(9 * HOUR);
    expect(long?.away).toBe(false);
    expect(long?.cable).not.toBe(null);
  });

  it('an idle crowd of 20,000 assets asks for nothing', async () => {
    const { clock, world } = worldOf('crowd:5000');
    expect(world.vehicles().size + world.chargers().size).toBe(20_000);
    let reports = 0;
    world.onReport(() => reports++);
    await clock.advance(HOUR);
    expect(reports).toBe(0);
    const [vehicle] = [...world.vehicles().values()];
    expect(clock.now() - vehicle!.report().lastSeen).toBeLessThanOrEqual(20 * MINUTE);
  });
});
