// What a vehicle can do, by itself or through a charger of its user (R5, R7). Enode's flags alone do not tell by whom; where Enode
// unlocks nothing, we say ourselves what a linked charger provides.
import type { Own } from '../known.ts';
import { type AssetId, type Capability, capabilities, type Flag, type VehicleReport } from '../report.ts';
import type { View } from '../site.ts';
import { chooserOf, countedCharger, lacksConsent } from './chooser.ts';
import { pairedCharger } from './pairing.ts';
import { placeOfCharger } from './place.ts';
import { newUser } from './user.ts';
import { validChargers } from './validity.ts';
import type { OwnCapability, Vehicle } from './vehicle.ts';

export interface Effective {
  /** null = nobody told. */
  readonly can: boolean | null;
  /** Who provides it; null = nobody, or not known. */
  readonly by: 'vehicle' | 'charger' | null;
}

const nobodyTold: Effective = { can: null, by: null };
const nobody: Effective = { can: false, by: null };

const ownCapabilities = ['start', 'stop', 'locate'] as const satisfies readonly OwnCapability[];

/** Of a vehicle. Chargers are asked by their own flags. */
export function effective(view: View, id: AssetId, capability: Capability): Effective {
  const vehicle = view.get('vehicle', id);
  if (!vehicle) return nobodyTold;
  switch (capability) {
    case 'max_current':
    case 'rate_limit':
      return limiting(view, vehicle, capability);
    case 'smart_charge':
      return smartCharging(view, vehicle);
    default:
      return provided(view, vehicle, capability);
  }
}

/** R11: the vehicle's own; its power also by the charger it is on right now. */
function limiting(view: View, { report }: Vehicle, capability: 'max_current' | 'rate_limit'): Effective {
  const can = report.flags[capability]?.capable ?? null;
  if (can === true) return { can, by: 'vehicle' };
  const charger = capability === 'rate_limit' ? countedCharger(view, report.id) : null;
  const isLent = view.get('charger', charger ?? '')?.report.flags.rate_limit?.capable === true;
  return isLent ? { can: true, by: 'charger' } : { can, by: null };
}

/** The vehicle's own, or a charger's: Enode's flag where it unlocks, else by what the charger can; only of pairs that hold. */
function provided(view: View, { own, report }: Vehicle, name: OwnCapability): Effective {
  if (own[name] === 'yes') return { can: true, by: 'vehicle' };
  const flag = report.flags[name]?.capable ?? null;
  const { chargers, chargersListedAt } = view.get('user', report.userId) ?? newUser;
  // Chargers that were not listed yet may have unlocked it.
  if (chargers.length === 0 && chargersListedAt === null && flag === true)
    return { can: true, by: own[name] === 'no' ? 'charger' : null };
  const valid = validChargers(view, report.id);
  if (own[name] === 'unknown' && flag !== null)
    return flag && (chargers.length === 0 || valid.length > 0) ? { can: true, by: null } : nobody;
  if (valid.length > 0 && (flag === true || valid.some((charger) => provides(view, charger, name))))
    return { can: true, by: 'charger' };
  return own[name] === 'no' ? nobody : nobodyTold;
}

/** A charger has no location of its own: its place is what somebody said it is. */
const provides = (view: View, charger: AssetId, name: OwnCapability): boolean => {
  const report = view.get('charger', charger)?.report;
  if (name !== 'locate') return report?.flags[name]?.capable === true;
  return placeOfCharger(view, charger).word !== 'unknown' || (report?.locationId ?? null) !== null;
};

/** Start, stop and a place. Where the vehicle alone provides them, Enode's own word on smart charging counts. */
function smartCharging(view: View, vehicle: Vehicle): Effective {
  const parts = ownCapabilities.map((name) => provided(view, vehicle, name));
  const flag = vehicle.report.flags.smart_charge?.capable ?? null;
  if (parts.some(({ can }) => can === false)) return nobody;
  const isByCharger = parts.some(({ by }) => by === 'charger');
  if (parts.every(({ can }) => can === true) && (flag === true || isByCharger))
    return { can: true, by: isByCharger ? 'charger' : parts.every(({ by }) => by === 'vehicle') ? 'vehicle' : null };
  return { can: flag, by: null };
}

