// GET /control/state: what is true beside what was reported, in plain JSON. Times are ISO 8601, power is W.
import type { CloudControl } from './types.ts';
import type { Charger } from './world/charger.ts';
import type { Vehicle } from './world/vehicle.ts';
import type { World } from './world/world.ts';

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
const rounded = (value: number, digits = 0): number => Number(value.toFixed(digits));

const head = (asset: Vehicle | Charger) => {
  const { id, brand, model, displayName } = asset.identity;
  return { id, brand, model, name: displayName, behaviour: asset.behaviour.name, capabilities: asset.capabilities() };
};

export function vehicleState(world: World, vehicle: Vehicle, cloud: CloudControl) {
  const now = world.agenda.now();
  const { car } = vehicle;
  const report = vehicle.report();
  return {
    ...head(vehicle),
    truth: {
      powerState: world.charging.vehicleState(car),
      isPluggedIn: car.cable !== null,
      isCharging: car.wall > 0,
      batteryLevel: rounded(car.level(now), 2),
      chargeLimit: car.limit,
      power: rounded(car.drawn(now)),
      cable: typeof car.cable === 'object' ? (car.cable?.spec.identity.id ?? null) : car.cable,
      away: car.away,
      driving: car.trip !== null,
      asleep: car.asleep(now),
      reachable: vehicle.reachable,
      stopped: !car.willing,
      fault: car.fault,
      maxCurrent: car.maxCurrent,
      position: car.position(now),
      odometer: rounded(car.odometer(now), 1),
    },
    reported: {
      ...report,
      stateUpdated: iso(report.stateUpdated),
      positionUpdated: iso(report.positionUpdated),
      odometerUpdated: iso(report.odometerUpdated),
      lastSeen: iso(report.lastSeen),
    },
    shown: cloud.shown(vehicle.identity.id),
    links: cloud.linksOf(vehicle.identity.id),
  };
}

export function chargerState(world: World, charger: Charger, cloud: CloudControl) {
  const now = world.agenda.now();
  const { box } = charger;
  const report = charger.report();
  return {
    ...head(charger),
    truth: {
      powerState: world.charging.wallboxState(box),
      isPluggedIn: box.car !== null,
      isCharging: (box.car?.wall ?? 0) > 0,
      power: rounded(box.car?.drawn(now) ?? 0),
      energyGiven: rounded(box.given + (box.car?.open(now).wall ?? 0)),
      cable: box.car ? (box.car.spec?.identity.id ?? 'guest') : null,
      reachable: charger.online(),
      breaker: box.breaker,
      stopped: !box.offering,
      fault: box.fault,
      maxCurrent: box.maxCurrent,
      rateLimit: box.rateLimit,
      reportsRate: charger.reportsRate,
    },
    reported: { ...report, stateUpdated: iso(report.stateUpdated), lastSeen: iso(report.lastSeen) },
    shown: cloud.shown(charger.identity.id),
    links: cloud.linksOf(charger.identity.id),
  };
}

/** `energy` in Wh since the world began: grid + sun = house + battery + losses. */
export function siteState(world: World) {
  const { sun, house, charging, grid } = world.site.power();
  const energy = Object.fromEntries(Object.entries(world.site.energy()).map(([name, wh]) => [name, rounded(wh, 1)]));
  return {
    sun: rounded(sun),
    house: rounded(house),
    charging: rounded(charging),
    grid: rounded(grid),
    weather: world.site.weather(),
    load: world.site.load(),
    position: world.site.spec.position,
    timezone: world.site.spec.timezone,
    energy,
  };
}
