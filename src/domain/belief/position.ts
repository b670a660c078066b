// Where the car's own coordinates say it is, and whether that still holds (R2a). All times are the cloud's.
import { metresBetween } from '../distance.ts';
import { type Instant, later, latest } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { Position, VehicleReport } from '../report.ts';
import type { View } from '../site.ts';
import { cableOf } from './cable.ts';
import { cloudTimeOf } from './cloud-learn.ts';

/** The last position, and whether anything since says that the car moved. */
export interface Where {
  /** Degrees; null = only an Enode Location is told. */
  readonly latitude: number | null;
  readonly longitude: number | null;
  /** The car's own, never one inferred from a charger (R2). */
  readonly locationId: string | null;
  /** The cloud's time of the position. */
  readonly at: Instant;
  /** km, % (the highest since the position) and cable of the newest report; null = not reported. */
  readonly odometer: number | null;
  readonly battery: number | null;
  readonly plugged: boolean | null;
  readonly moved: boolean;
  /** Newest report of odometer or SoC after the position that fits a car that stood still. */
  readonly stillAt: Instant | null;
  /** The same by the odometer alone, which proves it: SoC may stay for some kilometres. */
  readonly parkedAt: Instant | null;
}

export interface Place {
  readonly word: 'home' | 'away' | 'unknown';
  readonly by: 'coordinates' | 'location' | 'charger' | null;
}

const nowhere: Place = { word: 'unknown', by: null };

/**
 * Follows the position and what was reported since (R2): a newer position replaces it, odometer and SoC may say that the car moved.
 * @param isPaired activated at a charger: its Enode Location may then be the charger's
 */
export function followPosition(held: Where | null, report: VehicleReport, isPaired: boolean): Where | null {
  const { charge, odometer } = report;
  const position: Position = isPaired ? { ...report.position, locationId: null } : report.position;
  const plugged = cableOf(charge);
  if (position.at !== null && isSomewhere(position) && (held === null || position.at > held.at)) {
    const { latitude, longitude, locationId, at } = position;
    const { battery } = charge;
    return {
      latitude,
      longitude,
      locationId,
      at,
      odometer,
      battery,
      plugged,
      moved: false,
      stillAt: null,
      parkedAt: null,
    };
  }
  if (held === null || held.moved) return held;
  if (hasMoved(held, report)) return { ...held, moved: true };
  const parkedAt = odometer !== null && held.odometer !== null ? since(held, report.odometerAt) : null;
  const sameSoc = charge.battery !== null && held.battery !== null ? since(held, charge.at) : null;
  const next: Where = {
    ...held,
    // Enode may learn later which Location these coordinates are.
    locationId: position.at === held.at ? (position.locationId ?? held.locationId) : held.locationId,
    odometer: held.odometer ?? odometer,
    battery: highest(held.battery, charge.battery),
    plugged: plugged ?? held.plugged,
    stillAt: latest(held.stillAt, latest(parkedAt, sameSoc)),
    parkedAt: latest(held.parkedAt, parkedAt),
  };
  return same(held, next) ? held : next;
}

const isSomewhere = ({ latitude, longitude, locationId }: Position): boolean =>
  (latitude !== null && longitude !== null) || locationId !== null;

const since = (held: Where, at: Instant | null): Instant | null => (at !== null && at > held.at ? at : null);

const highest = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b);

function hasMoved(held: Where, { charge, odometer }: VehicleReport): boolean {
  if (odometer !== null && held.odometer !== null && odometer - held.odometer > numbers.movedKm) return true;
  const lost = charge.battery !== null && held.battery !== null ? held.battery - charge.battery : 0;
  // With the cable in all along only the house can have taken it; a cable that was out before, or is out now, means driving.
  const stayedPlugged = held.plugged === true && cableOf(charge) !== false;
  return lost >= numbers.movedSoc && !stayedPlugged;
}

const same = (a: Where, b: Where): boolean =>
  a.locationId === b.locationId &&
  a.odometer === b.odometer &&
  a.battery === b.battery &&
  a.plugged === b.plugged &&
  a.stillAt === b.stillAt &&
  a.parkedAt === b.parkedAt;

/**
 * What the car's own coordinates prove. `pluggedSince` is null while unplugged. A position from before the plug-in may have been
 * taken on the way, so it never proves "away" by itself.
 */
export function placeByPosition(view: View, where: Where | null, pluggedSince: Instant | null, now: Instant): Place {
  if (where === null || where.moved) return nowhere;
  const reference = pluggedSince ?? cloudTimeOf(view, now);
  if (where.stillAt === null && where.at < later(reference, -numbers.positionFreshMs)) return nowhere;
  const { home } = view.settings;
  const coordinates = pointOf(where);
  const location = where.locationId === null ? undefined : view.get('location', where.locationId);
  if (home === null || (coordinates === null && location === undefined)) return nowhere;
  if (coordinates !== null && metresBetween(coordinates, home) <= numbers.homeRadiusM)
    return { word: 'home', by: 'coordinates' };
  // Coordinates far from the Location that Enode names contradict it: then they alone count.
  const isThere = coordinates === null || !location || metresBetween(coordinates, location) <= numbers.locationRadiusM;
  if (location && isThere && metresBetween(location, home) <= numbers.homeRadiusM)
    return { word: 'home', by: 'location' };
  const arrived =
    pluggedSince === null ||
    where.at >= later(pluggedSince, -numbers.arrivalMs) ||
    (where.parkedAt !== null && where.parkedAt >= pluggedSince);
  return arrived ? { word: 'away', by: coordinates === null ? 'location' : 'coordinates' } : nowhere;
}

const pointOf = ({ latitude, longitude }: Where): { latitude: number; longitude: number } | null =>
  latitude === null || longitude === null ? null : { latitude, longitude };
