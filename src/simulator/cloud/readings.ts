// What the cloud believes of an asset: its last report, frozen when the vendor lets nobody in, joined with its pair's (8.1).
import type { ChargerReport, PowerState, VehicleReport } from '../types.ts';
import { metresBetween } from './geography.ts';
import { AT_LOCATION_METRES } from './numbers.ts';
import type { Linked, LinkedCharger, LinkedVehicle } from './state.ts';

export function vehicleReport(vehicle: LinkedVehicle): VehicleReport {
  return vehicle.frozen ?? vehicle.asset.report();
}

export function chargerReport(charger: LinkedCharger): ChargerReport {
  return charger.frozen ?? charger.asset.report();
}

export function reportOf(linked: Linked): VehicleReport | ChargerReport {
  return linked.kind === 'vehicle' ? vehicleReport(linked) : chargerReport(linked);
}

/** Vehicles may be neither reachable nor not; that counts as reachable for commands. */
export function isReachable(linked: Linked): boolean {
  return linked.account.valid && reportOf(linked).reachable !== false;
}

export const isPlugged = (state: PowerState): boolean => state !== 'UNPLUGGED' && state !== 'UNKNOWN';

/** Charging state as shown, and its device time; `byCharger` when it came from the paired charger. */
interface ShownState {
  readonly state: PowerState;
  readonly updated: number | null;
  readonly byCharger: boolean;
}

export function shownState(linked: Linked): ShownState {
  const own = reportOf(linked);
  const plain = { state: own.powerState, updated: own.stateUpdated, byCharger: false };
  if (linked.kind === 'charger' || !linked.pair || !linked.user.client.switches.orchestration) return plain;
  const other = chargerReport(linked.pair.charger);
  if (!other.reachable || (other.stateUpdated ?? 0) <= (own.stateUpdated ?? 0)) return plain;
  return { state: joined(own.powerState, other.powerState), updated: other.stateUpdated, byCharger: true };
}

/** The car's state when its charger has told something newer. */
function joined(car: PowerState, charger: PowerState): PowerState {
  if (charger === 'CHARGING' || charger === 'INITIALIZING' || charger === 'DISCHARGING') return charger;
  if (charger === 'STOPPED') return car === 'COMPLETE' ? car : charger;
  // NO_POWER on a charger: the car takes none. What the car says of itself stands unless it contradicts that.
  return charger === 'NO_POWER' && car === 'CHARGING' ? 'STOPPED' : car;
}

/** Rate in kW as shown: only while charging; the charger's when the car has none, unless the client estimates itself (8.1). */
export function shownRate(vehicle: LinkedVehicle): number | null {
  if (shownState(vehicle).state !== 'CHARGING') return null;
  const own = vehicleReport(vehicle).chargeRate;
  if (own !== null || !vehicle.pair || vehicle.user.client.switches.enhancedChargeRate) return own;
  return chargerReport(vehicle.pair.charger).chargeRate;
}

/** The Location an asset is at: a charger's own, a plugged-in car's charger's, else by the car's position. */
export function locationOf(linked: Linked): string | null {
  if (linked.kind === 'charger') return linked.locationId;
  if (linked.pair?.charger.locationId) return linked.pair.charger.locationId;
  const position = shownPosition(linked);
  if (!position) return null;
  for (const place of linked.user.locations.all())
    if (metresBetween(position, place.position) <= AT_LOCATION_METRES) return place.id;
  return null;
}

export function shownPosition(vehicle: LinkedVehicle) {
  const allowed = vehicle.scopes.includes('vehicle:read:location') && vehicle.asset.capabilities().location.capable;
  return allowed ? vehicleReport(vehicle).position : null;
}

export function isFullyCharged(vehicle: LinkedVehicle): boolean | null {
  const { batteryLevel, chargeLimit } = vehicleReport(vehicle);
  if (shownState(vehicle).state === 'COMPLETE') return true;
  return batteryLevel === null ? null : batteryLevel >= (chargeLimit ?? 100);
}
