// `npm run law`: who may import whom, and what nobody may do (design 4 and 8). One line per violation; exit 1 when there is one.
import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { judge } from './law/judge.ts';

const top = join(import.meta.dirname, '..');
const paths = globSync('{src,test,bench,scripts}/**/*.ts', { cwd: top, exclude: ['**/node_modules/**'] });
const files = new Map(paths.map((path) => [path.split(sep).join('/'), readFileSync(join(top, path), 'utf8')]));
const violations = judge(files);
for (const { file, line, what } of violations) console.error(`${file}:${line}  ${what}`);
console.log(
  `law: ${files.size} files, ${violations.length === 0 ? 'no violation' : `${violations.length} violations`}`,
);
process.exitCode = violations.length === 0 ? 0 : 1;
