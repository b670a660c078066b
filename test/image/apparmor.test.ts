// The AppArmor profile, as far as it can be tried without a kernel that enforces it: the parser takes every line of it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startProgram, whereIs } from '../support/real/program.ts';

const file = join(import.meta.dirname, '../../apparmor.txt');
const parser = whereIs('apparmor_parser');
const why = parser === undefined ? 'apparmor_parser is not there (Debian: apt-get install apparmor)' : undefined;
if (why) console.warn(`skipped: the AppArmor profile: ${why}`);

describe.skipIf(why)('the AppArmor profile', () => {
  it('is one that the parser takes', async () => {
    // Neither cache nor kernel: it is only read.
    const reading = startProgram(parser!, ['--skip-kernel-load', '--skip-cache', file]);
    const { code } = await reading.ended;
    expect({ code, output: reading.output().replaceAll(/^Cache read\/write disabled.*\n/gm, '') }).toEqual({
      code: 0,
      output: '',
    });
  });

  it('has the name that the Supervisor loads it by', () => {
    expect(readFileSync(file, 'utf8')).toMatch(
      /^profile enode2mqtt flags=\(attach_disconnected,mediate_deleted\) \{$/m,
    );
  });
});
