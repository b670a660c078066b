// The keys of each portrait's state: JSON key = last part of the unique id = last part of the topic of its command. Keys are
// promises (entities.md): adding one is free, renaming one breaks dashboards.

import type { Capability } from '../domain/report.ts';
import type { PortraitKind } from '../domain/telling/portrait.ts';

/** How the device answered its latest commands: % obeyed, and the usual time to the evidence. */
const seen = ['charging_state_source', 'charging_state_seen'] as const;
const obedience = ['obedience', 'usual_latency'] as const;
const pairing = ['pairing', 'pairing_certainty', 'pairing_evidence'] as const;

/** In the order of entities.md. `can_<capability>_by` says who provides it: `vehicle`, `charger` or null. */
const vehicleCapabilities = [
  'start',
  'stop',
  'locate',
  'smart_charge',
  'max_current',
  'rate_limit',
] as const satisfies readonly Capability[];
/** A charger has no place and no smart charging of its own (enode-api.md, charger capabilities). */
const chargerCapabilities = ['start', 'stop', 'max_current', 'rate_limit'] as const satisfies readonly Capability[];

export const stateKeys = {
  vehicle: [
    'charging',
    'mode',
    'target',
    'departure',
    'minimum',
    'max_current',
    'rate_limit',
    'battery',
    'range',
    'plugged_in',
    'charging_state',
    'charge_power',
    'home',
    'energy',
    'session_energy',
    'smart_charging',
    'charge_limit',
    'time_to_full',
    'capacity',
    'odometer',
    'paired_charger',
    'paired_charger_id',
    'plugged_in_charger_id',
    ...pairing,
    'interventions',
    'reason_code',
    'command_result',
    'onboarding',
    'command',
    'route',
    ...vehicleCapabilities.map((capability) => `can_${capability}` as const),
    ...vehicleCapabilities.map((capability) => `can_${capability}_by` as const),
    'action_needed',
    'reason',
    'command_latency',
    ...seen,
    'charge_power_source',
    'charge_power_seen',
    'home_source',
    'home_seen',
    ...obedience,
    'limit_result',
    'switches_today',
    'reachable',
    'last_seen',
  ],
  charger: [
    'charging',
    'mode',
    'charging_state',
    'plugged_in',
    'charge_power',
    'energy',
    'session_energy',
    'plugged_in_vehicle',
    'plugged_in_vehicle_id',
    ...pairing,
    'location',
    'command',
    'reason',
    ...chargerCapabilities.map((capability) => `can_${capability}` as const),
    ...seen,
    'max_current',
    'rate_limit',
    ...obedience,
    'limit_result',
    'reachable',
    'last_seen',
  ],
  site: ['pause'],
  bridge: ['cloud', 'problem', 'onboarding', 'webhooks', 'problem_text', 'version', 'requests_today', 'requests_left'],
} as const satisfies Record<PortraitKind, readonly string[]>;

/** Keys that take a command, beside those that only tell: `…/<key>/set`. */
export const commandKeys = {
  vehicle: [
    'charging',
    'mode',
    'target',
    'departure',
    'clear_departure',
    'resume',
    'minimum',
    'max_current',
    'rate_limit',
  ],
  charger: ['charging', 'mode', 'max_current', 'rate_limit'],
  site: ['pause'],
  bridge: ['refresh'],
} as const satisfies Record<PortraitKind, readonly string[]>;

/** Keys of entities.md whose commands come with a later version: named as such instead of "unknown". */
export const laterKeys: Readonly<Record<PortraitKind, readonly string[]>> = {
  vehicle: [],
  charger: [],
  site: ['grid_power'],
  bridge: [],
};
