// Spreads the (re)publishing of devices: each has an instant from which it is due, parents go first, and no more than a handful go
// in one moment, so that neither broker nor Home Assistant is flooded (field-notes Part B 3.2).
import type { Cancel, WorldClock } from '../kernel/clock.ts';

/** Devices per burst, and the gap between bursts: 2+2 go at once, 2,500 × 4 take 50 s. World ms. */
const MOST_PER_BURST = 20;
const GAP_MS = 100;

export interface Pacer {
  /** `rank` orders what is due at the same instant (0 first). Wanted twice: the earlier instant wins. */
  want(id: string, rank: number, due: number): void;
  drop(id: string): void;
  clear(): void;
  /** Does at once what is due and allowed; the rest by alarm. */
  pump(): void;
}

interface Turn {
  readonly id: string;
  readonly rank: number;
  readonly due: number;
}

/** @param ready false holds everything back; call `pump` when it becomes true */
export function createPacer(clock: WorldClock, ready: () => boolean, work: (id: string) => void): Pacer {
  /** The latest turn of each id rules; older ones in `line` are passed over. */
  const wanted = new Map<string, Turn>();
  /** Soonest last. */
  let line: Turn[] = [];
  let burstBegan = Number.NEGATIVE_INFINITY;
  let inBurst = 0;
  let cancel: Cancel | null = null;
  let pumping = false;

  const pump = (): void => {
    if (pumping || !ready()) return;
    pumping = true;
    try {
      for (let turn = next(); turn; turn = next()) {
        line.pop();
        wanted.delete(turn.id);
        inBurst++;
        work(turn.id);
      }
    } finally {
      pumping = false;
      arm();
    }
  };
  const next = (): Turn | undefined => {
    const now = clock.now();
    if (now - burstBegan >= GAP_MS || now < burstBegan) {
      burstBegan = now;
      inBurst = 0;
    }
    const turn = head();
    return turn && turn.due <= now && inBurst < MOST_PER_BURST ? turn : undefined;
  };
  const head = (): Turn | undefined => {
    while (line.length > 0 && wanted.get(line.at(-1)!.id) !== line.at(-1)) line.pop();
    return line.at(-1);
  };
  const arm = (): void => {
    cancel?.();
    cancel = null;
    const turn = head();
    if (!turn) return;
    const when = inBurst >= MOST_PER_BURST ? Math.max(turn.due, burstBegan + GAP_MS) : turn.due;
    cancel = clock.alarm('announce devices', when, () => {
      cancel = null;
      pump();
    });
  };
  return {
    want: (id, rank, due) => {
      const before = wanted.get(id);
      if (before && before.due <= due) return;
      const turn = { id, rank, due };
      wanted.set(id, turn);
      line.splice(placeOf(line, turn), 0, turn);
    },
    drop: (id) => void wanted.delete(id),
    clear: () => {
      wanted.clear();
      line = [];
      cancel?.();
      cancel = null;
    },
    pump,
  };
}

const before = (a: Turn, b: Turn): boolean => a.due < b.due || (a.due === b.due && a.rank < b.rank);

/** Where `turn` belongs in a line with the soonest last; after its equals, so that they keep their order. */
function placeOf(line: readonly Turn[], turn: Turn): number {
  let low = 0;
  let high = line.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (before(turn, line[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
