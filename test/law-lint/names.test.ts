import { describe, expect, it } from 'vitest';
import { judge } from '../../scripts/law/judge.ts';

const verdict = (file: string, text: string): string[] =>
  judge(new Map([[file, text]])).map(({ line, what }) => `${line} ${what}`);

describe('time and chance outside kernel', () => {
  it.each([
    'Date.now()',
    'new Date()',
    'new Date',
    'Date()',
    'setTimeout(f, 1)',
    'const wait = setTimeout',
    'globalThis.setTimeout(f, 1)',
    'setInterval(f, 1)',
    'setImmediate(f)',
    'Math.random()',
    'performance.now()',
    'process.hrtime.bigint()',
    'AbortSignal.timeout(5)',
    'Temporal.Now.instant()',
    'crypto.randomUUID()',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text under judgement holds a template
    "const s = `at ${ { now: Date.now() }.now } o'clock`",
  ])('is told: %s', (text) => {
    expect(verdict('src/enode/x.ts', `\nexport const f = () => { ${text}; };`)).toHaveLength(1);
    expect(verdict('src/enode/x.ts', `\nexport const f = () => { ${text}; };`)[0]).toMatch(/^2 .*: take an? /);
    expect(verdict('src/kernel/x.ts', `\nexport const f = () => { ${text}; };`)).toEqual([]);
  });

  it.each([
    'new Date(epoch).toISOString()',
    'socket.setTimeout(5)',
    'clock.now()',
    'Date.parse(text)',
    '// Date.now() would be wrong here',
    `throw new Error('never call setTimeout()')`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text under judgement holds a template
    'say(`Date.now() ${epoch} setTimeout()`)',
    '/[Date.now()"`]/.test(text)',
    'const half = total / 2; const s = "setTimeout"; const quarter = total / 4',
  ])('leaves alone: %s', (text) => {
    expect(verdict('src/enode/x.ts', `export const f = () => {\n ${text}\n};`)).toEqual([]);
  });

  it('lets the page have timers, but not chance', () => {
    expect(verdict('src/web/page/x.ts', 'export const f = () => setTimeout(f, 1);')).toEqual([]);
    expect(verdict('src/web/page/x.ts', 'export const f = () => Math.random();')).toHaveLength(1);
  });
});

describe('the shape of a file', () => {
  it.each(['export default 1;', 'export default function f() {}', 'const a = 1;\nexport { a as default };'])(
    'no default export: %s',
    (text) => {
      expect(verdict('src/domain/x.ts', text).filter((line) => line.includes('default export'))).toHaveLength(1);
      expect(verdict('test/x.test.ts', text)).toHaveLength(1);
      expect(verdict('test/vitest.config.ts', text)).toEqual([]);
    },
  );

  it.each([
    `export * from './a.ts';`,
    `export { a } from './a.ts';\nexport type { B } from './b.ts';`,
    `import { a } from './a.ts';\nimport type { B } from './b.ts';\nexport { a };\nexport type { B };`,
  ])('no barrel: %s', (text) => {
    expect(verdict('src/domain/x.ts', `// all of it\n${text}`)).toEqual([
      '1 barrel: only passes on what others export; import from the file that has it',
    ]);
  });

  it('a re-export beside own code is no barrel', () => {
    expect(verdict('src/domain/x.ts', `export { a } from './a.ts';\nexport const b = 1;`)).toEqual([]);
  });

  it('at most 300 lines in src', () => {
    expect(verdict('src/domain/x.ts', 'export {};\n'.repeat(300)).filter((line) => line.includes('lines'))).toEqual([]);
    expect(verdict('src/domain/x.ts', `${'\n'.repeat(300)}export const a = 1;\n`)).toEqual([
      '301 301 lines, at most 300: split it by subject',
    ]);
    expect(verdict('test/x.ts', '\n'.repeat(400))).toEqual([]);
  });

  it.each(['vi.mock("mqtt")', 'vi.useFakeTimers()'])('no hollow test: %s', (text) => {
    expect(verdict('test/mqtt/x.test.ts', text)).toHaveLength(1);
    expect(verdict('test/mqtt/x.test.ts', 'vi.fn()')).toEqual([]);
  });
});
