// Who counts as one loadpoint when something is asked of it: its members, and the partner that is still shown on the cable although
// Enode withdrew its ids (R6). Both switches of it command one charge (R5).
import { shownCharger } from '../belief/pairing.ts';
import { leadOf, membersOf } from '../choice/lead.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';

/** The lead first, each once. */
export function crewOf(view: View, asset: AssetId): AssetId[] {
  const lead = leadOf(view, asset);
  const partner = view.get('vehicle', lead) ? shownCharger(view, lead) : lingeringOn(view, lead);
  const members = membersOf(view, lead);
  return partner === null || members.includes(partner) ? members : [...members, partner];
}

function lingeringOn(view: View, charger: AssetId): AssetId | null {
  const vehicle = view.get('occupant', charger)?.vehicle ?? null;
  return vehicle !== null && shownCharger(view, vehicle) === charger ? vehicle : null;
}
