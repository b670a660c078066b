// Where the car's own coordinates say it is, and whether that still holds (R2a).
import { metresBetween } from '../distance.ts';
import { type Instant, latest } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { VehicleReport } from '../report.ts';
import type { View } from '../site.ts';

/** The last position, and whether anything since says that the car moved. */
export interface Where {
  readonly latitude: number;
  readonly longitude: number;
  readonly locationId: string | null;
  /** The cloud's time of the position. */
  readonly at: Instant;
  /** km and % when the position was taken; null = not reported. */
  readonly odometer: number | null;
  readonly battery: number | null;
  readonly moved: boolean;
  /** Newest report (cloud's time) of odometer or SoC after the position that fits a car that stood still. */
  readonly stillAt: Instant | null;
}

export interface Place {
  readonly word: 'home' | 'away' | 'unknown';
  readonly by: 'coordinates' | 'location' | 'charger' | null;
}

/** Follows the position and what was reported since (R2): a newer position replaces it, odometer and SoC may say that the car moved. */
export function followPosition(held: Where | null, report: VehicleReport): Where | null {
  const { position, charge, odometer } = report;
  const known = position.latitude !== null && position.longitude !== null && position.at !== null;
  if (known && (held === null || position.at > held.at)) {
    return {
      latitude: position.latitude,
      longitude: position.longitude,
      locationId: position.locationId,
      at: position.at,
      odometer,
      battery: charge.battery,
      moved: false,
      stillAt: null,
    };
  }
  if (held === null || held.moved) return held;
  const droveKm = odometer !== null && held.odometer !== null ? odometer - held.odometer : 0;
  const lostSoc =
    charge.plugged === false && charge.battery !== null && held.battery !== null ? held.battery - charge.battery : 0;
  if (droveKm > numbers.movedKm || lostSoc >= numbers.movedSoc) return { ...held, moved: true };
  const since = latest(
    odometer !== null && held.odometer !== null ? report.odometerAt : null,
    charge.battery !== null && held.battery !== null ? charge.at : null,
  );
  const battery = charge.battery !== null && charge.battery > (held.battery ?? -1) ? charge.battery : held.battery;
  const stillAt = since !== null && since > held.at ? latest(held.stillAt, since) : held.stillAt;
  const locationId = known ? position.locationId : held.locationId;
  if (battery === held.battery && stillAt === held.stillAt && locationId === held.locationId) return held;
  return { ...held, battery, stillAt, locationId };
}

/**
 * What the car's own coordinates prove. `pluggedSince` is null while unplugged. A position from before the plug-in may have been
 * taken on the way, so it never proves "away" by itself.
 */
export function placeByPosition(view: View, where: Where | null, pluggedSince: Instant | null, now: Instant): Place {
  const nowhere: Place = { word: 'unknown', by: null };
  if (where === null || where.moved) return nowhere;
  const fresh = where.stillAt !== null || where.at >= (pluggedSince ?? now) - numbers.positionFreshMs;
  if (!fresh) return nowhere;
  const { home } = view.settings;
  if (home !== null && metresBetween(where, home) <= numbers.homeRadiusM) return { word: 'home', by: 'coordinates' };
  if (where.locationId !== null && isHomeLocation(view, where.locationId)) return { word: 'home', by: 'location' };
  const arrived = pluggedSince === null || where.at >= pluggedSince || where.stillAt !== null;
  return home !== null && arrived ? { word: 'away', by: 'coordinates' } : nowhere;
}

function isHomeLocation(view: View, id: string): boolean {
  const { home } = view.settings;
  const location = view.get('location', id);
  return home !== null && location !== undefined && metresBetween(location, home) <= numbers.homeRadiusM;
}
