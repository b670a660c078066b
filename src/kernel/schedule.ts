// Which ids are due when: a heap with at most one time per id. Setting an id again moves it.

export interface Schedule {
  set(id: string, at: number): void;
  /** Only moves an id forward in time if that is sooner than what is set. */
  bring(id: string, at: number): void;
  delete(id: string): void;
  /** Takes out all ids that are due at `now`, sorted by id. */
  due(now: number): string[];
  /** The soonest time; null = nothing is set. */
  next(): number | null;
}

interface Entry {
  readonly id: string;
  readonly at: number;
}

export function createSchedule(): Schedule {
  const times = new Map<string, number>();
  const heap: Entry[] = [];
  const isDead = ({ id, at }: Entry): boolean => times.get(id) !== at;
  const clean = (): Entry | undefined => {
    while (heap[0] && isDead(heap[0])) pop(heap);
    return heap[0];
  };
  const schedule: Schedule = {
    set(id, at) {
      if (times.get(id) === at) return;
      times.set(id, at);
      push(heap, { id, at });
    },
    bring(id, at) {
      const held = times.get(id);
      if (held === undefined || at < held) schedule.set(id, at);
    },
    delete: (id) => void times.delete(id),
    due(now) {
      const ids: string[] = [];
      for (let top = clean(); top && top.at <= now; top = clean()) {
        pop(heap);
        times.delete(top.id);
        ids.push(top.id);
      }
      return ids.sort();
    },
    next: () => clean()?.at ?? null,
  };
  return schedule;
}

function push(heap: Entry[], entry: Entry): void {
  heap.push(entry);
  for (let child = heap.length - 1; child > 0; ) {
    const parent = (child - 1) >> 1;
    if (heap[parent]!.at <= heap[child]!.at) return;
    [heap[parent], heap[child]] = [heap[child]!, heap[parent]!];
    child = parent;
  }
}

function pop(heap: Entry[]): void {
  const last = heap.pop()!;
  if (heap.length === 0) return;
  heap[0] = last;
  for (let parent = 0; ; ) {
    const left = 2 * parent + 1;
    let least = parent;
    if (left < heap.length && heap[left]!.at < heap[least]!.at) least = left;
    if (left + 1 < heap.length && heap[left + 1]!.at < heap[least]!.at) least = left + 1;
    if (least === parent) return;
    [heap[parent], heap[least]] = [heap[least]!, heap[parent]!];
    parent = least;
  }
}
