// Capabilities as the API shows them: a device's own, or unlocked by an established pairing (7, 8.1).
import type { CapabilityState } from '../types.ts';
import { RELINK } from './interventions.ts';
import type { Linked, LinkedCharger, LinkedVehicle } from './state.ts';

export interface Capability {
  readonly isCapable: boolean;
  readonly interventionIds: readonly string[];
}

const YES: Capability = { isCapable: true, interventionIds: [] };

function own(linked: Linked, state: CapabilityState): Capability {
  if (!linked.account.valid) return { isCapable: false, interventionIds: [RELINK] };
  return { isCapable: state.capable, interventionIds: state.interventions };
}

/** Vehicle and charger of one user: the pairing is established, no plug-in needed. */
function isEstablished(vehicle: LinkedVehicle): boolean {
  return vehicle.user.client.switches.unlocking && vehicle.user.chargers.size > 0;
}

export function vehicleCapabilities(vehicle: LinkedVehicle) {
  const device = vehicle.asset.capabilities();
  const unlocked = isEstablished(vehicle);
  const startCharging = unlocked ? YES : own(vehicle, device.startCharging);
  const stopCharging = unlocked ? YES : own(vehicle, device.stopCharging);
  const location = unlocked ? YES : own(vehicle, device.location);
  const parts = [startCharging, stopCharging, location];
  const smartCharging: Capability = {
    isCapable: parts.every((part) => part.isCapable),
    interventionIds: [...new Set(parts.flatMap((part) => part.interventionIds))],
  };
  const setMaxCurrent = own(vehicle, device.setMaxCurrent);
  return {
    information: YES,
    chargeState: YES,
    location,
    odometer: YES,
    setMaxCurrent,
    startCharging,
    stopCharging,
    smartCharging,
  };
}

export function chargerCapabilities(charger: LinkedCharger) {
  const device = charger.asset.capabilities();
  const limit = own(charger, device.setChargeRateLimit);
  const range = charger.asset.rateLimitRange;
  return {
    information: YES,
    chargeState: YES,
    startCharging: own(charger, device.startCharging),
    stopCharging: own(charger, device.stopCharging),
    setMaxCurrent: own(charger, device.setMaxCurrent),
    setChargeRateLimit: limit.isCapable && range ? { ...limit, allowedRange: { kW: range } } : limit,
  };
}
