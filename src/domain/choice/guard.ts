// Guards spare the contactor and the cloud: they delay automatic wishes only, never a person, `off`, or a stop for a limit.
import type { Draft } from '../draft.ts';
import { type Instant, later } from '../instant.ts';
import { dayOf, nextDay } from '../local-time.ts';
import { numbers } from '../numbers.ts';
import type { AssetId, Direction } from '../report.ts';
import type { View } from '../site.ts';

/** What was switched on a loadpoint lately, by us. */
export interface Track {
  readonly direction: Direction | null;
  /** Our time of the last accepted command. */
  readonly at: Instant | null;
  /** Local day the counter is of. */
  readonly day: string;
  readonly switches: number;
}

export function trackSwitch(draft: Draft, lead: AssetId, direction: Direction, now: Instant): void {
  const held = draft.get('track', lead);
  const day = dayOf(now, draft.settings.timeZone);
  const switches = held?.day === day ? held.switches : 0;
  draft.put('track', lead, { direction, at: now, day, switches: switches + 1 });
}

export const switchesToday = (view: View, lead: AssetId, now: Instant): number => {
  const track = view.get('track', lead);
  return track && track.day === dayOf(now, view.settings.timeZone) ? track.switches : 0;
};

/** Until when an automatic wish must wait; null = it may go. `budget` tells that the day's switches are used up. */
export function guardOf(
  view: View,
  lead: AssetId,
  want: Direction,
  now: Instant,
): { until: Instant; why: 'dwell' | 'budget' } | null {
  const track = view.get('track', lead);
  if (!track) return null;
  // A time ahead of ours is of a clock that was wrong.
  const dwellEnd =
    track.at !== null && track.at <= now && track.direction !== want ? later(track.at, numbers.dwellMs) : null;
  if (dwellEnd !== null && now < dwellEnd) return { until: dwellEnd, why: 'dwell' };
  const isSpent = switchesToday(view, lead, now) >= numbers.switchesPerDay;
  return isSpent ? { until: nextDay(now, view.settings.timeZone), why: 'budget' } : null;
}
