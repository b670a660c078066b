// The built page (`npm run build`), held in memory: a handful of files with the hash of their content in the name.
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { codeOf } from '../kernel/errors.ts';

export interface PageFile {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly type: string;
}

/** The same place from `src/` and from `dist/`. */
export const builtPage = new URL('../../dist/page/', import.meta.url).pathname;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** By path below the folder, with `/`; null when the page was never built. */
export function filesOf(folder: string): ReadonlyMap<string, PageFile> | null {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && types[extname(entry.name)] !== undefined);
    return new Map(
      files.map(({ parentPath, name }) => {
        const path = join(parentPath, name);
        const file = { body: new Uint8Array(readFileSync(path)), type: types[extname(name)]! };
        return [relative(folder, path).split(sep).join('/'), file];
      }),
    );
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return null;
    throw thrown;
  }
}
