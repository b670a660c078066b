// `npm run day`: what the story tells is what it promises, and its referee has nothing to say.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const command = join(import.meta.dirname, '../../src/cli/day.ts');
const play = async (name: string): Promise<string> =>
  (await promisify(execFile)(process.execPath, [command, name])).stdout;

describe('the day of a car at a public charger', () => {
  it('tells the OFF that is refused, obeys the one that is meant anywhere, and breaks no rule', async () => {
    const story = await play('away');
    const told = story.split('\n— ').slice(1);
    expect(told[0]).toMatch(/INFO {2}Traveller: .*not at home/i);
    expect(told[2]).toContain('Traveller: Done: stop confirmed');
    expect(story).toContain('the referee found 0 breaches');
  }, 30_000);
});
