// Rows that vehicle and charger have in common.
import { builtModes } from '../../domain/choice/mode.ts';
import { diagnostic, hidden, percent, type Row } from './row.ts';

export const charging: Row = { key: 'charging', platform: 'switch', name: 'Charging', icon: 'ev-station' };

/** Only modes that this version carries out are offered. */
export const mode: Row = {
  key: 'mode',
  platform: 'select',
  name: 'Charging mode',
  icon: 'tune-variant',
  options: builtModes,
};

export const pluggedIn: Row = { key: 'plugged_in', platform: 'binary_sensor', name: 'Plugged in', deviceClass: 'plug' };

export const chargingState: Row = {
  key: 'charging_state',
  platform: 'sensor',
  name: 'Charging state',
  icon: 'ev-plug-type2',
  deviceClass: 'enum',
  options: ['disconnected', 'connected', 'starting', 'charging', 'stopped', 'complete', 'fault'],
};

export const chargePower: Row = {
  key: 'charge_power',
  platform: 'sensor',
  name: 'Charging power',
  deviceClass: 'power',
  unit: 'kW',
  stateClass: 'measurement',
  precision: 1,
};

const counted = { platform: 'sensor', deviceClass: 'energy', unit: 'kWh', stateClass: 'total_increasing' } as const;
export const energy: Row = { key: 'energy', ...counted, precision: 1 };
export const sessionEnergy: Row = { key: 'session_energy', ...counted, name: 'Session energy', precision: 2 };

export const pairing: readonly Row[] = [
  {
    key: 'pairing',
    platform: 'sensor',
    name: 'Pairing',
    icon: 'link-variant',
    deviceClass: 'enum',
    options: ['unpaired', 'established', 'activated', 'invalid'],
    ...diagnostic,
  },
  {
    key: 'pairing_certainty',
    platform: 'sensor',
    name: 'Pairing certainty',
    icon: 'percent-outline',
    ...percent,
    ...hidden,
  },
  { key: 'pairing_evidence', platform: 'sensor', name: 'Pairing evidence', icon: 'text-search', ...hidden },
];

export const command: Row = {
  key: 'command',
  platform: 'sensor',
  name: 'Command',
  icon: 'progress-check',
  deviceClass: 'enum',
  options: ['idle', 'requested', 'pending', 'confirmed', 'failed', 'refused', 'cancelled', 'superseded'],
  ...diagnostic,
};

export const reason: Row = { key: 'reason', platform: 'sensor', name: 'Reason', icon: 'comment-question-outline' };

const witnesses = ['vehicle', 'charger'] as const;

/** Where a shown value comes from, and the time it is of. */
export const source = (key: string, name: string, options: readonly string[] = witnesses): readonly Row[] => [
  { key: `${key}_source`, platform: 'sensor', name: `${name} source`, deviceClass: 'enum', options, ...hidden },
  { key: `${key}_seen`, platform: 'sensor', name: `${name} seen`, deviceClass: 'timestamp', ...hidden },
];
export const chargingStateSource = source('charging_state', 'Charging state');

export const obedience: readonly Row[] = [
  { key: 'obedience', platform: 'sensor', name: 'Obedience', icon: 'account-check-outline', ...percent, ...hidden },
  {
    key: 'usual_latency',
    platform: 'sensor',
    name: 'Usual latency',
    deviceClass: 'duration',
    unit: 's',
    stateClass: 'measurement',
    precision: 1,
    ...hidden,
  },
];

/** What a device takes at most, in A and in kW (R11). */
export const limits: readonly Row[] = [
  {
    key: 'max_current',
    platform: 'number',
    name: 'Maximum current',
    deviceClass: 'current',
    unit: 'A',
    range: { min: 0, max: 80, step: 1 },
    category: 'config',
    disabled: true,
  },
  {
    key: 'rate_limit',
    platform: 'number',
    name: 'Charge power limit',
    deviceClass: 'power',
    unit: 'kW',
    range: { min: 0, max: 350, step: 0.1, mode: 'box' },
    category: 'config',
    disabled: true,
  },
];

export const limitResult: Row = {
  key: 'limit_result',
  platform: 'sensor',
  name: 'Limit result',
  icon: 'message-alert-outline',
  ...hidden,
};

export const reachable: Row = {
  key: 'reachable',
  platform: 'binary_sensor',
  name: 'Reachable',
  deviceClass: 'connectivity',
  ...hidden,
};

export const lastSeen: Row = {
  key: 'last_seen',
  platform: 'sensor',
  name: 'Last seen',
  deviceClass: 'timestamp',
  ...hidden,
};

export const events: Row = { key: 'events', platform: 'event', name: 'Events', icon: 'bell-outline' };

const canDo = {
  start: 'start',
  stop: 'stop',
  locate: 'locate',
  smart_charge: 'smart charge',
  max_current: 'limit current',
  rate_limit: 'limit power',
} as const;
export type CanDo = keyof typeof canDo;

export const can = (capability: CanDo): Row => ({
  key: `can_${capability}`,
  platform: 'binary_sensor',
  name: `Can ${canDo[capability]}`,
  icon: 'check-circle-outline',
  ...diagnostic,
});

export const canBy = (capability: CanDo): Row => ({
  key: `can_${capability}_by`,
  platform: 'sensor',
  name: `Can ${canDo[capability]} through`,
  icon: 'arrow-decision-outline',
  deviceClass: 'enum',
  options: ['vehicle', 'charger'],
  ...hidden,
});

export const disabled = (row: Row): Row => ({ ...row, disabled: true });
