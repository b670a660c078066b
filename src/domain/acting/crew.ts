// Who counts as one loadpoint when something is asked of it: its members, the partner that is still shown on the cable although Enode
// withdrew its ids (R6), and whoever was of it, on the same cable, when a request that is still open was made. All its switches command one charge (R5).
import { shownCharger } from '../belief/pairing.ts';
import { openPlugIn } from '../belief/plugin.ts';
import { leadOf, membersOf } from '../choice/lead.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';
import { openAttempt } from './attempt.ts';

/** The lead first, each once. */
export function crewOf(view: View, asset: AssetId): AssetId[] {
  const lead = leadOf(view, asset);
  const crew = membersOf(view, lead);
  const add = (id: AssetId | null): void => {
    if (id !== null && !crew.includes(id)) crew.push(id);
  };
  add(view.get('vehicle', lead) ? shownCharger(view, lead) : lingeringOn(view, lead));
  for (const member of [...crew]) {
    const { target = member } = view.get('errand', member) ?? {};
    for (const device of new Set([member, target])) for (const other of companions(view, device, member)) add(other);
  }
  return crew;
}

/** Who shares the open request at this device with this asset: all whose cable did not move since it was made. */
function companions(view: View, device: AssetId, asset: AssetId): AssetId[] {
  const members = openAttempt(view, device)?.members ?? {};
  const stayed = (id: AssetId): boolean => members[id] === (openPlugIn(view, id)?.id ?? null);
  return stayed(asset) && stayed(device) ? Object.keys(members).filter(stayed) : [];
}

function lingeringOn(view: View, charger: AssetId): AssetId | null {
  const vehicle = view.get('occupant', charger)?.vehicle ?? null;
  return vehicle !== null && shownCharger(view, vehicle) === charger ? vehicle : null;
}
