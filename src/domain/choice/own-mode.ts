// When a charger's own mode acts (R5): only while it is known that none of our cars is meant.
import { mayHaveVehicles, newUser } from '../belief/user.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';

/** Its user certainly has no vehicle linked: whose car it is does not matter to anybody's mode. */
export function ownModeActs(view: View, charger: AssetId): boolean {
  return !mayHaveVehicles(view.get('user', view.get('charger', charger)?.report.userId ?? '') ?? newUser);
}
