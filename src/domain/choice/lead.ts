// Which asset a loadpoint is named for: the vehicle while it is activated at a charger, else the asset alone.
import { countedCharger } from '../belief/chooser.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';

/** The vehicle that is activated on this charger, or null. */
export function vehicleOn(view: View, charger: AssetId): AssetId | null {
  const vehicle = view.get('occupant', charger)?.vehicle ?? null;
  return vehicle !== null && countedCharger(view, vehicle) === charger ? vehicle : null;
}

export const leadOf = (view: View, asset: AssetId): AssetId =>
  view.get('charger', asset) ? (vehicleOn(view, asset) ?? asset) : asset;

/** All assets of the loadpoint of `lead`, the lead first. */
export function membersOf(view: View, lead: AssetId): AssetId[] {
  const charger = countedCharger(view, lead);
  return charger === null ? [lead] : [lead, charger];
}
