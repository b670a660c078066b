// The seam between the simulated world (cars, wallboxes, cables, sun: what is true, and what devices report of it) and the
// simulated cloud (what a vendor-neutral API hears, answers and asks). Units: W, kW where named so, Wh, %, A, km, epoch ms.
import type { WorldClock } from '../kernel/clock.ts';
import type { Entropy } from '../kernel/entropy.ts';

export type AssetKind = 'vehicle' | 'charger';

/** The words of the cloud's powerDeliveryState, without the `PLUGGED_IN:` prefix. */
export type PowerState =
  | 'UNKNOWN'
  | 'UNPLUGGED'
  | 'INITIALIZING'
  | 'CHARGING'
  | 'STOPPED'
  | 'COMPLETE'
  | 'NO_POWER'
  | 'FAULT'
  | 'DISCHARGING';

export interface Coordinates {
  readonly latitude: number;
  readonly longitude: number;
}

/** What a device last told the vendor's cloud. Every field may lag the truth or lie; null = not reported. */
export interface VehicleReport {
  readonly powerState: PowerState;
  readonly batteryLevel: number | null;
  readonly range: number | null;
  readonly batteryCapacity: number | null;
  readonly chargeLimit: number | null;
  /** kW */
  readonly chargeRate: number | null;
  /** minutes */
  readonly chargeTimeRemaining: number | null;
  readonly maxCurrent: number | null;
  readonly stateUpdated: number | null;
  readonly position: Coordinates | null;
  readonly positionUpdated: number | null;
  readonly odometer: number | null;
  readonly odometerUpdated: number | null;
  readonly reachable: boolean | null;
  readonly lastSeen: number;
}

export interface ChargerReport {
  readonly powerState: PowerState;
  /** kW */
  readonly chargeRate: number | null;
  readonly maxCurrent: number | null;
  /** kW */
  readonly rateLimit: number | null;
  readonly stateUpdated: number | null;
  readonly reachable: boolean;
  readonly lastSeen: number;
}

export type OwnCapability = 'startCharging' | 'stopCharging' | 'location' | 'setMaxCurrent' | 'setChargeRateLimit';

/** One own capability of a device. `interventions` are ids from the catalogue; incapable with an empty list means: never. */
export interface CapabilityState {
  readonly capable: boolean;
  readonly interventions: readonly string[];
}

/** What never changes by driving or charging. */
export interface AssetIdentity {
  readonly id: string;
  readonly kind: AssetKind;
  readonly vendor: string;
  /** The vendor account it lives in; a link session links accounts. */
  readonly account: string;
  readonly brand: string;
  readonly model: string;
  readonly year: number | null;
  /** VIN or serial number */
  readonly serial: string;
  readonly displayName: string | null;
}

export interface SimulatedAsset {
  readonly identity: AssetIdentity;
  capabilities(): Readonly<Record<OwnCapability, CapabilityState>>;
  /** kW, chargers that know charge-rate limits only. */
  readonly rateLimitRange: { readonly min: number; readonly max: number } | null;
  /** How long the vendor's cloud keeps trying a command, ms, and how often it sends it. */
  readonly commandWindow: { readonly window: number; readonly every: number };
  /**
   * The vendor's cloud sends one command to the device. Returns at once; whether and when the device reacts is its behaviour's
   * secret: only reports show it. `refused` carries the sentence of a device that answers with a refusal of its own.
   */
  send(command: DeviceCommand): { readonly refused?: string };
  /** Asks the device for an earlier report than its cadence would give. May be ignored by the behaviour. */
  hint(): void;
}

export type DeviceCommand =
  | { readonly kind: 'START' | 'STOP' }
  | { readonly kind: 'MAX_CURRENT'; readonly amperes: number }
  | { readonly kind: 'RATE_LIMIT'; readonly kW: number };

export interface SimulatedVehicle extends SimulatedAsset {
  report(): VehicleReport;
}
export interface SimulatedCharger extends SimulatedAsset {
  report(): ChargerReport;
}

