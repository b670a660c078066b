// What the matcher compares, and what it finds: the two ends of a cable, and single pieces of evidence.
import type { AssetId } from '../report.ts';
import type { Reason } from '../telling/reason.ts';
import type { Newest } from './newest.ts';
import type { Cable, Span } from './trace.ts';
import type { UsualPower } from './usual-power.ts';

/** One end of a cable, with all that is known of it. */
export interface End {
  readonly id: AssetId;
  readonly cable: Cable;
  readonly newest: Newest;
  /** The cable before, for a car that may never have left. */
  readonly before: Cable | null;
  /** Cars: what they usually take. Chargers: the most they ever gave, kW. */
  readonly usual: UsualPower | null;
  readonly mostKw: number | null;
  /** kW as reported now; equal ones are Enode's copy. */
  readonly kw: number | null;
}

/** One thing that is known, with its log likelihood ratio. */
export interface Clue {
  readonly reason: Reason;
  readonly llr: number;
  /** The car itself was a witness of it, at this plug-in (R6). */
  readonly own: boolean;
}

/** A car that was on this charger and left, as it says, while the charger saw no gap. */
export interface Leaver {
  readonly id: AssetId;
  readonly left: Span;
}
