import { describe, expect, it } from 'vitest';
import { instant } from '../../src/domain/instant.ts';
import { headerTimeOf, retryAtOf, timeOf } from '../../src/enode/times.ts';
import { NOON } from './house.ts';

const now = instant(NOON);
const http = (at: number): string => new Date(at).toUTCString();

describe('times in bodies', () => {
  it.each([
    ['2026-05-02T12:00:00.000Z', NOON],
    ['2026-05-02T12:00:00Z', NOON],
    ['2026-05-02T14:00:00.5+02:00', NOON + 500],
    ['2026-05-02', null],
    ['2026-05-02T12:00:00', null],
    ['2026-13-02T12:00:00Z', null],
    ['0001-01-01T00:00:00Z', null],
    ['yesterday', null],
    ['1', null],
    ['', null],
    ['2026-05-03T11:59:59Z', NOON + 86_399_000],
    ['2026-05-03T12:00:01Z', null],
  ])('%s', (text, at) => expect(timeOf(text, now)).toBe(at));

  it('are not compared with a cloud that tells no time', () => {
    expect(timeOf('2031-01-01T00:00:00Z', null)).toBe(Date.UTC(2031, 0, 1));
  });
});

describe('Retry-After', () => {
  it.each([
    [null, null],
    ['120', NOON + 120_000],
    [' 0 ', NOON],
    ['999999999', NOON + 86_400_000],
    ['-5', null],
    ['1.5', null],
    ['soon', null],
    [http(NOON + 90_000), NOON + 90_000],
    [http(NOON - 90_000), NOON],
  ])('%s', (text, at) => expect(retryAtOf(text, now, now)).toBe(at));

  it('as a date is measured on the cloud’s clock, not on ours', () => {
    const cloudNow = instant(NOON + 3_600_000);
    expect(retryAtOf(http(NOON + 3_630_000), now, cloudNow)).toBe(NOON + 30_000);
  });
});

describe('Date', () => {
  it.each([
    [http(NOON), NOON],
    ['Sat, 02 May 2026 12:00:00 +0000', null],
    ['nonsense GMT', null],
    [null, null],
  ])('%s', (text, at) => expect(headerTimeOf(text)).toBe(at));
});
