// The one place where energy begins and ceases to flow: looks at both ends of a cable and makes it so.
import type { Cancel } from '../../kernel/clock.ts';
import type { PowerState } from '../types.ts';
import type { Agenda } from './agenda.ts';
import { timeToReach } from './battery.ts';
import type { Car } from './car.ts';
import { between, chanceOf } from './chance.ts';
import { type CableTruth, vehicleState, wallboxState, wallPower } from './electrics.ts';
import type { Wallbox } from './wallbox.ts';

/** ms from "both want" to closed contactor, at least and at most: the pilot's handshake. */
const CONTACTOR = [2_000, 6_000] as const;
/** A public charger: 11 kW, always on. */
const PUBLIC = { phases: 3, amperes: 16 } as const;

export interface Charging {
  /** Call after anything changed that could matter to this car's charging. */
  settle(car: Car): void;
  /** The same after the car's energy or limit was set: what flows goes on from there. `meanwhile` sets it. */
  restart(car: Car, meanwhile: () => void): void;
  truth(car: Car): CableTruth;
  vehicleState(car: Car): PowerState;
  wallboxState(box: Wallbox): PowerState;
}

/** `posted` gets each finished stretch of charging (Wh); `changed` is called whenever a state may have changed. */
export function createCharging(
  agenda: Agenda,
  seed: number,
  posted: (box: Wallbox | 'elsewhere', wall: number, cells: number) => void,
  changed: (car: Car) => void,
): Charging {
  const closing = new WeakMap<Car, Cancel>();
  const ending = new WeakMap<Car, Cancel>();

  const watts = (car: Car): number => {
    const { cable } = car;
    if (cable === null) return 0;
    if (cable === 'elsewhere') {
      return wallPower(PUBLIC, car.supply, { boxA: null, carA: car.maxCurrent, boxKW: null });
    }
    if (!cable.breaker) return 0;
    const limits = { boxA: cable.maxCurrent, carA: car.maxCurrent, boxKW: cable.rateLimit };
    return wallPower(cable.spec, car.supply, limits);
  };

  const truth = (car: Car): CableTruth => {
    const box = typeof car.cable === 'object' ? car.cable : null;
    return {
      plugged: car.cable !== null,
      fault: car.fault || (box?.fault ?? false),
      full: car.full(agenda.now()),
      willing: car.willing,
      offering: box?.offering ?? true,
      powered: watts(car) > 0,
      flowing: car.wall > 0,
    };
  };

  const flow = (car: Car, wall: number): void => {
    const now = agenda.now();
    ending.get(car)?.();
    if (car.cable !== null) {
      const stretch = car.open(now);
      posted(car.cable, stretch.wall, stretch.cells);
      if (typeof car.cable === 'object') car.cable.given += stretch.wall;
    }
    if (typeof car.cable === 'object' && car.cable && car.wall === 0 && wall > 0) car.cable.beganAt = now;
    // The car awake until now, not since it was last touched.
    if (car.wall > 0) car.use(now);
    car.close(now, wall);
    const ms = wall > 0 ? timeToReach(car.pack, car.energy(now), wall, car.target()) : Number.POSITIVE_INFINITY;
    if (Number.isFinite(ms))
      ending.set(
        car,
        agenda.at(now + Math.ceil(ms), () => settle(car)),
      );
  };

  const settle = (car: Car): void => {
    const t = truth(car);
    const wanted = t.plugged && !t.fault && !t.full && t.willing && t.offering ? watts(car) : 0;
    if (wanted === 0 || wanted !== car.wall) {
      closing.get(car)?.();
      closing.delete(car);
    }
    if (wanted !== car.wall && (car.wall > 0 || wanted === 0)) flow(car, wanted);
    else if (wanted !== car.wall) {
      const delay = between(...CONTACTOR, chanceOf(seed, 'contactor', car.name, agenda.now()));
      const close = () => {
        closing.delete(car);
        flow(car, wanted);
        changed(car);
      };
      closing.set(car, agenda.at(agenda.now() + Math.round(delay), close));
    }
    changed(car);
  };

  const empty: CableTruth = {
    plugged: false,
    fault: false,
    full: false,
    willing: false,
    offering: true,
    powered: true,
    flowing: false,
  };
  return {
    settle,
    restart: (car, meanwhile) => {
      const { wall } = car;
      if (wall > 0) flow(car, 0);
      meanwhile();
      if (wall > 0 && !car.full(agenda.now())) flow(car, wall);
      settle(car);
    },
    truth,
    vehicleState: (car) => vehicleState(truth(car)),
    wallboxState: (box) =>
      wallboxState(box.car ? truth(box.car) : { ...empty, offering: box.offering, fault: box.fault }),
  };
}
