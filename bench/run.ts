// `npm run bench [-- --short] [-- --row N]`: the numbers of design 9, measured on compiled JavaScript in processes of their own. A missed
// target is said, not punished: exit 1 only when something could not be measured at all.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { realClock, realWire } from '../src/kernel/real-clock.ts';
import { compiled } from './parts/child.ts';
import { measureCommands } from './parts/commands.ts';
import { measureCrowd } from './parts/crowd.ts';
import { measureDay, measureRequests } from './parts/day.ts';
import { measureMatcher } from './parts/matcher.ts';
import { measureMemory } from './parts/memory.ts';
import { type Depth, type Row, tableOf } from './parts/row.ts';
import { measureStart } from './parts/start.ts';
import { measureWebhooks } from './parts/webhooks.ts';

const top = join(import.meta.dirname, '..');
const parts: readonly { readonly rows: readonly number[]; readonly measure: (depth: Depth) => Promise<Row[]> }[] = [
  { rows: [1, 2], measure: measureCommands },
  { rows: [3], measure: measureWebhooks },
  { rows: [4], measure: measureStart },
  { rows: [5], measure: measureMemory },
  { rows: [6], measure: measureCrowd },
  { rows: [7], measure: measureDay },
  { rows: [9], measure: measureRequests },
  { rows: [10], measure: measureMatcher },
];

const args = process.argv.slice(2);
const short = args.includes('--short');
const only = args.includes('--row') ? Number(args[args.indexOf('--row') + 1]) : null;

/** The product and the benchmarks as JavaScript, beside a copy of the package file that the version is read from. */
function buildAll(): void {
  rmSync(compiled, { recursive: true, force: true });
  mkdirSync(compiled, { recursive: true });
  copyFileSync(join(top, 'package.json'), join(compiled, 'package.json'));
  const { status, stdout } = spawnSync('tsc', ['-p', join(top, 'bench', 'tsconfig.json')], {
    encoding: 'utf8',
    cwd: top,
  });
  if (status !== 0) throw new Error(`the build failed; run it with "npm run bench":\n${stdout}`);
}

buildAll();
const begun = realWire.now();
const rows: Row[] = [];
const failures: string[] = [];
for (const { rows: numbers, measure } of parts) {
  if (only !== null && !numbers.includes(only)) continue;
  process.stderr.write(`row ${numbers.join(', ')} …\n`);
  try {
    rows.push(...(await measure({ short })));
  } catch (thrown) {
    failures.push(`row ${numbers.join(', ')}: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}

console.log(`\n${tableOf(rows)}\n`);
const missed = rows.filter(({ met }) => met === false);
const about = `${cpus().length} cores, Node ${process.version}, load ${loadavg()[0]!.toFixed(1)}, ${Math.round((realWire.now() - begun) / 1000)} s${short ? ', --short: fewer and smaller runs' : ''}`;
console.log(
  `${about}. ${missed.length === 0 ? 'No target missed.' : `${missed.length} of ${rows.length} targets MISSED.`}`,
);
for (const failure of failures) console.log(`COULD NOT BE MEASURED: ${failure}`);

const date = new Date(realClock.world.now()).toISOString();
const results = join(top, 'bench', 'results');
mkdirSync(results, { recursive: true });
const file = join(results, `${date.slice(0, 19).replaceAll(':', '-')}.json`);
writeFileSync(file, `${JSON.stringify({ date, about, short, rows, failures }, null, 2)}\n`);
console.log(`Written to ${file.slice(top.length + 1)}`);
process.exit(failures.length === 0 ? 0 : 1);
