// How the daemon ends, and what else may be wrong around it: a second one, a full disk, damaged memory, a clock that is off.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { realWire } from '../../src/kernel/real-clock.ts';
import { blue, type Household, household, outcome } from './support.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function begun(data?: string): Promise<Household> {
  const home = await household(data);
  ends.push(home.remove);
  return home;
}

describe('SIGTERM', () => {
  it.each([
    ['at rest', async () => {}],
    ['while a command is pending', (home: Household) => home.toggle('ON')],
    [
      'while the cloud hangs',
      (home: Household) => home.control('POST', '/faults', { kind: 'slow', seconds: 60 }).then(() => home.toggle('ON')),
    ],
  ])('%s: offline is published and it exits with 0 within 5 s', async (_when, before) => {
    const home = await begun();
    await home.start();
    await before(home);
    await realWire.sleep('a moment', 300);
    const since = realWire.now();
    const end = await home.daemon().stop('SIGTERM', 20_000);
    expect(end).toEqual({ code: 0, signal: null });
    expect(realWire.now() - since).toBeLessThan(5_000);
    expect(home.bridgeState()).toBe('offline');
    expect(home.output()).not.toMatch(/ERROR/);
  });
});

describe('a second daemon', () => {
  it('on the same data says "already running" in one line and exits with 2; the first goes on', async () => {
    const home = await begun();
    await home.start();
    const { code, lines } = await outcome(home.another());
    expect(code).toBe(2);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/already running/);
    await home.toggle('ON');
    await home.soon('pending', () => home.vehicle(blue).command === 'pending');
    expect(home.daemon().isRunning()).toBe(true);
  });

  it('on other data at the same topics is noticed by both', async () => {
    const home = await begun();
    await home.start();
    const other = home.another({}, join(home.folder, 'restored'));
    const says = /Another enode2mqtt uses the same topics/;
    await home.soon('said by both', () => says.test(home.output()) && says.test(other.output()), 30_000);
    await home.soon('shown', () => home.info().problem === true);
  });
});

describe('memory', () => {
  it('that is damaged is moved aside, said aloud, and a fresh one begun', async () => {
    const home = await begun();
    mkdirSync(home.data, { recursive: true });
    writeFileSync(
      join(home.data, 'enode2mqtt.db'),
      'no database at all, and long enough to be looked at as one. '.repeat(200),
    );
    await home.start();
    expect(home.output()).toMatch(/WARN.*(damaged|moved aside|set aside)/i);
    const files = readdirSync(home.data);
    expect(files.filter((name) => /damaged|corrupt|aside/i.test(name)).length).toBeGreaterThan(0);
    expect(home.vehicle(blue).battery).toEqual(expect.any(Number));
  });

  it('on a full disk: it keeps running, says so, refuses commands, and recovers', async ({ skip }) => {
    const tmpfs = mkdtempSync(join(tmpdir(), 'enode2mqtt-full-'));
    ends.push(() => rmSync(tmpfs, { recursive: true, force: true }));
    const why = whyNoTmpfs(tmpfs);
    if (why) console.warn(`skipped: the full disk: ${why}`);
    skip(why !== undefined, why);
    ends.push(() => execFileSync('umount', ['-l', tmpfs]));
    const home = await begun(tmpfs);
    await home.start();
    const filler = join(tmpfs, 'filler');
    fill(filler);
    await home.send(`enode2mqtt/vehicle/${blue}/charging/set`, 'ON');
    await home.soon('it is said', () => home.info().problem === true, 30_000);
    expect(home.info().problem_text).toMatch(/disk|Storing fails/i);
    expect(await home.commands()).toEqual([]);
    expect(home.daemon().isRunning()).toBe(true);
    rmSync(filler);
    await home.soon('it recovers', () => home.info().problem === false, 60_000);
    await home.toggle('ON');
    await home.soon('confirmed', () => home.vehicle(blue).command === 'confirmed', 60_000);
    expect(await home.commands()).toHaveLength(1);
  });
});

describe('a clock an hour off', () => {
  it('is one line, and nothing is decided by itself; a person is still obeyed', async () => {
    const home = await begun();
    await home.control('POST', '/clock', { advance: 3600 });
    await home.start();
    await home.soon('it is said', () => home.info().problem === true);
    expect(home.info().problem_text).toMatch(
      /clock of this machine is 3600 s off|clock of this machine is 3\d{3} s off/,
    );
    await home.send(`enode2mqtt/vehicle/${blue}/mode/set`, 'now');
    await realWire.sleep('a decision', 2_000);
    expect(await home.commands()).toEqual([]);
    expect(home.vehicle(blue).reason).toMatch(/clock/);
    await home.toggle('ON');
    await home.soon('confirmed', () => home.vehicle(blue).command === 'confirmed', 60_000);
  });
});

/** Mounts a small file system there; says why when it cannot. */
function whyNoTmpfs(folder: string): string | undefined {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', folder], { stdio: 'pipe' });
    return undefined;
  } catch (thrown) {
    return `no tmpfs can be mounted here (${String(thrown).split('\n')[0]})`;
  }
}

/** Takes all that is left, to the last page. */
function fill(file: string): void {
  try {
    for (let size = 1024; ; size *= 2) writeFileSync(file, Buffer.alloc(size * 1024));
  } catch {
    for (let step = 512 * 1024; step >= 512; step /= 2) {
      try {
        for (;;) writeFileSync(file, Buffer.alloc(step), { flag: 'a' });
      } catch {
        // the next smaller piece
      }
    }
  }
}
