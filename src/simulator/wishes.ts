// What people and automations wanted, as the referee was told it: a later wish for the same subject ends the earlier one.
export interface Wish {
  /** Asset id: a vehicle or a charger. */
  readonly subject: string;
  readonly want: 'START' | 'STOP' | 'none';
  readonly origin: 'person' | 'automatic';
  /** epoch ms; `until` may be Infinity. */
  readonly from: number;
  readonly until: number;
  /** The person knows that the car is away and means it. */
  readonly anywhere: boolean;
  /** Repeats of one and the same command that are in order, e.g. after the client was killed in the middle of it. */
  readonly repeats: number;
}

/** The wishes that were ever in force for these assets and this kind of command. */
export function wishesFor(all: readonly Wish[], subjects: readonly string[], kind: string): readonly Wish[] {
  return all.filter((wish) => subjects.includes(wish.subject) && wish.want === kind);
}

export function inForce(wish: Wish, at: number): boolean {
  return wish.from <= at && at <= wish.until;
}

/** Adds a wish; whatever else was wanted of its subject ends where it begins. */
export function withWish(all: readonly Wish[], wish: Wish): readonly Wish[] {
  const ended = all.map((old) =>
    old.subject === wish.subject && old.until >= wish.from ? { ...old, until: Math.max(old.from, wish.from) - 1 } : old,
  );
  return wish.want === 'none' ? ended : [...ended, wish];
}
