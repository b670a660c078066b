// A charger as last reported.
import type { Instant } from '../instant.ts';
import type { ChargerReport } from '../report.ts';
import type { Newest } from './newest.ts';
import type { Said } from './said.ts';

export interface Charger {
  readonly report: ChargerReport;
  /** Our time of the newest report. */
  readonly heardAt: Instant;
  /** Since when a complete listing no longer names it; null = linked. */
  readonly goneSince: Instant | null;
  /** The cloud's time of its newest report without a cable: what was said of a pair before that is over. null = never seen. */
  readonly outAt: Instant | null;
  /** When the cloud said it; null = not dated. Absent in records of earlier builds. */
  readonly said?: Said | null;
  readonly newest: Newest;
}
