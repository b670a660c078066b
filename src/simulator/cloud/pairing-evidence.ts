// How much speaks for a car and a charger holding the same cable (8.1): plug-in times, starts of charging, position. Pure.
import { metresBetween } from './geography.ts';
import { AT_LOCATION_METRES, ELSEWHERE_METRES, EVIDENCE_SLACK_MS, MINUTE } from './numbers.ts';
import { chargerReport, shownPosition, vehicleReport } from './readings.ts';
import type { LinkedCharger, LinkedVehicle, Span } from './state.ts';

/** A moment known no better than this proves nothing: a car that slept for hours was "plugged in" at any time of them. */
const WIDEST_SPAN_MS = 30 * MINUTE;

const PLUGGED_TOGETHER = 2;
const STARTED_TOGETHER = 2;
const STANDS_THERE = 1;

const narrow = (span: Span | null): Span | null => (span && span.to - span.from <= WIDEST_SPAN_MS ? span : null);

const overlap = (a: Span, b: Span): boolean => a.from - EVIDENCE_SLACK_MS <= b.to && b.from - EVIDENCE_SLACK_MS <= a.to;

/** 0 = not plausible; more = better. Both must be plugged in. */
export function evidenceFor(vehicle: LinkedVehicle, charger: LinkedCharger): number {
  const metres = distance(vehicle, charger);
  if (metres !== null && metres > ELSEWHERE_METRES) return 0;
  if (contradict(vehicle, charger) || contradict(charger, vehicle)) return 0;
  const [carPlug, boxPlug] = [narrow(vehicle.pluggedWithin), narrow(charger.pluggedWithin)];
  const [carStart, boxStart] = [narrow(vehicle.startedWithin), narrow(charger.startedWithin)];
  const started = carStart && boxStart && overlap(carStart, boxStart) ? STARTED_TOGETHER : 0;
  // Two good plug-in times far apart are two cables, wherever the car stands.
  if (carPlug && boxPlug && !overlap(carPlug, boxPlug)) return started;
  const together = carPlug && boxPlug ? PLUGGED_TOGETHER : 0;
  return together + started + (metres !== null && metres <= AT_LOCATION_METRES ? STANDS_THERE : 0);
}

/** One has been charging since before the other said, afresh, that it is not. */
function contradict(one: LinkedVehicle | LinkedCharger, other: LinkedVehicle | LinkedCharger): boolean {
  if (one.lastState !== 'CHARGING' || !one.startedWithin) return false;
  const idle = other.lastState === 'STOPPED' || other.lastState === 'COMPLETE' || other.lastState === 'NO_POWER';
  return idle && other.lastAt > one.startedWithin.to + EVIDENCE_SLACK_MS && one.lastAt >= other.lastAt;
}

/** Metres from the car to the charger's Location; null when either is not known for the time of this plug-in. */
function distance(vehicle: LinkedVehicle, charger: LinkedCharger): number | null {
  const place = charger.locationId === null ? undefined : charger.user.locations.get(charger.locationId);
  const position = shownPosition(vehicle);
  const at = vehicleReport(vehicle).positionUpdated;
  if (!place || !position || at === null) return null;
  if (vehicle.pluggedWithin && at < vehicle.pluggedWithin.from - EVIDENCE_SLACK_MS) return null;
  return chargerReport(charger).powerState === 'UNPLUGGED' ? null : metresBetween(position, place.position);
}
