// The weights behind the chances: for each car and each cable of a charger, and for what else may explain either of them.
import type { Instant } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';
import type { Clue } from './clue.ts';
import type { Odds } from './pairing-assign.ts';
import { cluesOf, placeLlr } from './pairing-evidence.ts';
import { type BoxEnd, boxEnds, type CarEnd, carEnd } from './pairing-gather.ts';
import { isAway, silentOdds, togetherOdds, untoldBox, untoldShare } from './pairing-silent.ts';
import { common, sameMomentLlr } from './span.ts';
import { openCable } from './trace.ts';

/** Who is still open: neither Enode's ids nor a person speak for them. */
export interface Open {
  readonly cars: readonly AssetId[];
  readonly boxes: readonly AssetId[];
  /** Open cars and chargers of other users in the same house: they explain, and are never partners (R6). */
  readonly strangers: { readonly cars: readonly AssetId[]; readonly boxes: readonly AssetId[] };
  /** The car stands elsewhere for certain (R2): no pair. */
  readonly isElsewhere: (car: AssetId, box: AssetId) => boolean;
}

export interface Weighed {
  readonly cars: readonly CarEnd[];
  readonly boxes: readonly BoxEnd[];
  readonly odds: Odds;
  /** By car, then box. */
  readonly clues: readonly (readonly (readonly Clue[])[])[];
  /** By box: what else may explain its cable, in the end: waiting for those to tell makes it surer. */
  readonly untold: readonly (readonly Untold[])[];
}

/** A car that may hold the cable without saying so; `box`: while the one that says so is on this other charger, which has not told. */
export interface Untold {
  readonly car: AssetId;
  readonly box: AssetId | null;
  readonly odds: number;
}

/** null: there is nothing to compare. */
export function weigh(view: View, open: Open, now: Instant): Weighed | null {
  const cars = open.cars.map((id) => carEnd(view, id)).filter((end) => end !== null);
  const boxes = cars.length === 0 ? [] : open.boxes.flatMap((id) => boxEnds(view, id, cars));
  if (boxes.length === 0) return null;
  const clues = cars.map((car) => boxes.map((box) => pairClues(view, open, car, box)));
  const strangers = {
    cars: open.strangers.cars.map((id) => carEnd(view, id)).filter((end) => end?.kind === 'in'),
    boxes: open.strangers.boxes.flatMap((id) => boxEnds(view, id, [])),
  };
  const foreign = (car: CarEnd, box: BoxEnd): number => oddsOf(view, car, box, cluesOf(view, car, box, []), now);
  const untold = boxes.map((box) => untoldOf(view, open, cars, box, now));
  const odds: Odds = {
    pairs: cars.map((car, n) => boxes.map((box, k) => oddsOf(view, car, box, clues[n]![k]!, now))),
    elsewhere: cars.map(
      (car) => 1 + sum(strangers.boxes.map((box) => foreign(car, box))) + sum(untoldBoxes(view, open, car, now)),
    ),
    others: boxes.map(
      (box, k) => 1 + sum(untold[k]!.map((one) => one.odds)) + sum(strangers.cars.map((car) => foreign(car!, box))),
    ),
  };
  return { cars, boxes, odds, clues, untold };
}

const sum = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0);

/** Empty: no pair. */
function pairClues(view: View, open: Open, car: CarEnd, box: BoxEnd): readonly Clue[] {
  const { out } = box.cable;
  // Its word is newer than the end of that cable: it tells of another one.
  if (out !== null && (car.saidAt ?? 0) >= out.by) return [];
  if (car.kind === 'left' && !mayStay(car, box)) return [];
  if (open.isElsewhere(car.id, box.id)) return [];
  return cluesOf(view, car, box, box.leavers);
}

/** R6: it says, awake, that it is out; the charger felt this cable before and after. */
function mayStay({ outSince }: CarEnd, box: BoxEnd): boolean {
  const felt = box.newest.cableIn;
  if (box.cable.out !== null || outSince === null || felt === null || felt <= outSince) return false;
  return box.cable.in.by <= outSince;
}

/** What speaks for a pair as a weight; so little that it does not tie them together counts as nothing. */
function oddsOf(view: View, car: CarEnd, box: BoxEnd, clues: readonly Clue[], now: Instant): number {
  if (clues.length === 0) return 0;
  const llr = numbers.homeLlr + sum(clues.map((clue) => clue.llr));
  if (car.kind !== 'left') return llr > numbers.tieLlr ? Math.exp(llr) : 0;
  // It would have been sure of them before it said that it left.
  const isKnown = sameMomentLlr(car.cable.in, box.cable.in, numbers.guestsPerDay) !== null;
  const isSure = isKnown && llr >= Math.log(1 / (1 - numbers.matchedCertainty));
  return isSure && !isAway(view, car.id, car.cable.out ?? car.cable.in, now) ? Math.exp(numbers.stayedLlr) : 0;
}

/** Own cars that are neither known to be elsewhere nor weighed by their own word. */
function untoldOf(view: View, open: Open, cars: readonly CarEnd[], box: BoxEnd, now: Instant): Untold[] {
  if (box.cable.out !== null) return [];
  const plugged = box.cable.in;
  const silent = open.cars.flatMap((id) => {
    const car = cars.find((end) => end.id === id);
    const isHeard = car !== undefined && (car.kind !== 'left' || mayStay(car, box));
    const share = isHeard ? 0 : untoldShare(view, id, plugged, now);
    return share > 0 ? [{ id, share }] : [];
  });
  const alone = silent.map(({ id, share }): Untold => ({ car: id, box: null, odds: silentOdds(share) }));
  return [...alone, ...together(view, open, cars, box, silent, now)];
}

/** Other own chargers that may hold this car's cable and have not told yet. */
function untoldBoxes(view: View, open: Open, car: CarEnd, now: Instant): number[] {
  if (car.kind === 'left') return [];
  return silentBoxes(view, open).map((box) => {
    const share = untoldBox(view, box, car.cable.in, now);
    return share === 0 ? 0 : share * Math.exp(numbers.homeLlr + placeLlr(view, car, box));
  });
}

const silentBoxes = (view: View, open: Open): AssetId[] =>
  open.boxes.filter((id) => openCable(view.get('trace', id)) === null);

/** Of the cars that say they are plugged in, the one that fits best came home with a silent one. */
function together(
  view: View,
  open: Open,
  cars: readonly CarEnd[],
  box: BoxEnd,
  silent: readonly { readonly id: AssetId; readonly share: number }[],
  now: Instant,
): Untold[] {
  const told = cars.filter((car) => car.kind !== 'left' && common(car.cable.in, box.cable.in) > 0);
  if (told.length === 0 || silent.length === 0) return [];
  const others = silentBoxes(view, open);
  return silent.flatMap(({ id, share }) =>
    others.flatMap((other): Untold[] => {
      const here = told.map(
        (car) => Math.exp(numbers.homeLlr + placeLlr(view, car, other)) * untoldBox(view, other, car.cable.in, now),
      );
      const odds = togetherOdds(Math.max(...here) * share, box.cable.in);
      return odds > 0 ? [{ car: id, box: other, odds }] : [];
    }),
  );
}
