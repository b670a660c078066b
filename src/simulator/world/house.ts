// What the house takes beside cars: a day's pattern with a little chance in it. Piecewise constant, so that its energy is a sum.
import { between, chanceOf } from './chance.ts';

/** ms for which the house's power is one number. */
export const HOUSE_STEP = 300_000;
/** W on top of the base, per hour of the day: breakfast, noon, a long evening. */
const PATTERN = [
  0, 0, 0, 0, 0, 50, 350, 900, 500, 200, 150, 300, 700, 350, 150, 150, 250, 700, 1400, 1100, 700, 500, 250, 80,
];
/** Above the pattern a kettle, an oven or a dryer may run, W. */
const APPLIANCE = 2000;
/** The most a house takes by its pattern beyond its base, W. */
export const MOST_OVER_BASE = 1400 + APPLIANCE + 100;

/** W. `longitude` gives the hour of the day (mean solar time is near enough for habits). */
export function housePower(house: { base: number; longitude: number; seed: number }, at: number): number {
  const step = Math.floor(at / HOUSE_STEP);
  const hour = (((step * HOUSE_STEP) / 3_600_000 + house.longitude / 15) % 24) + 24;
  const usual = PATTERN[Math.floor(hour) % 24] ?? 0;
  const kettle = chanceOf(house.seed, 'appliance', step) < usual / 12_000 ? APPLIANCE : 0;
  return Math.round(house.base + usual + kettle + between(-30, 30, chanceOf(house.seed, 'house', step)));
}
