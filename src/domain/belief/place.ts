// Is it at home? Only proof counts (R2): unknown is never home.
import type { Instant } from '../instant.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';
import { activatedCharger } from './pairing.ts';
import { openPlugIn } from './plugin.ts';
import { type Place, placeByPosition } from './position.ts';

/** R2 whole: coordinates first, then the charger it is activated at; coordinates elsewhere against a home charger prove nothing. */
export function placeOfVehicle(view: View, id: AssetId, now: Instant): Place {
  const vehicle = view.get('vehicle', id);
  if (!vehicle) return { word: 'unknown', by: null };
  if (view.get('pairing', id)?.evidence === 'elsewhere') return { word: 'unknown', by: null };
  const byPosition = placeByPosition(view, vehicle.where, openPlugIn(view, id)?.since ?? null, now);
  if (byPosition.word !== 'unknown') return byPosition;
  const charger = activatedCharger(view, id);
  return charger === null ? byPosition : placeOfCharger(view, charger);
}

/** A charger is where its user said it is; unmarked is unknown. */
export function placeOfCharger(view: View, id: AssetId): Place {
  const marked = view.settings.chargerPlaces[id];
  if (marked === undefined) return { word: 'unknown', by: null };
  return { word: marked === 'home' ? 'home' : 'away', by: 'charger' };
}
