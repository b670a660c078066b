// What the cloud hears of a device, and when: pushes within seconds, else polls every 2 min while it charges, 7 while idle, 20 asleep
// (enode-api.md 3, field notes 3.8). A sleeping car's vendor answers from its cache, or says "unplugged".
import type { Dice } from './dice.ts';
import { HOUR, type Life, MINUTE, type Plug, type Trip } from './life.ts';

export type Power = 'unplugged' | 'charging' | 'stopped' | 'complete' | 'no_power';

export interface Heard {
  /** When the cloud heard it, and the time it gives to the state; ms from the beginning. */
  readonly heardAt: number;
  readonly at: number;
  readonly power: Power;
  /** kW; null = not told. */
  readonly kw: number | null;
  readonly reachable: boolean | null;
  readonly battery: number | null;
  readonly odometer: number | null;
  readonly position: { readonly spot: number; readonly at: number } | null;
}

export interface Device {
  readonly pushes: boolean;
  readonly tellsPower: boolean;
  /** Factor and noise of the power it tells. */
  readonly scale: number;
  /** ms its clock is off. */
  readonly skew: number;
}

export interface CarDevice extends Device {
  readonly tellsPosition: boolean;
  readonly tellsOdometer: boolean;
  /** What it says of being reachable while it sleeps. */
  readonly asleep: false | true | null;
  /** Says "unplugged" when it sleeps or is full. */
  readonly lies: boolean;
}

