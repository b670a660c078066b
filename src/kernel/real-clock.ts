// The clocks of the machine: wall time for the world, monotonic time for the wire.
import { type Cancel, type Clock, sleeper, type WireClock, type WorldClock } from './clock.ts';

/** setTimeout overflows to 1 ms beyond this. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

function after(ms: number, ring: () => void): Cancel {
  const timer = setTimeout(ring, Math.min(Math.max(0, ms), LONGEST_TIMER_MS));
  return () => clearTimeout(timer);
}

function worldAlarm(_name: string, when: number, ring: () => void): Cancel {
  let cancel: Cancel = () => {};
  // Wall time can jump (NTP, suspend): look again at least once a minute instead of trusting one long timer.
  const wait = () => {
    const left = when - Date.now();
    cancel = left <= 0 ? after(0, ring) : after(Math.min(left, 60_000), () => (Date.now() >= when ? ring() : wait()));
  };
  wait();
  return () => cancel();
}

const world: WorldClock = {
  now: () => Date.now(),
  alarm: worldAlarm,
  sleep: sleeper((name, ms, ring) => worldAlarm(name, Date.now() + ms, ring)),
  during: (work) => work,
  parked: (wait) => wait,
  stir: () => {},
};

const wireAlarm = (_name: string, ms: number, ring: () => void): Cancel => after(ms, ring);

export const realWire: WireClock = { now: () => performance.now(), alarm: wireAlarm, sleep: sleeper(wireAlarm) };

export const realClock: Clock = { world, wire: realWire };

/** IANA name of this machine's time zone; UTC where it has none. */
export const machineTimeZone = (): string => Temporal.Now.timeZoneId();
