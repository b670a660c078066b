// What really happens in a household: who plugs in where and when, and what flows. The truth that no witness knows whole.
import type { Dice } from './dice.ts';
import type { Difficulty } from './difficulty.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** ms from the beginning. */
export interface Stretch {
  readonly from: number;
  to: number;
}

export interface Flow extends Stretch {
  /** kW from the grid */
  readonly kw: number;
}

export interface Plug extends Stretch {
  /** Number of the car; null = a guest. */
  readonly car: number | null;
  /** Number of the box; null = somewhere else. */
  readonly box: number | null;
  readonly isHome: boolean;
  readonly flows: Flow[];
  /** When the battery is full, if nobody pulls the plug before. */
  fullAt: number;
}

export interface Command {
  readonly at: number;
  readonly plug: Plug;
  readonly target: 'car' | 'box';
  readonly kind: 'start' | 'stop';
}

export interface Trip extends Stretch {
  readonly km: number;
  readonly spot: number;
}

export interface CarTruth {
  readonly maxKw: number;
  /** Minute of the day at which it starts to charge, or null: at once. */
  readonly timer: number | null;
  readonly plugs: Plug[];
  /** On the road or parked away. */
  readonly trips: Trip[];
}

export interface Life {
  readonly cars: readonly CarTruth[];
  readonly boxes: readonly { readonly maxKw: number; readonly plugs: Plug[] }[];
  readonly plugs: readonly Plug[];
  readonly commands: readonly Command[];
  readonly days: number;
}

