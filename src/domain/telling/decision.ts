// The decision about one loadpoint at one look: what should be, why, and when to look again.
import type { Instant } from '../instant.ts';
import type { AssetId } from '../report.ts';
import type { Reason } from './reason.ts';

export interface Decision {
  readonly lead: AssetId;
  /** `leave`: nothing is commanded, whatever the car does. */
  readonly should: 'start' | 'stop' | 'leave';
  readonly reason: Reason;
  /** At the latest then it is decided anew, whatever happens. */
  readonly reviewAt: Instant;
}
