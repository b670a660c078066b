// What a cable between a car and a wallbox can carry, and which state each of the two is then truly in.
import type { PowerState } from '../types.ts';

/** V between a phase and neutral. */
export const VOLTS = 230;
/** Below 6 A per phase IEC 61851 has no duty cycle: the car pauses. */
const LEAST_AMPERES = 6;

interface Supply {
  readonly phases: 1 | 3;
  /** A per phase the socket and its fuse allow. */
  readonly amperes: number;
}

/** W the wall gives the car; 0 when less than 6 A would be left. Limits: A of either side, kW of the wallbox. */
export function wallPower(
  box: Supply,
  car: Supply,
  limits: { readonly boxA: number | null; readonly carA: number | null; readonly boxKW: number | null },
): number {
  const phases = Math.min(box.phases, car.phases);
  const byRate = limits.boxKW === null ? Number.POSITIVE_INFINITY : (limits.boxKW * 1000) / (VOLTS * phases);
  const amperes = Math.min(
    box.amperes,
    car.amperes,
    limits.boxA ?? Number.POSITIVE_INFINITY,
    limits.carA ?? Number.POSITIVE_INFINITY,
    byRate,
  );
  // A rate limit rounded to 0.1 kW must not fall a hair below 6 A.
  return amperes < LEAST_AMPERES - 0.1 ? 0 : amperes * VOLTS * phases;
}

export interface CableTruth {
  readonly plugged: boolean;
  readonly fault: boolean;
  /** The car reached its own limit. */
  readonly full: boolean;
  /** The car was not told to stop. */
  readonly willing: boolean;
  /** The wallbox was not told to stop. */
  readonly offering: boolean;
  /** There is voltage and at least 6 A on the cable: breaker in, limits high enough. */
  readonly powered: boolean;
  /** The contactor has closed and energy flows. */
  readonly flowing: boolean;
}

/** A car stopped by command says so even when no power is offered; `NO_POWER` means it would charge. */
export function vehicleState(truth: CableTruth): PowerState {
  if (!truth.plugged) return 'UNPLUGGED';
  if (truth.fault) return 'FAULT';
  if (truth.full) return 'COMPLETE';
  if (!truth.willing) return 'STOPPED';
  if (!truth.offering || !truth.powered) return 'NO_POWER';
  return truth.flowing ? 'CHARGING' : 'INITIALIZING';
}

/** `NO_POWER` of a wallbox means: it offers, the car takes nothing. A wallbox cannot know COMPLETE. */
export function wallboxState(truth: CableTruth): PowerState {
  if (!truth.plugged) return 'UNPLUGGED';
  if (truth.fault) return 'FAULT';
  if (!truth.offering) return 'STOPPED';
  if (truth.full || !truth.willing || !truth.powered) return 'NO_POWER';
  return truth.flowing ? 'CHARGING' : 'INITIALIZING';
}
