// What we ever announced and did not take back, kept by somebody else (the store): a device that left while we were away, or a base
// topic that was renamed, is still cleaned up.
import type { PortraitKind } from '../domain/telling/portrait.ts';

export interface Announced {
  readonly kind: PortraitKind;
  /** Asset id, `site` or `bridge`: the key. */
  readonly id: string;
  /** Retained topics of it, in the order in which Home Assistant loses them without a line in its log. */
  readonly topics: readonly string[];
  /** It must be taken away; not yet confirmed by the broker. */
  readonly retired: boolean;
}

export interface Inventory {
  load(): readonly Announced[];
  save(entry: Announced): void;
  remove(id: string): void;
}

/** For a house that keeps nothing. */
export function memoryInventory(): Inventory {
  const entries = new Map<string, Announced>();
  return {
    load: () => [...entries.values()],
    save: (entry) => void entries.set(entry.id, entry),
    remove: (id) => void entries.delete(id),
  };
}
