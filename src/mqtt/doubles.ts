// Finds a second daemon by `bridge/info`. One that is sent now runs now, on the same base topic; each daemon answers a stranger's once,
// so that the later one learns of the earlier, too. A retained one of our own installation is our former self, or a copy of us: one
// that has been started more often than we were says that this database is the older.
import type { Tell } from '../loop/ports.ts';

export interface Doubles {
  receive(payload: Uint8Array, retained: boolean): void;
}

/** Which start of this installation's database it is. */
export interface Runs {
  current(): number;
  exceed(other: number): void;
}

interface DoublesOptions {
  readonly installation: string;
  readonly instance: string;
  readonly runs: Runs;
  readonly base: string;
  readonly tell: Tell;
  /** Publishes our own info: a stranger sees us, and the broker remembers how far we are. */
  readonly showAgain: () => void;
}

/** Strangers remembered; more would be a flood of forged messages. */
const MOST_STRANGERS = 20;
/** More starts than any daemon has: forged. */
const MOST_RUNS = 1_000_000_000;

export function createDoubles({ installation, instance, runs, base, tell, showAgain }: DoublesOptions): Doubles {
  const strangers = new Set<string>();

  const meet = (other: string): void => {
    if (strangers.has(other) || strangers.size >= MOST_STRANGERS) return;
    strangers.add(other);
    tell({ kind: 'double_seen', where: 'broker', detail: `instance ${other.slice(0, 8)} under "${base}"` });
    showAgain();
  };
  const remember = (info: Info): void => {
    const { run } = info;
    const own = runs.current();
    if (info.installation !== installation || run === null || run < own) return;
    tell({ kind: 'double_seen', where: 'memory', detail: `start ${run}, this one is ${own}` });
    runs.exceed(run);
    showAgain();
  };
  return {
    receive: (payload, retained) => {
      const info = infoOf(payload);
      if (info === null || info.instance === instance) return;
      if (retained) remember(info);
      else meet(info.instance);
    },
  };
}

interface Info {
  readonly instance: string;
  readonly installation: unknown;
  /** null = an earlier version, or nonsense. */
  readonly run: number | null;
}

function infoOf(payload: Uint8Array): Info | null {
  if (payload.length > 64 * 1024) return null;
  try {
    const document: unknown = JSON.parse(Buffer.from(payload).toString('utf8'));
    if (typeof document !== 'object' || document === null) return null;
    const { instance, installation, run } = document as Readonly<Record<string, unknown>>;
    if (typeof instance !== 'string' || instance === '' || instance.length > 100) return null;
    const isRun = typeof run === 'number' && Number.isInteger(run) && run > 0 && run <= MOST_RUNS;
    return { instance, installation, run: isRun ? run : null };
  } catch {
    return null;
  }
}
