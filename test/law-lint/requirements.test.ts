// The table of requirements: every sentence of the two source documents has its row, and every row names proof that exists.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const table = read('docs/requirements.md');

interface Row {
  readonly id: string;
  readonly cells: readonly string[];
}
const rows: readonly Row[] = table.split('\n').flatMap((line) => {
  const cells = line.split('|').map((cell) => cell.trim());
  const id = cells[1] ?? '';
  return /^[FC]\d+[a-z]?$/.test(id) ? [{ id, cells: cells.slice(2, -1) }] : [];
});

/** Sentences of the FAQs and of the considerations; a letter tells those apart that stand together. */
const faqs = 23;
const considerations = 48;
const together = ['F4b', 'F14b', 'F17b', 'F22b', 'F22c', 'F23b', 'C3b', 'C6b', 'C19b', 'C27b', 'C46b'];

const sources = new Map<string, string>();
const source = (file: string): string => {
  const text = sources.get(file) ?? read(file);
  sources.set(file, text);
  return text;
};

describe('docs/requirements.md', () => {
  it('has one row for each sentence', () => {
    const numbered = (letter: string, most: number) => Array.from({ length: most }, (_, i) => `${letter}${i + 1}`);
    const expected = [...numbered('F', faqs), ...numbered('C', considerations), ...together];
    expect(rows.map(({ id }) => id).sort()).toEqual(expected.sort());
  });

  it.each(rows)('$id says what, where, by which proof and how to see it', ({ cells }) => {
    expect(cells).toHaveLength(5);
    const [, does, where, proof, see] = cells;
    expect(`${does} ${see}`).not.toMatch(/not applicable|n\/a|todo/i);
    for (const cell of cells) expect(cell.length).toBeGreaterThan(2);
    const files = [...where!.matchAll(/`(src\/[^`]+)`/g)].map(([, file]) => file!);
    expect(files).not.toEqual([]);
    for (const file of files) expect([file, existsSync(join(root, file))]).toEqual([file, true]);
    const proofs = [...proof!.matchAll(/`(test\/[^`]+)`:((?:(?: ·)? “[^”]+”)+)/g)];
    expect(proofs).not.toEqual([]);
    for (const [, file, names] of proofs)
      for (const [, name] of names!.matchAll(/“([^”]+)”/g))
        expect([name, source(file!).includes(name!)]).toEqual([name, true]);
  });

  it('is found from the README', () => {
    expect(read('README.md')).toContain('](docs/requirements.md)');
  });
});
