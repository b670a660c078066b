// Reports for tests: a plugged, stopped car and a wallbox of user `home`, with whatever the test changes.
import type { RequestEnded } from '../../src/domain/fact.ts';
import { type Instant, instant } from '../../src/domain/instant.ts';
import type {
  ChargeReport,
  ChargerReport,
  Flag,
  Flags,
  Position,
  PowerState,
  VehicleChargeReport,
  VehicleReport,
} from '../../src/domain/report.ts';

/** 2026-06-15 12:00 UTC, a Monday. */
export const noon = instant(Date.UTC(2026, 5, 15, 12));
/** `minutes` after (or before) that noon. */
export const at = (minutes: number): Instant => instant(noon + minutes * 60_000);

/** Degrees; the home of `testSettings`. */
export const homePoint = { latitude: 52.0907, longitude: 5.1214 };
/** 5 km north of it. */
export const farPoint = { latitude: 52.1357, longitude: 5.1214 };

export const can: Flag = { capable: true, interventions: [] };
export const cannot: Flag = { capable: false, interventions: [] };
export const fixable = (...interventions: string[]): Flag => ({ capable: false, interventions });
export const flags = (over: Partial<Flags> = {}): Flags => ({
  start: can,
  stop: can,
  locate: can,
  smart_charge: can,
  max_current: cannot,
  rate_limit: null,
  ...over,
});

const pluggedOf = (power: PowerState | null): boolean | null => (power === null ? null : power !== 'unplugged');

type VehicleOver = Partial<Omit<VehicleReport, 'charge' | 'position'>> & {
  /** Cloud's time of everything in the report that is not given its own. */
  readonly now?: Instant;
  readonly power?: PowerState | null;
  readonly charge?: Partial<VehicleChargeReport>;
  readonly position?: Partial<Position>;
};

export function vehicle({ now = noon, power = 'stopped', charge, position, ...over }: VehicleOver = {}): VehicleReport {
  return {
    kind: 'vehicle',
    id: 'car',
    userId: 'home',
    vendor: 'KIA',
    brand: 'Kia',
    model: 'EV6',
    year: 2023,
    serial: 'VIN1',
    name: 'Blue car',
    lastSeen: now,
    reachable: true,
    flags: flags(),
    scopes: null,
    pluggedInChargerId: null,
    smartChargingOn: false,
    odometer: 1_000,
    odometerAt: now,
    ...over,
    charge: {
      power,
      plugged: pluggedOf(power),
      rate: null,
      maxCurrent: null,
      at: now,
      battery: 50,
      range: 200,
      capacity: 60,
      limit: null,
      timeToFull: null,
      ...charge,
    },
    position: { ...homePoint, locationId: null, at: now, ...position },
  };
}

type ChargerOver = Partial<Omit<ChargerReport, 'charge'>> & {
  readonly now?: Instant;
  readonly power?: PowerState | null;
  readonly charge?: Partial<ChargeReport>;
};

export function charger({ now = noon, power = 'stopped', charge, ...over }: ChargerOver = {}): ChargerReport {
  return {
    kind: 'charger',
    id: 'box',
    userId: 'home',
    vendor: 'EASEE',
    brand: 'Easee',
    model: 'Home',
    year: null,
    serial: 'SN1',
    lastSeen: now,
    reachable: true,
    flags: flags({ locate: null, smart_charge: null }),
    scopes: null,
    pluggedInVehicleId: null,
    locationId: null,
    rateLimit: null,
    rateLimitRange: null,
    ...over,
    charge: { power, plugged: pluggedOf(power), rate: null, maxCurrent: null, at: now, ...charge },
  };
}

/** An answer of the cloud whose `Date` agrees with ours. */
export const answered = (now: Instant, over: Partial<RequestEnded> = {}): RequestEnded => ({
  kind: 'vehicles',
  ok: true,
  status: 200,
  cloudTime: now,
  retryAt: null,
  why: null,
  ...over,
});
