// Which start of this database it is. A broker that remembers a higher number has met a newer state of it: this one is a copy or a backup.
import type { Meta } from './meta.ts';

export interface Runs {
  /** From 1. */
  current(): number;
  /** Another copy got so far: from now on this one counts beyond it, so that it is told once. */
  exceed(other: number): void;
}

/** Counts this start. */
export function createRuns(meta: Meta): Runs {
  const known = Number(meta.get('run'));
  let run = (Number.isSafeInteger(known) ? known : 0) + 1;
  const keep = (): void => void meta.put('run', String(run));
  keep();
  return {
    current: () => run,
    exceed: (other) => {
      if (other < run) return;
      run = other + 1;
      keep();
    },
  };
}
