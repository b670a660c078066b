// The options that steer belief and decisions, as the domain sees them. Set once at the start; a change is a restart.
import type { BrandBook } from './choice/brand.ts';
import type { AssetId, UserId } from './report.ts';

/** Who chooses between the devices of a pair (R5): Enode, or we; `auto` leaves it to Enode until evidence says that it does not. */
export type Control = 'auto' | 'enode' | 'local';
export type Language = 'en' | 'de';

export interface Settings {
  /** Enode users of this site; assets of others are ignored. */
  readonly users: readonly UserId[];
  /** Degrees; null = not set, then only a charger marked as home proves home. */
  readonly home: { readonly latitude: number; readonly longitude: number } | null;
  /** IANA name; day borders of counters and clock times of departures. */
  readonly timeZone: string;
  /** What the user said of each charger's place; a charger that is not in here is unmarked and proves nothing. */
  readonly chargerPlaces: Readonly<Record<AssetId, 'home' | 'elsewhere'>>;
  /** The whole loop runs, nothing is commanded. */
  readonly observeOnly: boolean;
  /** Consent to write to the Charger API although vehicles are linked too (R5), as given by option. */
  readonly allowChargerCommands: boolean;
  /** Obey a STOP for a car that is away (R3). */
  readonly stopAway: boolean;
  readonly enhancedChargeRate: boolean;
  readonly control: Control;
  /** Most requests to the cloud per day, tokens and commands included. */
  readonly requestsPerDay: number;
  readonly language: Language;
  /** What is known of brands before anything of them is linked. */
  readonly brands: BrandBook;
  /** The public address at which Enode's webhooks reach us; null = polling only. */
  readonly webhookUrl: string | null;
}

const sets = new WeakMap<readonly UserId[], ReadonlySet<UserId>>();

/** Is this user one of ours? With thousands of users a list is too slow to be asked for each fact. */
export function isOurs({ users }: Pick<Settings, 'users'>, user: UserId): boolean {
  const set = sets.get(users) ?? new Set(users);
  sets.set(users, set);
  return set.has(user);
}
