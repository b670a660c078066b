// Vehicle, charger and action objects exactly as the API shows them (4, 5, 6.2).
import type { PowerState } from '../types.ts';
import { chargerCapabilities, vehicleCapabilities } from './capabilities.ts';
import { RATE_LIMIT_FIELD } from './numbers.ts';
import {
  chargerReport,
  isFullyCharged,
  isPlugged,
  locationOf,
  shownPosition,
  shownRate,
  shownState,
  vehicleReport,
} from './readings.ts';
import { type Action, iso, isoOrNull, type Linked, type LinkedCharger, type LinkedVehicle } from './state.ts';

const delivery = (state: PowerState): string =>
  state === 'UNKNOWN' || state === 'UNPLUGGED' ? state : `PLUGGED_IN:${state}`;

const plugged = (state: PowerState): boolean | null => (state === 'UNKNOWN' ? null : isPlugged(state));
const charging = (state: PowerState): boolean | null => (state === 'UNKNOWN' ? null : state === 'CHARGING');
/** A charger never shows COMPLETE: its table lacks the word. */
const chargerWord = (state: PowerState): PowerState => (state === 'COMPLETE' ? 'NO_POWER' : state);

export function viewOf(linked: Linked): Record<string, unknown> {
  return linked.kind === 'vehicle' ? vehicleView(linked) : chargerView(linked);
}

function vehicleView(vehicle: LinkedVehicle): Record<string, unknown> {
  const { identity } = vehicle.asset;
  const report = vehicleReport(vehicle);
  const shown = shownState(vehicle);
  const isCharging = shown.state === 'CHARGING';
  const position = shownPosition(vehicle);
  const locationId = locationOf(vehicle);
  const byCharger = locationId !== null && vehicle.pair?.charger.locationId === locationId;
  return {
    id: vehicle.id,
    userId: vehicle.user.id,
    vendor: identity.vendor,
    lastSeen: iso(report.lastSeen || vehicle.linkedAt),
    isReachable: vehicle.account.valid ? report.reachable : false,
    information: {
      vin: identity.serial,
      brand: identity.brand,
      model: identity.model,
      year: identity.year,
      displayName: identity.displayName,
      imageUrl: imageOf(identity.vendor, identity.model),
    },
    chargeState: {
      batteryLevel: report.batteryLevel,
      range: report.range,
      isPluggedIn: plugged(shown.state),
      isCharging: charging(shown.state),
      isFullyCharged: isFullyCharged(vehicle),
      batteryCapacity: report.batteryCapacity,
      chargeLimit: report.chargeLimit,
      chargeRate: shownRate(vehicle),
      chargeTimeRemaining: isCharging ? report.chargeTimeRemaining : null,
      lastUpdated: isoOrNull(shown.updated),
      maxCurrent: report.maxCurrent,
      powerDeliveryState: delivery(shown.state),
      pluggedInChargerId: vehicle.pair?.charger.id ?? null,
    },
    smartChargingPolicy: {
      isEnabled: vehicle.smart.isEnabled,
      deadline: vehicle.smart.deadline,
      minimumChargeLimit: vehicle.smart.minimumChargeLimit,
    },
    location: {
      id: locationId,
      longitude: position?.longitude ?? null,
      latitude: position?.latitude ?? null,
      lastUpdated: isoOrNull(position ? report.positionUpdated : byCharger ? (vehicle.pair?.since ?? null) : null),
    },
    odometer: { distance: report.odometer, lastUpdated: isoOrNull(report.odometerUpdated) },
    capabilities: vehicleCapabilities(vehicle),
    scopes: vehicle.scopes,
  };
}

/** A stable invented address per model. */
function imageOf(vendor: string, model: string): string {
  const name = `${vendor}-${model}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return `https://cdn.images.enode.com/assets/${name}.webp`;
}

function chargerView(charger: LinkedCharger): Record<string, unknown> {
  const { identity } = charger.asset;
  const report = chargerReport(charger);
  const state = chargerWord(report.powerState);
  return {
    id: charger.id,
    userId: charger.user.id,
    vendor: identity.vendor,
    lastSeen: iso(report.lastSeen || charger.linkedAt),
    isReachable: charger.account.valid && report.reachable,
    chargeState: {
      isPluggedIn: plugged(state),
      isCharging: charging(state),
      chargeRate: state === 'CHARGING' ? report.chargeRate : null,
      lastUpdated: isoOrNull(report.stateUpdated),
      maxCurrent: report.maxCurrent,
      powerDeliveryState: delivery(state),
      pluggedInVehicleId: charger.pair?.vehicle.id ?? null,
      [RATE_LIMIT_FIELD]: report.rateLimit,
    },
    information: { brand: identity.brand, model: identity.model, year: identity.year, serialNumber: identity.serial },
    location: { id: charger.locationId, lastUpdated: isoOrNull(charger.locationSince) },
    capabilities: chargerCapabilities(charger),
    scopes: charger.scopes,
  };
}

export function actionView(action: Action): Record<string, unknown> {
  const { order } = action;
  return {
    id: action.id,
    userId: action.target.user.id,
    createdAt: iso(action.createdAt),
    updatedAt: iso(action.updatedAt),
    completedAt: isoOrNull(action.completedAt),
    state: action.state,
    targetId: action.target.id,
    targetType: action.target.kind,
    ...('value' in order
      ? { targetState: { [order.kind === 'MAX_CURRENT' ? 'maxCurrent' : RATE_LIMIT_FIELD]: order.value } }
      : { kind: order.kind }),
    failureReason: action.failureReason,
  };
}
