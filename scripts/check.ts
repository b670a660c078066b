// `npm run check`: everything a change must pass before it is committed. All steps run, whatever fails; exit 1 when one failed.
// `npm run check -- --no-tests` leaves the tests out (CI has run them already).
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const steps: readonly { name: string; command: readonly string[] }[] = [
  { name: 'format and lint', command: ['npm', 'run', '--silent', 'lint'] },
  { name: 'import law', command: ['npm', 'run', '--silent', 'law'] },
  { name: 'types', command: ['npm', 'run', '--silent', 'types'] },
  { name: 'unused code', command: ['npm', 'run', '--silent', 'knip'] },
  ...(process.argv.includes('--no-tests') ? [] : [{ name: 'tests', command: ['npm', 'test'] }]),
];

const failed: string[] = [];
for (const { name, command } of steps) {
  console.log(`\n== ${name}`);
  const start = performance.now();
  const { status } = spawnSync(command[0]!, command.slice(1), {
    cwd: join(import.meta.dirname, '..'),
    stdio: 'inherit',
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (status !== 0) failed.push(name);
  console.log(`== ${name}: ${status === 0 ? 'ok' : 'FAILED'} (${seconds} s)`);
}
console.log(failed.length === 0 ? '\ncheck: ok' : `\ncheck: failed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
