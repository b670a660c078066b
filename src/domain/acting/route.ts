// Which device a command goes to (R5, `enode` routing): the Vehicle API for vehicles, the charger only for its own switch or on request.

import { bridgeOf } from '../belief/bridge.ts';
import { openInterventions, stepFor } from '../belief/capability.ts';
import { activatedCharger } from '../belief/pairing.ts';
import type { AssetId, AssetKind, Direction } from '../report.ts';
import type { View } from '../site.ts';
import { type Reason, reason } from '../telling/reason.ts';

export interface Route {
  readonly target: AssetId;
  readonly targetKind: AssetKind;
  /** As shown: `enode` = the Vehicle API of an activated pair, where Enode chooses the device. */
  readonly label: 'vehicle' | 'charger' | 'enode';
}

export type Routing = { readonly route: Route } | { readonly refused: Reason };

/** @param wanted the device a person named, or null */
export function routeOf(
  view: View,
  subject: AssetId,
  direction: Direction,
  wanted: 'vehicle' | 'charger' | null,
): Routing {
  const vehicle = view.get('vehicle', subject);
  if (!vehicle)
    return view.get('charger', subject) ? toCharger(view, subject) : refused(reason('refused_unknown_asset'));
  const charger = activatedCharger(view, subject);
  if (wanted === 'charger') return charger === null ? refused(reason('refused_not_paired')) : toCharger(view, charger);
  const flag = vehicle.report.flags[direction];
  const cannot = vehicle.own[direction] === 'no' && (charger === null || flag?.capable === false);
  if (cannot) return refused(incapable(view, subject, direction, charger));
  return { route: { target: subject, targetKind: 'vehicle', label: charger === null ? 'vehicle' : 'enode' } };
}

const refused = (why: Reason): Routing => ({ refused: why });

/** R5 consent: while vehicles are linked too, Enode may switch its orchestration off once we write to the Charger API. */
function toCharger(view: View, charger: AssetId): Routing {
  const user = view.get('user', view.get('charger', charger)?.report.userId ?? '');
  const consented = view.settings.allowChargerCommands || bridgeOf(view).allowChargerCommands;
  if (!consented && user && user.vehicles.length > 0) return refused(reason('refused_consent'));
  return { route: { target: charger, targetKind: 'charger', label: 'charger' } };
}

/** Why the car cannot, with the step that helps. */
export function incapable(view: View, subject: AssetId, capability: Direction, charger: AssetId | null): Reason {
  const [first] = openInterventions(view, subject);
  const fix = first === undefined ? undefined : view.get('intervention', first)?.title;
  const step = stepFor(view, subject, charger);
  return reason('refused_incapable', { capability, step, fix: fix ?? null });
}
