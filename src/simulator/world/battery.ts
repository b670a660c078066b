// A battery that is filled: energy over time in closed form, so that a day costs a handful of events and no steps.
// Below the knee the battery takes what the wall gives; above it only `taper × (ceiling − energy)`, which is an exponential.

export interface Pack {
  /** Usable, Wh. */
  readonly capacity: number;
  /** Share of what the wall gives (above the overhead) that arrives in the cells, 0..1. */
  readonly efficiency: number;
  /** What the car's electronics take while charging, W. */
  readonly overhead: number;
}

const MS_PER_HOUR = 3_600_000;
/** Acceptance falls by this much per Wh below the ceiling, 1/h: 11 kW begin to taper near 92 % of 75 kWh, as cars do on AC. */
const TAPER_PER_HOUR = 1.5;
/** The taper aims a little above full, else it would never get there. */
const CEILING = 1.02;

/** W into the cells at this energy (Wh) when the wall gives `wall` W. */
export function intoCells(pack: Pack, energy: number, wall: number): number {
  const given = Math.max(0, (wall - pack.overhead) * pack.efficiency);
  return Math.max(0, Math.min(given, TAPER_PER_HOUR * (pack.capacity * CEILING - energy)));
}

/** W drawn from the wall: cells, losses and electronics together. */
export function fromWall(pack: Pack, energy: number, wall: number): number {
  return intoCells(pack, energy, wall) / pack.efficiency + pack.overhead;
}

/** Wh taken from the wall to put `gained` Wh into the cells in `ms`. */
export function wallEnergy(pack: Pack, gained: number, ms: number): number {
  return gained / pack.efficiency + (pack.overhead * ms) / MS_PER_HOUR;
}

/** Wh in the cells after `ms` of filling. */
export function energyAfter(pack: Pack, energy: number, wall: number, ms: number): number {
  const given = Math.max(0, (wall - pack.overhead) * pack.efficiency);
  const ceiling = pack.capacity * CEILING;
  const knee = ceiling - given / TAPER_PER_HOUR;
  const hours = ms / MS_PER_HOUR;
  if (given === 0) return energy;
  const straight = Math.max(0, (knee - energy) / given);
  if (hours <= straight) return energy + given * hours;
  const from = Math.max(energy, knee);
  return ceiling - (ceiling - from) * Math.exp(-TAPER_PER_HOUR * (hours - straight));
}

/** ms until the cells hold `target` Wh; Infinity when they never will. */
export function timeToReach(pack: Pack, energy: number, wall: number, target: number): number {
  if (target <= energy) return 0;
  const given = Math.max(0, (wall - pack.overhead) * pack.efficiency);
  const ceiling = pack.capacity * CEILING;
  if (given === 0 || target >= ceiling) return Number.POSITIVE_INFINITY;
  const knee = ceiling - given / TAPER_PER_HOUR;
  const straight = Math.max(0, Math.min(target, knee) - energy) / given;
  const from = Math.max(energy, knee);
  const bent = target > from ? Math.log((ceiling - from) / (ceiling - target)) / TAPER_PER_HOUR : 0;
  return (straight + bent) * MS_PER_HOUR;
}
