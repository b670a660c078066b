// Which device a command goes to (R5). `enode` routing: the Vehicle API for vehicles, the charger only for its own switch or on
// request. `local` routing: our own order of the two devices of a pair.
import { openInterventions, stepFor } from '../belief/capability.ts';
import { chooserOf, countedCharger, lacksConsent } from '../belief/chooser.ts';
import type { Instant } from '../instant.ts';
import type { AssetId, AssetKind, Capability, Direction } from '../report.ts';
import type { View } from '../site.ts';
import { type Reason, reason } from '../telling/reason.ts';
import { ranked } from './local-route.ts';
import type { Wish } from './wish.ts';

export interface Route {
  readonly target: AssetId;
  readonly targetKind: AssetKind;
  /** As shown: `enode` = the Vehicle API of an activated pair, where Enode chooses the device. */
  readonly label: 'vehicle' | 'charger' | 'enode';
}

export type Routing = { readonly route: Route } | { readonly refused: Reason };

/** What is asked, of which asset, at the device a person named, a fallback went on to, or that has to undo something, if any. */
export type Asked = Pick<Wish, 'subject' | 'want' | 'route' | 'hop' | 'again'>;

export function routeOf(view: View, asked: Asked, now: Instant): Routing {
  const { subject, want } = asked;
  const isVehicle = view.get('vehicle', subject) !== undefined;
  if (!isVehicle) return view.get('charger', subject) ? toCharger(view, subject) : refused('refused_unknown_asset');
  const charger = countedCharger(view, subject);
  if (asked.route === 'charger') return charger === null ? refused('refused_not_paired') : toCharger(view, charger);
  const isEnode = chooserOf(view) === 'enode';
  if (charger !== null && asked.route === null && !isEnode) return locally(view, charger, asked, now);
  // "Only the vehicle" is all that is left of a fallback whose pair has ended.
  if ((meantFor(asked) ?? subject) !== subject) return refused('refused_not_paired');
  // Who names the vehicle insists: while its charger is linked nothing else tells whether an update has taught it (R5).
  if (asked.route !== 'vehicle' && isUnable(view, subject, want, charger))
    return { refused: incapable(view, subject, want, charger) };
  return { route: { ...toVehicle(subject), label: isEnode && charger !== null ? 'enode' : 'vehicle' } };
}

const meantFor = ({ hop, again }: Asked): AssetId | null => hop?.to ?? again ?? null;

const refused = (code: 'refused_unknown_asset' | 'refused_not_paired' | 'refused_consent'): Routing => ({
  refused: reason(code),
});
const toVehicle = (target: AssetId): Route => ({ target, targetKind: 'vehicle', label: 'vehicle' });
const chargerRoute = (target: AssetId): Route => ({ target, targetKind: 'charger', label: 'charger' });

/** R5 consent: while vehicles are linked too, Enode may switch its orchestration off once we write to the Charger API. */
const toCharger = (view: View, charger: AssetId): Routing =>
  lacksConsent(view, charger) ? refused('refused_consent') : { route: chargerRoute(charger) };

/** The first that may be asked. A charger that alone can help is not passed over for want of consent: the person hears of it. */
function locally(view: View, charger: AssetId, asked: Asked, now: Instant): Routing {
  const { subject, want } = asked;
  const only = meantFor(asked);
  const all = ranked(view, subject, charger, want, now);
  const [first, second] = only === null ? all : all.filter(({ target }) => target === only);
  if (first === undefined)
    return only !== null ? refused('refused_not_paired') : { refused: incapable(view, subject, want, charger) };
  const isNeeded = second === undefined || (want === 'start' && first.holds);
  const chosen = first.forbidden && !isNeeded ? second : first;
  return chosen.kind === 'vehicle' ? { route: toVehicle(subject) } : toCharger(view, charger);
}

/** No device can do it: not the car, and no charger that counts for it. `charger`: the one it is on, or null. */
export function isUnable(view: View, vehicle: AssetId, want: Direction, charger: AssetId | null): boolean {
  const car = view.get('vehicle', vehicle);
  if (car?.own[want] !== 'no') return false;
  if (charger === null) return true;
  // Where Enode chooses, its flag tells whether the charger stands in.
  if (chooserOf(view) === 'enode') return car.report.flags[want]?.capable === false;
  return lacksConsent(view, charger) || view.get('charger', charger)?.report.flags[want]?.capable === false;
}

/** Why the car cannot, with the step that helps. */
export function incapable(view: View, subject: AssetId, capability: Capability, charger: AssetId | null): Reason {
  const [first] = openInterventions(view, subject);
  const fix = first === undefined ? undefined : view.get('intervention', first)?.title;
  const step = stepFor(view, subject, charger);
  return reason('refused_incapable', { capability, step, fix: fix ?? null });
}
