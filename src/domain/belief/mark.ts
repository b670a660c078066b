// Where a charger stands by a person's word (R2): an option, or a confirmation given here. Nothing else marks it, neither Enode's
// Location nor the address in the vendor's app.
import type { Instant } from '../instant.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';

type MarkedPlace = 'home' | 'elsewhere';

/** A confirmation, kept until the charger is forgotten. */
export interface Mark {
  readonly place: MarkedPlace;
  readonly at: Instant;
  /** What the option said when it was given: an option that was changed since is the newer word. */
  readonly option: MarkedPlace | null;
}

const optionOf = (view: View, charger: AssetId): MarkedPlace | null => view.settings.chargerPlaces[charger] ?? null;

export const newMark = (view: View, charger: AssetId, place: MarkedPlace, at: Instant): Mark => ({
  place,
  at,
  option: optionOf(view, charger),
});

/** The newer of both words; null = nobody said anything. */
export function markedPlace(view: View, charger: AssetId): MarkedPlace | null {
  const option = optionOf(view, charger);
  const mark = view.get('mark', charger);
  return mark && (option === null || option === mark.option) ? mark.place : option;
}
