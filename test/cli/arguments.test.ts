import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { type Command, type Flag, readArguments } from '../../src/cli/arguments.ts';
import { listen } from '../../src/cli/listen.ts';

const command = {
  call: 'npm run thing --',
  about: 'Does a thing.',
  word: { name: 'NAME', about: 'which thing' },
  flags: {
    port: { type: 'number', default: 8480, min: 0, max: 65_535, whole: true, about: 'port' },
    speed: { type: 'number', min: 0, max: 100, about: 'speed' },
    scenario: { type: 'string', default: 'home', about: 'scenario' },
    colour: { type: 'string', words: ['red', 'blue'], about: 'colour' },
    quiet: { type: 'boolean', about: 'says nothing' },
  },
} as const satisfies Command<Readonly<Record<string, Flag>>>;

function read(...argv: string[]) {
  const words = readArguments(command, argv);
  if ('help' in words) throw new Error('help');
  return words;
}

describe('the words after a command', () => {
  it('defaults what was not given and says what was', () => {
    const { flags, given, word } = read('--port', '9000', '--quiet', 'x');
    expect(flags).toEqual({ port: 9000, speed: undefined, scenario: 'home', colour: undefined, quiet: true });
    expect([...given]).toEqual(['port', 'quiet']);
    expect(word).toBe('x');
    expect(read('--speed=2.5').flags.speed).toBe(2.5);
  });

  it.each([
    [['--port', 'abc'], /--port must be a whole number from 0 to 65535, not "abc"\./],
    [['--port', '1.5'], /--port must be a whole number/],
    [['--port', '70000'], /--port must be a whole number/],
    [['--port'], /--port needs a value, for example --port 8480\./],
    [['--port='], /--port needs a value/],
    [['--colour', 'green'], /--colour must be one of red, blue\./],
    [['--quiet=1'], /--quiet takes no value\./],
    [['--prot', '1'], /--prot is not an option of this command; --help lists them\./],
    [['--constructor'], /--constructor is not an option/],
    [['-x'], /-x is not an option/],
    [['a', 'b'], /"b" is not understood/],
  ])('%j is one sentence', (argv, sentence) => {
    expect(() => read(...argv)).toThrow(sentence);
  });

  it('--help shows every option', () => {
    const words = readArguments(command, ['--help']);
    const help = 'help' in words ? words.help : '';
    for (const name of Object.keys(command.flags)) expect(help).toContain(`--${name}`);
    expect(help).toContain('Usage: npm run thing -- [NAME] [options]');
    expect(help).toContain('(default 8480)');
  });
});

describe('ports', () => {
  it('a taken default gives way, a taken named one is an error', async () => {
    const [first, second, third] = [createServer(), createServer(), createServer()];
    const { port } = await listen(first, { host: '127.0.0.1', port: 0, named: true, flag: '--port' });
    const moved = await listen(second, { host: '127.0.0.1', port, named: false, flag: '--port' });
    expect(moved.moved).toBe(true);
    expect(moved.port).toBeGreaterThan(port);
    await expect(listen(third, { host: '127.0.0.1', port, named: true, flag: '--port' })).rejects.toThrow(
      `--port ${port} is taken by another program; name another one or end that program.`,
    );
    for (const server of [first, second]) server.close();
  });
});
