// Our own matcher (R5, R6): which of a user's cars is on which of their chargers where Enode does not say it. All pairs at once, each
// with its chance and what speaks for it; doubt means not activated. A pure function of what was reported: it may be asked at any time.
import { type Instant, later } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';
import { type Reason, reason } from '../telling/reason.ts';
import { cloudTimeOf } from './cloud-learn.ts';
import type { Clue } from './clue.ts';
import { nameOf } from './name.ts';
import { chancesOf, type Group, groupsOf } from './pairing-assign.ts';
import { type Open, type Weighed, weigh } from './pairing-weigh.ts';

/** How sure it is of one pair. */
export interface Chance {
  readonly charger: AssetId;
  /** 0–1, whole percents, rounded down */
  readonly certainty: number;
  /** What speaks for it and against it, the weightiest first. */
  readonly evidence: readonly Reason[];
}

export interface Match {
  /** The likeliest first. */
  readonly chances: readonly Chance[];
  /**
   * `on`: it is there. `lingers`: it says it left while the charger feels the cable: shown only. `out`: its cable is out, as that
   * charger saw. `waits`: sure, but Enode may still name the pair. `doubt`: not sure.
   */
  readonly verdict: 'on' | 'lingers' | 'out' | 'waits' | 'crowd' | 'doubt';
  /** `out`: the cloud's time of it. */
  readonly outAt: Instant | null;
  /** `waits`: our time until which it does. */
  readonly waitsUntil: Instant | null;
}

/** @param mayBeNamed this client ever saw an id of Enode's: then a missing one means "not yet" for a while (R5) */
export function match(view: View, open: Open, mayBeNamed: boolean, now: Instant): ReadonlyMap<AssetId, Match> {
  const matches = new Map<AssetId, Match>();
  const weighed = weigh(view, open, now);
  if (weighed === null) return matches;
  for (const group of groupsOf(weighed.odds)) {
    const isCrowd = group.cars.length > numbers.matchMost || group.boxes.length > numbers.matchMost;
    const chances = isCrowd ? [] : chancesOf(group, weighed.odds);
    for (const [n, car] of group.cars.entries()) {
      const { id } = weighed.cars[car]!;
      matches.set(id, isCrowd ? crowded : judge(view, weighed, { group, chances, n }, mayBeNamed, now));
    }
  }
  return matches;
}

const crowded: Match = { chances: [], verdict: 'crowd', outAt: null, waitsUntil: null };

interface Place {
  readonly group: Group;
  readonly chances: readonly (readonly number[])[];
  /** The car's place in the group. */
  readonly n: number;
}

function judge(view: View, weighed: Weighed, at: Place, mayBeNamed: boolean, now: Instant): Match {
  const { group, chances, n } = at;
  const row = chances[n]!;
  const order = group.boxes.map((_, k) => k).sort((a, b) => row[b]! - row[a]!);
  const best = order[0]!;
  const car = weighed.cars[group.cars[n]!]!;
  const box = weighed.boxes[group.boxes[best]!]!;
  const clues = weighed.clues[group.cars[n]!]![group.boxes[best]!]!;
  const own = clues.reduce((sum, clue) => sum + (clue.own ? clue.llr : 0), 0);
  const chance = row[best]!;
  const { out } = box.cable;
  const graceEnds = later(latestOf(car.cable.in.by, box.cable.in.by), numbers.idsGraceMs);
  const ahead = (cloudTime: Instant): number => cloudTime - cloudTimeOf(view, now);
  const isSure = chance >= numbers.matchedCertainty && own >= numbers.ownEvidenceLlr;
  const verdict = ((): Match['verdict'] => {
    if (car.kind === 'left') return chance >= numbers.lingersShare ? 'lingers' : 'doubt';
    if (!isSure) return 'doubt';
    if (out !== null) return 'out';
    // R6: the charger beats a sleeping car within a pair, not before there was one.
    if (car.kind === 'asleep' && !(car.outSince !== null && box.cable.in.by <= car.outSince)) return 'doubt';
    return mayBeNamed && ahead(graceEnds) > 0 ? 'waits' : 'on';
  })();
  const chancesShown = order
    .filter((k) => row[k]! >= numbers.chanceShown && weighed.boxes[group.boxes[k]!]!.cable.out === null)
    .slice(0, numbers.chancesKept)
    .map((k) => chanceOf(view, weighed, at, k, verdict));
  const waitsUntil = verdict === 'waits' ? later(now, ahead(graceEnds)) : null;
  return { chances: chancesShown, verdict, outAt: verdict === 'out' ? out!.by : null, waitsUntil };
}

const latestOf = (a: Instant, b: Instant): Instant => (a > b ? a : b);

function chanceOf(view: View, weighed: Weighed, { group, chances, n }: Place, k: number, verdict: Match['verdict']) {
  const chance = chances[n]![k]!;
  const [car, box] = [group.cars[n]!, group.boxes[k]!];
  const end = weighed.cars[car]!;
  const clues = weighed.clues[car]![box]!.toSorted((a, b) => Math.abs(b.llr) - Math.abs(a.llr));
  const rival = chances
    .map((row, m) => ({ m, chance: m === n ? 0 : row[k]! }))
    .toSorted((a, b) => b.chance - a.chance)[0];
  const [untold] = weighed.untold[box]!.toSorted((a, b) => b.odds - a.odds);
  const others = weighed.odds.others[box]!;
  const against: Reason[] = [];
  if (verdict === 'lingers') against.push(reason('pair_lingers'));
  if (verdict !== 'on' && rival && rival.chance >= numbers.rivalShown)
    against.push(reason('pair_rival', { name: nameOf(view, weighed.cars[group.cars[rival.m]!]!.id) }));
  if (verdict === 'doubt' && untold && (1 - chance) * (untold.odds / others) >= numbers.chanceShown / 10) {
    if (untold.box !== null) against.push(reason('pair_untold', { charger: nameOf(view, untold.box) }));
    against.push(reason('pair_silent', { name: nameOf(view, untold.car) }));
  }
  if (verdict === 'waits') against.push(reason('pair_waits'));
  if (end.kind === 'asleep') against.push(reason('pair_asleep'));
  const told = clues.slice(0, numbers.cluesShown).map((clue: Clue) => clue.reason);
  return {
    charger: weighed.boxes[box]!.id,
    certainty: Math.floor(chance * 100) / 100,
    evidence: [...against, ...told],
  };
}
