// How a scenario describes the things of its world. Plain data; ids are UUIDs made from names, so they never change.
import type { AssetIdentity, CapabilityState, Coordinates, OwnCapability } from '../types.ts';
import type { WeatherPattern } from './sun.ts';

/** Where a cable ends: a wallbox's id, a public charger, or nowhere. */
export type CableEnd = string | 'elsewhere' | null;

/** Drives away and comes home by itself, local time of the site. */
export interface Habit {
  /** `HH:MM` */
  readonly leaves: string;
  /** `HH:MM`, later the same day. */
  readonly returns: string;
  /** km one way */
  readonly km: number;
  /** ISO weekdays 1 (Monday) .. 7. */
  readonly weekdays: readonly number[];
  /** The wallbox it is plugged into on return. */
  readonly plugsInto: string | null;
}

export interface VehicleSpec {
  readonly identity: AssetIdentity;
  /** kWh, usable */
  readonly capacity: number;
  readonly phases: 1 | 3;
  /** A per phase the on-board charger takes at most. */
  readonly amperes: number;
  /** % at the start */
  readonly level: number;
  /** % the driver set as the car's own limit. */
  readonly limit: number;
  /** km at the start */
  readonly odometer: number;
  readonly behaviour: string;
  /** Reports come by push within seconds instead of by polls. */
  readonly push?: boolean;
  readonly capabilities?: Partial<Readonly<Record<OwnCapability, CapabilityState>>>;
  readonly cable: CableEnd;
  /** Begins stopped by command at the car. */
  readonly stopped?: boolean;
  readonly away?: boolean;
  /** Where it is at home, when not at the site. */
  readonly home?: Coordinates;
  readonly habit?: Habit;
}

export interface ChargerSpec {
  readonly identity: AssetIdentity;
  readonly phases: 1 | 3;
  readonly amperes: number;
  readonly behaviour: string;
  readonly push?: boolean;
  readonly capabilities?: Partial<Readonly<Record<OwnCapability, CapabilityState>>>;
  /** Begins stopped by command at the wallbox. */
  readonly stopped?: boolean;
  /** Where it stands, when not at the site: then the site's meter does not see it. */
  readonly elsewhere?: Coordinates;
}

export interface SiteSpec {
  readonly position: Coordinates;
  /** IANA name */
  readonly timezone: string;
  /** W of the solar plant at best; 0 = none. */
  readonly sunPeak: number;
  /** W the house always takes. */
  readonly houseBase: number;
  /** A per phase (three phases) of the main fuse. */
  readonly fuse: number;
  readonly weather: { readonly cloud: number; readonly pattern: WeatherPattern };
}
