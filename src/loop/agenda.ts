// What waits to be looked at: assets that are dirty, a sweep over all of them, and reviews by time.
import type { Instant } from '../domain/instant.ts';
import type { AssetId } from '../domain/report.ts';
import type { Site } from '../domain/site.ts';
import { createSchedule } from '../kernel/schedule.ts';
import type { LookResult } from './look.ts';

export interface Agenda {
  add(id: AssetId): void;
  /** Everything that every decision reads changed: all assets are looked at, by and by. */
  addAll(): void;
  /** Takes out the next assets, no more than one look decides. */
  take(now: Instant): Set<AssetId>;
  /** To be looked at again at the latest then. */
  review(id: AssetId, at: Instant): void;
  /** Takes note of what a look decided, put off, and left for the next ones. */
  note(result: LookResult): void;
  forget(id: AssetId): void;
  /** Does anything wait for no time to pass? */
  isBusy(): boolean;
  /** The soonest review. */
  next(): Instant | null;
}

/** Dirty assets that one look decides beside those of its facts: by count, not by time, so that a simulated day has the same looks in
    every run (decision 008). */
const assetsPerLook = 16;
/** So many looks in a row with nothing told mean that two rules contradict each other. */
const relooksMost = 20;

/** @param stuck an asset never comes to rest */
export function createAgenda(site: Site, stuck: (id: AssetId) => void): Agenda {
  const dirty = new Set<AssetId>();
  const reviews = createSchedule();
  /** How often in a row an asset was decided once more because its wish or attempt moved. */
  const relooks = new Map<AssetId, number>();
  /** Ten thousands of ids are not copied at once: that would be a slice of its own, and a command may wait. */
  let sweep: Iterator<AssetId> | null = null;

  const swept = (): AssetId | null => {
    const next = sweep?.next();
    if (next?.done === false) return next.value;
    sweep = null;
    return null;
  };
  const again = (id: AssetId): void => {
    const times = (relooks.get(id) ?? 0) + 1;
    relooks.set(id, times);
    if (times < relooksMost) dirty.add(id);
    else stuck(id);
  };

  return {
    add: (id) => void dirty.add(id),
    addAll: () => {
      sweep = assetsOf(site);
    },
    take(now) {
      for (const id of reviews.due(now)) dirty.add(id);
      const taken = new Set<AssetId>();
      for (const id of dirty) {
        if (taken.size >= assetsPerLook) return taken;
        dirty.delete(id);
        taken.add(id);
      }
      while (taken.size < assetsPerLook) {
        const id = swept();
        if (id === null) break;
        taken.add(id);
      }
      return taken;
    },
    review: (id, at) => reviews.set(id, at),
    note(result) {
      for (const [lead, at] of result.reviews) reviews.set(lead, at);
      for (const { lead } of result.decisions) if (!result.again.includes(lead)) relooks.delete(lead);
      for (const id of result.again) again(id);
      for (const id of result.left) dirty.add(id);
      if (result.all) sweep = assetsOf(site);
    },
    forget(id) {
      reviews.delete(id);
      relooks.delete(id);
    },
    isBusy: () => dirty.size > 0 || sweep !== null,
    next: () => reviews.next() as Instant | null,
  };
}

/** Also those that come while it goes on. */
export function* assetsOf(site: Site): Generator<AssetId, void> {
  yield* site.vehicle.keys();
  yield* site.charger.keys();
}
