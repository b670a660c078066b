// When a charger's own mode acts (R5): only while it is known that none of our cars is meant.
import { isGuest } from '../belief/correction.ts';
import { mayHaveVehicles, newUser } from '../belief/user.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';

/** Somebody said that a guest is on it, or its user certainly has no vehicle linked: whose car it is does not matter to anybody's mode. */
export function ownModeActs(view: View, charger: AssetId): boolean {
  const user = view.get('user', view.get('charger', charger)?.report.userId ?? '') ?? newUser;
  return isGuest(view, charger) || !mayHaveVehicles(user);
}
