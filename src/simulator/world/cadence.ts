// How often the cloud hears from a device. Polls lie on a fixed grid of each device (spread by its id), so the latest one can be
// computed when somebody asks instead of being waited for.
import { chanceOf } from './chance.ts';

export type Activity = 'charging' | 'idle' | 'asleep';

const MINUTE = 60_000;

/** ms between two polls (Enode: typically 2 min while active, else 7 min; sleeping cars are left alone longer). */
export const POLL_EVERY: Readonly<Record<Activity, number>> = {
  charging: 2 * MINUTE,
  idle: 7 * MINUTE,
  asleep: 20 * MINUTE,
};
/** The same for devices that push: changes come within seconds, the rest is a sign of life. */
export const PUSH_EVERY: Readonly<Record<Activity, number>> = {
  charging: MINUTE,
  idle: 5 * MINUTE,
  asleep: 20 * MINUTE,
};
/** ms from a change to its push, at least and at most. */
export const PUSH_DELAY = [2_000, 5_000] as const;
/** ms from a refresh hint to the poll of an awake device. */
export const HINT_DELAY = 15_000;
/** ms a report's state is older than the moment it was heard. */
export const STATE_LAG = 2_000;

const phaseOf = (id: string): number => chanceOf(0, 'phase', id);

/** The last grid instant at or before `now`. */
export function lastSlot(id: string, every: number, now: number): number {
  const phase = Math.floor(phaseOf(id) * every);
  return Math.floor((now - phase) / every) * every + phase;
}

/** The first grid instant after `now`. */
export function nextSlot(id: string, every: number, now: number): number {
  return lastSlot(id, every, now) + every;
}
