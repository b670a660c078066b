// One state from two witnesses: the vehicle, and its activated charger (R1, R6).
import { type Instant, latest } from '../instant.ts';
import type { AssetId, ChargeReport, PowerState, VehicleReport } from '../report.ts';
import type { View } from '../site.ts';
import { cableOf } from './cable.ts';
import type { Charger } from './charger.ts';
import { shownCharger } from './pairing.ts';
import { sleepsAt } from './sleep.ts';
import type { Vehicle } from './vehicle.ts';

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
  /** The cloud's time of `kw`; absent in records of earlier versions. */
  readonly kwAt?: Instant | null;
  /** The witness of `state`. */
  readonly from: 'vehicle' | 'charger';
  /** The cloud's time up to which this is witnessed. */
  readonly at: Instant | null;
  /** The newest state that was no "unknown": an interruption of knowing is no event. */
  readonly known: ChargingState | null;
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
  /** false = certainly out of reach */
  readonly reachable: boolean;
}

/** The belief about a vehicle, with its charger as second witness while they are shown as a pair. */
export function fuseVehicle(view: View, id: AssetId): Fused | null {
  const vehicle = view.get('vehicle', id);
  if (!vehicle) return null;
  const charger = view.get('charger', shownCharger(view, id) ?? '');
  if (!charger) return alone(cableOut(view, id, vehicle.report) ?? ofVehicle(vehicle));
  const state = pairOf(vehicle, charger);
  const fallback = view.settings.enhancedChargeRate ? null : ofCharger(charger);
  return { ...alone(state), ...powerOf(state, ofVehicle(vehicle), fallback) };
}

/** The belief about a charger: with the vehicle on it, the pair's, but its own power. */
export function fuseCharger(view: View, id: AssetId): Fused | null {
  const charger = view.get('charger', id);
  if (!charger) return null;
  const vehicle = view.get('vehicle', view.get('occupant', id)?.vehicle ?? '');
  if (!vehicle) return alone(ofCharger(charger));
  const state = pairOf(vehicle, charger);
  return { ...alone(state), ...powerOf(state, ofCharger(charger), null) };
}

const ofVehicle = ({ report }: Vehicle): Witness => ({
  who: 'vehicle',
  charge: report.charge,
  reachable: report.reachable !== false,
});
const ofCharger = ({ report }: Charger): Witness => ({
  who: 'charger',
  charge: report.charge,
  reachable: report.reachable !== false,
});

/** The charger that the vehicle itself names, or that it was matched to, saw the cable go out after the vehicle's last word: so it is. */
function cableOut(view: View, id: AssetId, report: VehicleReport): Witness | null {
  const charger = view.get('charger', report.pluggedInChargerId ?? '');
  const named = charger?.report.userId === report.userId ? charger.outAt : null;
  const at = latest(named, view.get('pairing', id)?.outAt ?? null);
  if (at === null || at <= (report.charge.at ?? 0)) return null;
  const charge = { power: 'unplugged', plugged: false, rate: null, maxCurrent: null, at } as const;
  return { who: 'charger', charge, reachable: true };
}

const pairOf = (vehicle: Vehicle, charger: Charger): Witness =>
  stateOfPair(ofVehicle(vehicle), ofCharger(charger), sleepsAt(vehicle, charger));

/** R1 for an activated pair: a fault wins, then charging of either, then who holds the charge back, then the newer report. */
function stateOfPair(vehicle: Witness, charger: Witness, sleeps: boolean): Witness {
  const v = vehicle.charge;
  const c = charger.charge;
  if (v.power === null) return c.power === null ? newer(vehicle, charger) : charger;
  if (c.power === null) return vehicle;
  for (const word of ['fault', 'charging'] as const) {
    const [ofCar, ofBox] = [says(vehicle, word, charger), says(charger, word, vehicle)];
    if (ofCar && ofBox) return newer(vehicle, charger);
    if (ofCar) return vehicle;
    if (ofBox) return charger;
  }
  // "No power" of one is what the stop or the full battery of the other looks like from there: they agree, so the newer time counts.
  if (c.power === 'no_power' && holdsBack(v)) return { ...vehicle, charge: { ...v, at: latest(v.at, c.at) } };
  if (v.power === 'no_power' && holdsBack(c)) return { ...charger, charge: { ...c, at: latest(v.at, c.at) } };
  // A sleeping car may say that it is unplugged; the charger feels the cable (R6).
  if (v.power === 'unplugged' && cableOf(c) === true && sleeps) return charger;
  return newer(vehicle, charger);
}

/** What a device out of reach said of a charge, before the other was heard again, tells of the past. */
function says(witness: Witness, word: PowerState, other: Witness): boolean {
  const isPast = !witness.reachable && (witness.charge.at ?? 0) < (other.charge.at ?? 0);
  return witness.charge.power === word && !(word === 'charging' && isPast);
}

const holdsBack = ({ power }: ChargeReport): boolean => power === 'stopped' || power === 'complete';

const newer = (vehicle: Witness, charger: Witness): Witness =>
  (charger.charge.at ?? 0) > (vehicle.charge.at ?? 0) ? charger : vehicle;

function alone(witness: Witness): Fused {
  const { power, at } = witness.charge;
  const state = power === null ? null : wordOf[power];
  return {
    state,
    power,
    plugged: cableOf(witness.charge),
    charging: chargingOf(witness.charge),
    ...powerOf(witness, witness, null),
    from: witness.who,
    at,
    known: state,
  };
}

const chargingOf = ({ power }: ChargeReport): boolean | null =>
  power === null ? null : power === 'charging' || power === 'initializing';

/** A device's own rate; the other's where it tells none. Who says that nothing is charged, says so of the power. */
function powerOf(state: Witness, own: Witness, fallback: Witness | null): Pick<Fused, 'kw' | 'kwFrom' | 'kwAt'> {
  const charging = chargingOf(state.charge);
  if (charging === false) return { kw: 0, kwFrom: state.who, kwAt: state.charge.at };
  const witness = [own, fallback].find((one) => one !== null && one.charge.rate !== null);
  if (!charging || !witness) return { kw: null, kwFrom: null, kwAt: null };
  return { kw: witness.charge.rate, kwFrom: witness.who, kwAt: witness.charge.at };
}

/** Same in everything a person or a decision sees. */
export const sameFused = (a: Fused, b: Fused): boolean =>
  a.state === b.state &&
  a.power === b.power &&
  a.plugged === b.plugged &&
  a.charging === b.charging &&
  a.kw === b.kw &&
  a.kwFrom === b.kwFrom &&
  a.kwAt === b.kwAt &&
  a.from === b.from &&
  a.at === b.at &&
  a.known === b.known;
