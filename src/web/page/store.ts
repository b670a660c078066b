// The one value of the page and who is told of its changes.

export interface Store<T> {
  get(): T;
  /** Takes over what differs, and tells once for all changes of a moment. */
  set(change: Partial<T>): void;
}

export function createStore<T extends object>(first: T, changed: (now: T) => void): Store<T> {
  let now = first;
  let isTold = true;
  return {
    get: () => now,
    set: (change) => {
      now = { ...now, ...change };
      if (!isTold) return;
      isTold = false;
      queueMicrotask(() => {
        isTold = true;
        changed(now);
      });
    },
  };
}
