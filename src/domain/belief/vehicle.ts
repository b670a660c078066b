// A vehicle as last reported, with what was learnt of it over time: what it can do by itself and where it stands.
import type { Instant } from '../instant.ts';
import type { Own } from '../known.ts';
import type { VehicleReport } from '../report.ts';
import type { Newest } from './newest.ts';
import type { Where } from './position.ts';
import type { Said } from './said.ts';

/** What a vehicle has by itself, or owes to a charger. */
export type OwnCapability = 'start' | 'stop' | 'locate';

export interface Vehicle {
  readonly report: VehicleReport;
  /** Our time of the newest report. */
  readonly heardAt: Instant;
  /** Since when a complete listing no longer names it; null = linked. */
  readonly goneSince: Instant | null;
  /** What the car can do without any charger (R5): flags alone do not tell once Enode unlocks. */
  readonly own: Readonly<Record<OwnCapability, Own>>;
  /** Interventions (Enode's ids) that were in the way of them when Enode last told; absent: none. */
  readonly unresolved?: Readonly<Partial<Record<OwnCapability, readonly string[]>>>;
  /** A charger of the same user was linked when this was reported: its flags may be the charger's doing. */
  readonly besideCharger: boolean;
  /** Its flags are false beside a charger of the same user: our time since when, and whether they had been true there; null = they are not. */
  readonly locked?: { readonly since: Instant; readonly withdrawn: boolean } | null;
  /** The cloud's time since which it says itself that it is unplugged; null = it does not. */
  readonly outSince: Instant | null;
  readonly where: Where | null;
  /** When the cloud said it; null = not dated. Absent in records of earlier builds. */
  readonly said?: Said | null;
  readonly newest: Newest;
}
