// What a scenario is: a world, and how the cloud begins. The small makers below keep the scenario files readable.

import type { AssetIdentity, AssetKind, CloudSeed, Coordinates } from '../types.ts';
import { uuidOf } from '../world/chance.ts';
import type { ChargerSpec, SiteSpec, VehicleSpec } from '../world/specs.ts';
import type { WorldPlan } from '../world/world.ts';

export interface Scenario extends WorldPlan {
  readonly name: string;
  /** One sentence for people. */
  readonly about: string;
  readonly cloud: CloudSeed;
}

export const HOME: Coordinates = { latitude: 52.0907, longitude: 5.1214 };
export const TIMEZONE = 'Europe/Amsterdam';
const USER = 'home';
const CLIENT = 'demo';
const PASSWORD = 'demo';

export const SITE: SiteSpec = {
  position: HOME,
  timezone: TIMEZONE,
  sunPeak: 6000,
  houseBase: 250,
  fuse: 40,
  weather: { cloud: 0.3, pattern: 'passing' },
};

/** The id of a thing in a scenario: the same in every run and on every machine. */
export const idIn = (scenario: string, thing: string): string => uuidOf(`${scenario}/${thing}`);

/** The vendor account that holds a vendor's things of one household. */
const accountIn = (scenario: string, vendor: string): string => `${scenario}-${vendor.toLowerCase()}`;

function identity(
  kind: AssetKind,
  of: {
    scenario: string;
    thing: string;
    vendor: string;
    brand: string;
    model: string;
    year?: number;
    displayName?: string;
  },
): AssetIdentity {
  const id = idIn(of.scenario, of.thing);
  return {
    id,
    kind,
    vendor: of.vendor,
    account: accountIn(of.scenario, of.vendor),
    brand: of.brand,
    model: of.model,
    year: of.year ?? null,
    serial: `SIM${id.replaceAll('-', '').slice(0, 14).toUpperCase()}`,
    displayName: of.displayName ?? null,
  };
}

type Named = Parameters<typeof identity>[1];

/** A car with usual numbers where none are given: 64 kWh, 3 × 16 A, 45 %, limit 80 %. */
export function car(of: Named, more: Partial<Omit<VehicleSpec, 'identity'>> = {}): VehicleSpec {
  return {
    identity: identity('vehicle', of),
    capacity: 64,
    phases: 3,
    amperes: 16,
    level: 45,
    limit: 80,
    odometer: 20_000 + ((of.thing.length * 1931) % 50_000),
    behaviour: 'obedient',
    cable: null,
    ...more,
  };
}

/** A wallbox with usual numbers where none are given: 3 × 16 A, pushes, good. */
export function wallbox(of: Named, more: Partial<Omit<ChargerSpec, 'identity'>> = {}): ChargerSpec {
  return { identity: identity('charger', of), phases: 3, amperes: 16, behaviour: 'good', push: true, ...more };
}

/** Accounts, links and the home location that belong to these things: all of one user, all linked unless said otherwise. */
export function household(of: {
  readonly scenario: string;
  readonly vehicles: readonly VehicleSpec[];
  readonly chargers: readonly ChargerSpec[];
  readonly user?: string;
  readonly linked?: boolean;
  readonly position?: Coordinates;
}): Pick<WorldPlan, 'accounts'> & { readonly links: CloudSeed['links']; readonly locations: CloudSeed['locations'] } {
  const user = of.user ?? USER;
  const things = [...of.vehicles, ...of.chargers].map((spec) => spec.identity);
  const ids = [...new Set(things.map((thing) => thing.account))];
  const accounts = ids.map((id) => {
    const vendor = things.find((thing) => thing.account === id)?.vendor ?? '';
    return { id, vendor, username: `${id}@example.com`, password: PASSWORD };
  });
  const links = ids.map((account) => ({
    client: CLIENT,
    user,
    account,
    kinds: [...new Set(things.filter((thing) => thing.account === account).map((thing) => thing.kind))],
  }));
  const location = {
    client: CLIENT,
    user,
    name: 'Home',
    position: of.position ?? HOME,
    timezone: TIMEZONE,
    chargers: of.linked === false ? [] : of.chargers.map((box) => box.identity.id),
  };
  return { accounts, links: of.linked === false ? [] : links, locations: [location] };
}

/** The one client of most scenarios; everything Enode can do for pairs is on. */
export function client(quota = 25): CloudSeed['clients'][number] {
  return {
    id: CLIENT,
    secret: `${CLIENT}-secret`,
    unlocking: true,
    orchestration: true,
    enhancedChargeRate: false,
    detectionSeconds: 60,
    detects: true,
    quota,
  };
}

function pairOf(vehicle: VehicleSpec, chargers: readonly ChargerSpec[]) {
  const box = chargers.find((charger) => charger.identity.id === vehicle.cable);
  return box ? [{ vehicle: vehicle.identity.id, charger: box.identity.id }] : [];
}

/** A scenario of one household whose things are all linked to one user. */
export function homeScenario(of: {
  readonly name: string;
  readonly about: string;
  readonly vehicles: readonly VehicleSpec[];
  readonly chargers: readonly ChargerSpec[];
  readonly site?: SiteSpec;
  readonly linked?: boolean;
  /** Whether the cloud already knows who is plugged into what; it does by default. */
  readonly paired?: boolean;
}): Scenario {
  const { accounts, links, locations } = household({ ...of, scenario: of.name });
  const { name, about, vehicles, chargers } = of;
  const known = of.paired !== false && of.linked !== false;
  const pairs = known ? vehicles.flatMap((it) => pairOf(it, chargers)) : [];
  const cloud = { clients: [client()], links, locations, pairs };
  return { name, about, site: of.site ?? SITE, vehicles, chargers, accounts, cloud };
}
