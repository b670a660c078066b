// Fresh coordinates elsewhere, while the charger is marked as home: they beat any pair there (R2).
import type { Instant } from '../instant.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';
import { markedPlace } from './mark.ts';
import { openPlugIn } from './plugin.ts';
import { placeByPosition } from './position.ts';

export function standsElsewhere(view: View, id: AssetId, charger: AssetId, now: Instant): boolean {
  if (markedPlace(view, charger) !== 'home') return false;
  const vehicle = view.get('vehicle', id);
  // A claim means a cable: the plug-in itself may only be opened by this very report.
  const since = openPlugIn(view, id)?.since ?? vehicle?.report.charge.at ?? null;
  return placeByPosition(view, vehicle?.where ?? null, since, now).word === 'away';
}
