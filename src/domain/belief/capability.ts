// What a vehicle can do, by itself or through a charger (R5, R7). Enode's flags alone do not tell by whom.
import type { Own } from '../known.ts';
import { type AssetId, type Capability, capabilities, type Flag, type VehicleReport } from '../report.ts';
import type { View } from '../site.ts';
import { chooserOf, lacksConsent } from './chooser.ts';
import type { Vehicle } from './vehicle.ts';

export interface Effective {
  /** Enode's flag; null = not told. */
  readonly can: boolean | null;
  /** Who provides it; null = nobody, or not known. */
  readonly by: 'vehicle' | 'charger' | null;
}

type OwnCapability = keyof Vehicle['own'];

const flagOf: Record<OwnCapability, Capability> = { start: 'start', stop: 'stop', locate: 'locate' };

export function effective(vehicle: Vehicle, capability: Capability): Effective {
  const flag = vehicle.report.flags[capability];
  const can = flag === null ? null : flag.capable;
  if (can !== true) return { can, by: null };
  if (capability === 'max_current' || capability === 'rate_limit') return { can, by: 'vehicle' };
  const own =
    capability === 'smart_charge'
      ? bothOf(vehicle.own.start, vehicle.own.stop)
      : vehicle.own[capability as OwnCapability];
  return { can, by: own === 'yes' ? 'vehicle' : own === 'no' ? 'charger' : null };
}

const bothOf = (a: Own, b: Own): Own =>
  a === 'no' || b === 'no' ? 'no' : a === 'yes' && b === 'yes' ? 'yes' : 'unknown';

const nothingLearnt: Vehicle['own'] = { start: 'unknown', stop: 'unknown', locate: 'unknown' };

/**
 * Learns own capabilities from flags (R5): with certainly no charger linked they are the car's own; with one linked a flag that
 * is false still says that the car cannot, a flag that is true says nothing. One that a person could fix, and that turned true
 * although a charger was linked before already, was perhaps fixed: it is asked again.
 */
export function learnOwn(held: Vehicle | null, report: VehicleReport, chargerFree: boolean): Vehicle['own'] {
  const known = held?.own ?? nothingLearnt;
  const next = { ...known };
  for (const name of Object.keys(flagOf) as OwnCapability[]) {
    const flag: Flag | null = report.flags[flagOf[name]];
    if (flag === null) continue;
    if (!flag.capable) next[name] = 'no';
    else if (chargerFree) next[name] = 'yes';
    else if (known[name] === 'no' && held?.besideCharger && isFixable(held.report.flags[flagOf[name]]))
      next[name] = 'unknown';
  }
  return next.start === known.start && next.stop === known.stop && next.locate === known.locate ? known : next;
}

const isFixable = (flag: Flag | null): boolean => flag !== null && !flag.capable && flag.interventions.length > 0;

/** What a person would have to fix: of flags that are false; those a charger provides are true, so theirs rest (6.1). Sorted, each once. */
export function openInterventions(view: View, id: AssetId): string[] {
  const report = view.get('vehicle', id)?.report ?? view.get('charger', id)?.report;
  if (!report) return [];
  const ids: string[] = [];
  for (const name of capabilities) {
    const flag = report.flags[name];
    if (flag && !flag.capable) for (const each of flag.interventions) if (!ids.includes(each)) ids.push(each);
  }
  return ids.sort();
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
  if (charger === null) return 'plug_in';
  return chooserOf(view) === 'local' && lacksConsent(view, charger) ? 'allow_charger' : 'ask_enode';
}
