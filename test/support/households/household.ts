// One generated household as its daemon sees it: reports in the order in which they arrive, by poll or by webhook, and the truth
// beside them to judge by. Built from the cloud's documentation and field reports, never from the matcher.
import { type Instant, instant } from '../../../src/domain/instant.ts';
import type { ChargerReport, Flags, VehicleReport } from '../../../src/domain/report.ts';
import type { Settings } from '../../../src/domain/settings.ts';
import { type Dice, dice } from './dice.ts';
import type { Difficulty } from './difficulty.ts';
import { type BoxDevice, type CarDevice, type Heard, hearBox, hearCar } from './hearing.ts';
import { type Command, type Life, live, MINUTE } from './life.ts';

/** 2026-01-05, a Monday. */
const START = Date.UTC(2026, 0, 5);
export const timeOf = (ms: number): Instant => instant(Math.round(START + ms));

export interface Arrival {
  /** ms from the beginning, at which the daemon gets it. */
  readonly at: number;
  readonly heard: Heard;
  readonly kind: 'car' | 'box';
  readonly n: number;
  readonly report: VehicleReport | ChargerReport;
}

export interface Household {
  readonly life: Life;
  readonly isHooked: boolean;
  readonly settings: Pick<Settings, 'users' | 'home' | 'chargerPlaces'>;
  /** In the order of `at`. */
  readonly arrivals: readonly Arrival[];
  /** What a list says when it is read out of turn. */
  read(kind: Arrival['kind'], at: number): Arrival[];
  readonly commands: readonly Command[];
}

const home = { latitude: 52.0907, longitude: 5.1214 };
export const carId = (n: number): string => `car-${n}`;
export const boxId = (n: number): string => `box-${n}`;

export function household(seed: number, level: Difficulty, days: number): Household {
  const rolls = dice(seed);
  const life = live(rolls, level, days);
  const isHooked = rolls.chance(level.webhooks);
  const cars = life.cars.map((_, n) => hearCar(rolls, life, n, carDevice(rolls, level)));
  const boxes = life.boxes.map((_, n) => hearBox(rolls, life, n, boxDevice(rolls, level)));
  const isMarked = rolls.chance(level.marked);
  const arrivals: Arrival[] = [];
  const arrival = (kind: Arrival['kind'], n: number, at: number, heard: Heard): Arrival => {
    const report = kind === 'car' ? vehicleReport(n, heard) : chargerReport(n, heard);
    return { at, heard, kind, n, report };
  };
  const take = (kind: Arrival['kind'], n: number, list: readonly Heard[], times: readonly number[]): void => {
    for (const { at, heard } of arrivalsOf(rolls, list, times, isHooked)) arrivals.push(arrival(kind, n, at, heard));
  };
  const read = (kind: Arrival['kind'], at: number): Arrival[] =>
    (kind === 'car' ? cars : boxes).flatMap((list, n) => {
      const heard = list.findLast(({ heardAt }) => heardAt <= at);
      return heard ? [arrival(kind, n, at, heard)] : [];
    });
  const end = days * 24 * 60 * MINUTE;
  const carTimes = listings(rolls, cars, end, isHooked);
  const boxTimes = listings(rolls, boxes, end, isHooked);
  for (const [n, list] of cars.entries()) take('car', n, list, carTimes);
  for (const [n, list] of boxes.entries()) take('box', n, list, boxTimes);
  arrivals.sort((a, b) => a.at - b.at);
  const places = life.boxes.map((_, n) => [boxId(n), 'home'] as const);
  const settings = { users: ['home'], home, chargerPlaces: isMarked ? Object.fromEntries(places) : {} };
  return { life, isHooked, settings, arrivals, read, commands: life.commands };
}

function carDevice(rolls: Dice, level: Difficulty): CarDevice {
  const lies = rolls.chance(level.liars);
  return {
    pushes: rolls.chance(level.carPushes),
    tellsPower: !rolls.chance(level.carNoPower),
    // What reaches the battery, and some vendors are plainly wrong.
    scale: rolls.chance(0.03) ? 0.5 : rolls.between(0.88, 1),
    skew: rolls.between(-1, 1) * level.skew * 1000,
    tellsPosition: rolls.chance(level.positions),
    tellsOdometer: rolls.chance(0.8),
    asleep: lies ? rolls.pick([true, false]) : rolls.pick([false, true, null]),
    lies,
  };
}

