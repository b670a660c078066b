// What people and automations wanted, as the referee was told it.
export interface Wish {
  /** Asset id: a vehicle or a charger. */
  readonly subject: string;
  /** `any`: steered automatically, so both may be in order. `none` ends what was wanted before. */
  readonly want: 'START' | 'STOP' | 'any' | 'none';
  readonly origin: 'person' | 'automatic';
  /** epoch ms; `until` may be Infinity. */
  readonly from: number;
  readonly until: number;
  /** The person knows that the car is away and means it. */
  readonly anywhere: boolean;
  /** It ends with this plug-in. */
  readonly untilUnplug: boolean;
}

/** The wishes that were ever in force for these assets and this kind of command. */
export function wishesFor(all: readonly Wish[], subjects: readonly string[], kind: string): readonly Wish[] {
  return all.filter((wish) => subjects.includes(wish.subject) && (wish.want === kind || wish.want === 'any'));
}

export function inForce(wish: Wish, at: number): boolean {
  return wish.from <= at && at <= wish.until;
}

/** Adds a wish; what the same origin wanted of its subject before ends where it begins. */
export function withWish(all: readonly Wish[], wish: Wish): readonly Wish[] {
  const ended = all.map((old) => {
    const isReplaced = old.subject === wish.subject && old.origin === wish.origin && old.until >= wish.from;
    return isReplaced ? { ...old, until: Math.max(old.from, wish.from) - 1 } : old;
  });
  return wish.want === 'none' ? ended : [...ended, wish];
}

/** A cable came out: what was wanted until then ends after `grace` ms, for a client hears of it late. */
export function unplugged(
  all: readonly Wish[],
  subjects: readonly string[],
  at: number,
  grace: number,
): readonly Wish[] {
  return all.map((wish) =>
    wish.untilUnplug && wish.from <= at && subjects.includes(wish.subject)
      ? { ...wish, until: Math.min(wish.until, at + grace) }
      : wish,
  );
}
