// When a car's "unplugged" is no evidence (R6): asleep, cars say it with the cable in, and Enode does not always tell that they sleep.
import type { Instant } from '../instant.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';
import { cableOf } from './cable.ts';
import type { Charger } from './charger.ts';
import type { Vehicle } from './vehicle.ts';

/** Where the vehicle itself, by Enode's id, was last said to be plugged in. */
export interface Claimed {
  readonly charger: AssetId;
  /** The cloud's time of that report. */
  readonly at: Instant | null;
}

/** Not known to be awake; or it says "unplugged" since before its charger last felt the cable, so it is wrong and stays so. */
export function sleepsAt(vehicle: Vehicle, charger: Charger): boolean {
  if (vehicle.report.reachable !== true) return true;
  const feltAt = cableOf(charger.report.charge) === true ? charger.report.charge.at : null;
  return vehicle.outSince !== null && feltAt !== null && feltAt > vehicle.outSince;
}

/** R6: Enode withdrew its ids, but the cable stays where they claimed it, the car sleeps, and nothing else is said. */
export function lingersAt(view: View, id: AssetId, last: Claimed): boolean {
  const vehicle = view.get('vehicle', id);
  const charger = view.get('charger', last.charger);
  if (!vehicle || !charger || charger.goneSince !== null || cableOf(charger.report.charge) !== true) return false;
  const isInterrupted = charger.outAt !== null && charger.outAt > (last.at ?? 0);
  if (isInterrupted || !sleepsAt(vehicle, charger)) return false;
  const named = charger.report.pluggedInVehicleId;
  return (named === null || named === id) && vehicle.report.pluggedInChargerId === null;
}
