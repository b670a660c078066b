// What speaks for one car and one charger holding the same cable, and what against it: each witness with its weight. Contradicting
// ones are added up, never averaged. The weights stand in numbers.ts.
import { metresBetween } from '../distance.ts';
import { numbers } from '../numbers.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';
import { reason } from '../telling/reason.ts';
import type { Clue, End, Leaver } from './clue.ts';
import { markedPlace } from './mark.ts';
import { nameOf } from './name.ts';
import { chargeClues } from './pairing-charge.ts';
import { common, lengthOf, sameMomentLlr } from './span.ts';
import type { Cable } from './trace.ts';

/** @param leavers of this charger's cable, other than this car */
export function cluesOf(view: View, car: End, box: End, leavers: readonly Leaver[]): Clue[] {
  const clues = [timeClue(view, car, box, leavers), placeClue(view, car, box.id), ...chargeClues(car, box)];
  return clues.filter((clue) => clue !== null);
}

export const minutesOf = (ms: number): number => Math.max(1, Math.round(ms / 60_000));

/** Went in at the same time? Else: did it never leave, or take over the charger from one that left? */
function timeClue(view: View, car: End, box: End, leavers: readonly Leaver[]): Clue {
  const llr = sameMomentLlr(car.cable.in, box.cable.in, numbers.guestsPerDay);
  if (llr !== null) {
    if (car.cable.in.after === null || box.cable.in.after === null)
      return { reason: reason('pair_plug_unseen'), llr, own: false };
    const minutes = minutesOf(Math.max(lengthOf(car.cable.in), lengthOf(box.cable.in)) - 2 * numbers.spanSlackMs);
    return { reason: reason('pair_plugged_together', { minutes }), llr, own: true };
  }
  return stayedClue(car, box) ?? swapClue(view, car, box, leavers) ?? apart(car, box);
}

function apart({ cable: { in: a } }: End, { cable: { in: b } }: End): Clue {
  const minutes = minutesOf(Math.abs(a.by - b.by));
  return { reason: reason('pair_plugged_apart', { minutes }), llr: numbers.apartLlr, own: true };
}

/** Its former cable went in with the charger's, which felt it without a gap ever since: it only said that it was out. */
function stayedClue(car: End, box: End): Clue | null {
  const { before } = car;
  if (before === null || box.cable.out !== null || isLeftBefore(before, box) || hasDriven(before, car.cable))
    return null;
  const llr = sameMomentLlr(before.in, box.cable.in, numbers.guestsPerDay);
  if (llr === null || llr < numbers.ownEvidenceLlr) return null;
  const isKnown = car.cable.odometer !== null && before.odometer !== null;
  return {
    reason: reason('pair_stayed'),
    llr: numbers.stayedLlr + (isKnown ? numbers.sameOdometerLlr : 0),
    own: isKnown,
  };
}

const hasDriven = ({ odometer: was }: Cable, { odometer: is }: Cable): boolean =>
  was !== null && is !== null && is - was >= numbers.movedKm;

/** It said that it was out before the charger felt this cable at all. */
const isLeftBefore = ({ out }: Cable, box: End): boolean => out !== null && out.by < box.cable.in.by;

function swapClue(view: View, car: End, box: End, leavers: readonly Leaver[]): Clue | null {
  if (box.cable.out !== null) return null;
  let best: Clue | null = null;
  for (const { id, left } of leavers) {
    if (id === car.id) continue;
    const moment = sameMomentLlr(car.cable.in, left, numbers.guestsPerDay);
    if (moment === null) continue;
    const isBegun = hasBegun(car, box);
    const llr = moment + numbers.swapLlr + (isBegun ? numbers.swapStartLlr : 0);
    // Its own plug-in has no counterpart at the charger but the start of its charge.
    if (best === null || llr > best.llr)
      best = { reason: reason('pair_swapped', { name: nameOf(view, id) }), llr, own: isBegun };
  }
  return best;
}

/** The charger began to charge as this car did, soon after it was plugged in. */
function hasBegun({ cable }: End, box: End): boolean {
  const [first] = cable.turns;
  if (first?.kind !== 'start' || first.by - cable.in.by > numbers.autostartMs) return false;
  return box.cable.turns.some((turn) => turn.kind === 'start' && turn.after !== null && common(turn, first) > 0);
}

/** How much the place alone speaks for it. */
export const placeLlr = (view: View, car: End, charger: AssetId): number => placeClue(view, car, charger)?.llr ?? 0;

/** Where the car stands, against the place of the charger: its Enode Location, or home where its user marked it so. */
function placeClue(view: View, car: End, charger: AssetId): Clue | null {
  const where = view.get('vehicle', car.id)?.where ?? null;
  if (where === null || where.moved || where.latitude === null || where.longitude === null) return null;
  const place = placeOf(view, charger);
  const stands = { latitude: where.latitude, longitude: where.longitude };
  const { after, by } = car.cable.in;
  const metres = place === null ? null : metresBetween(stands, place);
  const isFresh = where.at >= (after ?? by) - numbers.positionFreshMs || (where.stillAt ?? 0) >= by;
  if (metres !== null && metres <= numbers.homeRadiusM)
    return isFresh ? { reason: reason('pair_near'), llr: numbers.nearLlr, own: false } : null;
  const isArrived = where.at >= by - numbers.arrivalMs || (where.parkedAt ?? 0) >= by;
  const isOff = metres !== null ? metres > numbers.locationRadiusM : isMarkedOff(view, charger, stands);
  return isOff && isArrived ? { reason: reason('pair_far'), llr: numbers.farLlr, own: false } : null;
}

function placeOf(view: View, charger: AssetId): { latitude: number; longitude: number } | null {
  const location = view.get('charger', charger)?.report.locationId ?? null;
  if (markedPlace(view, charger) === 'home' && view.settings.home) return view.settings.home;
  return location === null ? null : (view.get('location', location) ?? null);
}

/** The charger is somewhere else, as its user says, and the car stands at home. */
function isMarkedOff(view: View, charger: AssetId, stands: { latitude: number; longitude: number }): boolean {
  const { home } = view.settings;
  if (markedPlace(view, charger) !== 'elsewhere' || home === null) return false;
  return metresBetween(stands, home) <= numbers.homeRadiusM;
}