export interface BoxDevice extends Device {
  readonly flaky: boolean;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** ms */
const every = { charging: 2 * MINUTE, idle: 7 * MINUTE, asleep: 20 * MINUTE } as const;
const pushEvery = { charging: MINUTE, idle: 5 * MINUTE, asleep: 20 * MINUTE } as const;
const staysAwakeMs = 18 * MINUTE;
type Activity = keyof typeof every;

const plugAt = (plugs: readonly Plug[], t: number): Plug | null => {
  for (let n = plugs.length - 1; n >= 0; n--) {
    const plug = plugs[n]!;
    if (plug.from <= t && t < plug.to) return plug;
  }
  return null;
};

const flowAt = (plug: Plug | null, t: number) => plug?.flows.find(({ from, to }) => from <= t && t < to) ?? null;

/** All moments at which something about these plugs changes. */
const momentsOf = (plugs: readonly Plug[]): number[] =>
  plugs.flatMap(({ from, to, flows }) => [from, to, ...flows.flatMap((flow) => [flow.from, flow.to])]);

/** Walks through the hearings of one device, until `end`. */
function hearings(
  dice: Dice,
  device: Device,
  changes: readonly number[],
  activityAt: (t: number) => Activity,
  end: number,
  hear: (t: number) => void,
): void {
  const phase = dice.next();
  const cadence = device.pushes ? pushEvery : every;
  const nextSlot = (t: number): number => {
    const ms = cadence[activityAt(t)];
    const offset = Math.floor(phase * ms);
    return (Math.floor((Math.floor(t) - offset) / ms) + 1) * ms + offset;
  };
  const sorted = [...new Set(changes)].filter((t) => t >= 0 && t < end).sort((a, b) => a - b);
  let change = 0;
  let due = nextSlot(0);
  while (due < end) {
    // A change before the next hearing may hurry it.
    while (change < sorted.length && sorted[change]! < due) {
      const at = sorted[change++]!;
      due = Math.min(due, device.pushes ? at + dice.between(2_000, 5_000) : nextSlot(at));
    }
    hear(due);
    due = nextSlot(due);
  }
}

/** A trip is a drive there, one back, and one to and from a charger on the way: then the car is awake. */
function drivesOf(trips: readonly Trip[], plugs: readonly Plug[]): Span[] {
  return trips.flatMap(({ from, to, km }) => {
    const leg = Math.min((to - from) / 3, (5 + km / 2) * MINUTE);
    const stops = plugs.filter((plug) => plug.from > from && plug.to <= to);
    const around = stops.flatMap((plug) => [
      { from: Math.max(from, plug.from - 8 * MINUTE), to: plug.from },
      { from: plug.to, to: Math.min(to, plug.to + 8 * MINUTE) },
    ]);
    return [{ from, to: from + leg }, { from: to - leg, to }, ...around];
  });
}

export function hearCar(dice: Dice, life: Life, car: number, device: CarDevice): Heard[] {
  const { plugs, trips } = life.cars[car]!;
  const moments = [...momentsOf(plugs), ...drivesOf(trips, plugs).flatMap(({ from, to }) => [from, to])].sort(
    (a, b) => a - b,
  );
  const lastMoment = (t: number): number => {
    let [low, high] = [0, moments.length];
    while (low < high) {
      const mid = (low + high) >> 1;
      if (moments[mid]! <= t) low = mid + 1;
      else high = mid;
    }
    return low === 0 ? 0 : moments[low - 1]!;
  };
  const tripAt = (t: number) => trips.find(({ from, to }) => from <= t && t < to) ?? null;
  const drives = drivesOf(trips, plugs);
  const activityAt = (t: number): Activity => {
    if (flowAt(plugAt(plugs, t), t)) return 'charging';
    if (drives.some(({ from, to }) => from <= t && t < to)) return 'idle';
    return t - lastMoment(t) <= staysAwakeMs ? 'idle' : 'asleep';
  };
  const end = life.days * 24 * HOUR;
  const sleeps = device.lies ? moments.map((t) => t + staysAwakeMs + 1) : [];
  const all: Heard[] = [];
  let awake: Heard | null = null;
  hearings(dice, device, [...moments, ...sleeps], activityAt, end, (t) => {
    const isAsleep = activityAt(t) === 'asleep';
    const plug = plugAt(plugs, t);
    const isFull = plug !== null && t >= plug.fullAt;
    if (isAsleep && awake && !device.lies) {
      all.push({ ...awake, heardAt: t, reachable: device.asleep });
      return;
    }
    const flow = flowAt(plug, t);
    const trip = tripAt(t);
    const km = trips.reduce((sum, { to, km: more }) => (to <= t ? sum + more : sum), 0);
    const isLie = device.lies && plug !== null && (isAsleep || isFull);
    const driven = trip ? Math.floor(trip.km * drivenShare(drives, trip, t)) : 0;
    const heard: Heard = {
      heardAt: t,
      at: t - dice.between(0, 2_000) + device.skew,
      power: plug === null || isLie ? 'unplugged' : flow ? 'charging' : isFull ? 'complete' : 'stopped',
      kw: flow && device.tellsPower ? flow.kw * device.scale * dice.between(0.97, 1.03) : null,
      reachable: isAsleep ? device.asleep : true,
      battery: Math.round(50 + ((t / MINUTE) % 40)),
      odometer: device.tellsOdometer ? 10_000 + km + driven : null,
      position: device.tellsPosition
        ? { spot: trip ? trip.spot + 1 : 0, at: trip ? t : Math.max(0, lastTo(trips, t)) }
        : null,
    };
    if (!isAsleep) awake = heard;
    all.push(heard);
  });
  return all;
}

/** Of the kilometres of a trip: by the time spent driving. */
function drivenShare(drives: readonly Span[], trip: Span, t: number): number {
  const legs = drives.filter(({ from, to }) => from >= trip.from && to <= trip.to);
  const ms = (until: number) => legs.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to, until) - from), 0);
  return ms(t) / Math.max(1, ms(trip.to));
}

const lastTo = (trips: readonly { readonly to: number }[], t: number): number => {
  let last = 0;
  for (const { to } of trips) if (to <= t && to > last) last = to;
  return last;
};

export function hearBox(dice: Dice, life: Life, box: number, device: BoxDevice): Heard[] {
  const { plugs } = life.boxes[box]!;
  const end = life.days * 24 * HOUR;
  const gone = dice.next() * HOUR;
  const isGone = (t: number) => device.flaky && (t - gone + HOUR) % HOUR < 12 * MINUTE;
  const activityAt = (t: number): Activity => (flowAt(plugAt(plugs, t), t) ? 'charging' : 'idle');
  const all: Heard[] = [];
  hearings(dice, device, momentsOf(plugs), activityAt, end, (t) => {
    if (isGone(t)) return;
    const plug = plugAt(plugs, t);
    const flow = flowAt(plug, t);
    const isFull = plug !== null && t >= plug.fullAt;
    all.push({
      heardAt: t,
      at: t - dice.between(0, 2_000) + device.skew,
      power: plug === null ? 'unplugged' : flow ? 'charging' : isFull ? 'complete' : 'no_power',
      kw: flow && device.tellsPower ? flow.kw * device.scale * dice.between(0.99, 1.01) : null,
      reachable: true,
      battery: null,
      odometer: null,
      position: null,
    });
  });
  return all;
}
