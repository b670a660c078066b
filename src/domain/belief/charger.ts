// A charger as last reported.
import type { Instant } from '../instant.ts';
import type { ChargerReport } from '../report.ts';

export interface Charger {
  readonly report: ChargerReport;
  /** Our time of the newest report. */
  readonly heardAt: Instant;
  /** Since when a complete listing no longer names it; null = linked. */
  readonly goneSince: Instant | null;
}