/** A vendor account a person can log in to in the Link UI: name, password, and what is in it. */
export interface VendorAccount {
  readonly id: string;
  readonly vendor: string;
  readonly username: string;
  readonly password: string;
}

/** What the cloud may know of the world: reports only, never the truth. */
export interface WorldPort {
  readonly clock: WorldClock;
  readonly entropy: Entropy;
  vehicles(): ReadonlyMap<string, SimulatedVehicle>;
  chargers(): ReadonlyMap<string, SimulatedCharger>;
  accounts(): readonly VendorAccount[];
  /** Called after a device's report replaced the former one (in a fixed order, on the world's clock). */
  onReport(listener: (asset: SimulatedAsset) => void): void;
  /** Told of each charge or limit command a client gave to a linked asset, refused ones too, before anything goes to a device. */
  commandTaken?(command: TakenCommand): void;
}

/** How a scenario wants the cloud to begin. */
export interface CloudSeed {
  readonly clients: readonly {
    readonly id: string;
    readonly secret: string;
    readonly unlocking: boolean;
    readonly orchestration: boolean;
    readonly enhancedChargeRate: boolean;
    /** Seconds from the later plug-in report until the pair is activated; `detects` false: never. */
    readonly detectionSeconds: number;
    readonly detects: boolean;
    /** Most vehicles + chargers; beyond it a link is refused with 403. */
    readonly quota: number;
  }[];
  /** Already linked at the start: user, vendor account, asset kinds, of which client. */
  readonly links: readonly {
    readonly client: string;
    readonly user: string;
    readonly account: string;
    readonly kinds: readonly AssetKind[];
  }[];
  readonly locations: readonly {
    readonly client: string;
    readonly user: string;
    readonly name: string;
    readonly position: Coordinates;
    readonly timezone: string;
    /** Chargers that stand there. */
    readonly chargers: readonly string[];
  }[];
  /** Pairs (asset ids) that are already activated when the story begins: both are linked to one user and share a cable. */
  readonly pairs?: readonly { readonly vehicle: string; readonly charger: string }[];
}

/** One command the cloud took from a client, as the referee sees it. */
export interface TakenCommand {
  readonly n: number;
  readonly at: number;
  readonly client: string;
  readonly target: string;
  readonly targetKind: AssetKind;
  readonly kind: 'START' | 'STOP' | 'MAX_CURRENT' | 'RATE_LIMIT';
  /** Status the cloud answered the creation with; 0 = the answer never arrived whole: lost, spoiled, or the client had gone. */
  readonly status: number;
  readonly actionId: string | null;
  /** Which access token it came with, in the order they were given out: another one than before may be a client that began anew. */
  readonly token: number;
}

/** What the control API and the referee may see and do on the cloud's side. */
export interface CloudControl {
  /** Every request the cloud got, in order, token requests included; secrets blanked. `body` is parsed JSON, a text or null. */
  requests(after: number): readonly {
    readonly n: number;
    readonly at: number;
    readonly method: string;
    readonly path: string;
    readonly body: unknown;
    readonly status: number;
  }[];
  commands(): readonly TakenCommand[];
  /** Charge actions that are PENDING, newest last. */
  openActions(): readonly {
    readonly id: string;
    readonly target: string;
    readonly kind: string;
    readonly createdAt: number;
  }[];
  /** The same asset as a client's API shows it (JSON), or null when it is linked to nobody. */
  shown(assetId: string): unknown;
  clients(): readonly unknown[];
  /** Throws RangeError naming the field when a switch is unknown or out of range, or the client unknown. */
  setClient(id: string, switches: Readonly<Record<string, unknown>>): void;
  /** `{kind, seconds?, count?, path?, …}`; throws RangeError naming the field. */
  addFault(fault: Readonly<Record<string, unknown>>): void;
  clearFaults(): void;
  /** A device comes to its vendor account (a car was bought) or leaves it: then links of that account show it, or lose it. */
  setInAccount(assetId: string, isIn: boolean): void;
  /** The (client, user) pairs an asset is linked to now. */
  linksOf(assetId: string): readonly { readonly client: string; readonly user: string }[];
}
