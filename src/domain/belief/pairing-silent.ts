// Explanations for an occupied charger beside the cars that say they are plugged in: own cars that have not told yet, or lie; and two
// that came home together, of which the other one tells first.
import { type Instant, latest } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';
import { heardUntil } from './heard.ts';
import { placeByPosition } from './position.ts';
import { lengthOf, shareAfter } from './span.ts';
import type { Span } from './trace.ts';

/** 0–1: how well it fits with what this own car tells, or not, that it was plugged in then. */
export function untoldShare(view: View, id: AssetId, plugged: Span, now: Instant): number {
  const vehicle = view.get('vehicle', id);
  if (!vehicle || vehicle.goneSince !== null) return 0;
  const { cableIn, cableOut } = vehicle.newest;
  const here = isAway(view, id, plugged, now) ? numbers.silentAwayShare : 1;
  if (cableIn === null && cableOut === null) return here;
  if (cableOut !== null && cableOut >= plugged.by + numbers.spanSlackMs) return here * numbers.liesShare;
  const untold = waiting(heardUntil(view, vehicle, now) - plugged.by, numbers.tellsWithinMs, numbers.silentShare);
  return here * untold * (cableOut === null ? 1 : shareAfter(plugged, cableOut));
}

/** Share of those that have not told by then, of which some never do. */
const waiting = (ms: number, tellsWithinMs: number, never: number): number =>
  Math.min(1, Math.max(never, 1 - ms / tellsWithinMs));

/** It was elsewhere when that cable went in: a position from before it says nothing, it may have driven home since. */
export function isAway(view: View, id: AssetId, plugged: Span, now: Instant): boolean {
  const where = view.get('vehicle', id)?.where ?? null;
  const knownAt = latest(where?.at ?? null, where?.parkedAt ?? null);
  if (knownAt === null || knownAt < plugged.by - numbers.arrivalMs) return false;
  return placeByPosition(view, where, null, now).word === 'away';
}

/** How much likelier it is that this own car holds the cable without saying so than that somebody unknown does. */
export const silentOdds = (share: number): number => (share * numbers.plugInsPerDay) / numbers.guestsPerDay;

/** The same of a charger that does not feel a cable: it may not have told yet. */
export function untoldBox(view: View, id: AssetId, plugged: Span, now: Instant): number {
  const charger = view.get('charger', id);
  if (!charger || charger.goneSince !== null) return 0;
  const { cableOut } = charger.newest;
  if (cableOut !== null && cableOut >= plugged.by) return 0;
  const heard = heardUntil(view, charger, now);
  const untold = waiting(heard - plugged.by, numbers.boxTellsWithinMs, numbers.boxSilentShare);
  return untold * (cableOut === null ? 1 : shareAfter(plugged, cableOut));
}

/**
 * Two cars came home together: this one on another own charger, which has not told yet, and on this charger a silent one. Against
 * somebody unknown on it. @param shares of the silent car and the silent charger
 */
export const togetherOdds = (shares: number, plugged: Span): number =>
  (shares * numbers.togetherShare * 86_400_000) / (numbers.guestsPerDay * lengthOf(plugged));
