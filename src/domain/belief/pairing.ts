// Which charger a vehicle belongs to, as Enode reports it: established by linking both, activated by its plugged-in ids.
import type { Draft } from '../draft.ts';
import type { Instant } from '../instant.ts';
import type { AssetId, UserId } from '../report.ts';
import type { View } from '../site.ts';
import { openPlugIn } from './plugin.ts';
import { placeByPosition } from './position.ts';
import { newUser } from './user.ts';

export interface Pairing {
  readonly word: 'unpaired' | 'established' | 'activated' | 'invalid';
  /** The partner while activated; the only candidate while established; null with several (R6). */
  readonly charger: AssetId | null;
  /** Shown as plugged in there although Enode withdrew its ids while the cable stayed and the car sleeps (R6): never commanded through. */
  readonly lingering: boolean;
  /** 0–1 */
  readonly certainty: number;
  readonly evidence: 'enode_vehicle_id' | 'enode_charger_id' | 'enode_both_ids' | 'lingering' | 'elsewhere' | null;
  readonly since: Instant;
}

/** By charger: the vehicle that is believed on its cable. */
export interface Occupant {
  readonly vehicle: AssetId;
}

/** The charger that commands may count on: activated by Enode's own ids right now, not merely shown. */
export function activatedCharger(view: View, vehicle: AssetId): AssetId | null {
  const pairing = view.get('pairing', vehicle);
  return pairing?.word === 'activated' && !pairing.lingering ? pairing.charger : null;
}

/** The charger shown with a vehicle, lingering ones included. */
export function shownCharger(view: View, vehicle: AssetId): AssetId | null {
  const pairing = view.get('pairing', vehicle);
  return pairing?.word === 'activated' ? pairing.charger : null;
}

/** Works out all pairs of one user anew. Returns the assets whose partner changed. */
export function followPairs(draft: Draft, user: UserId, now: Instant): AssetId[] {
  const { vehicles, chargers } = draft.get('user', user) ?? newUser;
  const touched = new Set<AssetId>();
  for (const vehicle of vehicles) {
    const held = draft.get('pairing', vehicle);
    const next = pairOf(draft, vehicle, vehicles, chargers, held, now);
    if (held && sameBut(held, next)) continue;
    draft.put('pairing', vehicle, next);
    touched.add(vehicle);
    if (
      held?.word === 'activated' &&
      held.charger !== null &&
      (next.word !== 'activated' || next.charger !== held.charger)
    ) {
      if (draft.get('occupant', held.charger)?.vehicle === vehicle) draft.put('occupant', held.charger, null);
      touched.add(held.charger);
      draft.tell({ subject: vehicle, type: 'pairing_ended', detail: held.charger });
    }
    if (next.word === 'activated' && next.charger !== null) {
      draft.put('occupant', next.charger, { vehicle });
      touched.add(next.charger);
      if (held?.word !== 'activated' || held.charger !== next.charger) {
        draft.tell({ subject: vehicle, type: 'pairing_activated', detail: next.charger });
      }
    }
  }
  return [...touched];
}

const sameBut = (a: Pairing, b: Pairing): boolean =>
  a.word === b.word && a.charger === b.charger && a.lingering === b.lingering && a.evidence === b.evidence;

function pairOf(
  view: View,
  vehicle: AssetId,
  vehicles: readonly AssetId[],
  chargers: readonly AssetId[],
  held: Pairing | undefined,
  now: Instant,
): Pairing {
  const make = (rest: Partial<Pairing>): Pairing => ({
    word: chargers.length > 0 ? 'established' : 'unpaired',
    charger: chargers.length === 1 ? chargers[0]! : null,
    lingering: false,
    certainty: 0,
    evidence: null,
    since: now,
    ...rest,
  });
  const claim = claimOf(view, vehicle, vehicles, chargers);
  if (claim !== null) {
    if (contradicted(view, vehicle, claim.charger, now)) return make({ evidence: 'elsewhere' });
    const since = held?.word === 'activated' && held.charger === claim.charger ? held.since : now;
    return make({ word: 'activated', certainty: 1, since, ...claim });
  }
  if (held?.word === 'activated' && held.charger !== null && cableStays(view, vehicle, held.charger)) {
    return { ...held, lingering: true, certainty: 0.5, evidence: 'lingering' };
  }
  return make({});
}

/** The charger that Enode's ids name for this vehicle; null when they name none, or contradict each other. */
function claimOf(
  view: View,
  vehicle: AssetId,
  vehicles: readonly AssetId[],
  chargers: readonly AssetId[],
): { charger: AssetId; evidence: Pairing['evidence'] } | null {
  const own = view.get('vehicle', vehicle);
  const ofVehicle = own?.goneSince === null ? own.report.pluggedInChargerId : null;
  const ofChargers = chargers.filter((id) => view.get('charger', id)?.report.pluggedInVehicleId === vehicle);
  const charger = ofVehicle ?? (ofChargers.length === 1 ? ofChargers[0]! : null);
  if (!own || charger === null || !chargers.includes(charger)) return null;
  const other = view.get('charger', charger);
  if (!other || other.goneSince !== null) return null;
  const named = other.report.pluggedInVehicleId;
  if (named !== null && named !== vehicle) return null;
  if (vehicles.some((id) => id !== vehicle && view.get('vehicle', id)?.report.pluggedInChargerId === charger))
    return null;
  const newer = (other.report.charge.at ?? 0) > (own.report.charge.at ?? 0);
  // One side still names the other, but the newer report says that the cable is out, or no longer names it.
  if (newer && other.report.charge.plugged === false) return null;
  if (ofVehicle === null && !newer) return null;
  const evidence = ofVehicle === null ? 'enode_charger_id' : named === vehicle ? 'enode_both_ids' : 'enode_vehicle_id';
  return { charger, evidence };
}

function cableStays(view: View, vehicle: AssetId, charger: AssetId): boolean {
  const other = view.get('charger', charger);
  if (!other || other.goneSince !== null || other.report.charge.plugged !== true) return false;
  const named = other.report.pluggedInVehicleId;
  const elsewhere = view.get('vehicle', vehicle)?.report.pluggedInChargerId;
  return (named === null || named === vehicle) && (elsewhere === null || elsewhere === charger);
}

/** Fresh coordinates elsewhere, while the charger is marked as home (R2). */
function contradicted(view: View, vehicle: AssetId, charger: AssetId, now: Instant): boolean {
  if (view.settings.chargerPlaces[charger] !== 'home') return false;
  const where = view.get('vehicle', vehicle)?.where ?? null;
  return placeByPosition(view, where, openPlugIn(view, vehicle)?.since ?? null, now).word === 'away';
}
