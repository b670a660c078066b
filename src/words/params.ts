// Which parameters each reason's sentence knows. All are optional: a missing one leaves its part of the sentence out. Times are
// texts already in local time (`07:15`, `Mon 07:15`), durations and percentages are numbers in the unit named here.
import type { ReasonCode } from '../domain/telling/reason.ts';

/** `step`: `fix`, `link_charger`, `plug_in`, `ask_enode` or `allow_charger`; `fix`: title of what has to be fixed. `device`: `vehicle` or `charger`, null = Enode did not say. `direction`: `start` or `stop`. `capability`: a Capability. `name`: a device's name. */
export const paramsOf = {
  starting_up: [],
  not_linked: [],
  /** user: whose twin leads */
  twin_user: ['user'],
  twin_account: [],
  incapable: ['capability', 'step'],
  charger_required: ['step'],
  /** name: the charger's; proof: `failures` or `withdrawn` */
  pairing_invalid: ['name', 'proof'],
  not_eligible: ['policy'],
  /** id: the schedule's at Enode */
  handover_schedule: ['id'],
  /** state: `considering`, `executing`, `overridden`, `full` or `ended` */
  handover_smart_charging: ['state'],
  foreign_control: [],
  /** seconds: how far our clock and Enode's are apart */
  clock_unchecked: ['seconds'],
  /** minutes: age of the last report */
  stale: ['minutes'],
  away: [],
  place_unknown: [],
  unplugged: [],
  /** until: a time; missing = until unplug */
  override_charge: ['until'],
  override_stop: ['until'],
  paused: [],
  /** percent: where it is; minimum, target, limit: where it shall go, % */
  below_minimum: ['percent', 'minimum'],
  departure_due: ['departure', 'target'],
  target_reached: ['target'],
  vehicle_limit_reached: ['limit'],
  hand_stopped: [],
  hand_started: [],
  unlinked: [],
  /** until: when the guard ends */
  guard_wait: ['direction', 'until'],
  /** direction: what would have been asked */
  observe_only: ['direction'],
  /** attempts: how many were made */
  exhausted: ['attempts', 'direction'],
  manual_charging: [],
  manual_idle: [],
  off: [],
  off_stopping: [],
  now_charging: [],
  now_starting: [],
  now_blocked_fault: ['device'],
  now_blocked_no_power: ['device'],
  complete: ['percent'],
  /** name: the vehicle whose mode rules */
  charger_sleeps: ['name'],
  charger_held: [],
  requested: ['direction', 'name'],
  settling: [],
  judging: ['direction'],
  pending: ['direction', 'name'],
  /** latency: seconds from command to evidence */
  confirmed: ['direction', 'latency'],
  /** device, hop: the first device and why it was left (`silent`, `failed`, `unable`, `both`); other, name: the one asked instead */
  asking_other: ['device', 'hop', 'other', 'name', 'direction'],
  confirmed_other: ['device', 'hop', 'other', 'name', 'direction', 'latency'],
  failed_both: ['device', 'hop', 'other', 'name', 'direction', 'type', 'detail'],
  already: [],
  /** limit: `max_current` or `rate_limit`; amount: with its unit */
  limit_requested: ['limit', 'amount'],
  limit_pending: ['limit', 'amount'],
  limit_confirmed: ['limit', 'amount'],
  limit_superseded: ['limit', 'amount'],
  limit_doubtful: ['limit', 'amount'],
  limit_lost: ['limit', 'amount'],
  limit_unsent: ['limit', 'amount', 'why'],
  limit_too_late: ['limit', 'amount'],
  limit_no_route: ['limit'],
  no_response: ['device', 'name'],
  failed_precondition: ['device', 'detail'],
  /** type: Enode's word */
  failed_other: ['device', 'type', 'detail'],
  cancelled: ['direction'],
  unlinked_start: ['name'],
  superseded: [],
  deadline_passed: ['direction'],
  lost: ['direction'],
  doubtful: ['direction'],
  /** why: one clause */
  unsent: ['why'],
  enode_400: ['title', 'detail'],
  enode_incapable: ['device', 'direction', 'step', 'fix', 'title', 'detail'],
  /** cause: `scope` (the owner did not grant it) or `quota` */
  enode_403: ['cause', 'title', 'detail'],
  enode_404: ['name'],
  enode_422: ['title', 'detail'],
  /** until: not before this time */
  enode_429: ['until'],
  /** status: HTTP */
  enode_5xx: ['status'],
  enode_other: ['status', 'title', 'detail'],
  refused_observe_only: ['direction'],
  refused_away: [],
  refused_incapable: ['capability', 'step', 'fix'],
  refused_charger_required: ['step'],
  refused_consent: [],
  refused_route: ['device'],
  refused_not_paired: ['name'],
  refused_limit_incapable: ['limit', 'step'],
  refused_limit_range: ['limit', 'min', 'max'],
  /** name: the charger */
  refused_no_cable: ['name'],
  refused_other_user: [],
  /** name: the vehicle */
  refused_elsewhere: ['name'],
  refused_mode_unbuilt: ['mode'],
  refused_unknown_asset: ['id'],
  refused_still_linked: [],
  /** check: the interlock's check that failed */
  refused_interlock: ['check'],
  refused_storage: [],
  refused_nothing_to_cancel: [],
  refused_prompt_stays: [],
  refused_prompt_charger: [],
  /** brand: Enode's vendor code */
  refused_unknown_brand: ['brand'],
  policy_set: ['brand', 'policy'],
  policy_waits: ['brand', 'policy'],
  policy_asked: ['brand', 'policy'],
  onboarded: ['name'],
  onboarded_without: ['name'],
  /** because: `incapable` or `unreliable` */
  onboarding_recommended: ['name', 'because'],
  onboarding_required: ['name', 'because', 'step'],
  onboarding_watched: ['name'],
  onboarding_watched_alone: ['name'],
  onboarding_no_charger: ['name'],
  brand_charger_must: ['name'],
  brand_charger_may: ['name'],
  brand_unknown: ['name'],
  brand_charger: ['name'],
  intervention: ['title', 'description'],
  pair_enode_both: [],
  pair_enode_vehicle: [],
  pair_enode_charger: [],
  pair_lingering: [],
  pair_elsewhere: [],
  /** until: when the pause that Enode asked for is over */
  ask_wait: ['until'],
  /** requests: the most in a day */
  ask_spent: ['requests'],
  ask_busy: [],
  ask_unsent: ['why'],
  ask_doubtful: ['why'],
  ask_refused: ['title', 'detail'],
  link_opened: ['until'],
  link_warning: ['name'],
  link_returned: [],
  /** why: Enode's words */
  link_left: ['why'],
  link_quota: ['title', 'detail'],
  link_forbidden: ['title', 'detail'],
  link_unknown_user: ['user'],
  link_both_needs_vendor: [],
  link_vendor_absent: ['name'],
  /** kind: `vehicle` or `charger` */
  link_vendor_lacks: ['name', 'kind'],
  relink_not_needed: ['name', 'title', 'detail'],
  /** names of devices: that go, whose smart charging goes off, whose charging gets less reliable */
  unlink_confirm: ['gone', 'off', 'weaker'],
  unlink_no_vendor: [],
  unlink_done: ['names'],
  placed: ['name'],
  refused_place_vehicle: [],
  place_no_home: [],
  place_not_home: ['metres'],
  /** why: a whole sentence */
  place_untold: ['why'],
  pair_person: [],
  pair_disputed: [],
  pair_corrected: [],
  /** minutes: how well the two moments are known */
  pair_plugged_together: ['minutes'],
  /** minutes: how far apart */
  pair_plugged_apart: ['minutes'],
  pair_plug_unseen: [],
  pair_stayed: [],
  /** name: the vehicle that left */
  pair_swapped: ['name'],
  pair_near: [],
  pair_far: [],
  pair_both_charge: [],
  pair_both_rest: [],
  pair_states_apart: [],
  pair_turned_together: ['direction'],
  pair_followed: ['direction'],
  /** kW */
  pair_power_fits: ['vehicle_kw', 'charger_kw'],
  pair_power_differs: ['vehicle_kw', 'charger_kw'],
  pair_power_direct: ['vehicle_kw'],
  pair_usual_power: ['usual_kw', 'charger_kw'],
  pair_unusual_power: ['usual_kw', 'charger_kw'],
  pair_lingers: [],
  pair_asleep: [],
  /** name: the other vehicle */
  pair_rival: ['name'],
  pair_silent: ['name'],
  /** charger: its name */
  pair_untold: ['charger'],
  pair_waits: [],
  pair_crowded: [],
  problem_interlock: ['check'],
  problem_storage: ['why'],
  problem_double_broker: ['detail'],
  problem_double_cloud: [],
  problem_older_copy: ['detail'],
  problem_cloud: ['why'],
  problem_clock: ['seconds'],
  /** by: what tells it (`flags`, `incapable`, `silent`) */
  problem_unorchestrated: ['by', 'name'],
  problem_webhooks: ['why'],
  problem_webhooks_silent: [],
} as const satisfies Record<ReasonCode, readonly string[]>;
