// The two clocks of the house. `world` is the time decisions live in and may be simulated; `wire` is real and monotonic and is
// only for sockets, shutdown and measuring. Nothing outside kernel touches Date or timers.

/** Ends an alarm before it rings; harmless afterwards. */
export type Cancel = () => void;

export interface WorldClock {
  /** Epoch milliseconds of the world. */
  now(): number;
  /** Calls `ring` once, as soon as the world is at `when` (epoch ms) or later. Never calls synchronously. */
  alarm(name: string, when: number, ring: () => void): Cancel;
  /** Resolves after `ms` of world time, or at once when `signal` aborts (it never rejects). A sleeper does not hold the world. */
  sleep(name: string, ms: number, signal?: AbortSignal): Promise<void>;
  /** Counts `work` as open until it settles: simulated time holds still meanwhile. The real clock just returns it. */
  during<T>(work: Promise<T>): Promise<T>;
  /** For the serving side of work that its client counts: the world may move while `wait` is open. */
  parked<T>(wait: Promise<T>): Promise<T>;
  /** Says that something moved (a message arrived, a fact was told), so the world is not quiet yet. */
  stir(): void;
}

export interface WireClock {
  /** Monotonic milliseconds, with fractions; only differences mean something. */
  now(): number;
  /** Calls `ring` once after `ms` real milliseconds. */
  alarm(name: string, ms: number, ring: () => void): Cancel;
  sleep(name: string, ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Clock {
  readonly world: WorldClock;
  readonly wire: WireClock;
}

/** Builds `sleep` from an alarm that rings after a delay. */
export function sleeper(alarm: (name: string, ms: number, ring: () => void) => Cancel) {
  return (name: string, ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        cancel();
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const cancel = alarm(name, ms, done);
      signal?.addEventListener('abort', done, { once: true });
    });
}
