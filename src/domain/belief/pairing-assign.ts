// Who is on which charger, for all at once: the exact chances of every pair, over all ways to assign cars to chargers or to nobody.
// Pure arithmetic: cars and chargers are numbers here.

export interface Odds {
  /** By car, then charger: how much likelier this pair is than "the car elsewhere and somebody unknown on the charger"; 0 = no pair. */
  readonly pairs: readonly (readonly number[])[];
  /** By car: weight of its being elsewhere, 1 beside other explanations. */
  readonly elsewhere: readonly number[];
  /** By charger: weight of somebody else on it, 1 beside other explanations. */
  readonly others: readonly number[];
}

/** Cars and chargers that are tied to each other by possible pairs. */
export interface Group {
  readonly cars: readonly number[];
  readonly boxes: readonly number[];
}

/** Connected components of possible pairs; whoever has none is in no group. */
export function groupsOf({ pairs, others }: Odds): Group[] {
  const groups: Group[] = [];
  const seen = new Set<number>();
  for (let first = 0; first < pairs.length; first++) {
    if (seen.has(first) || !pairs[first]!.some((odds) => odds > 0)) continue;
    const cars = new Set([first]);
    const boxes = new Set<number>();
    for (const car of cars)
      for (let box = 0; box < others.length; box++) {
        if (boxes.has(box) || !(pairs[car]![box]! > 0)) continue;
        boxes.add(box);
        for (const [other, row] of pairs.entries()) if (row[box]! > 0) cars.add(other);
      }
    for (const car of cars) seen.add(car);
    groups.push({ cars: [...cars].sort((a, b) => a - b), boxes: [...boxes].sort((a, b) => a - b) });
  }
  return groups;
}

/**
 * The chance (0–1) of each pair of a group, by car, then box, both in the group's order. Exact: the cars are taken in turn, with the
 * set of chargers taken so far; `before[n]` sums all ways for the first n cars, `after[n]` for those from n on.
 */
export function chancesOf({ cars, boxes }: Group, { pairs, elsewhere, others }: Odds): number[][] {
  const sets = 1 << boxes.length;
  const odds = cars.map((car) => boxes.map((box) => pairs[car]![box]! / (elsewhere[car]! * others[box]!)));
  const before = [only(0, sets)];
  for (const row of odds) {
    const last = before.at(-1)!;
    const next = [...last];
    for (let set = 0; set < sets; set++)
      for (const [k, odd] of row.entries())
        if (!(set & (1 << k))) next[set | (1 << k)] = next[set | (1 << k)]! + last[set]! * odd;
    before.push(next);
  }
  const after = [new Array<number>(sets).fill(1)];
  for (const row of odds.toReversed()) {
    const last = after[0]!;
    after.unshift(
      last.map((rest, set) =>
        row.reduce((sum, odd, k) => (set & (1 << k) ? sum : sum + odd * last[set | (1 << k)]!), rest),
      ),
    );
  }
  const all = after[0]![0]!;
  return odds.map((row, n) =>
    row.map((odd, k) => {
      let ways = 0;
      for (let set = 0; set < sets; set++)
        if (!(set & (1 << k))) ways += before[n]![set]! * after[n + 1]![set | (1 << k)]!;
      return (odd * ways) / all;
    }),
  );
}

function only(one: number, length: number): number[] {
  const list = new Array<number>(length).fill(0);
  list[one] = 1;
  return list;
}
