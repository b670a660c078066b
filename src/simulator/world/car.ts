// One car as it truly is: energy, place, cable, will. Its energy is a formula from the last change on, never a step.
import type { Coordinates } from '../types.ts';
import { energyAfter, fromWall, intoCells, type Pack, wallEnergy } from './battery.ts';
import type { VehicleSpec } from './specs.ts';
import type { Wallbox } from './wallbox.ts';

/** Share of the wall's power that reaches the cells, and W for electronics: common for AC charging. */
const EFFICIENCY = 0.92;
const OVERHEAD = 150;
/** Wh a car takes per km. */
export const WH_PER_KM = 170;
/** ms without any use after which a car falls asleep. */
export const SLEEPS_AFTER = 15 * 60_000;

interface Trip {
  readonly since: number;
  readonly until: number;
  readonly from: Coordinates;
  readonly to: Coordinates;
  readonly km: number;
}

export class Car {
  /** null: a visitor's car that no cloud knows. */
  readonly spec: VehicleSpec | null;
  readonly name: string;
  readonly pack: Pack;
  readonly supply: { readonly phases: 1 | 3; readonly amperes: number };
  willing = true;
  fault = false;
  /** % */
  limit: number;
  maxCurrent: number | null = null;
  cable: Wallbox | 'elsewhere' | null = null;
  away = false;
  /** When it last left home, came home or was moved, epoch ms. */
  movedAt: number;
  trip: Trip | null = null;
  /** Forced by a person at the control API, since when; null: falls asleep by itself. */
  forced: { readonly asleep: boolean; readonly since: number } | null = null;
  usedAt: number;
  /** W the wall gives while the contactor is closed; 0 = nothing flows. */
  wall = 0;
  #energy: number;
  #since: number;
  #odometer: number;
  #position: Coordinates;

  constructor(spec: VehicleSpec | null, name: string, home: Coordinates, now: number) {
    this.spec = spec;
    this.name = name;
    this.pack = { capacity: (spec?.capacity ?? 60) * 1000, efficiency: EFFICIENCY, overhead: OVERHEAD };
    this.supply = { phases: spec?.phases ?? 3, amperes: spec?.amperes ?? 16 };
    this.limit = spec?.limit ?? 100;
    this.#energy = ((spec?.level ?? 50) / 100) * this.pack.capacity;
    this.#odometer = spec?.odometer ?? 10_000;
    this.#position = home;
    this.#since = now;
    this.movedAt = now;
    // A car that nobody touched since before the story began is asleep.
    this.usedAt = now - SLEEPS_AFTER;
  }

  /** Wh in the cells. */
  energy(now: number): number {
    if (this.trip) return this.#energy - this.#driven(now) * WH_PER_KM;
    if (this.wall === 0) return this.#energy;
    return Math.min(this.target(), energyAfter(this.pack, this.#energy, this.wall, now - this.#since));
  }

  /** % with fractions */
  level(now: number): number {
    return (100 * this.energy(now)) / this.pack.capacity;
  }

  /** Wh at which the car stops by its own limit (never below what is in it). */
  target(): number {
    return Math.max(this.#energy, (this.limit / 100) * this.pack.capacity);
  }

  full(now: number): boolean {
    return this.energy(now) >= (this.limit / 100) * this.pack.capacity - 0.01;
  }

  /** W drawn from the wall now. */
  drawn(now: number): number {
    return this.wall === 0 ? 0 : fromWall(this.pack, this.energy(now), this.wall);
  }

  /** W arriving in the cells now. */
  stored(now: number): number {
    return this.wall === 0 ? 0 : intoCells(this.pack, this.energy(now), this.wall);
  }

  /** Wh since the last `close`: what is in an account that is still open. */
  open(now: number): { readonly wall: number; readonly cells: number } {
    if (this.wall === 0) return { wall: 0, cells: 0 };
    const cells = this.energy(now) - this.#energy;
    return { wall: wallEnergy(this.pack, cells, now - this.#since), cells };
  }

  /** Ends the present stretch of charging and begins the next with `wall` W. */
  close(now: number, wall: number): void {
    this.#energy = this.energy(now);
    this.#since = now;
    this.wall = wall;
  }

  position(now: number): Coordinates {
    if (!this.trip) return this.#position;
    const share = this.#share(now);
    const { from, to } = this.trip;
    return {
      latitude: from.latitude + (to.latitude - from.latitude) * share,
      longitude: from.longitude + (to.longitude - from.longitude) * share,
    };
  }

  /** km */
  odometer(now: number): number {
    return this.#odometer + (this.trip ? this.#driven(now) : 0);
  }

  asleep(now: number): boolean {
    if (this.wall > 0 || this.trip) return false;
    return this.forced?.asleep ?? now - this.usedAt >= SLEEPS_AFTER;
  }

  /** When it fell asleep, epoch ms; awake: now. */
  awakeUntil(now: number): number {
    if (!this.asleep(now)) return now;
    return this.forced?.since ?? this.usedAt + SLEEPS_AFTER;
  }

  /** Somebody or something used it: it is awake. */
  use(now: number): void {
    this.usedAt = now;
    if (this.forced?.asleep) this.forced = null;
  }

  /** Sets off. The cable must be out. A trip of no duration has arrived at once. An empty battery ends the trip's use of energy. */
  depart(trip: Trip): void {
    this.close(trip.since, 0);
    const reach = this.#energy / WH_PER_KM;
    this.trip = { ...trip, km: Math.min(trip.km, reach) };
    this.movedAt = trip.since;
    this.use(trip.since);
    if (trip.until <= trip.since) this.arrive(trip.until);
  }

  arrive(now: number): void {
    const { trip } = this;
    if (!trip) return;
    this.#energy = Math.max(0, this.#energy - trip.km * WH_PER_KM);
    this.#odometer += trip.km;
    this.#position = trip.to;
    this.trip = null;
    this.#since = now;
    this.movedAt = now;
    this.use(now);
  }

  /** A person at the control API says what the battery holds, 0..100 %. */
  refill(level: number, now: number): void {
    this.#energy = (level / 100) * this.pack.capacity;
    this.#since = now;
  }

  #share(now: number): number {
    const { since, until } = this.trip as Trip;
    return until <= since ? 1 : Math.min(1, Math.max(0, (now - since) / (until - since)));
  }

  #driven(now: number): number {
    return (this.trip as Trip).km * this.#share(now);
  }
}
