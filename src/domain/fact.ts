// Everything that can come in. A fact says what was seen, never what should follow from it.

import type { Said } from './belief/said.ts';
import type { Mode } from './choice/mode.ts';
import type { Policy } from './choice/policy.ts';
import type { Instant } from './instant.ts';
import type {
  ActionReport,
  AssetId,
  AssetKind,
  ChargerReport,
  Direction,
  LimitKind,
  LimitReport,
  UserId,
  VehicleReport,
} from './report.ts';
import type { Language } from './settings.ts';

/** How the cloud answered the creation of an action. Shapes: status as HTTP, title and detail as Enode's problem body. */
export type AttemptAnswer<Action = ActionReport> =
  | { readonly kind: 'accepted'; readonly action: Action }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly title: string | null;
      readonly detail: string | null;
      readonly retryAt: Instant | null;
    }
  /** The request certainly never left: no name, refused connection, connect timeout, no token. */
  | { readonly kind: 'unsent'; readonly why: string }
  /** It may have arrived: timeout, reset, 5xx, an answer we could not read. */
  | { readonly kind: 'doubtful'; readonly why: string; readonly status?: number };

export type LimitAnswer = AttemptAnswer<LimitReport>;

export type CancelAnswer =
  /** 200, or 409: the action as it stands at its end. */
  | { readonly kind: 'ended'; readonly action: ActionReport }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unanswered'; readonly why: string };

/** What the cloud can be asked to show. One shape for polling, refresh button and following an action. */
export type LookSubject =
  | { readonly kind: 'vehicles' }
  | { readonly kind: 'chargers' }
  /** `user`: this one alone, else all of ours one by one. */
  | { readonly kind: 'users'; readonly user?: UserId }
  | { readonly kind: 'locations' }
  /** `vehicles`: whose smart-charging status is read as well (R9). */
  | { readonly kind: 'schedules'; readonly user: UserId; readonly vehicles?: readonly AssetId[] }
  | { readonly kind: 'action'; readonly id: string; readonly target: AssetId; readonly targetKind: AssetKind }
  | { readonly kind: 'hint'; readonly id: AssetId; readonly targetKind: AssetKind }
  | { readonly kind: 'interventions' }
  | { readonly kind: 'vendors' }
  /** A step for our webhook subscription: find it, make it, give it a fresh secret, have it tested, take it away. */
  | {
      readonly kind: 'webhook';
      readonly step: 'check' | 'create' | 'secure' | 'test' | 'remove';
      /** Enode's id; null for the steps that do not have one. */
      readonly id: string | null;
    };

export type LookKind = LookSubject['kind'];

/** How a request ended, whatever it asked. `kind` groups them for the counters. */
export interface RequestEnded {
  /** `linking`: accounts and places, asked by a person. */
  readonly kind: LookKind | 'token' | 'command' | 'cancel' | 'linking';
  readonly ok: boolean;
  /** HTTP status; null = no answer. */
  readonly status: number | null;
  /** The cloud's `Date` of this answer, against our clock at its arrival. */
  readonly cloudTime: Instant | null;
  /** Not before this the cloud wants to be asked again (429, 503). */
  readonly retryAt: Instant | null;
  /** One clause for the log and `problem_text`, without secrets; null when ok. */
  readonly why: string | null;
  /** We ended it ourselves, at our stop: it counts, and says nothing of the cloud. */
  readonly byUs?: true;
}