const nothingLearnt: Vehicle['own'] = { start: 'unknown', stop: 'unknown', locate: 'unknown' };

/**
 * Learns own capabilities from flags (R5): with certainly no charger linked they are the car's own; with one linked a flag that
 * is false still says that the car cannot, a flag that is true says nothing. One that a person could fix, and that turned true
 * although a charger was linked before already, was perhaps fixed: it is asked again.
 */
export function learnOwn(held: Vehicle | null, report: VehicleReport, chargerFree: boolean): Vehicle['own'] {
  const known = held?.own ?? nothingLearnt;
  const next: Record<OwnCapability, Own> = { ...known };
  for (const name of ownCapabilities) {
    const flag = report.flags[name];
    if (flag === null) continue;
    if (!flag.capable) next[name] = 'no';
    else if (chargerFree) next[name] = 'yes';
    else if (known[name] === 'no' && held?.besideCharger && isFixable(held.report.flags[name])) next[name] = 'unknown';
  }
  return ownCapabilities.every((name) => next[name] === known[name]) ? known : next;
}

const isFixable = (flag: Flag | null): boolean => flag !== null && !flag.capable && flag.interventions.length > 0;

/** What stood in the way of the vehicle's own capabilities when Enode last told: once a charger unlocks them, it tells no more. */
export function learnUnresolved(
  held: Vehicle | null,
  { flags }: VehicleReport,
  own: Vehicle['own'],
): NonNullable<Vehicle['unresolved']> {
  const next: Partial<Record<OwnCapability, readonly string[]>> = {};
  for (const name of ownCapabilities) {
    const flag = flags[name];
    const ids = flag?.capable === false ? flag.interventions : own[name] === 'yes' ? [] : held?.unresolved?.[name];
    if (ids && ids.length > 0) next[name] = ids;
  }
  return next;
}

/** Interventions in the way of a vehicle's own capability, told or remembered; empty = none, or it never can. */
export function blockersOf({ report, unresolved }: Vehicle, name: OwnCapability): readonly string[] {
  const flag = report.flags[name];
  return flag?.capable === false ? flag.interventions : (unresolved?.[name] ?? []);
}

/** What a person would have to fix: those of capabilities that nobody provides; a charger's rest as long as it provides (6.1). Sorted, each once. */
export function openInterventions(view: View, id: AssetId): string[] {
  const vehicle = view.get('vehicle', id);
  const report = vehicle?.report ?? view.get('charger', id)?.report;
  if (!report) return [];
  const open = new Set<string>();
  const resting = new Set<string>();
  if (vehicle)
    for (const name of ownCapabilities)
      for (const blocker of blockersOf(vehicle, name))
        (provided(view, vehicle, name).can === true ? resting : open).add(blocker);
  for (const name of capabilities) {
    const flag = report.flags[name];
    if (!flag || flag.capable || (vehicle && (ownCapabilities as readonly string[]).includes(name))) continue;
    // Smart charging names those of its parts again.
    for (const blocker of flag.interventions) if (!resting.has(blocker)) open.add(blocker);
  }
  return [...open].sort();
}

/** The step that helps a car which cannot: fix it, link a charger, plug in at the linked one, allow us to ask it, or ask Enode to unlock. */
export function stepFor(
  view: View,
  id: AssetId,
  charger: AssetId | null,
): 'fix' | 'link_charger' | 'plug_in' | 'allow_charger' | 'ask_enode' {
  if (openInterventions(view, id).length > 0) return 'fix';
  const user = view.get('user', view.get('vehicle', id)?.report.userId ?? '');
  if (!user || user.chargers.length === 0) return 'link_charger';
  // It may be on its charger by our matcher's word, which `enode` routing does not count on: then plugging in is done.
  if (charger === null && pairedCharger(view, id) === null) return 'plug_in';
  if (charger === null) return 'ask_enode';
  return chooserOf(view) === 'local' && lacksConsent(view, charger) ? 'allow_charger' : 'ask_enode';
}
