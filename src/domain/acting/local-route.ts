// The devices of a pair in the order in which `local` routing asks them (R5): who holds the charge back goes first, else the vehicle
// while it can, is there and has lately obeyed.
import { lacksConsent } from '../belief/chooser.ts';
import type { Instant } from '../instant.ts';
import type { AssetId, AssetKind, ChargerReport, Direction, VehicleReport } from '../report.ts';
import type { View } from '../site.ts';
import { isObedient } from './obedience.ts';

export interface Device {
  readonly target: AssetId;
  readonly kind: AssetKind;
  /** It says itself that it stopped the charge. */
  readonly holds: boolean;
  /** Within Enode's reach, with a valid login. */
  readonly here: boolean;
  /** A charger that nobody consented to command (R5). */
  readonly forbidden: boolean;
}

/** Those that can do it at all, the first choice first. */
export function ranked(
  view: View,
  vehicle: AssetId,
  charger: AssetId,
  want: Direction,
  now: Instant,
): readonly Device[] {
  const [car, box] = [view.get('vehicle', vehicle), view.get('charger', charger)];
  if (!car || !box) return [];
  const own = deviceOf(view, car.report, false);
  const other = deviceOf(view, box.report, lacksConsent(view, charger));
  const isVehicleFirst =
    want === 'start' && (own.holds || other.holds) ? !other.holds : own.here && isObedient(view, vehicle, now);
  const order = isVehicleFirst ? [own, other] : [other, own];
  const can = order.filter(({ kind }) =>
    kind === 'vehicle' ? car.own[want] !== 'no' : box.report.flags[want]?.capable !== false,
  );
  // One that cannot be reached is asked only when the other cannot either.
  return [...can.filter(({ here }) => here), ...can.filter(({ here }) => !here)];
}

function deviceOf(view: View, report: VehicleReport | ChargerReport, forbidden: boolean): Device {
  const isLoggedIn = !view.get('user', report.userId)?.invalidVendors.includes(report.vendor);
  return {
    target: report.id,
    kind: report.kind,
    holds: report.charge.power === 'stopped',
    here: report.reachable !== false && isLoggedIn,
    forbidden,
  };
}
