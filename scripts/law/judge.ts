// Judges a whole tree of files by the law of the house and tells every violation with its place.
import { cyclesIn } from './cycles.ts';
import { faultOfImport, inSrc, resolveImport } from './imports.ts';
import { mocks, timeAndChance } from './names.ts';
import { roomOf } from './rooms.ts';
import { readSource, type Source } from './source.ts';

export interface Violation {
  readonly file: string;
  readonly line: number;
  readonly what: string;
}

/** A file of src longer than this is two rooms that want a wall. */
const MOST_LINES = 300;

/** @param files text by path from the repository's root, with `/` between the parts */
export function judge(files: ReadonlyMap<string, string>): Violation[] {
  const violations: Violation[] = [];
  const graph = new Map<string, string[]>();
  for (const [file, text] of files) {
    const source = readSource(text);
    const tell = (line: number, what: string): void => void violations.push({ file, line, what });
    judgeFile(file, text, source, tell);
    if (file.startsWith('src/')) graph.set(file, targets(file, source, files));
  }
  for (const circle of cyclesIn(graph)) {
    const way = [...circle, circle[0]!].join(' → ');
    violations.push({
      file: circle[0]!,
      line: 1,
      what: `import cycle ${way}: move what both need into a file of its own`,
    });
  }
  return violations.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}

function judgeFile(file: string, text: string, source: Source, tell: (line: number, what: string) => void): void {
  if (!file.endsWith('.config.ts')) {
    for (const line of source.defaultExports)
      tell(line, 'default export: export by name, so that it is called the same everywhere');
  }
  if (file.startsWith('test/')) for (const { line, what } of mocks(source.tokens)) tell(line, what);
  const path = inSrc(file);
  if (path === undefined) return;
  const room = roomOf(path);
  if (room === undefined)
    tell(1, 'stands in no room: move it into a folder of the import law, or add the room to scripts/law/rooms.ts');
  if (source.isBarrel) tell(1, 'barrel: only passes on what others export; import from the file that has it');
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  if (lines > MOST_LINES) tell(MOST_LINES + 1, `${lines} lines, at most ${MOST_LINES}: split it by subject`);
  for (const found of source.imports) {
    const fault = faultOfImport(file, found);
    if (fault !== undefined) tell(found.line, fault);
  }
  if (room === 'kernel') return;
  for (const { line, what } of timeAndChance(source.tokens, room === 'web/page')) tell(line, what);
}

/** The files it loads at run time: a record of types and the functions that work on it may know each other's types. */
function targets(file: string, source: Source, files: ReadonlyMap<string, string>): string[] {
  return source.imports.flatMap(({ from, typesOnly }) => {
    if (typesOnly || !from?.startsWith('.')) return [];
    const target = resolveImport(file, from);
    return files.has(target) ? [target] : [];
  });
}
