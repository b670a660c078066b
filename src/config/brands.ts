// The brand book: brands.json beside this file, and what the user's own brands.json in the data folder puts in its place.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Brand, BrandBook } from '../domain/choice/brand.ts';
import type { AssetKind } from '../domain/report.ts';
import { codeOf, UserError } from '../kernel/errors.ts';
import builtIn from './brands.json' with { type: 'json' };
import { faultyPlace } from './json-place.ts';

const fact = z.enum(['yes', 'no', 'unknown']).default('unknown');
/** What is left out is unknown. `note` is for people who read the file: where a fact comes from. */
const row = z.strictObject({
  name: z.string().min(1).max(60).optional(),
  start: fact,
  stop: fact,
  locate: fact,
  reliable: fact,
  note: z.string().max(300).optional(),
});
const table = z.record(z.string().regex(/^[A-Z0-9_-]{1,40}$/), row).optional();
const file = z.strictObject({
  date: z.iso.date(),
  vehicles: table,
  chargers: table,
});

function bookOf(read: z.infer<typeof file>): BrandBook {
  const brandsOf = (kind: AssetKind, rows: z.infer<typeof table> = {}): Brand[] =>
    Object.entries(rows).map(([vendor, { name = vendor, note: _note, ...facts }]) => ({
      vendor,
      kind,
      name,
      ...facts,
    }));
  return { date: read.date, brands: [...brandsOf('vehicle', read.vehicles), ...brandsOf('charger', read.chargers)] };
}

export const builtInBrands: BrandBook = bookOf(file.parse(builtIn));

export const BRANDS_FILE = 'brands.json';

/** The built-in book under the user's own: a row of theirs takes the place of ours. A file with a fault is left out whole, and said. */
export function readBrands(folder: string | null): { readonly book: BrandBook; readonly warning: string | null } {
  const path = folder === null ? null : join(folder, BRANDS_FILE);
  const text = path === null ? null : textOf(path);
  if (path === null || text === null) return { book: builtInBrands, warning: null };
  try {
    const own = bookOf(parsed(typeof text === 'string' ? text : unreadable(text.code)));
    const keys = new Set(own.brands.map(({ kind, vendor }) => `${kind} ${vendor}`));
    const others = builtInBrands.brands.filter(({ kind, vendor }) => !keys.has(`${kind} ${vendor}`));
    return { book: { date: own.date, brands: [...others, ...own.brands] }, warning: null };
  } catch (thrown) {
    const why = thrown instanceof UserError ? thrown.message : String(thrown);
    return { book: builtInBrands, warning: `${path} is left out, the built-in brands are used: ${why}` };
  }
}

/** null = there is none, and none is needed. */
function textOf(path: string): string | null | { readonly code: string } {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (thrown) {
    const code = codeOf(thrown) ?? 'unknown error';
    return code === 'ENOENT' ? null : { code };
  }
}

function unreadable(code: string): never {
  throw new UserError(`it cannot be read (${code}); make it readable.`);
}

function parsed(text: string): z.infer<typeof file> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const place = faultyPlace(text);
    const where = place ? ` at line ${place.line}, column ${place.column}` : '';
    throw new UserError(`it is not JSON${where}; look there for a missing comma, quote or bracket.`);
  }
  const result = file.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const names = issue!.code === 'unrecognized_keys' ? ` (${issue!.keys.join(', ').slice(0, 60)})` : '';
  const at = issue!.path.map(String).join('.') || 'the top';
  throw new UserError(
    `${at}${names} is not as it must be; write it like {"date": "2026-11-25", "vehicles": {"JEEP": {"stop": "no"}}}.`,
  );
}
