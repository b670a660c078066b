import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hours, instant } from '../../src/domain/instant.ts';
import { clockTimeOf, dayOf, isoOf, nextDay } from '../../src/domain/local-time.ts';

const zone = 'Europe/Berlin';
const utc = (text: string) => instant(Date.parse(text));

describe('days of the site’s time zone', () => {
  it('change at local midnight, not at UTC’s', () => {
    expect(dayOf(utc('2026-06-15T21:59:59Z'), zone)).toBe('2026-06-15');
    expect(dayOf(utc('2026-06-15T22:00:00Z'), zone)).toBe('2026-06-16');
    expect(clockTimeOf(utc('2026-06-15T21:59:59Z'), zone)).toBe('23:59');
  });
  it('have 23 or 25 hours when the clocks change', () => {
    const lengthOf = (day: string) => nextDay(utc(day), zone) - utc(day);
    expect(lengthOf('2026-03-28T23:00:00Z')).toBe(hours(23));
    expect(lengthOf('2026-10-24T22:00:00Z')).toBe(hours(25));
  });
  it('the hour that comes twice belongs to one day', () => {
    for (const hour of ['00:30', '01:30']) {
      expect(clockTimeOf(utc(`2026-10-25T${hour}:00Z`), zone)).toBe('02:30');
      expect(nextDay(utc(`2026-10-25T${hour}:00Z`), zone)).toBe(utc('2026-10-25T23:00:00Z'));
    }
  });
  it('documents carry UTC with seconds', () => {
    expect(isoOf(utc('2026-06-15T06:00:00.123Z'))).toBe('2026-06-15T06:00:00Z');
    expect(isoOf(null)).toBeNull();
  });
});

it('writes any instant in UTC as Date does, with whole seconds', () => {
  const any = fc.integer({ min: Date.UTC(1969, 0), max: Date.UTC(2100, 0) });
  fc.assert(
    fc.property(any, (ms) => {
      expect(isoOf(instant(ms))).toBe(`${new Date(ms).toISOString().slice(0, 19)}Z`);
    }),
  );
  expect(isoOf(null)).toBeNull();
});
