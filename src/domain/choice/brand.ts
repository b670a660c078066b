// What is known of a brand before anything of it is linked (R10): the brand book's facts, each yes, no or unknown. After linking the
// vehicle's own flags decide.
import type { Own } from '../known.ts';
import type { AssetKind } from '../report.ts';
import type { View } from '../site.ts';

/** What the devices of a brand can do by themselves. */
export interface BrandFacts {
  readonly start: Own;
  readonly stop: Own;
  readonly locate: Own;
  readonly reliable: Own;
}

export interface Brand extends BrandFacts {
  /** Enode's vendor code. */
  readonly vendor: string;
  readonly kind: AssetKind;
  readonly name: string;
}

/** The dated, editable file of brands as it was read at the start (config/brands.ts). */
export interface BrandBook {
  /** Day of its newest fact, YYYY-MM-DD. */
  readonly date: string;
  readonly brands: readonly Brand[];
}

const indexes = new WeakMap<BrandBook, ReadonlyMap<string, Brand>>();

const keyOf = (vendor: string, kind: AssetKind): string => `${kind} ${vendor}`;

export function brandOf({ settings }: Pick<View, 'settings'>, vendor: string, kind: AssetKind): Brand | null {
  const book = settings.brands;
  const index = indexes.get(book) ?? new Map(book.brands.map((brand) => [keyOf(brand.vendor, brand.kind), brand]));
  indexes.set(book, index);
  return index.get(keyOf(vendor, kind)) ?? null;
}

export const nothingKnown: BrandFacts = { start: 'unknown', stop: 'unknown', locate: 'unknown', reliable: 'unknown' };
