// The simulated world: builds cars, wallboxes and the house of a scenario, lets people drive and plug, and shows the cloud only
// what devices report (types.ts).
import type { WorldClock } from '../../kernel/clock.ts';
import { type Entropy, seededEntropy } from '../../kernel/entropy.ts';
import { UserError } from '../../kernel/errors.ts';
import type { Coordinates, SimulatedAsset, TakenCommand, VendorAccount, WorldPort } from '../types.ts';
import { Agenda } from './agenda.ts';
import { chargerBehaviour, vehicleBehaviour } from './behaviours/registry.ts';
import { Car } from './car.ts';
import { Charger } from './charger.ts';
import { type Charging, createCharging } from './charging.ts';
import { startHabit } from './habits.ts';
import { Site } from './site.ts';
import type { CableEnd, ChargerSpec, SiteSpec, VehicleSpec } from './specs.ts';
import { Vehicle } from './vehicle.ts';
import { Wallbox } from './wallbox.ts';

export interface WorldPlan {
  readonly site: SiteSpec;
  readonly vehicles: readonly VehicleSpec[];
  readonly chargers: readonly ChargerSpec[];
  readonly accounts: readonly VendorAccount[];
}

/** km of a trip that only the control API asks for. */
const USUAL_TRIP = 12;
/** Degrees north that are about that far. */
const USUAL_STEP = 0.1;

export class World implements WorldPort {
  readonly clock: WorldClock;
  readonly entropy: Entropy;
  readonly agenda: Agenda;
  readonly site: Site;
  readonly charging: Charging;
  /** Whoever wants to see the truth at the moment the cloud takes a command. */
  commandTaken: (command: TakenCommand) => void = () => {};
  /** …and whoever wants to know when a cable comes out. */
  cableOut: (car: Car, end: Wallbox | 'elsewhere') => void = () => {};
  /** Wh that public chargers gave: wall side and cells. */
  readonly elsewhere = { wall: 0, cells: 0 };
  readonly #plan: WorldPlan;
  readonly #vehicles = new Map<string, Vehicle>();
  readonly #chargers = new Map<string, Charger>();
  readonly #byCar = new Map<Car, Vehicle>();
  readonly #listeners: ((asset: SimulatedAsset) => void)[] = [];

