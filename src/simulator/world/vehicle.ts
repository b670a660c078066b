// A car as the vendor's cloud meets it: hears commands, tells reports, each coloured by its behaviour.
import type {
  AssetIdentity,
  CapabilityState,
  DeviceCommand,
  OwnCapability,
  SimulatedVehicle,
  VehicleReport,
} from '../types.ts';
import type { Agenda } from './agenda.ts';
import { timeToReach } from './battery.ts';
import { CAPABLE, NEVER, type Reaction, type VehicleBehaviour } from './behaviours/behaviour.ts';
import { HINT_DELAY, lastSlot, POLL_EVERY, STATE_LAG } from './cadence.ts';
import { type Car, SLEEPS_AFTER, WH_PER_KM } from './car.ts';
import type { Charging } from './charging.ts';
import { Orders, RESULT_DELAY } from './orders.ts';
import { Reporting } from './reporting.ts';
import type { VehicleSpec } from './specs.ts';

export const DEFAULT_WINDOW = { window: 300_000, every: 60_000 } as const;
const CAPABILITIES: Readonly<Record<OwnCapability, CapabilityState>> = {
  startCharging: CAPABLE,
  stopCharging: CAPABLE,
  location: CAPABLE,
  setMaxCurrent: NEVER,
  setChargeRateLimit: NEVER,
};

export interface DeviceWorld {
  readonly agenda: Agenda;
  readonly seed: number;
  readonly charging: Charging;
}

export class Vehicle implements SimulatedVehicle {
  readonly car: Car;
  readonly spec: VehicleSpec;
  readonly rateLimitRange = null;
  /** What the vendor's cloud says of it: false = gone, null = does not know. */
  reachable: boolean | null = true;
  /** Own capabilities set at the control API. */
  overrides: Partial<Record<OwnCapability, CapabilityState>> = {};
  readonly #world: DeviceWorld;
  readonly #orders: Orders;
  readonly #reporting: Reporting<VehicleReport>;
  #behaviour: VehicleBehaviour;
  #sleepWatched = false;