export function live(dice: Dice, level: Difficulty, days: number): Life {
  const count = ([from, to]: readonly [number, number]) => Math.round(dice.between(from - 0.49, to + 0.49));
  const cars = Array.from(
    { length: count(level.cars) },
    (): CarTruth => ({
      maxKw: dice.weighted([
        [3.6, 15],
        [7.2, 30],
        [11, 55],
      ]),
      timer: dice.chance(level.timers) ? dice.pick([22.5 * 60, 23 * 60, 23 * 60, 17]) : null,
      plugs: [],
      trips: [],
    }),
  );
  const boxes = Array.from({ length: count(level.boxes) }, () => ({
    maxKw: dice.weighted([
      [7.2, 25],
      [11, 60],
      [22, 15],
    ]),
    plugs: [] as Plug[],
  }));
  /** Hour of the day about which each comes home. */
  const habits = cars.map(() => dice.between(15, 19.5));
  const plugs: Plug[] = [];
  const commands: Command[] = [];
  const onBox: (Plug | null)[] = boxes.map(() => null);
  const agenda: { at: number; work: () => void }[] = [];
  const plan = (at: number, work: () => void) => void agenda.push({ at, work });

  const pull = (plug: Plug, at: number): void => {
    if (plug.to <= at) return;
    plug.to = at;
    for (const flow of plug.flows) flow.to = Math.min(flow.to, at);
    while (plug.flows.length > 0 && plug.flows.at(-1)!.from >= at) plug.flows.pop();
    if (plug.box !== null && onBox[plug.box] === plug) onBox[plug.box] = null;
  };

  const plugIn = (car: number | null, box: number | null, at: number, isHome: boolean, to: number): Plug => {
    const plug: Plug = { car, box, isHome, from: at, to, flows: [], fullAt: Number.POSITIVE_INFINITY };
    plugs.push(plug);
    if (car !== null) cars[car]!.plugs.push(plug);
    if (box !== null) {
      boxes[box]!.plugs.push(plug);
      onBox[box] = plug;
    }
    charge(plug);
    return plug;
  };

  const charge = (plug: Plug): void => {
    const own = plug.car === null ? null : cars[plug.car]!;
    const most = own?.maxKw ?? dice.pick([7.2, 11]);
    const there = plug.box === null ? dice.pick([11, 11, 22, 50]) : boxes[plug.box]!.maxKw;
    const kw = (there > 40 ? dice.between(30, 50) : Math.min(most, there)) * dice.between(0.96, 1);
    const hours = there > 40 ? dice.between(0.2, 0.6) : dice.between(0.5, 6);
    let from = plug.from + dice.between(4_000, 40_000);
    if (own?.timer != null && plug.isHome) {
      const midnight = Math.floor(plug.from / DAY) * DAY;
      const due = midnight + own.timer * MINUTE;
      from = (due > from ? due : due + DAY) + dice.between(0, 20_000);
    }
    const end = from + hours * HOUR;
    if (from >= plug.to) return;
    plug.flows.push({ from, to: Math.min(end, plug.to), kw });
    plug.fullAt = end;
    if (plug.box === null || plug.car === null || !dice.chance(level.commands)) return;
    const stop = from + dice.between(3, 60) * MINUTE;
    const start = stop + dice.between(12, 40) * MINUTE;
    if (start + 20 * MINUTE > end || start + 20 * MINUTE > plug.to) return;
    const target = dice.pick(['car', 'box'] as const);
    commands.push({ at: stop, plug, target, kind: 'stop' }, { at: start, plug, target, kind: 'start' });
    plug.flows[0]!.to = stop + dice.between(4_000, 60_000);
    plug.fullAt = end + start - stop;
    plug.flows.push({ from: start + dice.between(4_000, 60_000), to: Math.min(plug.fullAt, plug.to), kw });
  };

  const arrive = (car: number, at: number): void => {
    // Until it is pulled at the next departure.
    const until = Number.POSITIVE_INFINITY;
    if (!dice.chance(0.8)) return;
    const free = boxes.flatMap((_, n) => (onBox[n] === null ? [n] : []));
    if (free.length > 0) return void plugIn(car, dice.pick(free), at, true, until);
    const rested = onBox.findIndex((plug) => plug !== null && plug.car !== null && at - plug.from > HOUR);
    if (rested >= 0 && dice.chance(level.swaps)) {
      pull(onBox[rested]!, at);
      const next = at + dice.between(0.5, 3) * MINUTE;
      plan(next, () => void (onBox[rested] === null && plugIn(car, rested, next, true, until)));
      return;
    }
    if (dice.chance(0.15)) plugIn(car, null, at, true, until);
  };

  for (let day = 0; day < days; day++) {
    const base = day * DAY;
    const homecomings = habits.map((hour) => base + Math.min(19.4, hour + dice.between(-1, 1)) * HOUR);
    if (dice.chance(level.together)) homecomings[1] = homecomings[0]! + dice.between(-40, 40) * 1000;
    const delay = cars.map(() => dice.between(1, 4) * MINUTE);
    if (Math.abs(homecomings[1]! - homecomings[0]!) < 41_000) delay[1] = delay[0]!;
    for (const car of cars.keys()) {
      if (!dice.chance(0.85)) continue;
      const leaves = base + dice.between(6.5, 9.5) * HOUR;
      const home = homecomings[car]!;
      trip(car, leaves, home);
      const evening = dice.chance(0.25) ? base + dice.between(19.6, 20.2) * HOUR : null;
      const back = evening === null ? null : evening + dice.between(1, 2.5) * HOUR;
      plan(home + delay[car]!, () => arrive(car, home + delay[car]!));
      if (evening !== null && back !== null) {
        trip(car, evening, back);
        const at = back + dice.between(1, 4) * MINUTE;
        plan(at, () => arrive(car, at));
      }
    }
    for (let n = 0; n < 2; n++) {
      if (!dice.chance(level.guests / 2)) continue;
      const at = base + dice.between(10, 20) * HOUR;
      plan(at, () => {
        const free = boxes.flatMap((_, box) => (onBox[box] === null ? [box] : []));
        if (free.length > 0) plugInUntil(dice.pick(free), at, at + dice.between(1, 5) * HOUR);
      });
    }
  }

  function plugInUntil(box: number, at: number, to: number): void {
    const plug = plugIn(null, box, at, true, to);
    plan(to, () => {
      if (onBox[box] === plug) onBox[box] = null;
    });
  }

  function trip(car: number, from: number, to: number): void {
    const { trips } = cars[car]!;
    trips.push({ from, to, km: Math.round(dice.between(5, 80)), spot: Math.floor(dice.between(0, 5)) });
    const unplug = from - dice.between(1, 3) * MINUTE;
    plan(unplug, () => {
      for (const plug of cars[car]!.plugs) if (plug.to > unplug) pull(plug, unplug);
    });
    if (!dice.chance(level.publicCharging)) return;
    const at = from + dice.between(0.4, 0.8) * (to - from);
    const until = Math.min(to - 10 * MINUTE, at + dice.between(0.4, 4) * HOUR);
    if (until > at + 10 * MINUTE) plan(at, () => plugIn(car, null, at, false, until));
  }

  // Work of a moment may plan more.
  for (;;) {
    agenda.sort((a, b) => b.at - a.at);
    const next = agenda.pop();
    if (!next) break;
    next.work();
  }
  const end = days * DAY;
  for (const plug of plugs) pull(plug, end);
  return { cars, boxes, plugs, commands: commands.filter(({ at, plug }) => at < plug.to), days };
}
