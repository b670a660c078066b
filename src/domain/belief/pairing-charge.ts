// What the flow through the cable says of a pair: starts and stops, times of charging and resting, power.
import { numbers } from '../numbers.ts';
import { reason } from '../telling/reason.ts';
import type { Clue, End } from './clue.ts';
import { common, type Stretch, sameMomentLlr, stretchesOf, together } from './span.ts';
import type { Cable, Turn } from './trace.ts';

export function chargeClues(car: End, box: End): Clue[] {
  const [a, b] = [stretchesOf(car.cable, car.newest), stretchesOf(box.cable, box.newest)];
  const clues = [flowClue(a, b), ...turnClues(car, box), powerClue(car, box, a, b) ?? usualClue(car, box)];
  return clues.filter((clue) => clue !== null);
}

/** Did one charge while the other did not? Else: what did they do at the same time? */
function flowClue(a: readonly Stretch[], b: readonly Stretch[]): Clue | null {
  let clashes = 0;
  let bothCharge = false;
  let isResting = false;
  for (const one of a)
    for (const other of b) {
      if (together(one, other) === 0) continue;
      if (one.flow !== other.flow) clashes++;
      else if (one.flow === 'charging') bothCharge = true;
      else isResting = true;
    }
  if (clashes > 0) {
    const llr = numbers.clashLlr + (clashes > 1 ? numbers.clashAgainLlr : 0);
    return { reason: reason('pair_states_apart'), llr, own: true };
  }
  if (bothCharge) return { reason: reason('pair_both_charge'), llr: numbers.bothChargeLlr, own: false };
  return isResting ? { reason: reason('pair_both_rest'), llr: numbers.bothRestLlr, own: false } : null;
}

/** Starts and stops at the same time. Those of plugging in are left out: most cars start by themselves then. */
function turnClues(car: End, box: End): Clue[] {
  const clues: Clue[] = [];
  let sum = 0;
  for (const one of later(car.cable)) {
    const other = later(box.cable).find((turn) => turn.kind === one.kind && common(one, turn) > 0);
    const clue = other && turnClue(car, box, one, other);
    if (!clue) continue;
    const llr = Math.min(clue.llr, numbers.turnsMostLlr - sum);
    if (llr <= 0) break;
    sum += llr;
    clues.push({ ...clue, llr });
  }
  return clues;
}

const later = ({ in: plugged, turns }: Cable): Turn[] =>
  turns.filter(({ kind, after, by }) => after !== null && (kind === 'stop' || by - plugged.by > numbers.autostartMs));

function turnClue(car: End, box: End, one: Turn, other: Turn): Clue | null {
  const direction = one.kind;
  const asked = one.asked ?? other.asked;
  if (asked !== null) {
    // We asked it of another loadpoint: what both followed then may be anything.
    if (asked !== car.id && asked !== box.id) return null;
    return { reason: reason('pair_followed', { direction }), llr: numbers.oursLlr, own: true };
  }
  const llr = sameMomentLlr(one, other, numbers.turnsPerDay);
  if (llr === null || llr <= 0) return null;
  const most = isOnStroke(one, other) ? numbers.strokeLlr : numbers.turnMostLlr;
  return { reason: reason('pair_turned_together', { direction }), llr: Math.min(llr, most), own: true };
}

const halfHour = 30 * 60_000;

/** Could it have been a full or half hour? */
function isOnStroke(a: Turn, b: Turn): boolean {
  const from = Math.max(a.after!, b.after!) - numbers.strokeMs;
  const to = Math.min(a.by, b.by) + numbers.strokeMs;
  return Math.floor(to / halfHour) > Math.floor((from - 1) / halfHour);
}

/** Power of both while both charged. A vehicle's power equal to the charger's is Enode's copy: no evidence (R6). */
function powerClue(car: End, box: End, a: readonly Stretch[], b: readonly Stretch[]): Clue | null {
  const [own, its] = [car.cable.steps.at(-1), box.cable.steps.at(-1)];
  if (own && own.kw > numbers.wallboxMostKw && own.kw !== its?.kw)
    return {
      reason: reason('pair_power_direct', { vehicle_kw: rounded(own.kw) }),
      llr: numbers.powerDirectLlr,
      own: true,
    };
  if (!own || !its || own.kw === its.kw || (car.kw !== null && car.kw === box.kw) || its.kw <= 0) return null;
  const [x, y] = [a.findLast(isCharging), b.findLast(isCharging)];
  // Only what both said of the same stretch: the newer step of the two was already known when the other last spoke.
  if (!x || !y || Math.max(own.at, its.at) > Math.min(x.to, y.to) + numbers.spanSlackMs) return null;
  const params = { vehicle_kw: rounded(own.kw), charger_kw: rounded(its.kw) };
  const llr = ratioLlr(own.kw / its.kw, car.usual?.toldShare ?? null);
  return { reason: reason(llr > 0 ? 'pair_power_fits' : 'pair_power_differs', params), llr, own: true };
}

/** @param usual what the car usually tells of what its charger gives; null = not known */
function ratioLlr(ratio: number, usual: number | null): number {
  const { powerFits, powerFar, toldFits } = numbers;
  if (usual !== null) {
    const fits = ratio / usual >= toldFits.from && ratio / usual <= toldFits.to;
    return fits ? numbers.toldFitsLlr : numbers.toldOffLlr;
  }
  if (ratio >= powerFits.from && ratio <= powerFits.to) return numbers.powerFitsLlr;
  return ratio < powerFar.from || ratio > powerFar.to ? numbers.powerFarLlr : numbers.powerOffLlr;
}

/** The charger's power against what this car usually takes there. */
function usualClue({ usual, cable: { in: plugged } }: End, { cable, mostKw }: End): Clue | null {
  const first = cable.steps.find(({ at }) => at >= plugged.by - numbers.spanSlackMs) ?? cable.steps.at(-1);
  if (usual?.kw == null || !first || mostKw === null || first.kw <= 0) return null;
  const expected = Math.min(usual.kw, mostKw);
  const ratio = first.kw / expected;
  const params = { usual_kw: rounded(usual.kw), charger_kw: rounded(first.kw) };
  const { usualFits } = numbers;
  if (ratio >= usualFits.from && ratio <= usualFits.to)
    return { reason: reason('pair_usual_power', params), llr: numbers.usualFitsLlr, own: false };
  if (ratio > usualFits.to && usual.isLimited) return null;
  const llr = ratio > usualFits.to ? numbers.usualOverLlr : numbers.usualUnderLlr;
  return { reason: reason('pair_unusual_power', params), llr, own: false };
}

const isCharging = ({ flow }: Stretch): boolean => flow === 'charging';

const rounded = (kw: number): number => Math.round(kw * 10) / 10;
