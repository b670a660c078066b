// Opens the house's memory, before there is a loop that could be told of its troubles.
import { numbers } from '../domain/numbers.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Entropy } from '../kernel/entropy.ts';
import type { Log } from '../kernel/log.ts';
import { changesOf } from '../loop/apply.ts';
import type { Loop } from '../loop/loop.ts';
import { createStore, type Store } from '../store/store.ts';
import { version } from './version.ts';

export interface HouseStore extends Store {
  /** From now on troubles of the disk are told to the loop, and what it knows refills a database that proves damaged. */
  serve(loop: Pick<Loop, 'tell' | 'site'>): void;
}

/** @param folder the data folder; null = in memory. Throws UserError naming `data`. */
export function openStore(parts: {
  readonly folder: string | null;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  /** Heads the journal: what a replay must know. No secrets. */
  readonly settings: unknown;
}): HouseStore {
  let loop: Pick<Loop, 'tell' | 'site'> | null = null;
  const { settings, ...options } = parts;
  const store = createStore({
    ...options,
    tell: (fact) => loop?.tell(fact),
    current: () => (loop ? changesOf(loop.site()) : []),
    about: { version, settings, numbers },
  });
  return Object.assign(store, {
    serve: (next: Pick<Loop, 'tell' | 'site'>) => {
      loop = next;
    },
  });
}
