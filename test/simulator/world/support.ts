// Small worlds for tests: a scenario (or a piece of one) on a simulated clock.
import { SimulatedClock } from '../../../src/kernel/simulated-clock.ts';
import { scenarioOf } from '../../../src/simulator/scenarios/catalogue.ts';
import { car, homeScenario, idIn, type Scenario, wallbox } from '../../../src/simulator/scenarios/scenario.ts';
import type { ChargerSpec, VehicleSpec } from '../../../src/simulator/world/specs.ts';
import { World } from '../../../src/simulator/world/world.ts';

/** 1 May 2026, 06:00 UTC */
export const START = Date.UTC(2026, 4, 1, 6);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export function worldOf(scenario: Scenario | string, seed = 1, start = START) {
  const clock = new SimulatedClock(start);
  const world = new World(typeof scenario === 'string' ? scenarioOf(scenario) : scenario, seed, clock);
  return { clock, world };
}

export const BOX = idIn('test', 'box');
export const CAR = idIn('test', 'car');

/** One car in one wallbox, both stopped by nobody unless said so. */
export function pair(
  vehicle: Partial<Omit<VehicleSpec, 'identity'>> = {},
  charger: Partial<Omit<ChargerSpec, 'identity'>> = {},
): Scenario {
  return homeScenario({
    name: 'test',
    about: 'One car, one wallbox.',
    vehicles: [
      car({ scenario: 'test', thing: 'car', vendor: 'KIA', brand: 'Kia', model: 'EV6' }, { cable: BOX, ...vehicle }),
    ],
    chargers: [wallbox({ scenario: 'test', thing: 'box', vendor: 'EASEE', brand: 'Easee', model: 'Home' }, charger)],
  });
}

export function pairWorld(...specs: Parameters<typeof pair>) {
  const made = worldOf(pair(...specs));
  const vehicle = made.world.vehicles().get(CAR)!;
  const charger = made.world.chargers().get(BOX)!;
  return { ...made, vehicle, charger, car: vehicle.car, box: charger.box };
}
