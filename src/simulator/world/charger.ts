// A wallbox as the vendor's cloud meets it: hears commands, tells reports, each coloured by its behaviour.
import type {
  AssetIdentity,
  CapabilityState,
  ChargerReport,
  DeviceCommand,
  OwnCapability,
  SimulatedCharger,
} from '../types.ts';
import { CAPABLE, type ChargerBehaviour, NEVER, type Reaction } from './behaviours/behaviour.ts';
import { HINT_DELAY, lastSlot, POLL_EVERY, STATE_LAG } from './cadence.ts';
import { Orders, RESULT_DELAY } from './orders.ts';
import { Reporting } from './reporting.ts';
import type { ChargerSpec } from './specs.ts';
import { DEFAULT_WINDOW, type DeviceWorld } from './vehicle.ts';
import type { Wallbox } from './wallbox.ts';

const CAPABILITIES: Readonly<Record<OwnCapability, CapabilityState>> = {
  startCharging: CAPABLE,
  stopCharging: CAPABLE,
  location: NEVER,
  setMaxCurrent: CAPABLE,
  setChargeRateLimit: NEVER,
};

export class Charger implements SimulatedCharger {
  readonly box: Wallbox;
  readonly spec: ChargerSpec;
  /** On the net, as far as the control API is concerned; breaker and behaviour may take it off too. */
  reachable = true;
  /** Whether it reports its charge rate. */
  reportsRate = true;
  /** Own capabilities set at the control API. */
  overrides: Partial<Record<OwnCapability, CapabilityState>> = {};
  readonly #world: DeviceWorld;
  readonly #orders: Orders;
  readonly #reporting: Reporting<ChargerReport>;
  #behaviour: ChargerBehaviour;
  #absenceWatched = false;

  constructor(world: DeviceWorld, box: Wallbox, behaviour: ChargerBehaviour, heard: (it: Charger) => void) {
    this.#world = world;
    this.spec = box.spec;
    this.box = box;
    this.#behaviour = behaviour;
    const it = this;
    const { id } = box.spec.identity;
    this.#orders = new Orders(world.agenda, {
      id,
      seed: world.seed,
      asleep: false,
      get plugged() {
        return box.car !== null;
      },
      react: (command, view) => it.#react(command, view),
      arrived: () => {},
      perform: (command) => it.#perform(command),
      claim: () => it.#reporting.within(...RESULT_DELAY),
    });
    this.#reporting = new Reporting<ChargerReport>(world.agenda, {
      id,
      get push() {
        return box.spec.push ?? it.#behaviour.push ?? false;
      },
      get activity() {
        return (box.car?.wall ?? 0) > 0 ? 'charging' : 'idle';
      },
      get awakeUntil() {
        return world.agenda.now();
      },
      read: (former) => it.#read(former),
      heard: () => heard(it),
    });
    this.#watchAbsence();
  }

  get identity(): AssetIdentity {
    return this.spec.identity;
  }

  get behaviour(): ChargerBehaviour {
    return this.#behaviour;
  }

  set behaviour(behaviour: ChargerBehaviour) {
    this.#behaviour = behaviour;
    this.#watchAbsence();
    this.changed();
  }

  get rateLimitRange() {
    return this.#behaviour.rateLimitRange ?? null;
  }

  get commandWindow() {
    return this.#behaviour.commandWindow ?? DEFAULT_WINDOW;
  }

  capabilities(): Readonly<Record<OwnCapability, CapabilityState>> {
    return { ...CAPABILITIES, ...this.spec.capabilities, ...this.#behaviour.capabilities, ...this.overrides };
  }

  report(): ChargerReport {
    return this.#reporting.current();
  }

  /** On the net now. */
  online(): boolean {
    const absent = this.#behaviour.absence?.offline(this.identity.id, this.#world.agenda.now()) ?? false;
    return this.reachable && this.box.breaker && !absent;
  }

  send(command: DeviceCommand): { readonly refused?: string } {
    return this.online() ? this.#orders.hear(command) : {};
  }

  hint(): void {
    if (this.online()) this.#reporting.within(HINT_DELAY * 0.8, HINT_DELAY);
  }

  /** Its truth may differ from what it told. */
  changed(): void {
    this.#reporting.changed();
  }

  /** The vendor itself says something new of it (reach, capabilities): that does not wait for a poll. */
  tellSoon(): void {
    this.#reporting.within(...RESULT_DELAY);
  }

  #react(command: DeviceCommand, view: Parameters<ChargerBehaviour['react']>[1]): Reaction {
    const own = this.capabilities();
    const needed: Readonly<Record<DeviceCommand['kind'], OwnCapability>> = {
      START: 'startCharging',
      STOP: 'stopCharging',
      MAX_CURRENT: 'setMaxCurrent',
      RATE_LIMIT: 'setChargeRateLimit',
    };
    if (!own[needed[command.kind]].capable) {
      return { refused: `The charger has no remote control of ${needed[command.kind]}.` };
    }
    return this.#behaviour.react(command, view);
  }

  #perform(command: DeviceCommand): void {
    const { box } = this;
    if (command.kind === 'MAX_CURRENT') box.maxCurrent = command.amperes;
    else if (command.kind === 'RATE_LIMIT') box.rateLimit = command.kW;
    else box.offering = command.kind === 'START';
    if (box.car) this.#world.charging.settle(box.car);
    else this.changed();
    const [least, most] = RESULT_DELAY;
    this.#reporting.within(least + (box.car ? 6_000 : 0), most + (box.car ? 6_000 : 0));
  }

  #watchAbsence(): void {
    const { absence } = this.#behaviour;
    if (!absence || this.#absenceWatched) return;
    this.#absenceWatched = true;
    const { agenda } = this.#world;
    agenda.at(absence.nextChange(this.identity.id, agenda.now()), () => {
      this.#absenceWatched = false;
      this.changed();
      this.#watchAbsence();
    });
  }

  #read(former: ChargerReport | null): ChargerReport {
    const now = this.#world.agenda.now();
    if (!this.online() && former) return { ...former, reachable: false };
    const { box } = this;
    const drawn = box.car?.drawn(now) ?? 0;
    const lastSeen = former ? now : lastSlot(this.identity.id, POLL_EVERY.idle, now);
    const truth: ChargerReport = {
      powerState: this.#world.charging.wallboxState(box),
      chargeRate: drawn > 0 && this.reportsRate ? Math.round(drawn / 100) / 10 : null,
      maxCurrent: box.maxCurrent,
      rateLimit: box.rateLimit,
      stateUpdated: lastSeen - STATE_LAG,
      reachable: this.online(),
      lastSeen,
    };
    return this.#behaviour.reports?.(truth, this.#orders.view()) ?? truth;
  }
}
