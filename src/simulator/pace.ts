// How fast the world runs, and how to jump: one switch for the command line, the control API and the demo.
import type { WorldClock } from '../kernel/clock.ts';
import { SimulatedClock } from '../kernel/simulated-clock.ts';

/** Times real time; beyond this the machine is the limit anyway. */
export const MOST_SPEED = 100_000;
/** s of one jump: 31 days. */
export const MOST_ADVANCE = 31 * 86_400;

export interface Pace {
  speed(): number;
  /** null: the world runs on the machine's clock and can neither be sped up nor moved. */
  readonly steer: null | { setSpeed(speed: number): void; advance(ms: number): Promise<void> };
}

export function createPace(clock: WorldClock, speed = 1): Pace {
  if (!(clock instanceof SimulatedClock)) return { speed: () => 1, steer: null };
  let now = speed;
  return {
    speed: () => now,
    steer: {
      setSpeed: (wanted) => {
        now = wanted;
      },
      advance: (ms) => clock.advance(ms),
    },
  };
}
