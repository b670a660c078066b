// When a schedule wants charging (11), pure: filters of a rule are joined by AND, the first rule that fits decides.
import { DAY } from './numbers.ts';
import type { ScheduleRule } from './state.ts';

interface Timetable {
  readonly rules: readonly ScheduleRule[];
  readonly defaultShouldCharge: boolean;
}

interface Transition {
  readonly at: number;
  readonly shouldCharge: boolean;
}

/** How far ahead transitions are looked for: all weekdays come round. */
const HORIZON_DAYS = 8;

const zoned = (at: number, zone: string) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

function fits(rule: ScheduleRule, at: number, zone: string): boolean {
  if (rule.fromTimestamp !== undefined && at < rule.fromTimestamp) return false;
  if (rule.toTimestamp !== undefined && at >= rule.toTimestamp) return false;
  if (!rule.weekdays && !rule.hourMinute) return true;
  const local = zoned(at, zone);
  // 0 = Monday here, 1 = Monday in Temporal.
  if (rule.weekdays && !rule.weekdays.includes(local.dayOfWeek - 1)) return false;
  if (!rule.hourMinute) return true;
  const minute = local.hour * 60 + local.minute;
  const from = minutesOf(rule.hourMinute.from);
  const to = minutesOf(rule.hourMinute.to);
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

export function shouldChargeAt(table: Timetable, zone: string, at: number): boolean {
  return table.rules.find((rule) => fits(rule, at, zone))?.shouldCharge ?? table.defaultShouldCharge;
}

/** The next changes of `shouldCharge` after `from`, soonest first. */
export function transitionsAfter(table: Timetable, zone: string, from: number, most: number): readonly Transition[] {
  const edges = new Set<number>();
  const midnight = zoned(from, zone).startOfDay();
  for (let day = 0; day <= HORIZON_DAYS; day++) {
    const start = midnight.add({ days: day });
    edges.add(start.epochMilliseconds);
    for (const { hourMinute } of table.rules)
      for (const clock of hourMinute ? [hourMinute.from, hourMinute.to] : [])
        edges.add(
          start.toPlainDate().toZonedDateTime({ timeZone: zone, plainTime: clockTime(clock) }).epochMilliseconds,
        );
  }
  for (const { fromTimestamp, toTimestamp } of table.rules)
    for (const at of [fromTimestamp, toTimestamp])
      if (at !== undefined && at < from + HORIZON_DAYS * DAY) edges.add(at);
  const found: Transition[] = [];
  let now = shouldChargeAt(table, zone, from);
  for (const at of [...edges].filter((edge) => edge > from).sort((a, b) => a - b)) {
    const shouldCharge = shouldChargeAt(table, zone, at);
    if (shouldCharge !== now) found.push({ at, shouldCharge });
    now = shouldCharge;
    if (found.length === most) break;
  }
  return found;
}

const clockTime = (clock: string) => Temporal.PlainTime.from(clock === '24:00' ? '00:00' : clock);
