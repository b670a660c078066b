// The world's clock for one cloud's lifetime: when the cloud stops, whatever it had set for later never rings.
import type { Cancel, WorldClock } from '../../kernel/clock.ts';

export function scopedClock(clock: WorldClock): { readonly clock: WorldClock; stop(): void } {
  const set = new Set<Cancel>();
  let stopped = false;
  return {
    clock: {
      now: () => clock.now(),
      alarm(name, when, ring) {
        if (stopped) return () => {};
        const off = clock.alarm(name, when, () => {
          set.delete(cancel);
          ring();
        });
        const cancel = () => {
          set.delete(cancel);
          off();
        };
        set.add(cancel);
        return cancel;
      },
      // An answer that waits must still be given after the end.
      sleep: (name, ms, signal) => clock.sleep(name, ms, signal),
      during: (work) => clock.during(work),
      parked: (wait) => clock.parked(wait),
      stir: () => clock.stir(),
    },
    stop() {
      stopped = true;
      for (const cancel of [...set]) cancel();
    },
  };
}
