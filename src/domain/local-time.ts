// Clock times and days of the site's time zone; the only place that knows Temporal. Never Intl: its first use takes 8 MB for its tables.
import { type Instant, instant } from './instant.ts';

/** The day that was asked for last: every look asks, and days are long. */
let last = { timeZone: '', from: 0, to: 0, day: '' };

/** The day (YYYY-MM-DD) at `at` in an IANA zone. */
export function dayOf(at: Instant, timeZone: string): string {
  if (timeZone !== last.timeZone || at < last.from || at >= last.to) {
    const from = zoned(at, timeZone).startOfDay();
    const to = from.add({ days: 1 }).startOfDay();
    last = { timeZone, from: from.epochMilliseconds, to: to.epochMilliseconds, day: from.toPlainDate().toString() };
  }
  return last.day;
}

/** The clock time HH:MM at `at`. */
export function clockTimeOf(at: Instant, timeZone: string): string {
  return zoned(at, timeZone).toPlainTime().toString({ smallestUnit: 'minute' });
}

/** The first instant of the day after `at`. */
export function nextDay(at: Instant, timeZone: string): Instant {
  return instant(zoned(at, timeZone).add({ days: 1 }).startOfDay().epochMilliseconds);
}

const dayMs = 86_400_000;
/** The UTC day that was written last: `Date` makes a new text for each of the instants in every portrait. */
let written = { day: Number.NaN, text: '' };

/** ISO text in UTC with seconds, as documents carry it. */
export function isoOf(at: Instant | null): string | null {
  if (at === null) return null;
  const day = Math.floor(at / dayMs);
  if (day !== written.day)
    written = { day, text: new Date(day * dayMs).toISOString().slice(0, -'00:00:00.000Z'.length) };
  const seconds = Math.floor((at - day * dayMs) / 1_000);
  return `${written.text}${two(seconds / 3_600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}Z`;
}

const two = (value: number): string => (value < 10 ? `0${Math.floor(value)}` : `${Math.floor(value)}`);

const zoned = (at: Instant, timeZone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(timeZone);
