// Builds the page (src/web/page → dist/page) with vite: `node scripts/build-page.ts`. With `--if-needed` only when it is missing or
// older than what it is made of; `npm run demo` does that, so that nothing else must be typed after `npm ci`.
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const top = join(import.meta.dirname, '..');
const root = join(top, 'src/web/page');
const outDir = join(top, 'dist/page');

function isNeeded(): boolean {
  const made = statSync(join(outDir, 'index.html'), { throwIfNoEntry: false })?.mtimeMs;
  if (made === undefined) return true;
  const sources = globSync('{src/web/page/**/*,package-lock.json,scripts/build-page.ts}', { cwd: top });
  return sources.some((path) => statSync(join(top, path)).mtimeMs > made);
}

if (!process.argv.includes('--if-needed') || isNeeded()) {
  const began = performance.now();
  await build({
    configFile: false,
    root,
    // Relative links: under Home Assistant's ingress the page lives below a path that changes.
    base: './',
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  });
  console.log(`The page is built (${((performance.now() - began) / 1000).toFixed(1)} s).`);
}
