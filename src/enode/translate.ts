// Enode's words and units into ours. Nothing is believed or completed here: what Enode does not say stays null.
import type { Instant } from '../domain/instant.ts';
import type {
  ActionReport,
  ActionState,
  AssetId,
  AssetKind,
  ChargeReport,
  ChargerReport,
  Flag,
  Flags,
  LimitReport,
  Position,
  PowerState,
  VehicleReport,
} from '../domain/report.ts';
import type { Oddities } from './oddities.ts';
import { type Redact, shown } from './text.ts';
import { timeOf } from './times.ts';
import type { WireAction, WireCharger, WireIntervention, WireLimitAction, WireVehicle } from './wire.ts';

/** What a translation needs beside the element itself. */
export interface Around {
  /** The cloud's `Date` of the same answer. */
  readonly cloudNow: Instant | null;
  readonly oddities: Oddities;
}

/** null = a word of the cloud that is honest about not knowing; a word missing here is new. */
const powerStates: ReadonlyMap<string, PowerState | null> = new Map([
  ['UNKNOWN', null],
  ['UNPLUGGED', 'unplugged'],
  ['PLUGGED_IN:INITIALIZING', 'initializing'],
  ['PLUGGED_IN:CHARGING', 'charging'],
  ['PLUGGED_IN:STOPPED', 'stopped'],
  ['PLUGGED_IN:COMPLETE', 'complete'],
  ['PLUGGED_IN:NO_POWER', 'no_power'],
  ['PLUGGED_IN:FAULT', 'fault'],
  ['PLUGGED_IN:DISCHARGING', 'discharging'],
]);

const actionStates: ReadonlyMap<string, ActionState> = new Map([
  ['PENDING', 'pending'],
  ['CONFIRMED', 'confirmed'],
  ['FAILED', 'failed'],
  ['CANCELLED', 'cancelled'],
]);

/** @param userId whose path was asked, for elements that do not say it themselves; null when nobody's was */
export function vehicleReport(wire: WireVehicle, userId: string, around: Around): VehicleReport {
  const state = wire.chargeState;
  return {
    kind: 'vehicle',
    ...identity(wire, userId, around),
    serial: wire.information?.vin ?? null,
    name: wire.information?.displayName?.trim() || null,
    flags: flagsOf(wire.capabilities ?? {}),
    charge: {
      ...charge('vehicle', state, around),
      battery: state.batteryLevel == null ? null : Math.min(100, state.batteryLevel),
      range: state.range ?? null,
      capacity: state.batteryCapacity ?? null,
      limit: state.chargeLimit ?? null,
      timeToFull: state.chargeTimeRemaining ?? null,
    },
    pluggedInChargerId: state.pluggedInChargerId ?? null,
    smartChargingOn: wire.smartChargingPolicy?.isEnabled === true,
    position: position(wire.location ?? {}, around),
    odometer: wire.odometer?.distance ?? null,
    odometerAt: time('vehicle.odometer.lastUpdated', wire.odometer?.lastUpdated, around),
  };
}

export function chargerReport(wire: WireCharger, userId: string, around: Around): ChargerReport {
  const { min, max } = wire.capabilities?.setChargeRateLimit?.allowedRange?.kW ?? {};
  return {
    kind: 'charger',
    ...identity(wire, userId, around),
    serial: wire.information?.serialNumber ?? null,
    flags: flagsOf(wire.capabilities ?? {}),
    charge: charge('charger', wire.chargeState, around),
    pluggedInVehicleId: wire.chargeState.pluggedInVehicleId ?? null,
    locationId: wire.location?.id ?? null,
    rateLimit: wire.chargeState.chargeRateLimit ?? null,
    rateLimitRange: min != null && max != null && min <= max ? { min, max } : null,
  };
}

/** What an action lacks can be filled from what was asked: `createdAt` is then the moment of the answer. */
export interface Asked {
  readonly target: AssetId;
  readonly targetKind: AssetKind;
  readonly answeredAt: Instant;
}

/** null when the action is for a type of asset we do not know. */
export function actionReport(wire: WireAction, asked: Asked, around: Around & { redact: Redact }): ActionReport | null {
  const action = commonReport(wire, asked, around);
  return action && { ...action, kind: wire.kind === 'START' ? 'start' : 'stop' };
}

