// One Enode user of this site: what is linked, and who else steers it.
import type { Instant } from '../instant.ts';
import type { AssetId } from '../report.ts';

export interface User {
  readonly vehicles: readonly AssetId[];
  readonly chargers: readonly AssetId[];
  /** Our times of the last complete listings; null = never yet. */
  readonly vehiclesListedAt: Instant | null;
  readonly chargersListedAt: Instant | null;
  /** Vendors whose credentials Enode calls invalid. */
  readonly invalidVendors: readonly string[];
  /** Enabled schedules and smart charging at Enode, by target (R9). */
  readonly foreign: readonly {
    readonly target: AssetId;
    readonly by: 'schedule' | 'smart_charging';
    readonly id: string;
  }[];
  readonly foreignReadAt: Instant | null;
}

export const newUser: User = {
  vehicles: [],
  chargers: [],
  vehiclesListedAt: null,
  chargersListedAt: null,
  invalidVendors: [],
  foreign: [],
  foreignReadAt: null,
};

/** Linked, or not known to be none: its list was never read to the end. */
export const mayHaveVehicles = ({ vehicles, vehiclesListedAt }: User): boolean =>
  vehicles.length > 0 || vehiclesListedAt === null;
