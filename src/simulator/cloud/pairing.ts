// Activating and ending pairs (8.1): a small engine that waits for the one plausible pair and would rather find none.
import type { WorldClock } from '../../kernel/clock.ts';
import { evidenceFor } from './pairing-evidence.ts';
import { isPlugged, reportOf } from './readings.ts';
import type { Linked, LinkedCharger, LinkedVehicle, User } from './state.ts';

export interface Pairing {
  /** A report came: sees plug-ins, starts and unplugging. Constant time without a transition. */
  onReport(linked: Linked): void;
  /** A newly linked asset, or detection switched on. */
  onFound(linked: Linked): void;
  /** Activates a pair; both ends must be free. */
  join(vehicle: LinkedVehicle, charger: LinkedCharger): void;
  /** The asset is gone. */
  drop(linked: Linked): void;
}

/** @param changed both ends of a pair, whenever it is made or ended */
export function createPairing(clock: WorldClock, changed: (linked: Linked) => void): Pairing {
  const loose = new WeakMap<User, { vehicles: Set<LinkedVehicle>; chargers: Set<LinkedCharger> }>();

  const looseOf = (user: User) => {
    let sets = loose.get(user);
    if (!sets) {
      sets = { vehicles: new Set(), chargers: new Set() };
      loose.set(user, sets);
    }
    return sets;
  };

  const release = (linked: Linked): void => {
    const sets = looseOf(linked.user);
    if (linked.kind === 'vehicle') sets.vehicles.delete(linked);
    else sets.chargers.delete(linked);
  };

  const offer = (linked: Linked): void => {
    if (linked.pair || !isPlugged(linked.lastState)) return;
    const sets = looseOf(linked.user);
    if (linked.kind === 'vehicle') sets.vehicles.add(linked);
    else sets.chargers.add(linked);
    const { detects, detectionSeconds } = linked.user.client.switches;
    if (!detects) return;
    clock.alarm('pairing detection', clock.now() + detectionSeconds * 1000, () => detect(linked));
  };

  const detect = (linked: Linked): void => {
    const { detects, detectionSeconds } = linked.user.client.switches;
    if (!detects || linked.pair || !isPlugged(linked.lastState)) return;
    const { vehicles, chargers } = looseOf(linked.user);
    const byVehicle = (vehicle: LinkedVehicle) => best(chargers, (charger) => evidenceFor(vehicle, charger));
    const byCharger = (charger: LinkedCharger) => best(vehicles, (vehicle) => evidenceFor(vehicle, charger));
    const charger = linked.kind === 'charger' ? linked : byVehicle(linked);
    const vehicle = linked.kind === 'vehicle' ? linked : byCharger(linked);
    if (!vehicle || !charger || byVehicle(vehicle) !== charger || byCharger(charger) !== vehicle) return;
    if (Math.max(vehicle.pluggedSeenAt, charger.pluggedSeenAt) + detectionSeconds * 1000 > clock.now()) return;
    join(vehicle, charger);
    // One pair less to choose from: what was ambiguous may be plain now.
    for (const other of vehicles) if (evidenceFor(other, charger) > 0) offer(other);
    for (const other of chargers) if (evidenceFor(vehicle, other) > 0) offer(other);
  };

  const join = (vehicle: LinkedVehicle, charger: LinkedCharger): void => {
    vehicle.pair = { charger, since: clock.now() };
    charger.pair = { vehicle, since: clock.now() };
    release(vehicle);
    release(charger);
    changed(vehicle);
    changed(charger);
  };

  const part = (linked: Linked): void => {
    if (!linked.pair) return;
    const vehicle = linked.kind === 'vehicle' ? linked : linked.pair.vehicle;
    const charger = linked.kind === 'charger' ? linked : linked.pair.charger;
    vehicle.pair = undefined;
    charger.pair = undefined;
    for (const end of [vehicle, charger]) {
      if (isPlugged(end.lastState)) offer(end);
      changed(end);
    }
  };

  return {
    onReport(linked) {
      const { powerState, stateUpdated, lastSeen } = reportOf(linked);
      if (powerState === 'UNKNOWN') return;
      const at = stateUpdated ?? clock.now();
      const within = { from: Math.min(linked.lastHeard, at), to: at };
      const [was, is] = [linked.lastState, powerState];
      linked.lastState = is;
      linked.lastAt = at;
      linked.lastHeard = Math.max(at, lastSeen);
      if (isPlugged(was) && !isPlugged(is)) {
        linked.pluggedWithin = linked.startedWithin = null;
        release(linked);
        part(linked);
      }
      const started = was !== 'CHARGING' && is === 'CHARGING';
      if (started) linked.startedWithin = within;
      const pluggedIn = !isPlugged(was) && isPlugged(is);
      if (pluggedIn) {
        // After "unknown" nobody can say when the cable went in.
        linked.pluggedWithin = was === 'UNKNOWN' ? null : within;
        linked.pluggedSeenAt = clock.now();
      }
      if (pluggedIn || started) offer(linked);
    },
    onFound: offer,
    join,
    drop(linked) {
      linked.lastState = 'UNPLUGGED';
      release(linked);
      part(linked);
    },
  };
}

/** The one with the most evidence; nothing when two share the first place. */
function best<T>(all: Iterable<T>, evidence: (one: T) => number): T | undefined {
  let found: T | undefined;
  let most = 0;
  for (const one of all) {
    const is = evidence(one);
    if (is > most) [found, most] = [one, is];
    else if (is === most) found = undefined;
  }
  return found;
}
