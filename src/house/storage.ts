// Opens the house's memory, before there is a loop that could be told of its troubles.
import { numbers } from '../domain/numbers.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Entropy } from '../kernel/entropy.ts';
import type { Log } from '../kernel/log.ts';
import type { Tell } from '../loop/ports.ts';
import { createStore, type Store } from '../store/store.ts';
import { version } from './version.ts';

export interface HouseStore extends Store {
  /** From now on troubles of the disk are told here. */
  onTrouble(tell: Tell): void;
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
  let tell: Tell = () => {};
  const { settings, ...options } = parts;
  const store = createStore({
    ...options,
    tell: (fact) => tell(fact),
    about: { version, settings, numbers },
  });
  return Object.assign(store, {
    onTrouble: (next: Tell) => {
      tell = next;
    },
  });
}
