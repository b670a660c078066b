// The law of the simulated world: what the grid and the sun gave is in the house, in the batteries, or lost. Always.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idIn } from '../../src/simulator/scenarios/scenario.ts';
import { WH_PER_KM } from '../../src/simulator/world/car.ts';
import { worldOf } from '../simulator/world/support.ts';

const events = fc.array(
  fc.record({
    what: fc.constantFrom(
      'start',
      'stop',
      'boxStart',
      'boxStop',
      'current',
      'plug',
      'swap',
      'unplug',
      'public',
      'away',
      'home',
      'limit',
      'breaker',
      'load',
      'weather',
    ),
    which: fc.integer({ min: 0, max: 1 }),
    amount: fc.double({ min: 0, max: 1, noNaN: true }),
    minutes: fc.integer({ min: 0, max: 180 }),
  }),
  { minLength: 1, maxLength: 14 },
);

describe('energy', () => {
  it('is conserved through any events, and the meter agrees with the account', async () => {
    await fc.assert(
      fc.asyncProperty(events, fc.integer(), async (story, seed) => {
        const { clock, world } = worldOf('home', seed);
        const cars = [...world.vehicles().values()].map((vehicle) => vehicle.car);
        const boxes = [idIn('home', 'garage'), idIn('home', 'carport')];
        const began = cars.map((car) => car.energy(clock.now()));
        const odometers = cars.map((car) => car.odometer(clock.now()));
        let metered = 0;
        const attempt = (work: () => void) => {
          try {
            work();
          } catch {
            // Occupied: the world says no, and nothing may have moved.
          }
        };
        for (const { what, which, amount, minutes } of story) {
          const car = cars[which]!;
          const charger = world.chargers().get(boxes[which]!)!;
          if (what === 'start' || what === 'stop') car.willing = what === 'start';
          if (what === 'boxStart' || what === 'boxStop') charger.box.offering = what === 'boxStart';
          if (what === 'current') charger.box.maxCurrent = Math.round(amount * 20);
          if (what === 'plug') attempt(() => world.plug(car, boxes[which]!));
          if (what === 'swap') attempt(() => world.plug(car, boxes[1 - which]!));
          if (what === 'unplug') world.plug(car, null);
          if (what === 'public') world.plug(car, 'elsewhere');
          if (what === 'away')
            world.drive(car, { to: { latitude: 52.5, longitude: 5 }, away: true, km: 50 * amount, minutes: 30 });
          if (what === 'home') world.comeHome(car);
          if (what === 'limit') {
            world.charging.restart(car, () => {
              car.limit = Math.round(20 + 80 * amount);
            });
          }
          if (what === 'breaker') world.setBreaker(charger.box, amount > 0.5);
          if (what === 'load') world.site.setLoad(amount * 15_000);
          if (what === 'weather') world.site.setWeather({ cloud: amount, pattern: 'steady' });
          world.charging.settle(car);
          for (let step = 0; step < minutes * 4; step++) {
            const before = world.site.power().grid;
            await clock.advance(15_000);
            metered += ((before + world.site.power().grid) / 2) * (15 / 3600);
          }
          const { grid, sun, house, battery, losses } = world.site.energy();
          expect(grid + sun).toBeCloseTo(house + battery + losses, 5);
          expect(losses).toBeGreaterThanOrEqual(-1e-9);
          // Independent witness: what is in the cells now, and what driving took out of them.
          const now = clock.now();
          const gained = cars.reduce((sum, it, i) => sum + it.energy(now) - began[i]!, 0);
          const driven = cars.reduce((sum, it, i) => sum + (it.odometer(now) - odometers[i]!) * WH_PER_KM, 0);
          const open = cars.reduce((sum, it) => sum + (it.cable === 'elsewhere' ? it.open(now).cells : 0), 0);
          expect(battery + world.elsewhere.cells + open).toBeCloseTo(gained + driven, 5);
        }
        // Second witness: the meter, read every 15 s, is off by no more than what happens within a reading.
        expect(Math.abs(world.site.energy().grid - metered)).toBeLessThan(60 + 40 * story.length);
        world.stop();
      }),
      { numRuns: 15 },
    );
  });
});
