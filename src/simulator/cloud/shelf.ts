// Things in the order they came, found by id and by page: lists of 20,000 assets are paged without copying or sorting.

export interface Shelved {
  readonly id: string;
  /** Grows with every thing that is made; the only truth of list order. */
  readonly seq: number;
}

export class Shelf<T extends Shelved> {
  readonly #list: T[] = [];
  readonly #byId = new Map<string, T>();

  /** `thing.seq` must be above all that are here. */
  add(thing: T): void {
    this.#list.push(thing);
    this.#byId.set(thing.id, thing);
  }

  get(id: string): T | undefined {
    return this.#byId.get(id);
  }

  delete(id: string): boolean {
    const thing = this.#byId.get(id);
    if (!thing) return false;
    this.#byId.delete(id);
    this.#list.splice(this.indexAfter(thing.seq - 1), 1);
    return true;
  }

  get size(): number {
    return this.#list.length;
  }

  all(): readonly T[] {
    return this.#list;
  }

  slice(from: number, to: number): readonly T[] {
    return this.#list.slice(from, to);
  }

  /** Index of the first thing whose seq is above `seq`. */
  indexAfter(seq: number): number {
    let low = 0;
    let high = this.#list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#list[middle]!.seq > seq) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