export function limitReport(
  wire: WireLimitAction,
  asked: Asked,
  around: Around & { redact: Redact },
): LimitReport | null {
  const action = commonReport(wire, asked, around);
  return action && { ...action, limit: 'maxCurrent' in wire.targetState ? 'max_current' : 'rate_limit' };
}

/** What both kinds of actions tell. */
function commonReport(
  wire: WireAction | WireLimitAction,
  asked: Asked,
  around: Around & { redact: Redact },
): Omit<ActionReport, 'kind'> | null {
  const target = wire.targetId ?? asked.target;
  const targetKind = wire.targetType == null ? asked.targetKind : wire.targetType;
  if (targetKind !== 'vehicle' && targetKind !== 'charger') return null;
  const state = actionStates.get(wire.state);
  if (state === undefined) around.oddities.word('action.state', wire.state);
  const { type, detail } = wire.failureReason ?? {};
  return {
    id: wire.id,
    target,
    targetKind,
    // A new word is not known to be an end, so the action is still followed; its deadline ends it otherwise.
    state: state ?? 'pending',
    createdAt: time('action.createdAt', wire.createdAt, around) ?? asked.answeredAt,
    updatedAt: time('action.updatedAt', wire.updatedAt, around),
    completedAt: time('action.completedAt', wire.completedAt, around),
    failure:
      type === undefined ? null : { type: shown(type), detail: detail == null ? null : shown(around.redact(detail)) },
  };
}

export function interventionText(
  wire: WireIntervention,
  most: { readonly title: number; readonly description: number },
) {
  const { title, description, agent, access, action } = wire.resolution;
  return {
    id: wire.id,
    title: shown(title, most.title),
    description: shown(description, most.description),
    agent: agent ?? null,
    access: access ?? null,
    action: action ?? null,
  };
}

function identity(wire: WireVehicle | WireCharger, userId: string, around: Around) {
  return {
    id: wire.id,
    userId,
    vendor: wire.vendor,
    brand: wire.information?.brand?.trim() || null,
    model: wire.information?.model?.trim() || null,
    year: wire.information?.year ?? null,
    lastSeen: time('lastSeen', wire.lastSeen, around),
    reachable: wire.isReachable ?? null,
    scopes: wire.scopes ?? null,
  };
}

function charge(
  asset: AssetKind,
  state: WireCharger['chargeState'] | WireVehicle['chargeState'],
  around: Around,
): ChargeReport {
  return {
    power: power(asset, state.powerDeliveryState, around),
    plugged: state.isPluggedIn ?? null,
    rate: state.chargeRate ?? null,
    maxCurrent: state.maxCurrent ?? null,
    at: time(`${asset}.chargeState.lastUpdated`, state.lastUpdated, around),
  };
}

function power(asset: AssetKind, word: string | null | undefined, around: Around): PowerState | null {
  if (word == null) return null;
  const state = powerStates.get(word);
  if (state === undefined) around.oddities.word(`${asset}.chargeState.powerDeliveryState`, word);
  return state ?? null;
}

/** Half a position is none, and neither is 0°, 0°: cars without a fix say that. */
function position(location: NonNullable<WireVehicle['location']> | Record<string, never>, around: Around): Position {
  const { latitude, longitude } = location;
  const fix = latitude != null && longitude != null && !(latitude === 0 && longitude === 0);
  return {
    latitude: fix ? latitude : null,
    longitude: fix ? longitude : null,
    locationId: location.id ?? null,
    at: time('vehicle.location.lastUpdated', location.lastUpdated, around),
  };
}

type WireFlag = { isCapable: boolean; interventionIds: string[] } | null | undefined;
type WireFlags = Partial<
  Record<
    'startCharging' | 'stopCharging' | 'location' | 'smartCharging' | 'setMaxCurrent' | 'setChargeRateLimit',
    WireFlag
  >
>;

const flagsOf = (wire: WireFlags): Flags => ({
  start: flag(wire.startCharging),
  stop: flag(wire.stopCharging),
  locate: flag(wire.location),
  smart_charge: flag(wire.smartCharging),
  max_current: flag(wire.setMaxCurrent),
  rate_limit: flag(wire.setChargeRateLimit),
});

const flag = (wire: WireFlag): Flag | null =>
  wire == null ? null : { capable: wire.isCapable, interventions: wire.interventionIds };

function time(path: string, text: string | null | undefined, around: Around): Instant | null {
  if (text == null) return null;
  const at = timeOf(text, around.cloudNow);
  if (at === null) around.oddities.value(path, text);
  return at;
}
