// A world clock that moves only when told to, and only while nothing is at work: the same program gives the same day every time.
import { type Cancel, sleeper, type WorldClock } from './clock.ts';
import { Bug } from './errors.ts';

interface Alarm {
  readonly name: string;
  readonly when: number;
  readonly order: number;
  readonly ring: () => void;
}

/** So many alarms at one instant mean that something rearms itself for "now" for ever. */
const MOST_RINGS_PER_INSTANT = 100_000;
/** Turns of the event loop without any stir after which the world counts as quiet. */
const QUIET_TURNS = 2;
/** Real time between two steps of `run`. */
const STEP_MS = 20;

export class SimulatedClock implements WorldClock {
  #now: number;
  #order = 0;
  #open = 0;
  #stirs = 0;
  #alarms: Alarm[] = [];
  #moving: Promise<void> = Promise.resolve();
  readonly sleep = sleeper((name, ms, ring) => this.alarm(name, this.#now + ms, ring));

  /** @param start epoch ms at which the world begins */
  constructor(start: number) {
    this.#now = Math.floor(start);
  }

  now(): number {
    return this.#now;
  }

  alarm(name: string, when: number, ring: () => void): Cancel {
    const alarm: Alarm = { name, when: Math.max(Math.ceil(when), this.#now), order: this.#order++, ring };
    push(this.#alarms, alarm);
    let dead = false;
    return () => {
      if (dead) return;
      dead = true;
      const at = this.#alarms.indexOf(alarm);
      if (at >= 0) remove(this.#alarms, at);
    };
  }

  during<T>(work: Promise<T>): Promise<T> {
    this.#open++;
    return work.finally(() => {
      this.#open--;
      this.#stirs++;
    });
  }

  parked<T>(wait: Promise<T>): Promise<T> {
    this.#open--;
    return wait.finally(() => {
      this.#open++;
      this.#stirs++;
    });
  }

  stir(): void {
    this.#stirs++;
  }

  /** Names of the alarms that are set, soonest first: what a stuck test should look at. */
  pending(): string[] {
    return [...this.#alarms].sort(sooner).map((alarm) => alarm.name);
  }

  /** Resolves when nothing is at work and the event loop stayed quiet. World time does not move. */
  settle(): Promise<void> {
    return new Promise((resolve) => {
      let quiet = 0;
      let before = this.#stirs;
      const turn = (): void => {
        quiet = this.#open <= 0 && before === this.#stirs ? quiet + 1 : 0;
        before = this.#stirs;
        if (quiet < QUIET_TURNS) setImmediate(turn);
        else resolve();
      };
      setImmediate(turn);
    });
  }

  /** Moves the world by `ms`, ringing each alarm at its own instant and letting its work end before the next. Calls queue up. */
  advance(ms: number): Promise<void> {
    this.#moving = this.#moving.then(() => this.#moveTo(this.#now + Math.round(ms)));
    return this.#moving;
  }

  /**
   * Moves the world with real time, `speed` times as fast, until `signal` aborts. While work is open the world holds; what was
   * missed is not caught up.
   */
  async run(speed: () => number, signal: AbortSignal): Promise<void> {
    let last = performance.now();
    let rest = 0;
    while (!signal.aborted) {
      await new Promise<void>((resolve) => setTimeout(resolve, STEP_MS));
      const real = performance.now();
      const step = Math.min(real - last, 5 * STEP_MS);
      last = real;
      // Whole milliseconds only, as every clock shows them; what is left over comes with the next step.
      const due = step * speed() + rest;
      rest = due % 1;
      await this.advance(due - rest);
    }
  }

  async #moveTo(target: number): Promise<void> {
    let rings = 0;
    let instant = this.#now;
    await this.settle();
    for (let next = this.#alarms[0]; next && next.when <= target; next = this.#alarms[0]) {
      remove(this.#alarms, 0);
      if (next.when !== instant) rings = 0;
      if (++rings > MOST_RINGS_PER_INSTANT) throw new Bug(`the alarm "${next.name}" keeps ringing at one instant`);
      this.#now = instant = Math.max(this.#now, next.when);
      next.ring();
      await this.settle();
    }
    this.#now = Math.max(this.#now, target);
  }
}

const sooner = (a: Alarm, b: Alarm): number => a.when - b.when || a.order - b.order;

function push(heap: Alarm[], alarm: Alarm): void {
  heap.push(alarm);
  rise(heap, heap.length - 1);
}

function remove(heap: Alarm[], at: number): void {
  const last = heap.pop() as Alarm;
  if (at === heap.length) return;
  heap[at] = last;
  rise(heap, at);
  sink(heap, at);
}

function rise(heap: Alarm[], at: number): void {
  for (let child = at; child > 0; ) {
    const parent = (child - 1) >> 1;
    if (sooner(heap[child]!, heap[parent]!) >= 0) return;
    [heap[child], heap[parent]] = [heap[parent]!, heap[child]!];
    child = parent;
  }
}

function sink(heap: Alarm[], at: number): void {
  for (let parent = at; ; ) {
    const left = 2 * parent + 1;
    const right = left + 1;
    let least = parent;
    if (left < heap.length && sooner(heap[left]!, heap[least]!) < 0) least = left;
    if (right < heap.length && sooner(heap[right]!, heap[least]!) < 0) least = right;
    if (least === parent) return;
    [heap[parent], heap[least]] = [heap[least]!, heap[parent]!];
    parent = least;
  }
}
