// When the cloud said something, by its own clock: what orders two reports that tell of the same moment of a device.
import { type Instant, later } from '../instant.ts';

/** An event is dated to the millisecond; an answer only by the second of its `Date`. */
export interface Said {
  readonly from: Instant;
  readonly to: Instant;
}

export const saidAt = (at: Instant): Said => ({ from: at, to: at });
export const saidWithin = (second: Instant): Said => ({ from: second, to: later(second, 999) });

/** Certainly said before; without a date nothing is certain. */
export const isSaidBefore = (said: Said | null | undefined, other: Said | null | undefined): boolean =>
  said != null && other != null && said.to < other.from;
