// What is believed and wished: one map of frozen records per topic. Only loop/apply.ts writes them; everybody else reads.

import type { Attempt, Errand } from './acting/attempt.ts';
import type { LookRecord } from './acting/attention.ts';
import type { CommandState } from './acting/command.ts';
import type { Limit } from './acting/limit.ts';
import type { Linking } from './acting/linking.ts';
import type { Obedience } from './acting/obedience.ts';
import type { Success } from './acting/success.ts';
import type { Watch, Wish } from './acting/wish.ts';
import type { Bridge } from './belief/bridge.ts';
import type { Charger } from './belief/charger.ts';
import type { Cloud } from './belief/cloud.ts';
import type { Correction } from './belief/correction.ts';
import type { Energy } from './belief/energy.ts';
import type { Fused } from './belief/fuse.ts';
import type { Mark } from './belief/mark.ts';
import type { Occupant, Pairing } from './belief/pairing.ts';
import type { PairLog } from './belief/pairing-log.ts';
import type { Search } from './belief/pairing-search.ts';
import type { PlugIn } from './belief/plugin.ts';
import type { Trace } from './belief/trace.ts';
import type { Twins } from './belief/twin.ts';
import type { User } from './belief/user.ts';
import type { Validity } from './belief/validity.ts';
import type { Vehicle } from './belief/vehicle.ts';
import type { Webhook } from './belief/webhook.ts';
import type { Track } from './choice/guard.ts';
import type { Hold } from './choice/hold.ts';
import type { Prompt } from './choice/onboarding.ts';
import type { Override } from './choice/override.ts';
import type { BrandPolicy } from './choice/policy.ts';
import type { Setting } from './choice/setting.ts';
import type { AssetKind } from './report.ts';
import type { Language, Settings } from './settings.ts';

/** Record types by table name. Keys are asset ids unless said otherwise. */
export interface Tables {
  vehicle: Vehicle;
  charger: Charger;
  /** by user id */
  user: User;
  fused: Fused;
  plugin: PlugIn;
  /** by vehicle id */
  pairing: Pairing;
  /** by charger id */
  occupant: Occupant;
  /** by vehicle id */
  validity: Validity;
  /** by charger id: what a person said of its cable */
  correction: Correction;
  /** what happened to its cable, for our matcher */
  trace: Trace;
  /** by vehicle id: its recent pairs */
  pairs: PairLog;
  energy: Energy;
  /** by charger id */
  mark: Mark;
  setting: Setting;
  override: Override;
  hold: Hold;
  track: Track;
  /** by the asset that was named, or the loadpoint's lead for automatic ones */
  wish: Wish;
  watch: Watch;
  /** by the target device: the newest attempt at it */
  attempt: Attempt;
  errand: Errand;
  /** by device: how it answered its latest commands */
  obedience: Obedience;
  command: CommandState;
  /** by the target device: the newest limit asked of it */
  max_current: Limit;
  rate_limit: Limit;
  /** by vehicle id: what a person answered to the prompt for a charger */
  prompt: Prompt;
  /** by vendor code, `*` = every brand without its own */
  policy: BrandPolicy;
  /** by vendor code: how commands to its vehicles ended */
  success: Success;
  /** by Enode Location id: home or not */
  location: EnodeLocation;
  /** by intervention id */
  intervention: Intervention;
  /** by serial: devices that are linked more than once */
  twin: Twins;
  /** by vendor code: what Enode offers to link */
  vendor: Vendor;
  /** one record, key `link` */
  link: Linking;
  /** one record, key `cloud` */
  cloud: Cloud;
  /** one record, key `webhook` */
  webhook: Webhook;
  /** one record, key `bridge` */
  bridge: Bridge;
  /** by look key (attention.ts); not kept over a restart */
  look: LookRecord;
  /** by user: who is on a cable is open; not kept over a restart */
  search: Search;
}

export type TableName = keyof Tables;

export const tableNames = [
  'vehicle',
  'charger',
  'user',
  'fused',
  'plugin',
  'pairing',
  'occupant',
  'validity',
  'correction',
  'trace',
  'pairs',
  'energy',
  'mark',
  'setting',
  'override',
  'hold',
  'track',
  'wish',
  'watch',
  'attempt',
  'errand',
  'obedience',
  'command',
  'max_current',
  'rate_limit',
  'prompt',
  'policy',
  'success',
  'location',
  'intervention',
  'twin',
  'vendor',
  'link',
  'cloud',
  'webhook',
  'bridge',
  'look',
  'search',
] as const satisfies readonly TableName[];

const sharedTables: ReadonlySet<TableName> = new Set([
  'user',
  'policy',
  'success',
  'location',
  'intervention',
  'twin',
  'vendor',
  'link',
  'cloud',
  'webhook',
  'bridge',
  'look',
  'search',
]);

/** Tables with a record per asset: all of an asset's records go when it is forgotten. */
export const assetTables: readonly TableName[] = tableNames.filter((name) => !sharedTables.has(name));

/** Tables that mean nothing after a restart. */
export const volatileTables: ReadonlySet<TableName> = new Set(['look', 'search']);

export interface EnodeLocation {
  readonly latitude: number;
  readonly longitude: number;
}

/** A brand that Enode offers. */
export interface Vendor {
  readonly name: string;
  /** What of it can be linked. */
  readonly kinds: readonly AssetKind[];
  /** Whether linking works these days; null = not known. */
  readonly linking: 'ready' | 'elevated' | 'outage' | null;
}

export interface Intervention {
  readonly title: string;
  readonly description: string;
  /** Who must act (`User`, `ThirdParty`), where (`Remote`, `Physical`), by which step of ours (`Link`: link again); Enode's words. */
  readonly agent: string | null;
  readonly access: string | null;
  readonly action: string | null;
  /** Of title and description. */
  readonly language: Language;
}

/** One record replaced (or removed: null) by what was learnt or asked. */
export type Change = {
  [T in TableName]: { readonly table: T; readonly id: string; readonly record: Tables[T] | null };
}[TableName];

export type SiteTables = { readonly [T in TableName]: ReadonlyMap<string, Tables[T]> };

export interface Site extends SiteTables {
  readonly settings: Settings;
}

/** What pure functions read: the site, or the site with a look's changes over it. */
export interface View {
  readonly settings: Settings;
  get<T extends TableName>(table: T, id: string): Tables[T] | undefined;
  /** Ids of a table as it was committed, sorted. For starts and rare looks over everything, not for each fact. */
  ids(table: TableName): readonly string[];
}
