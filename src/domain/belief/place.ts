// Is it at home? Only proof counts (R2): unknown is never home.
import type { Instant } from '../instant.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';
import { countedCharger } from './chooser.ts';
import { markedPlace } from './mark.ts';
import { isElsewhere } from './pairing.ts';
import { openPlugIn } from './plugin.ts';
import { type Place, placeByPosition } from './position.ts';

const unknownPlace: Place = { word: 'unknown', by: null };

/** R2 whole: coordinates first, then the charger it is activated at; coordinates elsewhere against a home charger prove nothing. */
export function placeOfVehicle(view: View, id: AssetId, now: Instant): Place {
  const vehicle = view.get('vehicle', id);
  if (!vehicle) return unknownPlace;
  if (isElsewhere(view.get('pairing', id))) return unknownPlace;
  const byPosition = placeByPosition(view, vehicle.where, openPlugIn(view, id)?.since ?? null, now);
  const charger = countedCharger(view, id);
  const byCharger = charger === null ? unknownPlace : placeOfCharger(view, charger);
  // A charger marked elsewhere within our circle: the two contradict each other, and only proof counts.
  if (byPosition.word === 'home' && byCharger.word === 'away') return unknownPlace;
  return byPosition.word === 'unknown' ? byCharger : byPosition;
}

/** A charger is where its user said it is; unmarked is unknown. */
export function placeOfCharger(view: View, id: AssetId): Place {
  const marked = markedPlace(view, id);
  if (marked === null) return unknownPlace;
  return { word: marked === 'home' ? 'home' : 'away', by: 'charger' };
}
