// The newest cloud times at which an asset said certain things: a change lies between the last report before it and the first after.
import { type Instant, latest } from '../instant.ts';
import type { ChargeReport } from '../report.ts';
import { cableOf } from './cable.ts';

export interface Newest {
  readonly cableIn: Instant | null;
  readonly cableOut: Instant | null;
  readonly charging: Instant | null;
  /** The cable is in and nothing flows. */
  readonly idle: Instant | null;
}

export const nothingSaid: Newest = { cableIn: null, cableOut: null, charging: null, idle: null };

export type Flow = 'charging' | 'idle';

/** Whether something flows through the cable, where a report tells it for certain; starting, faults and the like say nothing. */
export function flowOf({ power }: ChargeReport): Flow | null {
  if (power === 'charging') return 'charging';
  return power === 'stopped' || power === 'complete' || power === 'no_power' ? 'idle' : null;
}

/** @param isTrusted false for a sleeping car: with the cable in it may still say that it is out (R6) */
export function followNewest(held: Newest, charge: ChargeReport, isTrusted: boolean): Newest {
  const { at } = charge;
  const cable = cableOf(charge);
  if (at === null || cable === null) return held;
  if (!cable) return isTrusted ? { ...held, cableOut: latest(held.cableOut, at) } : held;
  const flow = flowOf(charge);
  return {
    ...held,
    cableIn: latest(held.cableIn, at),
    charging: flow === 'charging' ? latest(held.charging, at) : held.charging,
    idle: flow === 'idle' ? latest(held.idle, at) : held.idle,
  };
}
