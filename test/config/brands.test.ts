import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { BRANDS_FILE, builtInBrands, readBrands } from '../../src/config/brands.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});
function folderWith(text: string | null): string {
  const folder = mkdtempSync(join(tmpdir(), 'e2m-brands-'));
  folders.push(folder);
  if (text !== null) writeFileSync(join(folder, BRANDS_FILE), text);
  return folder;
}
const find = (vendor: string, kind = 'vehicle', { brands } = builtInBrands) =>
  brands.find((brand) => brand.vendor === vendor && brand.kind === kind);

describe('R10 the brand book', () => {
  it('has a day and Enode’s codes with their names; what nobody stated is unknown', () => {
    expect(builtInBrands.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(find('SKODA')).toEqual({
      vendor: 'SKODA',
      kind: 'vehicle',
      name: 'Škoda',
      start: 'unknown',
      stop: 'unknown',
      locate: 'unknown',
      reliable: 'unknown',
    });
    expect(find('GOE', 'charger')).toMatchObject({ name: 'go-e', locate: 'no' });
  });
  it('states what Enode and field reports state', () => {
    expect(find('JEEP')?.stop).toBe('no');
    expect(find('XPENG')?.reliable).toBe('no');
  });
});

describe('the user’s own file', () => {
  it('takes the place of our rows, and gives the day', () => {
    const own = { date: '2027-02-01', vehicles: { KIA: { name: 'Kia', start: 'yes', stop: 'yes' }, NEWONE: {} } };
    const { book, warning } = readBrands(folderWith(JSON.stringify(own)));
    expect(warning).toBeNull();
    expect(book.date).toBe('2027-02-01');
    expect(find('KIA', 'vehicle', book)).toMatchObject({ start: 'yes', locate: 'unknown' });
    expect(find('NEWONE', 'vehicle', book)).toMatchObject({ name: 'NEWONE' });
    expect(find('JEEP', 'vehicle', book)?.stop).toBe('no');
    expect(book.brands.filter(({ vendor }) => vendor === 'KIA')).toHaveLength(1);
  });
  it('is not needed', () => {
    for (const folder of [null, folderWith(null)])
      expect(readBrands(folder)).toEqual({ book: builtInBrands, warning: null });
  });
  it.each([
    ['{"date": "2027-02-01",}', /not JSON at line 1, column 23/],
    ['{"date": "soon"}', /date is not as it must be/],
    ['{"date": "2027-02-01", "vehicles": {"KIA": {"start": "maybe"}}}', /vehicles\.KIA\.start is not as it must be/],
    ['{"date": "2027-02-01", "cars": {}}', /the top \(cars\) is not as it must be/],
    ['[]', /the top is not as it must be/],
  ])('with a fault it is left out whole, and said: %s', (text, said) => {
    const { book, warning } = readBrands(folderWith(text));
    expect(book).toBe(builtInBrands);
    expect(warning).toMatch(said);
    expect(warning).toMatch(/left out, the built-in brands are used: .*\.$/);
  });
  it('that cannot be read is said', () => {
    const folder = folderWith(null);
    mkdirSync(join(folder, BRANDS_FILE));
    expect(readBrands(folder).warning).toMatch(/cannot be read \(EISDIR\)/);
  });
});
