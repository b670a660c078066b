// One state from two witnesses: the vehicle, and its activated charger (R1, R6).
import type { Instant } from '../instant.ts';
import type { AssetId, ChargeReport, PowerState } from '../report.ts';
import type { View } from '../site.ts';
import { shownCharger } from './pairing.ts';

export const chargingStates = [
  'disconnected',
  'connected',
  'starting',
  'charging',
  'stopped',
  'complete',
  'fault',
] as const;
export type ChargingState = (typeof chargingStates)[number];

export interface Fused {
  readonly state: ChargingState | null;
  /** The report behind `state`: tells `no_power` and `discharging` apart, which are both `connected`. */
  readonly power: PowerState | null;
  readonly plugged: boolean | null;
  /** ON for charging or starting. */
  readonly charging: boolean | null;
  /** kW; 0 when certainly not charging, null when unknown. */
  readonly kw: number | null;
  readonly kwFrom: 'vehicle' | 'charger' | null;
  /** The witness of `state`. */
  readonly from: 'vehicle' | 'charger';
  /** The cloud's time of that witness's report. */
  readonly at: Instant | null;
}

const wordOf: Record<PowerState, ChargingState> = {
  unplugged: 'disconnected',
  initializing: 'starting',
  charging: 'charging',
  stopped: 'stopped',
  complete: 'complete',
  no_power: 'connected',
  fault: 'fault',
  // Never commanded automatically, and not "charging" for anybody who reads the switch.
  discharging: 'connected',
};

interface Witness {
  readonly who: 'vehicle' | 'charger';
  readonly charge: ChargeReport;
}

/** The belief about a vehicle, with its charger as second witness while they are shown as a pair. */
export function fuseVehicle(view: View, id: AssetId): Fused | null {
  const vehicle = view.get('vehicle', id);
  if (!vehicle) return null;
  const chargerId = shownCharger(view, id);
  const charger = chargerId === null ? undefined : view.get('charger', chargerId);
  const own: Witness = { who: 'vehicle', charge: vehicle.report.charge };
  return charger ? fusePair(view, own, { who: 'charger', charge: charger.report.charge }) : alone(own);
}

/** The belief about a charger: with the vehicle on it, the pair's; its own power comes first. */
export function fuseCharger(view: View, id: AssetId): Fused | null {
  const charger = view.get('charger', id);
  if (!charger) return null;
  const own: Witness = { who: 'charger', charge: charger.report.charge };
  const vehicle = view.get('vehicle', view.get('occupant', id)?.vehicle ?? '');
  if (!vehicle) return alone(own);
  const pair = fusePair(view, { who: 'vehicle', charge: vehicle.report.charge }, own);
  return { ...pair, ...powerOf(pair.charging, own, null) };
}

function fusePair(view: View, vehicle: Witness, charger: Witness): Fused {
  const state = stateOfPair(vehicle, charger);
  const charging = chargingOf(state.charge);
  const fallback = view.settings.enhancedChargeRate ? null : charger;
  return { ...alone(state), ...powerOf(charging, vehicle, fallback) };
}

/** R1 for an activated pair: a fault wins, then charging of either, then who saw the cable, then the newer report. */
function stateOfPair(vehicle: Witness, charger: Witness): Witness {
  const v = vehicle.charge;
  const c = charger.charge;
  if (v.power === null) return c.power === null ? newer(vehicle, charger) : charger;
  if (c.power === null) return vehicle;
  for (const word of ['fault', 'charging'] as const) {
    if (v.power === word && c.power === word) return newer(vehicle, charger);
    if (v.power === word) return vehicle;
    if (c.power === word) return charger;
  }
  if (c.power === 'no_power' && v.power === 'complete') return vehicle;
  // A sleeping car may say that it is unplugged; the charger feels the cable (R6).
  if (v.power === 'unplugged' && c.plugged === true) return charger;
  return newer(vehicle, charger);
}

const newer = (vehicle: Witness, charger: Witness): Witness =>
  (charger.charge.at ?? 0) > (vehicle.charge.at ?? 0) ? charger : vehicle;

function alone(witness: Witness): Fused {
  const { power, plugged, at } = witness.charge;
  const charging = chargingOf(witness.charge);
  return {
    state: power === null ? null : wordOf[power],
    power,
    plugged: power === null ? plugged : power !== 'unplugged',
    charging,
    ...powerOf(charging, witness, null),
    from: witness.who,
    at,
  };
}

const chargingOf = ({ power }: ChargeReport): boolean | null =>
  power === null ? null : power === 'charging' || power === 'initializing';

function powerOf(charging: boolean | null, own: Witness, fallback: Witness | null): Pick<Fused, 'kw' | 'kwFrom'> {
  if (charging === null) return { kw: null, kwFrom: null };
  if (!charging) return { kw: 0, kwFrom: own.who };
  if (own.charge.rate !== null) return { kw: own.charge.rate, kwFrom: own.who };
  const kw = fallback?.charge.rate ?? null;
  return { kw, kwFrom: kw === null ? null : (fallback?.who ?? null) };
}

/** Same in everything a person or a decision sees. */
export const sameFused = (a: Fused, b: Fused): boolean =>
  a.state === b.state &&
  a.power === b.power &&
  a.plugged === b.plugged &&
  a.charging === b.charging &&
  a.kw === b.kw &&
  a.kwFrom === b.kwFrom &&
  a.from === b.from &&
  a.at === b.at;
