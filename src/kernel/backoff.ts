// Back-off as arithmetic: how long to wait before try n. Nothing here sleeps.
import type { Entropy } from './entropy.ts';

export interface BackoffShape {
  /** Wait before the second try, ms. */
  readonly first: number;
  /** Longest wait, ms. */
  readonly most: number;
  /** Growth from try to try. */
  readonly factor: number;
  /** Share of the wait (0–1) that chance may take off, so that many clients do not come back together. */
  readonly jitter: number;
}

/** Milliseconds to wait after `failures` failures in a row (1 = the first). */
export function backoffAfter(failures: number, shape: BackoffShape, entropy: Entropy): number {
  const full = Math.min(shape.most, shape.first * shape.factor ** Math.max(0, failures - 1));
  return Math.round(full * (1 - shape.jitter * entropy.next()));
}