/** What a person or an automation asks of an asset or of the site. Checked for form at the surface, for sense in the domain. */
export type Order =
  | {
      readonly kind: 'charging';
      readonly want: Direction;
      readonly anywhere: boolean;
      readonly route: 'vehicle' | 'charger' | null;
    }
  | { readonly kind: 'mode'; readonly mode: Mode }
  /** `value`: A for `max_current`, kW for `rate_limit`. */
  | { readonly kind: 'limit'; readonly limit: LimitKind; readonly value: number }
  | { readonly kind: 'target'; readonly percent: number }
  | { readonly kind: 'minimum'; readonly percent: number }
  /** `at` null clears it. */
  | { readonly kind: 'departure'; readonly at: Instant | null }
  | { readonly kind: 'resume' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'forget' }
  /** The subject is a charger: this vehicle is on its cable, or (null) nobody linked: a guest. Holds until the next unplug. */
  | { readonly kind: 'correct_pair'; readonly vehicle: AssetId | null }
  /** The subject is a charger: what was said of its cable no longer counts. */
  | { readonly kind: 'withdraw_correction' }
  | { readonly kind: 'pause'; readonly on: boolean }
  | { readonly kind: 'refresh' }
  | { readonly kind: 'allow_charger_commands'; readonly on: boolean }
  /** The prompt to link a charger: no more of it, or "I have no compatible charger". */
  | { readonly kind: 'dismiss_prompt' }
  | { readonly kind: 'no_compatible_charger' }
  /** Of a brand by its vendor code; `*` = every brand without its own. */
  | { readonly kind: 'policy'; readonly brand: string; readonly policy: Policy }
  | { readonly kind: 'place_charger'; readonly place: 'home' | 'elsewhere' };

export interface Commanded {
  readonly kind: 'commanded';
  /** Ours, for the reply. */
  readonly transaction: string;
  /** An asset's id, or `site`. */
  readonly subject: AssetId | 'site';
  /** What the topic said the subject is; absent where nothing said it. */
  readonly subjectKind?: AssetKind;
  readonly order: Order;
  /** `switch`: an entity's topic. `verb`: bridge/request. `page`: the page. */
  readonly from: 'switch' | 'verb' | 'page';
}

/** What becomes of our webhook subscription. */
export type WebhookNews =
  /** A delivery with a right signature came. `beatAt`: the cloud's time of the newest heartbeat in it. */
  | { readonly kind: 'webhook_heard'; readonly beatAt: Instant | null }
  /** What Enode has at our address; `id` null = nothing. `twins`: more of them. */
  | {
      readonly kind: 'webhook_found';
      readonly id: string | null;
      readonly active: boolean;
      readonly twins: readonly string[];
    }
  /** It exists, is active, and signs with a fresh secret of ours. */
  | { readonly kind: 'webhook_secured'; readonly id: string }
  | { readonly kind: 'webhook_gone'; readonly id: string }
  | { readonly kind: 'webhook_tested'; readonly ok: boolean; readonly why: string | null }
  | {
      readonly kind: 'webhook_refused';
      readonly step: Extract<LookSubject, { kind: 'webhook' }>['step'];
      readonly why: string;
    };

/** `subject` as it was granted: says that this look is over, however it ended. */
export interface LookEnded {
  readonly kind: 'look_ended';
  readonly subject: LookSubject;
  readonly ok: boolean;
  /** Of a list that is longer than one page: how many were read, and whether there are more that it was not granted. */
  readonly pages?: { readonly read: number; readonly more: boolean };
}

