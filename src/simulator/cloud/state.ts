// What the cloud remembers: plain records, one tree per client. Clients are tenancies: nothing of one is ever seen by another.
import type { Hono } from 'hono';
import type { WorldClock } from '../../kernel/clock.ts';
import type { Entropy } from '../../kernel/entropy.ts';
import type {
  AssetKind,
  ChargerReport,
  Coordinates,
  PowerState,
  SimulatedCharger,
  SimulatedVehicle,
  VehicleReport,
  WorldPort,
} from '../types.ts';
import type { Shelf } from './shelf.ts';

/** What support at Enode (or a test) can switch for a client. */
export interface Switches {
  unlocking: boolean;
  orchestration: boolean;
  enhancedChargeRate: boolean;
  /** Seconds from the later plug-in report to the activation of a pair. */
  detectionSeconds: number;
  detects: boolean;
  /** Most vehicles + chargers. */
  quota: number;
  /** Life of the tokens given out from now on, seconds. */
  tokenSeconds: number;
  /** START while unplugged, or to an incapable car not yet activated: a 400, or an action that waits and ends (6.1, 8.2: unknown). */
  preconditions: 'refuse' | 'action';
  /** A webhook that fails this long is deactivated, seconds (production 24 h, sandbox 5 min). */
  webhookPatienceSeconds: number;
  /** Brands that nobody switched on in the client's dashboard (7: "activation required"). */
  inactiveVendors: readonly string[];
}

export interface Client {
  readonly id: string;
  readonly secret: string;
  readonly switches: Switches;
  readonly users: Shelf<User>;
  readonly vehicles: Shelf<LinkedVehicle>;
  readonly chargers: Shelf<LinkedCharger>;
  readonly locations: Shelf<Place>;
  readonly webhooks: Shelf<Webhook>;
  readonly schedules: Map<string, Schedule>;
  readonly actions: Map<string, Action>;
  readonly tariffs: Map<string, readonly { readonly name: string; readonly cost: string }[]>;
}

export interface User {
  readonly id: string;
  readonly seq: number;
  readonly client: Client;
  readonly createdAt: number;
  readonly vehicles: Shelf<LinkedVehicle>;
  readonly chargers: Shelf<LinkedCharger>;
  readonly locations: Shelf<Place>;
  readonly schedules: Shelf<Schedule>;
  /** By vendor account. */
  readonly accounts: Map<string, AccountLink>;
}

export interface AccountLink {
  readonly account: string;
  readonly vendor: string;
  readonly scopes: Map<AssetKind, readonly string[]>;
  /** False: the vendor does not let Enode in any more; what was read last stays on show. */
  valid: boolean;
}

interface LinkedBase {
  /** Id in this client's API. */
  readonly id: string;
  readonly seq: number;
  readonly user: User;
  readonly account: AccountLink;
  readonly linkedAt: number;
  scopes: readonly string[];
  /** Charging state of the report before and its device time, to see transitions. */
  lastState: PowerState;
  lastAt: number;
  /** Device time at which that state was last heard, changed or not. */
  lastHeard: number;
  /** When the cloud saw the cable go in (or found it in, at linking). */
  pluggedSeenAt: number;
  /** Window in which the cable went in, and in which charging last began (device times of two reports); null: not known. */
  pluggedWithin: Span | null;
  startedWithin: Span | null;
  pending: Action | undefined;
  schedule: Schedule | undefined;
  /** What webhooks last told; kept only while the client has any. */
  told: unknown;
  meter: Meter | undefined;
}

