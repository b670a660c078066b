// A command as it comes in (kind, id, key, plain payload) becomes an order, or a sentence that names the field and the remedy.
// Form is judged here; whether the order makes sense now is the domain's matter (a mode that is not built gets its reason there).
import type { Mode } from '../domain/choice/mode.ts';
import type { Order } from '../domain/fact.ts';
import type { Instant } from '../domain/instant.ts';
import type { PortraitKind } from '../domain/telling/portrait.ts';
import { UserError } from '../kernel/errors.ts';
import { commandKeys, laterKeys } from './keys.ts';

export interface AssetOrder {
  /** An asset's id, or `site`. */
  readonly subject: string;
  readonly order: Order;
}

/** Longest payload of a plain command, bytes: the longest sensible one is a time of 40. */
const MOST_COMMAND_BYTES = 256;
/** A departure may lie this far ahead, ms (one year): beyond it is a slip of the keyboard. */
const FARTHEST_DEPARTURE_MS = 366 * 24 * 3_600_000;

const knownModes: Readonly<Record<Mode, true>> = {
  manual: true,
  off: true,
  now: true,
  schedule: true,
  solar: true,
  min_solar: true,
};

/**
 * @param id the asset's id; ignored for site and bridge
 * @param payload as it came; bytes must be UTF-8
 * @throws UserError with code `unknown_key`, `not_yet` or `invalid`; `field` is the key
 */
export function parseCommand(
  kind: PortraitKind,
  id: string,
  key: string,
  payload: Uint8Array | string,
  now: Instant,
): AssetOrder {
  if (!(commandKeys[kind] as readonly string[]).includes(key)) throw unknownKey(kind, key);
  const text = textOf(payload, key);
  const subject = kind === 'site' || kind === 'bridge' ? 'site' : id;
  return { subject, order: orderOf(key, text, now) };
}

function orderOf(key: string, text: string, now: Instant): Order {
  switch (key) {
    case 'charging':
      return { kind: 'charging', want: onOff(key, text) ? 'start' : 'stop', anywhere: false, route: null };
    case 'mode':
      return { kind: 'mode', mode: modeOf(text) };
    case 'target':
      return { kind: 'target', percent: percent(key, text) };
    case 'minimum':
      return { kind: 'minimum', percent: percent(key, text) };
    case 'max_current':
      return { kind: 'limit', limit: key, value: amount(key, text, limitRanges.max_current) };
    case 'rate_limit':
      return { kind: 'limit', limit: key, value: amount(key, text, limitRanges.rate_limit) };
    case 'departure':
      return { kind: 'departure', at: text === '' ? null : departureOf(text, now) };
    case 'clear_departure':
      return press(key, text, { kind: 'departure', at: null });
    case 'resume':
      return press(key, text, { kind: 'resume' });
    case 'refresh':
      return press(key, text, { kind: 'refresh' });
    default:
      return { kind: 'pause', on: onOff('pause', text) };
  }
}

function unknownKey(kind: PortraitKind, key: string): UserError {
  const field = shown(key);
  if (laterKeys[kind].includes(key)) {
    return new UserError(`${field}: not in this version; set it in the app of the car or the charger for now.`, {
      code: 'not_yet',
      field,
    });
  }
  const known = commandKeys[kind].join(', ');
  return new UserError(`${field}: a ${kind} takes no such command; use one of: ${known}.`, {
    code: 'unknown_key',
    field,
  });
}

function textOf(payload: Uint8Array | string, key: string): string {
  if (payload.length > MOST_COMMAND_BYTES) {
    throw wrong(key, `the value is ${payload.length} bytes long; send at most ${MOST_COMMAND_BYTES}`);
  }
  if (typeof payload === 'string') return payload.trim();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(payload).trim();
  } catch {
    throw wrong(key, 'the value is not UTF-8 text; send plain text');
  }
}

function onOff(key: string, text: string): boolean {
  if (text === 'ON') return true;
  if (text === 'OFF') return false;
  throw wrong(key, `"${shown(text)}" is not understood; send ON or OFF`);
}

function press(key: string, text: string, order: Order): Order {
  if (text === 'PRESS') return order;
  throw wrong(key, `"${shown(text)}" is not understood; send PRESS`);
}

function modeOf(text: string): Mode {
  if (Object.hasOwn(knownModes, text)) return text as Mode;
  throw wrong('mode', `"${shown(text)}" is not a mode; send one of: ${Object.keys(knownModes).join(', ')}`);
}

/** Home Assistant enforces the range, not the step: `90.5` and `-1234.5` arrive as they are (entities.md, measured). */
function percent(key: string, text: string): number {
  const value = /^[+-]?\d{1,9}(\.\d{1,9})?$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= 0 && value <= 100))
    throw wrong(key, `"${shown(text)}" is not a percentage; send a number from 0 to 100`);
  return Math.round(value);
}

/** What can be asked at all (entities.md); 0 would be no limit but a stop, so it begins above it. A device's own range is checked later. */
export const limitRanges = {
  max_current: { min: 1, max: 80, step: 1, unit: 'A' },
  rate_limit: { min: 0.1, max: 350, step: 0.1, unit: 'kW' },
} as const;

/** Rounded to the step: Home Assistant enforces the range only. */
function amount(
  key: string,
  text: string,
  { min, max, step, unit }: (typeof limitRanges)[keyof typeof limitRanges],
): number {
  const value = /^[+-]?\d{1,9}(\.\d{1,9})?$/.test(text) ? Number(text) : Number.NaN;
  const steps = Math.round(value / step);
  const rounded = step === 1 ? steps : steps / 10;
  if (!(rounded >= min && rounded <= max))
    throw wrong(key, `"${shown(text)}" is no limit; send a number from ${min} to ${max} (${unit})`);
  return rounded;
}

/** Temporal's `[Europe/Berlin]` suffix and naive times are refused: a time without its offset is two times, two nights a year. */
const isoWithOffset = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/i;

function departureOf(text: string, now: Instant): Instant {
  const remedy = 'send a time with its offset such as 2026-11-23T07:15:00+01:00, or nothing to clear it';
  const at = isoWithOffset.test(text) && isDay(text) ? Date.parse(text.replace(' ', 'T')) : Number.NaN;
  if (Number.isNaN(at)) throw wrong('departure', `"${shown(text)}" is not understood; ${remedy}`);
  if (at <= now) throw wrong('departure', `"${shown(text)}" has passed; send a time in the future`);
  if (at > now + FARTHEST_DEPARTURE_MS)
    throw wrong('departure', `"${shown(text)}" is more than a year ahead; send a nearer time`);
  return at as Instant;
}

/** The parser would make the 31st of February the 3rd of March. */
function isDay(text: string): boolean {
  const [year, month, day] = text.slice(0, 10).split('-').map(Number);
  return day! <= new Date(Date.UTC(year!, month!, 0)).getUTCDate();
}

const wrong = (field: string, what: string): UserError => new UserError(`${field}: ${what}.`, { field });

/** What a stranger sent, fit for one line of a log. */
const shown = (text: string): string => {
  const oneLine = text.replaceAll(/[\p{C}\s]+/gu, ' ');
  return oneLine.length > 60 ? `${oneLine.slice(0, 60).toWellFormed()}…` : oneLine;
};