  constructor(plan: WorldPlan, seed: number, clock: WorldClock) {
    this.#plan = plan;
    this.clock = clock;
    this.entropy = seededEntropy(seed);
    this.agenda = new Agenda(clock);
    this.charging = createCharging(
      this.agenda,
      seed,
      (box, wall, cells) => this.#post(box, wall, cells),
      (car) => this.#changed(car),
    );
    const heard = (asset: SimulatedAsset) => {
      for (const listener of this.#listeners) listener(asset);
    };
    const devices = { agenda: this.agenda, seed, charging: this.charging };
    const boxes = new Map(plan.chargers.map((spec) => [spec.identity.id, new Wallbox(spec, plan.site.position)]));
    const metered = [...boxes.values()].filter((box) => box.metered);
    this.site = new Site(plan.site, {
      boxes: metered,
      agenda: this.agenda,
      seed,
      trip: (box) => this.setBreaker(box, false),
    });
    const cars = plan.vehicles.map((spec) => this.#begin(spec, boxes));
    for (const box of boxes.values()) {
      const charger = new Charger(devices, box, chargerBehaviour(box.spec.behaviour), heard);
      this.#chargers.set(box.spec.identity.id, charger);
    }
    for (const [i, spec] of plan.vehicles.entries()) {
      const car = cars[i] as Car;
      const vehicle = new Vehicle(devices, spec, car, vehicleBehaviour(spec.behaviour), heard);
      this.#vehicles.set(spec.identity.id, vehicle);
      this.#byCar.set(car, vehicle);
      // Only what could charge needs a first look; a parked crowd costs nothing.
      if (car.cable !== null && car.willing) this.charging.settle(car);
      if (spec.habit) startHabit(this, car, spec.habit);
    }
  }

  vehicles(): ReadonlyMap<string, Vehicle> {
    return this.#vehicles;
  }

  chargers(): ReadonlyMap<string, Charger> {
    return this.#chargers;
  }

  accounts(): readonly VendorAccount[] {
    return this.#plan.accounts;
  }

  onReport(listener: (asset: SimulatedAsset) => void): void {
    this.#listeners.push(listener);
  }

  home(car: Car): Coordinates {
    return car.spec?.home ?? this.#plan.site.position;
  }

  get timezone(): string {
    return this.#plan.site.timezone;
  }

  /** The wallbox a cable would end in, if any. Throws UserError naming `cable` when it cannot end there. */
  checkPlug(car: Car, end: CableEnd): Wallbox | null {
    const box = end === null || end === 'elsewhere' ? null : this.#chargers.get(end)?.box;
    if (box === undefined) {
      throw new UserError('cable must be the id of a charger, "elsewhere" or null.', { field: 'cable' });
    }
    if (box?.car && box.car !== car) {
      throw new UserError(`cable: ${box.car.name} is plugged into this charger; unplug it first.`, { field: 'cable' });
    }
    return box;
  }

  /** Puts the car's cable somewhere; the car is taken there first. Throws UserError naming `cable`. */
  plug(car: Car, end: CableEnd): void {
    const box = this.checkPlug(car, end);
    if (box && box.car === car) return;
    if (end === 'elsewhere' && car.cable === 'elsewhere') return;
    this.unplug(car);
    if (box && car.away) this.drive(car, { to: box.position, away: false, km: USUAL_TRIP, minutes: 0 });
    if (end === 'elsewhere' && !car.away) this.leave(car);
    if (end === null) return;
    car.cable = box ?? 'elsewhere';
    if (box) box.car = car;
    // A plug-in is a fresh start: most cars and wallboxes charge unless told otherwise after it.
    car.willing = true;
    if (box) box.offering = true;
    car.use(this.agenda.now());
    this.charging.settle(car);
  }

  unplug(car: Car): void {
    const { cable } = car;
    if (cable === null) return;
    const stretch = car.open(this.agenda.now());
    this.#post(cable, stretch.wall, stretch.cells);
    if (cable !== 'elsewhere') cable.given += stretch.wall;
    car.close(this.agenda.now(), 0);
    car.cable = null;
    if (cable !== 'elsewhere') cable.car = null;
    car.willing = true;
    car.use(this.agenda.now());
    this.charging.settle(car);
    if (cable !== 'elsewhere') this.chargers().get(cable.spec.identity.id)?.changed();
    this.cableOut(car, cable);
  }

  /** Drives off (unplugged first): arrives after `minutes`, 0 = at once. Away counts from the moment of leaving home. */
  drive(car: Car, trip: { to: Coordinates; away: boolean; km: number; minutes: number }): void {
    this.unplug(car);
    const now = this.agenda.now();
    if (car.trip) car.arrive(now);
    const until = now + trip.minutes * 60_000;
    car.depart({ since: now, until, from: car.position(now), to: trip.to, km: trip.km });
    car.away = trip.away;
    this.#changed(car);
    if (!car.trip) return;
    this.agenda.at(until, () => {
      car.arrive(until);
      this.#changed(car);
    });
  }

  /** Is simply elsewhere, at once. */
  leave(car: Car): void {
    if (car.away) return;
    const home = this.home(car);
    const to = { latitude: home.latitude + USUAL_STEP, longitude: home.longitude };
    this.drive(car, { to, away: true, km: USUAL_TRIP, minutes: 0 });
  }

  /** Is simply back, at once. */
  comeHome(car: Car): void {
    if (car.away) this.drive(car, { to: this.home(car), away: false, km: USUAL_TRIP, minutes: 0 });
  }

  setBreaker(box: Wallbox, closed: boolean): void {
    box.breaker = closed;
    if (box.car) this.charging.settle(box.car);
    else this.chargers().get(box.spec.identity.id)?.changed();
  }

  /** A visitor's car, known to no cloud, is plugged in or drives away. Throws UserError naming `guest`. */
  setGuest(box: Wallbox, present: boolean): void {
    const guest = box.car && box.car.spec === null ? box.car : null;
    if (present === (guest !== null)) return;
    if (guest) {
      this.unplug(guest);
      return;
    }
    if (box.car)
      throw new UserError(`guest: ${box.car.name} is plugged into this charger; unplug it first.`, { field: 'guest' });
    this.plug(new Car(null, 'a visitor', box.position, this.agenda.now()), box.spec.identity.id);
  }

  vehicleOf(car: Car): Vehicle | null {
    return this.#byCar.get(car) ?? null;
  }

  stop(): void {
    this.agenda.stop();
  }

  #begin(spec: VehicleSpec, boxes: ReadonlyMap<string, Wallbox>): Car {
    const car = new Car(
      spec,
      spec.identity.displayName ?? spec.identity.model,
      spec.home ?? this.#plan.site.position,
      this.agenda.now(),
    );
    car.willing = !spec.stopped;
    const box = boxes.get(spec.cable ?? '');
    if (box) {
      box.car = car;
      car.cable = box;
    } else if (spec.away || spec.cable === 'elsewhere') {
      this.#beginAway(car);
      if (spec.cable === 'elsewhere') car.cable = 'elsewhere';
    }
    return car;
  }

  /** Away since before the story began: the odometer already knows. */
  #beginAway(car: Car): void {
    const now = this.agenda.now();
    const home = this.home(car);
    const to = { latitude: home.latitude + USUAL_STEP, longitude: home.longitude };
    car.depart({ since: now, until: now, from: home, to, km: 0 });
    car.away = true;
  }

  #post(end: Wallbox | 'elsewhere', wall: number, cells: number): void {
    if (end !== 'elsewhere' && end.metered) this.site.post(wall, cells);
    else {
      this.elsewhere.wall += wall;
      this.elsewhere.cells += cells;
    }
  }

  #changed(car: Car): void {
    this.#byCar.get(car)?.changed();
    const { cable } = car;
    if (cable === null || cable === 'elsewhere') return;
    this.#chargers.get(cable.spec.identity.id)?.changed();
    if (cable.metered) this.site.watch();
  }
}
