// What is known of the cloud itself: does it answer, does its clock agree with ours, how many requests are left today.
import type { RequestEnded } from '../fact.ts';
import type { Instant } from '../instant.ts';

export interface Cloud {
  /** Answered last time: true; failed: false; not asked yet: null. */
  readonly connected: boolean | null;
  readonly failingSince: Instant | null;
  readonly failures: number;
  /** Why the last request failed. */
  readonly why: string | null;
  readonly lastOkAt: Instant | null;
  /** Our clock minus the cloud's, ms, at the last answer; null = never compared, or our clock jumped since. */
  readonly clockOffset: number | null;
  /** The cloud itself asked to wait until then (Retry-After). */
  readonly askedToWait: Instant | null;
  /** No look before this: Retry-After, back-off or an open breaker. */
  readonly notBefore: Instant | null;
  /** Local day (YYYY-MM-DD) the counters are of. */
  readonly day: string;
  readonly sent: number;
  readonly sentByKind: Readonly<Partial<Record<RequestEnded['kind'], number>>>;
}

export const newCloud: Cloud = {
  connected: null,
  failingSince: null,
  failures: 0,
  why: null,
  lastOkAt: null,
  clockOffset: null,
  askedToWait: null,
  notBefore: null,
  day: '',
  sent: 0,
  sentByKind: {},
};
