// Why: a code with parameters. `words/` makes the sentence; automations match the code. Codes are promises.

export const reasonCodes = [
  // decisions, in the order of rule R8
  'starting_up',
  'not_linked',
  'incapable',
  'charger_required',
  'handover_schedule',
  'handover_smart_charging',
  'foreign_control',
  'clock_unchecked',
  'stale',
  'away',
  'place_unknown',
  'unplugged',
  'override_charge',
  'override_stop',
  'paused',
  'below_minimum',
  'departure_due',
  'target_reached',
  'vehicle_limit_reached',
  'hand_stopped',
  'hand_started',
  'guard_wait',
  'observe_only',
  'exhausted',
  'manual_charging',
  'manual_idle',
  'off',
  'off_stopping',
  'now_charging',
  'now_starting',
  'now_blocked_fault',
  'now_blocked_no_power',
  'complete',
  'charger_sleeps',
  'charger_held',
  // what became of a command
  'requested',
  'settling',
  'judging',
  'pending',
  'confirmed',
  'asking_other',
  'confirmed_other',
  'failed_both',
  'already',
  'no_response',
  'failed_precondition',
  'failed_other',
  'cancelled',
  'superseded',
  'deadline_passed',
  'lost',
  'doubtful',
  'unsent',
  'enode_400',
  'enode_incapable',
  'enode_403',
  'enode_404',
  'enode_422',
  'enode_429',
  'enode_5xx',
  'enode_other',
  'refused_observe_only',
  'refused_away',
  'refused_incapable',
  'refused_charger_required',
  'refused_consent',
  'refused_route',
  'refused_not_paired',
  'refused_mode_unbuilt',
  'refused_unknown_asset',
  'refused_still_linked',
  'refused_interlock',
  'refused_storage',
  'refused_nothing_to_cancel',
  'refused_prompt_stays',
  'refused_unknown_brand',
  // onboarding and policies
  'policy_set',
  'policy_waits',
  'onboarded',
  'onboarded_without',
  'onboarding_recommended',
  'onboarding_required',
  'onboarding_no_charger',
  'brand_charger_must',
  'brand_charger_may',
  'brand_unknown',
  'brand_charger',
  'intervention',
  // what speaks for a pair, or against it
  'pair_enode_both',
  'pair_enode_vehicle',
  'pair_enode_charger',
  'pair_lingering',
  'pair_elsewhere',
  // accounts and places, asked by a person
  'ask_wait',
  'ask_spent',
  'ask_busy',
  'ask_unsent',
  'ask_doubtful',
  'ask_refused',
  'link_opened',
  'link_warning',
  'link_quota',
  'link_forbidden',
  'link_unknown_user',
  'link_both_needs_vendor',
  'link_vendor_absent',
  'link_vendor_lacks',
  'relink_not_needed',
  'placed',
  'refused_place_vehicle',
  'place_no_home',
  'place_not_home',
  'place_untold',
  // what the bridge asks a person to look after
  'problem_interlock',
  'problem_storage',
  'problem_double_broker',
  'problem_double_cloud',
  'problem_cloud',
  'problem_clock',
  'problem_unorchestrated',
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

export type ReasonParams = Readonly<Record<string, string | number | boolean | null>>;

export interface Reason {
  readonly code: ReasonCode;
  readonly params: ReasonParams;
}

export const reason = (code: ReasonCode, params: ReasonParams = {}): Reason => ({ code, params });

export const sameReason = (a: Reason, b: Reason): boolean => {
  const keys = Object.keys(a.params);
  return (
    a.code === b.code &&
    keys.length === Object.keys(b.params).length &&
    keys.every((key) => a.params[key] === b.params[key])
  );
};
