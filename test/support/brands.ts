// A small brand book for tests: a brand that can all, one that cannot stop, one that is not reliable, and a charger's.
import { type Brand, type BrandBook, nothingKnown } from '../../src/domain/choice/brand.ts';

const all = { start: 'yes', stop: 'yes', locate: 'yes', reliable: 'yes' } as const;

const brand = (vendor: string, name: string, facts: Partial<Brand>): Brand => ({
  vendor,
  kind: 'vehicle',
  name,
  ...nothingKnown,
  ...facts,
});

export const testBrands = (): BrandBook => ({
  date: '2026-06-01',
  brands: [
    brand('KIA', 'Kia', {}),
    brand('BMW', 'BMW', all),
    brand('JEEP', 'Jeep', { stop: 'no' }),
    brand('XPENG', 'XPENG', { ...all, reliable: 'no' }),
    brand('EASEE', 'Easee', { kind: 'charger', locate: 'no' }),
  ],
});
