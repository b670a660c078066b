// At most so many messages wait for the broker's acknowledgement at once: its receive maximum [MQTT-3.3.4-9], which mqtt.js does not
// heed. The rest waits in order.

/** Without a number of the broker's: keeps a slow one from drowning. Messages. */
const MOST_IN_FLIGHT = 500;
/** Sent ones are cut off the queue in pieces of this size: a queue that never empties does not grow. */
const COMPACT_AFTER = 1024;

export interface Window {
  /** Calls `go` now or when there is room; it must call `release` exactly once. */
  send(go: (release: () => void) => void): void;
  /** Resolves when nothing waits or is under way. */
  idle(): Promise<void>;
}

export function createWindow(receiveMaximum: number | undefined): Window {
  const most = Math.max(1, Math.min(receiveMaximum ?? MOST_IN_FLIGHT, MOST_IN_FLIGHT));
  let waiting: ((release: () => void) => void)[] = [];
  let next = 0;
  let inFlight = 0;
  const idlers: (() => void)[] = [];
  const release = (): void => {
    inFlight--;
    const go = waiting[next];
    if (go) {
      next++;
      if (next === COMPACT_AFTER) {
        waiting = waiting.slice(next);
        next = 0;
      }
      start(go);
    } else {
      waiting = [];
      next = 0;
      if (inFlight === 0) for (const wake of idlers.splice(0)) wake();
    }
  };
  const start = (go: (release: () => void) => void): void => {
    inFlight++;
    go(release);
  };
  return {
    send: (go) => {
      if (inFlight < most && waiting.length === 0) start(go);
      else waiting.push(go);
    },
    idle: () => new Promise((resolve) => (inFlight === 0 ? resolve() : void idlers.push(resolve))),
  };
}