  constructor(
    world: DeviceWorld,
    spec: VehicleSpec,
    car: Car,
    behaviour: VehicleBehaviour,
    heard: (it: Vehicle) => void,
  ) {
    this.#world = world;
    this.spec = spec;
    this.car = car;
    this.#behaviour = behaviour;
    const it = this;
    const now = () => world.agenda.now();
    this.#orders = new Orders(world.agenda, {
      id: spec.identity.id,
      seed: world.seed,
      get asleep() {
        return car.asleep(now());
      },
      get plugged() {
        return car.cable !== null;
      },
      react: (command, view) => it.#react(command, view),
      arrived: () => it.#wake(),
      perform: (command) => it.#perform(command),
      claim: () => it.#reporting.within(...RESULT_DELAY),
    });
    this.#reporting = new Reporting<VehicleReport>(world.agenda, {
      id: spec.identity.id,
      get push() {
        return spec.push ?? it.#behaviour.push ?? false;
      },
      get activity() {
        return car.wall > 0 ? 'charging' : car.asleep(now()) ? 'asleep' : 'idle';
      },
      get awakeUntil() {
        return car.awakeUntil(now());
      },
      read: (former) => it.#read(former),
      heard: () => heard(it),
    });
  }

  get identity(): AssetIdentity {
    return this.spec.identity;
  }

  get behaviour(): VehicleBehaviour {
    return this.#behaviour;
  }

  set behaviour(behaviour: VehicleBehaviour) {
    this.#behaviour = behaviour;
    this.changed();
  }

  get commandWindow() {
    return this.#behaviour.commandWindow ?? DEFAULT_WINDOW;
  }

  capabilities(): Readonly<Record<OwnCapability, CapabilityState>> {
    return { ...CAPABILITIES, ...this.spec.capabilities, ...this.#behaviour.capabilities, ...this.overrides };
  }

  report(): VehicleReport {
    return this.#reporting.current();
  }

  send(command: DeviceCommand): { readonly refused?: string } {
    return this.reachable === false ? {} : this.#orders.hear(command);
  }

  /** Vendors do not wake a car for a hint. */
  hint(): void {
    if (this.reachable === false || this.car.asleep(this.#world.agenda.now())) return;
    this.#reporting.within(HINT_DELAY * 0.8, HINT_DELAY);
  }

  /** Its truth may differ from what it told. */
  changed(): void {
    if (this.car.cable === null) this.#orders.forgetTold();
    this.#reporting.changed();
    this.#watchSleep();
  }

  /** The vendor itself says something new of it (reach, capabilities): that does not wait for a poll. */
  tellSoon(): void {
    this.#reporting.within(...RESULT_DELAY);
  }

  #react(command: DeviceCommand, view: Parameters<VehicleBehaviour['react']>[1]): Reaction {
    const own = this.capabilities();
    const needed: OwnCapability =
      command.kind === 'START' ? 'startCharging' : command.kind === 'STOP' ? 'stopCharging' : 'setMaxCurrent';
    if (command.kind === 'RATE_LIMIT' || !own[needed].capable) {
      return { refused: `The vehicle has no remote control of ${needed}.` };
    }
    return this.#behaviour.react(command, view);
  }

  #wake(): void {
    this.car.use(this.#world.agenda.now());
    this.#watchSleep();
  }

  #perform(command: DeviceCommand): void {
    if (command.kind === 'MAX_CURRENT') this.car.maxCurrent = command.amperes;
    else this.car.willing = command.kind !== 'STOP';
    this.#wake();
    this.#world.charging.settle(this.car);
    // The contactor needs a moment too: the result is what the car says after it.
    const [least, most] = RESULT_DELAY;
    this.#reporting.within(least + 6_000, most + 6_000);
  }

  #watchSleep(): void {
    if (!this.#behaviour.tellsSleep || this.#sleepWatched) return;
    const { agenda } = this.#world;
    this.#sleepWatched = true;
    agenda.at(Math.max(agenda.now(), this.car.usedAt) + SLEEPS_AFTER, () => {
      this.#sleepWatched = false;
      if (this.car.asleep(agenda.now())) this.#reporting.changed();
      else this.#watchSleep();
    });
  }

  #read(former: VehicleReport | null): VehicleReport {
    const now = this.#world.agenda.now();
    if (this.reachable === false && former) return { ...former, reachable: false };
    const { car, spec } = this;
    const asleep = car.asleep(now);
    const lastSeen = former ? now : lastSlot(spec.identity.id, POLL_EVERY[asleep ? 'asleep' : 'idle'], now);
    const charging = car.wall > 0;
    const energy = car.energy(now);
    const truth: VehicleReport = {
      powerState: this.#world.charging.vehicleState(car),
      batteryLevel: Math.round(car.level(now)),
      range: Math.round(energy / WH_PER_KM),
      batteryCapacity: spec.capacity,
      chargeLimit: car.limit,
      chargeRate: charging ? Math.round(car.drawn(now) / 100) / 10 : null,
      chargeTimeRemaining: charging ? Math.ceil(timeToReach(car.pack, energy, car.wall, car.target()) / 60_000) : null,
      maxCurrent: car.maxCurrent ?? car.supply.amperes,
      stateUpdated: lastSeen - STATE_LAG,
      position: car.position(now),
      positionUpdated: lastSeen - STATE_LAG,
      odometer: Math.round(car.odometer(now)),
      odometerUpdated: lastSeen - STATE_LAG,
      reachable: this.reachable,
      lastSeen,
    };
    const told = this.#behaviour.reports?.(truth, this.#orders.view()) ?? truth;
    return this.capabilities().location.capable ? told : { ...told, position: null, positionUpdated: null };
  }
}