/** Device times, epoch ms: not before `from`, not after `to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface LinkedVehicle extends LinkedBase {
  readonly kind: 'vehicle';
  readonly asset: SimulatedVehicle;
  frozen: VehicleReport | undefined;
  pair: { readonly charger: LinkedCharger; readonly since: number } | undefined;
  readonly smart: SmartCharging;
}

export interface LinkedCharger extends LinkedBase {
  readonly kind: 'charger';
  readonly asset: SimulatedCharger;
  frozen: ChargerReport | undefined;
  pair: { readonly vehicle: LinkedVehicle; readonly since: number } | undefined;
  locationId: string | null;
  locationSince: number | null;
}

export type Linked = LinkedVehicle | LinkedCharger;

export interface SmartCharging {
  isEnabled: boolean;
  deadline: string | null;
  minimumChargeLimit: number;
  state: string;
  stateChangedAt: number;
  plan: Record<string, unknown> | null;
  startAt: number | null;
  override: Record<string, unknown> | null;
}

export interface Place {
  readonly id: string;
  readonly seq: number;
  readonly userId: string;
  readonly createdAt: number;
  name: string;
  position: Coordinates;
  timezone: string;
  tariff: { readonly tariffId: string; readonly intervals: readonly TariffInterval[] } | null;
}

export interface TariffInterval {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly weekdays: readonly number[];
}

export interface ScheduleRule {
  readonly shouldCharge: boolean;
  readonly hourMinute?: { readonly from: string; readonly to: string };
  readonly fromTimestamp?: number;
  readonly toTimestamp?: number;
  readonly weekdays?: readonly number[];
}

export interface Schedule {
  readonly id: string;
  readonly seq: number;
  readonly user: User;
  readonly target: Linked;
  isEnabled: boolean;
  defaultShouldCharge: boolean;
  locationId: string | null;
  rules: readonly ScheduleRule[];
  state: string;
  changedAt: number;
  cancel: () => void;
}

export type Order =
  | { readonly kind: 'START' | 'STOP' }
  | { readonly kind: 'MAX_CURRENT' | 'RATE_LIMIT'; readonly value: number };

export interface Action {
  readonly id: string;
  readonly target: Linked;
  readonly order: Order;
  /** Who asked: only a client's command is on the referee's list. */
  readonly owner: 'client' | 'schedule' | 'smart';
  readonly createdAt: number;
  readonly deadline: number;
  updatedAt: number;
  completedAt: number | null;
  state: 'PENDING' | 'CONFIRMED' | 'FAILED' | 'CANCELLED';
  failureReason: { readonly type: string; readonly detail: string } | null;
  sends: number;
  refused: string | undefined;
  refusedBy: Linked | undefined;
  cancel: () => void;
}

export interface Webhook {
  readonly id: string;
  readonly seq: number;
  readonly createdAt: number;
  url: string;
  secret: string;
  events: readonly string[];
  apiVersion: string | null;
  authentication: { readonly headerName: string; readonly headerValue: string } | null;
  isActive: boolean;
  lastSuccess: number;
  readonly queue: unknown[];
  failures: number;
  failingSince: number | null;
  busy: boolean;
  cancel: (() => void) | undefined;
}

/** Energy taken by one asset, integrated from its reported rate. */
export interface Meter {
  at: number;
  rate: number;
  readonly buckets: Map<number, { kWh: number; min: number; max: number }>;
  readonly sessions: { from: number; to: number; kWh: number; min: number; max: number; open: boolean }[];
}

export interface Clients {
  readonly world: WorldPort;
  readonly clock: WorldClock;
  readonly entropy: Entropy;
  readonly byId: ReadonlyMap<string, Client>;
  /** World asset id → where it is linked. */
  readonly links: Map<string, Linked[]>;
  /** Vendor account → users that linked it, to discover devices that come later. */
  readonly accounts: Map<string, Set<User>>;
  nextSeq(): number;
}

/** What becomes of one request, as far as the cloud can see it. */
export interface Exchange {
  /** The answer does not reach the client whole. */
  lost: boolean;
  /** Which access token it came with; 0 = none. */
  token: number;
}

export interface Env {
  Variables: { client: Client; exchange: Exchange; body: string };
  Bindings: { incoming?: { socket?: { destroy(): void } } };
}
export type CloudApp = Hono<Env>;

export const iso = (at: number): string => new Date(at).toISOString();
export const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));
