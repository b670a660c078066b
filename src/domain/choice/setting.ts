// What a person set for an asset and expects to find again after any restart.
import type { Instant } from '../instant.ts';
import type { Mode } from './mode.ts';

export interface Setting {
  readonly mode: Mode;
  /** %, 0–100 */
  readonly target: number;
  /** %, 0 = no minimum */
  readonly minimum: number;
  readonly departure: Instant | null;
  /** When a person last changed any of it: what failed before that is no longer the first thing to read. */
  readonly changedAt?: Instant;
}

export const defaultSetting: Setting = { mode: 'manual', target: 100, minimum: 0, departure: null };
