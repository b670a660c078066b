// Reading hostile JSON: each wrong field is one sentence that names it. Nothing is applied before everything was read.
import { UserError } from '../kernel/errors.ts';

export type Fields = Readonly<Record<string, unknown>>;
/** Reads one field's value or throws UserError naming it. */
export type Reader<T> = (value: unknown, field: string) => T;

export function wrong(field: string, must: string): UserError {
  return new UserError(`${field} must be ${must}.`, { field });
}

export const aBoolean: Reader<boolean> = (value, field) => {
  if (typeof value !== 'boolean') throw wrong(field, 'true or false');
  return value;
};

export const aNumber =
  (min: number, max: number, unit = ''): Reader<number> =>
  (value, field) => {
    if (typeof value === 'number' && value >= min && value <= max) return value;
    throw wrong(field, `a number from ${min} to ${max}${unit && ` ${unit}`}`);
  };

export const aText: Reader<string> = (value, field) => {
  if (typeof value !== 'string' || value === '' || value.length > 200)
    throw wrong(field, 'a text of 1 to 200 characters');
  return value;
};

export const oneOf =
  <const T extends string>(words: readonly T[]): Reader<T> =>
  (value, field) => {
    const found = words.find((word) => word === value);
    if (found === undefined) throw wrong(field, `one of ${words.join(', ')}`);
    return found;
  };

export const orNull =
  <T>(read: Reader<T>): Reader<T | null> =>
  (value, field) =>
    value === null ? null : read(value, field);

/** Epoch ms from a number of them or an ISO 8601 text. */
export const anInstant: Reader<number> = (value, field) => {
  const at = typeof value === 'string' ? Date.parse(value) : value;
  if (typeof at !== 'number' || !Number.isFinite(at) || Math.abs(at) > 8.64e15) {
    throw wrong(field, 'a time: ISO 8601 text or milliseconds since 1970');
  }
  return at;
};

export const aRecord: Reader<Fields> = (value, field) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(field, 'a JSON object');
  return value as Fields;
};

/** Reads the fields that are there; an unknown one is an error that lists the known ones. */
export function readFields<T extends Readonly<Record<string, Reader<unknown>>>>(
  body: Fields,
  readers: T,
): { readonly [K in keyof T]?: ReturnType<T[K]> } {
  const result: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(body)) {
    if (!Object.hasOwn(readers, field)) {
      throw new UserError(`${field.slice(0, 60)} is not known here; use some of ${Object.keys(readers).join(', ')}.`, {
        field,
      });
    }
    result[field] = (readers[field] as Reader<unknown>)(value, field);
  }
  return result as { readonly [K in keyof T]?: ReturnType<T[K]> };
}

/** The value of a field that must be there. */
export function required<T>(value: T | undefined, field: string): T {
  if (value === undefined) throw new UserError(`${field} is required.`, { field });
  return value;
}
