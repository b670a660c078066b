// Who chooses between the two devices of a pair: Enode, or we (R5). And which charger may be counted on then.
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';
import { bridgeOf } from './bridge.ts';
import { activatedCharger, pairedCharger } from './pairing.ts';
import { mayHaveVehicles, newUser } from './user.ts';

/** `auto` leaves it to Enode until evidence says that Enode does not do it for this client, and somebody consented to our doing it. */
export function chooserOf(view: View): 'enode' | 'local' {
  const { control } = view.settings;
  if (control !== 'auto') return control;
  return bridgeOf(view).unorchestrated !== undefined && isConsented(view) ? 'local' : 'enode';
}

/** R5: to write to the Charger API although vehicles are linked; Enode may end its own orchestration over it. */
export const isConsented = (view: View): boolean =>
  view.settings.allowChargerCommands || bridgeOf(view).allowChargerCommands;

/** Consent would be needed before anything is written to this charger, and was not given. */
export function lacksConsent(view: View, charger: AssetId): boolean {
  if (isConsented(view)) return false;
  return mayHaveVehicles(view.get('user', view.get('charger', charger)?.report.userId ?? '') ?? newUser);
}

/** The charger that commands, modes and the proof of home count on: whoever chooses, a pair that is only shown never is one. */
export const countedCharger = (view: View, vehicle: AssetId): AssetId | null =>
  chooserOf(view) === 'local' ? pairedCharger(view, vehicle) : activatedCharger(view, vehicle);
