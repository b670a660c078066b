// Where facts wait for the loop: urgent ones first, the rest in order. Wakes its reader once, never inside `put`.

export interface Mailbox<T> {
  put(item: T, urgent: boolean): void;
  take(): T | undefined;
  size(): number;
  /** Calls the reader soon although nothing was put. */
  wake(): void;
  /** Nothing wakes the reader any more. */
  close(): void;
}

/**
 * An urgent item wakes the reader in a microtask (no trip through the event loop); others in the next turn, so that whatever
 * arrives together is read together, and the event loop breathes between two slices.
 */
export function createMailbox<T>(read: () => void): Mailbox<T> {
  const urgent: T[] = [];
  let rest: T[] = [];
  let taken = 0;
  let waking: 'no' | 'turn' | 'micro' = 'no';
  let closed = false;
  const run = (): void => {
    if (waking === 'no' || closed) return;
    waking = 'no';
    read();
  };
  const wake = (soon: boolean): void => {
    if (closed || waking === 'micro' || (waking === 'turn' && !soon)) return;
    waking = soon ? 'micro' : 'turn';
    if (soon) queueMicrotask(run);
    else setImmediate(run);
  };
  return {
    put(item, isUrgent) {
      (isUrgent ? urgent : rest).push(item);
      wake(isUrgent);
    },
    take() {
      if (urgent.length > 0) return urgent.shift();
      if (taken >= rest.length) {
        rest = [];
        taken = 0;
        return undefined;
      }
      return rest[taken++];
    },
    size: () => urgent.length + rest.length - taken,
    wake: () => wake(false),
    close: () => {
      closed = true;
    },
  };
}