export type Fact =
  /** `said`: when the cloud said it; null or absent = not known. */
  | { readonly kind: 'vehicle_reported'; readonly report: VehicleReport; readonly said?: Said | null }
  | { readonly kind: 'charger_reported'; readonly report: ChargerReport; readonly said?: Said | null }
  /** A complete listing came through: these and no others are linked, for the users named. */
  | {
      readonly kind: 'listed';
      readonly assets: AssetKind;
      readonly users: readonly UserId[];
      readonly ids: readonly AssetId[];
      readonly said?: Said | null;
    }
  | { readonly kind: 'asset_deleted'; readonly id: AssetId; readonly said?: Said | null }
  | { readonly kind: 'action_reported'; readonly action: ActionReport }
  | { readonly kind: 'action_unknown'; readonly id: string }
  | {
      readonly kind: 'attempt_answered';
      readonly attempt: string;
      readonly target: AssetId;
      readonly answer: AttemptAnswer;
    }
  | {
      readonly kind: 'limit_answered';
      readonly attempt: string;
      readonly target: AssetId;
      readonly limit: LimitKind;
      readonly answer: LimitAnswer;
    }
  | { readonly kind: 'limit_reported'; readonly action: LimitReport }
  | {
      readonly kind: 'cancel_answered';
      readonly attempt: string;
      readonly target: AssetId;
      readonly answer: CancelAnswer;
    }
  | { readonly kind: 'request_ended'; readonly request: RequestEnded }
  | LookEnded
  | {
      readonly kind: 'user_reported';
      readonly user: UserId;
      readonly invalidVendors: readonly string[];
      readonly known: boolean;
    }
  /** Enode Locations of our users, with coordinates. */
  | {
      readonly kind: 'locations_reported';
      readonly locations: readonly {
        readonly id: string;
        readonly user: UserId;
        readonly latitude: number;
        readonly longitude: number;
      }[];
    }
  /** The brands that Enode offers to link, all of them. */
  | {
      readonly kind: 'vendors_reported';
      readonly vendors: readonly {
        readonly vendor: string;
        readonly name: string;
        readonly kinds: readonly AssetKind[];
        /** null = a new word, or not told */
        readonly linking: 'ready' | 'elevated' | 'outage' | null;
      }[];
    }
  /** A person was given a link: devices of these kinds may appear, or a login that was invalid may work again. */
  | {
      readonly kind: 'link_opened';
      readonly user: UserId;
      readonly kinds: readonly AssetKind[];
      /** The vendor whose login is renewed; null = something new is linked. */
      readonly renews: string | null;
    }
  /** A browser came back from Enode's pages. */
  | { readonly kind: 'link_returned' }
  /** Enabled schedules and smart charging found at the cloud for this user's assets (R9). */
  | {
      readonly kind: 'foreign_control_reported';
      readonly user: UserId;
      readonly found: readonly {
        readonly target: AssetId;
        readonly by: 'schedule' | 'smart_charging';
        readonly id: string;
      }[];
    }
  | {
      readonly kind: 'interventions_reported';
      readonly language: Language;
      readonly texts: readonly {
        readonly id: string;
        readonly title: string;
        readonly description: string;
        readonly agent: string | null;
        readonly access: string | null;
        readonly action: string | null;
      }[];
    }
  | WebhookNews
  /** Enode lost a vendor's credentials; which devices it concerns only the user's own page tells. */
  | { readonly kind: 'credentials_invalidated'; readonly user: UserId; readonly vendor: string }
  /** A schedule of Enode's did something, or was switched off (R9). */
  | {
      readonly kind: 'schedule_seen';
      readonly user: UserId;
      readonly target: AssetId;
      readonly id: string;
      readonly on: boolean;
    }
  /** Enode's own smart charging of a vehicle moved (R9). */
  | { readonly kind: 'smart_charging_seen'; readonly vehicle: AssetId; readonly on: boolean }
  /** The cloud confirmed that an account was unlinked: all its devices (null), or those of one kind. */
  | {
      readonly kind: 'unlinked';
      readonly user: UserId;
      readonly vendor: string;
      readonly assetKind: AssetKind | null;
    }
  | Commanded
  /** An alarm rang: only due reviews are looked at. */
  | { readonly kind: 'woke' }
  /** Our wall clock moved against the monotonic one (suspend, someone set it): it must be compared with the cloud's again. */
  | { readonly kind: 'clock_jumped' }
  | { readonly kind: 'started'; readonly installation: string; readonly instance: string }
  /** Another daemon was seen: on the broker, acting at the cloud with our client, or (`memory`) a newer state of our own database. */
  | { readonly kind: 'double_seen'; readonly where: 'broker' | 'cloud' | 'memory'; readonly detail: string }
  | { readonly kind: 'interlock_latched'; readonly check: string; readonly target: AssetId }
  | { readonly kind: 'storage_changed'; readonly ok: boolean; readonly why: string | null };

/** A fact as the loop takes it from the mailbox: with our world time at which it was told. */
export interface Told {
  readonly at: Instant;
  readonly fact: Fact;
}
