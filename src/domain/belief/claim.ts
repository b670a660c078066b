// Which charger Enode's own ids name for a vehicle. Where they contradict each other nothing is claimed: doubt means not activated.
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';
import type { ReasonCode } from '../telling/reason.ts';
import { cableOf } from './cable.ts';

export interface Claim {
  readonly charger: AssetId;
  readonly code: ReasonCode;
}

/** @param vehicles all linked ones of the user, as are `chargers`: assets of others are never partners (R6) */
export function claimOf(
  view: View,
  vehicle: AssetId,
  vehicles: readonly AssetId[],
  chargers: readonly AssetId[],
): Claim | null {
  const claims = chargers.flatMap((charger): Claim[] => {
    const code = evidenceOf(view, vehicle, charger);
    return code === null ? [] : [{ charger, code }];
  });
  const [claim, other] = claims;
  if (claim === undefined || other !== undefined) return null;
  const isNamed = view.get('charger', claim.charger)?.report.pluggedInVehicleId === vehicle;
  return !isNamed && hasRival(view, vehicle, vehicles, claim.charger) ? null : claim;
}

/** Another vehicle says the same of this charger. */
const hasRival = (view: View, vehicle: AssetId, vehicles: readonly AssetId[], charger: AssetId): boolean =>
  vehicles.some((id) => id !== vehicle && saysCharger(view, id, charger));

function evidenceOf(view: View, vehicle: AssetId, charger: AssetId): ReasonCode | null {
  const own = view.get('vehicle', vehicle);
  const other = view.get('charger', charger);
  if (!own || !other) return null;
  const named = other.report.pluggedInVehicleId;
  if (named !== null && named !== vehicle) return null;
  const isSaid = saysCharger(view, vehicle, charger);
  const isNamed = named === vehicle && cableOf(other.report.charge) !== false;
  if (isSaid) return isNamed ? 'pair_enode_both' : 'pair_enode_vehicle';
  // The charger alone: believed when it speaks after the vehicle, which knew nothing of it yet.
  return isNamed && (other.report.charge.at ?? 0) > (own.report.charge.at ?? 0) ? 'pair_enode_charger' : null;
}

/** The vehicle names the charger, does not itself, awake, say that it is unplugged, and no cable was seen out there since. */
export function saysCharger(view: View, vehicle: AssetId, charger: AssetId): boolean {
  const report = view.get('vehicle', vehicle)?.report;
  if (report?.pluggedInChargerId !== charger) return false;
  if (report.reachable === true && cableOf(report.charge) === false) return false;
  const outAt = view.get('charger', charger)?.outAt ?? null;
  return outAt === null || outAt <= (report.charge.at ?? 0);
}
