// What the cloud says of an asset, in our words and units, before anything is believed. null = not reported or not understood.
import type { Instant } from './instant.ts';

/** The cloud's asset id. */
export type AssetId = string;
export type UserId = string;
export type AssetKind = 'vehicle' | 'charger';

/** Enode's powerDeliveryState in lower case; UNKNOWN and new words are null. */
export type PowerState =
  | 'unplugged'
  | 'initializing'
  | 'charging'
  | 'stopped'
  | 'complete'
  | 'no_power'
  | 'fault'
  | 'discharging';

export const capabilities = ['start', 'stop', 'locate', 'smart_charge', 'max_current', 'rate_limit'] as const;
export type Capability = (typeof capabilities)[number];

export interface Flag {
  readonly capable: boolean;
  /** What a person would have to fix; empty and not capable = never. */
  readonly interventions: readonly string[];
}

export type Flags = Readonly<Record<Capability, Flag | null>>;

export interface ChargeReport {
  readonly power: PowerState | null;
  readonly plugged: boolean | null;
  /** kW, at the reporting device */
  readonly rate: number | null;
  /** A */
  readonly maxCurrent: number | null;
  /** The cloud's own time of this state. */
  readonly at: Instant | null;
}

export interface VehicleChargeReport extends ChargeReport {
  /** % */
  readonly battery: number | null;
  /** km */
  readonly range: number | null;
  /** kWh, usable */
  readonly capacity: number | null;
  /** %, set in the car */
  readonly limit: number | null;
  /** minutes */
  readonly timeToFull: number | null;
}

export interface Position {
  readonly latitude: number | null;
  readonly longitude: number | null;
  /** An Enode Location's id. */
  readonly locationId: string | null;
  readonly at: Instant | null;
}

interface AssetReport {
  readonly id: AssetId;
  readonly userId: UserId;
  readonly vendor: string;
  readonly brand: string | null;
  readonly model: string | null;
  readonly year: number | null;
  /** VIN or serial number. */
  readonly serial: string | null;
  readonly lastSeen: Instant | null;
  readonly reachable: boolean | null;
  readonly flags: Flags;
  /** null = not told; a missing `…:control:charging` scope explains a 403. */
  readonly scopes: readonly string[] | null;
}

export interface VehicleReport extends AssetReport {
  readonly kind: 'vehicle';
  /** What the owner calls it. */
  readonly name: string | null;
  readonly charge: VehicleChargeReport;
  readonly pluggedInChargerId: AssetId | null;
  /** Enode's own smart charging steers this car. */
  readonly smartChargingOn: boolean;
  readonly position: Position;
  /** km */
  readonly odometer: number | null;
  readonly odometerAt: Instant | null;
}

export interface ChargerReport extends AssetReport {
  readonly kind: 'charger';
  readonly charge: ChargeReport;
  readonly pluggedInVehicleId: AssetId | null;
  readonly locationId: string | null;
  /** kW, where the charger knows charge-rate limits. */
  readonly rateLimit: number | null;
  readonly rateLimitRange: { readonly min: number; readonly max: number } | null;
}

export type ActionState = 'pending' | 'confirmed' | 'failed' | 'cancelled';

export interface Failure {
  /** Enode's failureReason.type (`NO_RESPONSE`, …), any new word as it came. */
  readonly type: string;
  readonly detail: string | null;
}

/** One charging action of the cloud. */
export interface ActionReport {
  readonly id: string;
  readonly target: AssetId;
  readonly targetKind: AssetKind;
  readonly kind: Direction;
  readonly state: ActionState;
  readonly createdAt: Instant;
  readonly updatedAt: Instant | null;
  readonly completedAt: Instant | null;
  readonly failure: Failure | null;
}

/** What can be limited at a device: the current (A), or the power (kW). */
export type LimitKind = 'max_current' | 'rate_limit';

/** One action of the cloud that sets a limit. */
export interface LimitReport extends Omit<ActionReport, 'kind'> {
  readonly limit: LimitKind;
}

/** The two things that can be asked of a charge. */
export type Direction = 'start' | 'stop';
