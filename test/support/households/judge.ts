// Plays a household to the belief of the daemon and counts what it made of it: true pairs found in time, and false ones.
import { type Belief, believedPairs, newBelief } from './belief.ts';
import type { Difficulty } from './difficulty.ts';
import { type Arrival, boxId, carId, type Household, household } from './household.ts';
import { MINUTE, type Plug } from './life.ts';

export interface Verdict {
  plugIns: number;
  /** True pairs that both devices reported, and that lasted ten minutes from there. */
  pairs: number;
  /** Of them: activated within ten minutes of the later device's report. */
  inTime: number;
  /** Ever activated. */
  found: number;
  /** Activated although something else was so, or kept for half an hour after it became otherwise. */
  falses: number;
  /** min from the later device's report to the activation, of those found. */
  readonly delays: number[];
  facts: number;
  /** Lists read out of turn. */
  reads: number;
}

export const noVerdict = (): Verdict => ({
  plugIns: 0,
  pairs: 0,
  inTime: 0,
  found: 0,
  falses: 0,
  delays: [],
  facts: 0,
  reads: 0,
});

const inTimeMs = 10 * MINUTE;
const keptMs = 30 * MINUTE;

interface Pair {
  readonly plug: Plug;
  carTold: number | null;
  boxTold: number | null;
  activated: number | null;
  isMissed: boolean;
}

/** @param told hears of each false activation and each pair that was not found in time, for a person who tunes */
export function judge(
  seed: number,
  level: Difficulty,
  days: number,
  into: Verdict,
  told: (text: string, at: number) => void = () => {},
): void {
  const home = household(seed, level, days);
  const belief = newBelief(home);
  const pairs = new Map<Plug, Pair>();
  for (const plug of home.life.plugs)
    if (plug.car !== null && plug.box !== null)
      pairs.set(plug, { plug, carTold: null, boxTold: null, activated: null, isMissed: false });
  into.plugIns += home.life.plugs.length;
  const wrongSince = new Map<string, number>();
  const counted = new Set<string>();
  let active = new Map<string, string>();

  const look = (at: number): void => {
    const now = believedPairs(belief, home.life.cars.length);
    for (const [car, box] of now) {
      const n = Number(car.slice('car-'.length));
      const k = Number(box.slice('box-'.length));
      const plug = on(home, n, at);
      if (plug?.box === k) {
        wrongSince.delete(car);
        const pair = pairs.get(plug)!;
        pair.activated ??= at;
        continue;
      }
      const isNew = active.get(car) !== box;
      // Elsewhere, or somebody else is on it; a pair that just ended unseen is merely late.
      const isOther = plug !== null || holder(home, k, at) !== null;
      if (isNew) wrongSince.set(car, isOther ? at - keptMs : at);
      else if (!wrongSince.has(car)) wrongSince.set(car, at);
      const since = wrongSince.get(car)!;
      const key = `${car} ${box} ${since}`;
      if (at - since < keptMs || counted.has(key)) continue;
      counted.add(key);
      into.falses++;
      told(`${isNew ? 'false' : 'kept'}: ${car} on ${box} ${thought(belief, car)}`, at);
    }
    for (const pair of pairs.values()) {
      if (pair.isMissed || pair.activated !== null || pair.carTold === null || pair.boxTold === null) continue;
      if (at <= Math.max(pair.carTold, pair.boxTold) + inTimeMs) continue;
      pair.isMissed = true;
      const car = carId(pair.plug.car!);
      if (pair.plug.to > at) told(`missed: ${car} on ${boxId(pair.plug.box!)} ${thought(belief, car)}`, at);
    }
    for (const car of wrongSince.keys()) if (!now.has(car)) wrongSince.delete(car);
    active = now;
  };

  const take = (page: readonly Arrival[]): void => {
    for (const arrival of page) {
      note(home, pairs, arrival);
      belief.tell(arrival);
      into.facts++;
    }
    look(page[0]!.at);
  };
  for (const page of pagesOf(home.arrivals)) {
    for (let due = belief.due(); due !== null && due < page[0]!.at; due = belief.due()) {
      const kinds = belief.wake(due);
      look(due);
      for (const kind of kinds) take(home.read(kind, due + 1000));
      into.reads += kinds.length;
    }
    take(page);
  }
  for (const { plug, carTold, boxTold, activated } of pairs.values()) {
    if (carTold === null || boxTold === null) continue;
    const both = Math.max(carTold, boxTold);
    if (plug.to < both + inTimeMs) continue;
    into.pairs++;
    if (activated === null) continue;
    into.found++;
    into.delays.push(Math.max(0, activated - both) / MINUTE);
    if (activated <= both + inTimeMs) into.inTime++;
  }
}

/** What it thinks of a car, in codes. */
const thought = ({ view }: Belief, car: string): string => {
  const { certainty, evidence, chances } = view.get('pairing', car)!;
  const said = evidence.map(({ code, params }) => [code.slice('pair_'.length), ...Object.values(params)].join(' '));
  return `${certainty} ${said.join(', ')} [${chances.map((one) => `${one.charger} ${one.certainty}`).join(', ')}]`;
};

/** What comes at one moment is one look. */
function* pagesOf(arrivals: readonly Arrival[]): Generator<readonly Arrival[]> {
  for (let from = 0, to = 1; from < arrivals.length; from = to++) {
    while (arrivals[to]?.at === arrivals[from]!.at) to++;
    yield arrivals.slice(from, to);
  }
}

/** The first reports of this plug-in, as they arrive. */
function note(home: Household, pairs: ReadonlyMap<Plug, Pair>, { at, heard, kind, n }: Arrival): void {
  if (heard.power === 'unplugged') return;
  const plug = kind === 'car' ? on(home, n, heard.heardAt) : holder(home, n, heard.heardAt);
  const pair = plug === null ? undefined : pairs.get(plug);
  // A sleeping car's cache may be older than its cable.
  if (!pair || heard.at < pair.plug.from - MINUTE) return;
  if (kind === 'car') pair.carTold ??= at;
  else pair.boxTold ??= at;
}

const on = (home: Household, car: number, at: number): Plug | null =>
  home.life.cars[car]!.plugs.find(({ from, to }) => from <= at && at < to) ?? null;

const holder = (home: Household, box: number, at: number): Plug | null =>
  home.life.boxes[box]!.plugs.find(({ from, to }) => from <= at && at < to) ?? null;
