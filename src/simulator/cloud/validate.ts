// Reading request bodies: each check names the field in the problem it throws.
import type { Context } from 'hono';
import { Problem } from './problem.ts';

export type Body = Readonly<Record<string, unknown>>;
/** Returns the checked value or throws a 400 that names `field`. */
export type Check<T> = (value: unknown, field: string) => T;

const bad = (field: string, must: string): Problem => new Problem(400, `\`${field}\` must be ${must}.`);

const isRecord = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The JSON body of a request; 400 when it is not JSON. */
export async function readJson(c: Context): Promise<unknown> {
  try {
    return JSON.parse(await c.req.text()) as unknown;
  } catch {
    throw new Problem(400, 'The request body is not valid JSON.');
  }
}

export async function readBody(c: Context): Promise<Body> {
  return anObject(await readJson(c), 'body');
}

export const anObject: Check<Body> = (value, field) => {
  if (!isRecord(value)) throw bad(field, 'an object');
  return value;
};

export const aBoolean: Check<boolean> = (value, field) => {
  if (typeof value !== 'boolean') throw bad(field, 'a boolean');
  return value;
};

export const aText =
  (min: number, max: number, pattern?: RegExp): Check<string> =>
  (value, field) => {
    if (typeof value !== 'string' || value.length < min || value.length > max)
      throw bad(field, `a string of ${min} to ${max} characters`);
    if (pattern && !pattern.test(value)) throw bad(field, `a string that matches ${pattern.source}`);
    return value;
  };

export const aNumber =
  (min: number, max: number, integer = false): Check<number> =>
  (value, field) => {
    if (typeof value !== 'number' || !(value >= min && value <= max) || (integer && !Number.isInteger(value)))
      throw bad(field, `${integer ? 'an integer' : 'a number'} from ${min} to ${max}`);
    return value;
  };

export const aPositiveNumber: Check<number> = (value, field) => {
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) throw bad(field, 'a number greater than 0');
  return value;
};

export const oneOf =
  <T extends string>(words: readonly T[]): Check<T> =>
  (value, field) => {
    if (!words.includes(value as T)) throw bad(field, `one of ${words.join(', ')}`);
    return value as T;
  };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
export const isUuid = (text: string): boolean => UUID.test(text);

export const aUuid: Check<string> = (value, field) => {
  if (typeof value !== 'string' || !isUuid(value)) throw bad(field, 'a uuid');
  return value;
};

/** `HH:MM`; 24:00 only where an interval may end there. */
export const aClockTime =
  (endOfDay = false): Check<string> =>
  (value, field) => {
    const fine =
      typeof value === 'string' && (/^([01]\d|2[0-3]):[0-5]\d$/.test(value) || (endOfDay && value === '24:00'));
    if (!fine) throw bad(field, 'a clock time HH:MM');
    return value as string;
  };

/** An ISO 8601 instant, as epoch ms. */
export const anInstant: Check<number> = (value, field) => {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) throw bad(field, 'an ISO 8601 date-time');
  return at;
};

export const aUrl =
  (max: number, schemes?: readonly string[]): Check<string> =>
  (value, field) => {
    const text = aText(1, max)(value, field);
    if (!URL.canParse(text)) throw bad(field, 'a URI');
    const { protocol } = new URL(text);
    if (schemes && !schemes.includes(protocol)) throw bad(field, `a URI with the scheme ${schemes.join(' or ')}//`);
    return text;
  };

export const nullOr =
  <T>(check: Check<T>): Check<T | null> =>
  (value, field) =>
    value === null ? null : check(value, field);

export const listOf =
  <T>(check: Check<T>, min = 0, max = 10_000): Check<readonly T[]> =>
  (value, field) => {
    if (!Array.isArray(value) || value.length < min || value.length > max)
      throw bad(field, `a list with at least ${min} entries`);
    return value.map((entry, at) => check(entry, `${field}[${at}]`));
  };

/** A required field. */
export function need<T>(body: Body, field: string, check: Check<T>): T {
  if (body[field] === undefined) throw new Problem(400, `\`${field}\` is required.`);
  return check(body[field], field);
}

/** A field that may be absent. */
export function may<T>(body: Body, field: string, check: Check<T>): T | undefined {
  return body[field] === undefined ? undefined : check(body[field], field);
}