function boxDevice(rolls: Dice, level: Difficulty): BoxDevice {
  return {
    pushes: rolls.chance(level.boxPushes),
    tellsPower: !rolls.chance(level.boxNoPower),
    scale: rolls.between(0.98, 1.02),
    skew: rolls.between(-1, 1) * level.skew * 1000,
    flaky: rolls.chance(level.flaky),
  };
}

/** When the daemon reads a list: by its most watched asset (numbers.ts, lookEveryMs), with webhooks once an hour. */
function listings(rolls: Dice, lists: readonly (readonly Heard[])[], end: number, isHooked: boolean): number[] {
  const times: number[] = [];
  const next = lists.map(() => 0);
  for (let t = rolls.next() * 10 * MINUTE; t < end; ) {
    times.push(t);
    let pause = isHooked ? 60 : 14;
    for (const [n, list] of lists.entries()) {
      while (next[n]! < list.length && list[next[n]!]!.heardAt <= t) next[n]!++;
      const power = list[next[n]! - 1]?.power;
      if (isHooked || power === undefined) continue;
      if (power === 'charging') pause = Math.min(pause, 3);
      else if (power !== 'unplugged') pause = Math.min(pause, 10);
    }
    t += pause * MINUTE * rolls.between(0.98, 1.05);
  }
  return times;
}

/** Hearings as they come in: the newest at each listing; with webhooks every change, too, seldom late. */
function arrivalsOf(
  rolls: Dice,
  list: readonly Heard[],
  times: readonly number[],
  isHooked: boolean,
): { at: number; heard: Heard }[] {
  const found: { at: number; heard: Heard }[] = [];
  let n = 0;
  for (const at of times) {
    while (n < list.length && list[n]!.heardAt <= at) n++;
    const heard = list[n - 1];
    if (heard) found.push({ at, heard });
  }
  if (!isHooked) return found;
  for (let k = 1; k < list.length; k++) {
    const [was, is] = [list[k - 1]!, list[k]!];
    const isChange = was.power !== is.power || was.reachable !== is.reachable || (is.kw !== null && k % 5 === 0);
    if (!isChange) continue;
    const delay = rolls.chance(0.01) ? rolls.between(1, 8) * MINUTE : rolls.between(500, 3_000);
    found.push({ at: is.heardAt + delay, heard: is });
  }
  return found.sort((a, b) => a.at - b.at);
}

const able = { capable: true, interventions: [] };
const flags: Flags = { start: able, stop: able, locate: able, smart_charge: able, max_current: null, rate_limit: null };
const common = { userId: 'home', year: null, serial: null, model: null, flags, scopes: null };

function vehicleReport(n: number, heard: Heard): VehicleReport {
  const { position } = heard;
  const spot = position === null ? null : pointOf(position.spot, n);
  return {
    ...common,
    kind: 'vehicle',
    id: carId(n),
    vendor: 'KIA',
    brand: 'Kia',
    name: `Car ${n}`,
    lastSeen: timeOf(heard.heardAt),
    reachable: heard.reachable,
    charge: {
      power: heard.power,
      plugged: heard.power !== 'unplugged',
      rate: heard.kw,
      maxCurrent: null,
      at: timeOf(heard.at),
      battery: heard.battery,
      range: null,
      capacity: 60,
      limit: null,
      timeToFull: null,
    },
    pluggedInChargerId: null,
    smartChargingOn: false,
    position: {
      latitude: spot?.latitude ?? null,
      longitude: spot?.longitude ?? null,
      locationId: null,
      at: position === null ? null : timeOf(position.at),
    },
    odometer: heard.odometer,
    odometerAt: heard.odometer === null ? null : timeOf(heard.at),
  };
}

/** 0 = at home, with the scatter of a satellite fix; others kilometres away. */
function pointOf(spot: number, n: number): { latitude: number; longitude: number } {
  if (spot === 0) return { latitude: home.latitude + 0.0002 * (n - 1), longitude: home.longitude };
  return { latitude: home.latitude + 0.02 * spot, longitude: home.longitude + 0.01 * spot };
}

function chargerReport(n: number, heard: Heard): ChargerReport {
  return {
    ...common,
    kind: 'charger',
    id: boxId(n),
    vendor: 'EASEE',
    brand: 'Easee',
    lastSeen: timeOf(heard.heardAt),
    reachable: true,
    charge: {
      power: heard.power,
      plugged: heard.power !== 'unplugged',
      rate: heard.kw,
      maxCurrent: null,
      at: timeOf(heard.at),
    },
    pluggedInVehicleId: null,
    locationId: null,
    rateLimit: null,
    rateLimitRange: null,
  };
}
