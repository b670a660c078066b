// All that will happen in the world, in one heap behind a single alarm of the clock: thousands of idle assets cost nothing.
import type { Cancel, WorldClock } from '../../kernel/clock.ts';

interface Entry {
  readonly when: number;
  readonly order: number;
  run: (() => void) | null;
}

export class Agenda {
  readonly #clock: WorldClock;
  #heap: Entry[] = [];
  #order = 0;
  #armed: { readonly when: number; readonly cancel: Cancel } | null = null;

  constructor(clock: WorldClock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  /** Runs once at `when` (epoch ms) or as soon as possible after it; never synchronously. Same instant: in the order of asking. */
  at(when: number, run: () => void): Cancel {
    const entry: Entry = { when, order: this.#order++, run };
    push(this.#heap, entry);
    if (!this.#armed || when < this.#armed.when) this.#arm(when);
    return () => {
      entry.run = null;
    };
  }

  /** Forgets everything: the world ends. */
  stop(): void {
    this.#armed?.cancel();
    this.#armed = null;
    this.#heap = [];
  }

  #arm(when: number): void {
    this.#armed?.cancel();
    this.#armed = { when, cancel: this.#clock.alarm('simulated world', when, () => this.#ring()) };
  }

  #ring(): void {
    this.#armed = null;
    const now = this.#clock.now();
    for (let next = this.#heap[0]; next && (next.when <= now || !next.run); next = this.#heap[0]) {
      pop(this.#heap);
      next.run?.();
    }
    const next = this.#heap[0];
    // What ran may have armed the alarm for something later than what is now first.
    if (next && (!this.#armed || next.when < (this.#armed as { when: number }).when)) this.#arm(next.when);
  }
}

const sooner = (a: Entry, b: Entry): boolean => a.when < b.when || (a.when === b.when && a.order < b.order);

function push(heap: Entry[], entry: Entry): void {
  let at = heap.push(entry) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!sooner(entry, heap[parent]!)) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = entry;
}

function pop(heap: Entry[]): void {
  const last = heap.pop()!;
  if (heap.length === 0) return;
  let at = 0;
  for (let child = 1; child < heap.length; child = 2 * at + 1) {
    if (child + 1 < heap.length && sooner(heap[child + 1]!, heap[child]!)) child++;
    if (!sooner(heap[child]!, last)) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = last;
}
