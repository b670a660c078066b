// One house behind one meter: sun, appliances, wallboxes, main fuse; momentary power in W and an account of every Wh.
import type { Agenda } from './agenda.ts';
import { VOLTS } from './electrics.ts';
import { HOUSE_STEP, housePower, MOST_OVER_BASE } from './house.ts';
import type { SiteSpec } from './specs.ts';
import { SUN_STEP, sunPower, type Weather } from './sun.ts';
import type { Wallbox } from './wallbox.ts';

/** A breaker bears a little more than its rating for a while, then opens. */
const OVERLOAD = 1.1;
const OVERLOAD_MS = 60_000;
const MS_PER_HOUR = 3_600_000;

/** W now; grid import is positive. */
interface SitePower {
  readonly sun: number;
  readonly house: number;
  readonly charging: number;
  readonly grid: number;
}

/** Wh since the world began: grid + sun = house + battery + losses. */
interface SiteEnergy {
  readonly grid: number;
  readonly sun: number;
  readonly house: number;
  readonly battery: number;
  readonly losses: number;
}

/** Sum of a piecewise constant power (W, one number per `step` ms) over [from, to), Wh. */
function integrate(power: (at: number) => number, step: number, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; ) {
    const end = Math.min(to, (Math.floor(at / step) + 1) * step);
    sum += power(at) * (end - at);
    at = end;
  }
  return sum / MS_PER_HOUR;
}

export class Site {
  readonly spec: SiteSpec;
  readonly boxes: readonly Wallbox[];
  readonly #agenda: Agenda;
  readonly #trip: (box: Wallbox) => void;
  readonly #seed: number;
  #weather: Weather;
  #load: number | null = null;
  #until: number;
  #energy = { sun: 0, house: 0, wall: 0, battery: 0 };
  #overloaded = false;
  #watching = false;

  constructor(
    spec: SiteSpec,
    more: { boxes: readonly Wallbox[]; agenda: Agenda; seed: number; trip: (box: Wallbox) => void },
  ) {
    this.spec = spec;
    this.boxes = more.boxes;
    this.#agenda = more.agenda;
    this.#trip = more.trip;
    this.#seed = more.seed;
    this.#weather = spec.weather;
    this.#until = more.agenda.now();
  }

  weather(): Weather {
    return this.#weather;
  }

  setWeather(weather: Weather): void {
    this.#account();
    this.#weather = weather;
  }

  /** W the house takes from now on; null: its usual pattern. */
  setLoad(load: number | null): void {
    this.#account();
    this.#load = load;
    this.watch();
  }

  load(): number | null {
    return this.#load;
  }

  power(): SitePower {
    const now = this.#agenda.now();
    const sun = this.#sun(now);
    const house = this.#house(now);
    const charging = this.boxes.reduce((sum, box) => sum + (box.car?.drawn(now) ?? 0), 0);
    return { sun, house, charging, grid: house + charging - sun };
  }

  energy(): SiteEnergy {
    this.#account();
    const now = this.#agenda.now();
    let { wall, battery } = this.#energy;
    for (const box of this.boxes) {
      const open = box.car?.open(now);
      wall += open?.wall ?? 0;
      battery += open?.cells ?? 0;
    }
    const { sun, house } = this.#energy;
    return { grid: house + wall - sun, sun, house, battery, losses: wall - battery };
  }

  /** A finished stretch of charging at one of its wallboxes, Wh. */
  post(wall: number, cells: number): void {
    this.#energy.wall += wall;
    this.#energy.battery += cells;
  }

  /** Looks at the main fuse now, and again at each step of the house while it could be overloaded at all. */
  watch(): void {
    const limit = 3 * VOLTS * this.spec.fuse * OVERLOAD;
    const { charging, grid } = this.power();
    const over = charging > 0 && grid > limit;
    if (over && !this.#overloaded) this.#agenda.at(this.#agenda.now() + OVERLOAD_MS, () => this.#open(limit));
    this.#overloaded = over;
    const possible = charging + (this.#load ?? this.spec.houseBase + MOST_OVER_BASE) > limit;
    if (!possible || charging === 0 || this.#watching) return;
    this.#watching = true;
    const next = (Math.floor(this.#agenda.now() / HOUSE_STEP) + 1) * HOUSE_STEP;
    this.#agenda.at(next, () => {
      this.#watching = false;
      this.watch();
    });
  }

  /** The circuit that was loaded last opens first: it is the one that was too much. */
  #open(limit: number): void {
    this.#overloaded = false;
    if (this.power().grid <= limit) return;
    const loaded = this.boxes.filter((box) => (box.car?.wall ?? 0) > 0).sort((a, b) => b.beganAt - a.beganAt);
    const [last] = loaded;
    if (last) this.#trip(last);
  }

  #sun(at: number): number {
    const plant = { peak: this.spec.sunPeak, place: this.spec.position, seed: this.#seed };
    return sunPower(plant, this.#weather, at);
  }

  #house(at: number): number {
    const house = { base: this.spec.houseBase, longitude: this.spec.position.longitude, seed: this.#seed };
    return this.#load ?? housePower(house, at);
  }

  #account(): void {
    const now = this.#agenda.now();
    this.#energy.sun += integrate((at) => this.#sun(at), SUN_STEP, this.#until, now);
    this.#energy.house += integrate((at) => this.#house(at), HOUSE_STEP, this.#until, now);
    this.#until = now;
  }
}
