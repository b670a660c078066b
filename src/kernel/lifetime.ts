// Things with a beginning and an end are stopped in the reverse order of their start, whatever one of them throws.

export interface Lifetime {
  /** Remembers how to end a thing that was just started. */
  onStop(name: string, stop: () => unknown): void;
  /** Ends all, last started first. Never rejects: what failed is told to `report`. A second call waits for the first. */
  stop(): Promise<void>;
}

export function createLifetime(report: (name: string, thrown: unknown) => void): Lifetime {
  const stops: { name: string; stop: () => unknown }[] = [];
  let ending: Promise<void> | undefined;
  return {
    onStop: (name, stop) => void stops.push({ name, stop }),
    stop: () => {
      ending ??= (async () => {
        for (const { name, stop } of stops.reverse()) {
          try {
            await stop();
          } catch (thrown) {
            report(name, thrown);
          }
        }
      })();
      return ending;
    },
  };
}
