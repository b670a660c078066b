// `npm ci` ends with this (postinstall; any Node from 18 runs it): Node 26 must be first on the path of every npm script.
// npm before 11 removes the link of the package for this machine together with that of the package for another one, because
// both are named `node`; so it is made here. A link to a binary that does not run (musl, a library missing) is worse than none.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';

const NEEDED = 26;
/** Below this, npm leaves out the test tools' binaries, as their packages ask for at least this Node: 20.19. */
const TO_INSTALL_TESTS = 2019;
const modules = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../node_modules');
const program = join(modules, `node-${process.platform}-${process.arch}`, 'bin/node');
const link = join(modules, '.bin/node');
const [own = 0, minor = 0] = process.versions.node.split('.').map(Number);

const tried = existsSync(program) ? spawnSync(program, ['--version'], { encoding: 'utf8' }) : undefined;
if (tried?.status === 0) {
  mkdirSync(join(modules, '.bin'), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync(relative(join(modules, '.bin'), program), link);
  if (own * 100 + minor < TO_INSTALL_TESTS) {
    console.error(
      `enode2mqtt runs, but its tests do not when installed by Node ${process.versions.node}: for them use Node 20.19 or newer.`,
    );
  }
} else {
  rmSync(link, { force: true });
  if (own < NEEDED) {
    const library = /loading shared libraries: ([^:]+)/.exec(tried?.stderr ?? '')?.[1];
    const remedy = library
      ? `the Node ${NEEDED} that came with npm misses ${library}: install it (on Debian: apt-get install libatomic1) and repeat npm ci`
      : `there is no Node ${NEEDED} for this machine among the optional packages: install Node ${NEEDED} or newer yourself`;
    console.error(`enode2mqtt needs Node ${NEEDED}, this is ${process.version}; ${remedy}.`);
    process.exitCode = 1;
  }
}
