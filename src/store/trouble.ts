// Whether the disk takes what we write: said once when it stops, once when it takes it again, and tried again in between.

import type { Cancel, WorldClock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Tell } from '../loop/ports.ts';
import { storeNumbers } from './numbers.ts';

export interface Trouble {
  isOn(): boolean;
  begin(why: string): void;
  end(): void;
  /** Shows for a day that a damaged database was replaced. */
  damaged(why: string): void;
  /** Tells what was noticed before anybody could listen. Call once the loop runs. */
  speak(): void;
  stop(): void;
}

export function createTrouble(clock: WorldClock, log: Log, tell: Tell, again: () => void): Trouble {
  let on = false;
  let listening = false;
  let unsaid: string | null = null;
  let cancelRetry: Cancel = () => {};
  let cancelShown: Cancel = () => {};
  const say = (why: string | null): void => {
    unsaid = listening ? null : why;
    if (listening) tell({ kind: 'storage_changed', ok: why === null, why });
  };
  const retryLater = (): void => {
    cancelRetry();
    cancelRetry = clock.alarm('store: try the disk again', clock.now() + storeNumbers.retryMs, again);
  };
  return {
    isOn: () => on,
    begin: (why) => {
      retryLater();
      if (on) return;
      on = true;
      cancelShown();
      log.error(
        `Database: nothing can be stored, ${why}; everything goes on in memory, no new wish is accepted, next try every ${storeNumbers.retryMs / 1_000} s.`,
      );
      say(why);
    },
    end: () => {
      if (!on) return;
      on = false;
      cancelRetry();
      log.info('Database: storing works again.');
      say(null);
    },
    damaged: (why) => {
      log.error(`Database: ${why}.`);
      say(why);
      cancelShown();
      cancelShown = clock.alarm(
        'store: damage was shown',
        clock.now() + storeNumbers.damageShownMs,
        () => on || say(null),
      );
    },
    speak: () => {
      if (listening) return;
      listening = true;
      if (unsaid !== null) say(unsaid);
    },
    stop: () => {
      cancelRetry();
      cancelShown();
    },
  };
}
