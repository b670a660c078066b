// Chance by seed: the same household every time.

export interface Dice {
  /** 0 ≤ x < 1 */
  next(): number;
  between(from: number, to: number): number;
  chance(share: number): boolean;
  pick<T>(all: readonly T[]): T;
  /** By weight. */
  weighted<T>(all: readonly (readonly [T, number])[]): T;
}

export function dice(seed: number): Dice {
  let state = seed >>> 0;
  // splitmix32
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let x = state;
    x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
    x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
    return ((x ^ (x >>> 15)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    between: (from, to) => from + next() * (to - from),
    chance: (share) => next() < share,
    pick: (all) => all[Math.floor(next() * all.length)]!,
    weighted(all) {
      let left = next() * all.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [one, weight] of all) {
        left -= weight;
        if (left < 0) return one;
      }
      return all.at(-1)![0];
    },
  };
}
