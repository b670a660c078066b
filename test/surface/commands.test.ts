import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '../../src/domain/instant.ts';
import type { PortraitKind } from '../../src/domain/telling/portrait.ts';
import { UserError } from '../../src/kernel/errors.ts';
import { parseCommand } from '../../src/surface/commands.ts';
import { commandKeys } from '../../src/surface/keys.ts';

const now = instant(Date.parse('2026-11-22T12:00:00Z'));
const vehicle = (key: string, payload: string | Uint8Array) => parseCommand('vehicle', 'car', key, payload, now);

const refusal = (run: () => unknown): UserError => {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof UserError) return thrown;
    throw thrown;
  }
  throw new Error('it was accepted');
};

describe('what a command means', () => {
  const charging = { kind: 'charging', anywhere: false, route: null } as const;
  it.each([
    ['charging', 'ON', { ...charging, want: 'start' }],
    ['charging', 'OFF', { ...charging, want: 'stop' }],
    ['charging', ' ON\n', { ...charging, want: 'start' }],
    ['mode', 'now', { kind: 'mode', mode: 'now' }],
    ['mode', 'min_solar', { kind: 'mode', mode: 'min_solar' }],
    ['target', '80', { kind: 'target', percent: 80 }],
    ['target', '90.5', { kind: 'target', percent: 91 }],
    ['minimum', '0', { kind: 'minimum', percent: 0 }],
    ['departure', '2026-11-23T07:15:00+01:00', { kind: 'departure', at: Date.parse('2026-11-23T06:15:00Z') }],
    ['departure', '2026-11-23T07:15:00.123456789Z', { kind: 'departure', at: Date.parse('2026-11-23T07:15:00.123Z') }],
    ['departure', '', { kind: 'departure', at: null }],
    ['clear_departure', 'PRESS', { kind: 'departure', at: null }],
    ['resume', 'PRESS', { kind: 'resume' }],
  ])('%s %j', (key, payload, order) => {
    expect(vehicle(key, payload)).toEqual({ subject: 'car', order });
  });

  it('speaks of the site for site and bridge, whatever the topic said', () => {
    expect(parseCommand('site', 'site', 'pause', 'ON', now)).toEqual({
      subject: 'site',
      order: { kind: 'pause', on: true },
    });
    expect(parseCommand('bridge', 'bridge', 'refresh', 'PRESS', now)).toEqual({
      subject: 'site',
      order: { kind: 'refresh' },
    });
  });

  it('takes bytes as they come from the broker', () => {
    expect(vehicle('mode', Buffer.from('off')).order).toEqual({ kind: 'mode', mode: 'off' });
  });
});

describe('what is refused, naming the field and the remedy', () => {
  it.each([
    ['charging', 'on', /send ON or OFF/],
    ['charging', 'true', /send ON or OFF/],
    ['charging', '', /send ON or OFF/],
    ['mode', 'fast', /send one of: manual, off, now/],
    ['mode', '__proto__', /is not a mode/],
    ['target', '101', /0 to 100/],
    ['target', '-1234.5', /0 to 100/],
    ['target', 'NaN', /0 to 100/],
    ['target', '1e2', /0 to 100/],
    ['minimum', 'half', /0 to 100/],
    ['departure', '2026-11-23T07:15:00', /with its offset/],
    ['departure', '2026-11-23T07:15:00+01:00[Europe/Berlin]', /with its offset/],
    ['departure', '2026-02-30T07:15:00Z', /with its offset/],
    ['departure', '2026-13-01T07:15:00Z', /with its offset/],
    ['departure', '2026-11-22T11:59:59Z', /has passed/],
    ['departure', '2029-01-01T00:00:00Z', /more than a year ahead/],
    ['resume', 'press', /send PRESS/],
    ['charging', 'x'.repeat(300), /300 bytes long/],
  ])('%s %j', (key, payload, said) => {
    const error = refusal(() => vehicle(key, payload));
    expect(error.field).toBe(key);
    expect(error.message).toMatch(said);
    expect(error.message.startsWith(`${key}: `)).toBe(true);
  });

  it('says what comes with a later version', () => {
    expect(refusal(() => parseCommand('site', 'site', 'grid_power', '100', now)).message).toMatch(
      /not in this version/,
    );
    expect(refusal(() => parseCommand('site', 'site', 'grid_power', '100', now)).code).toBe('not_yet');
  });

  it.each([
    ['max_current', '0'],
    ['max_current', '80.6'],
    ['max_current', '-16'],
    ['rate_limit', '0.04'],
    ['rate_limit', '351'],
    ['rate_limit', '11 kW'],
  ])('%s %j is no limit', (key, payload) => {
    expect(refusal(() => vehicle(key, payload))).toMatchObject({ field: key });
  });

  it('rounds a limit to its step', () => {
    expect(vehicle('max_current', '15.6').order).toEqual({ kind: 'limit', limit: 'max_current', value: 16 });
    expect(vehicle('rate_limit', '3.68').order).toEqual({ kind: 'limit', limit: 'rate_limit', value: 3.7 });
  });

  it('names what a device takes when the key is unknown', () => {
    const error = refusal(() => parseCommand('charger', 'box', 'target', '80', now));
    expect(error).toMatchObject({ code: 'unknown_key', field: 'target' });
    expect(error.message).toContain('charging, mode');
  });

  it('refuses bytes that are no text', () => {
    expect(refusal(() => vehicle('mode', new Uint8Array([0xff, 0xfe]))).message).toMatch(/UTF-8/);
  });
});

describe('hostile input', () => {
  const kinds: PortraitKind[] = ['vehicle', 'charger', 'site', 'bridge'];
  const keys = fc.oneof(fc.constantFrom(...new Set(kinds.flatMap((kind) => [...commandKeys[kind]]))), fc.string());
  const payloads = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.uint8Array({ maxLength: 400 }),
    fc.date({ noInvalidDate: true }).map((at) => at.toISOString()),
  );

  it('ends as an order or as one sentence, never otherwise', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.string(), keys, payloads, (kind, id, key, payload) => {
        try {
          const { order } = parseCommand(kind, id, key, payload, now);
          if (order.kind === 'target' || order.kind === 'minimum')
            expect(order.percent).toSatisfy((n: number) => n >= 0 && n <= 100);
          if (order.kind === 'departure' && order.at !== null) expect(order.at).toBeGreaterThan(now);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(UserError);
          expect((thrown as UserError).message).toMatch(/^[^\n\r]{1,400}\.$/u);
        }
      }),
      { numRuns: 500 },
    );
  });
});
