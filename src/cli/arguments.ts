// The words after a command: one table per command gives parsing, checks and --help. A wrong one is a sentence and exit code 2.
import { parseArgs } from 'node:util';
import { messageOf, UserError } from '../kernel/errors.ts';

export type Flag = { readonly about: string; readonly placeholder?: string } & (
  | { readonly type: 'string'; readonly default?: string; readonly words?: readonly string[] }
  | {
      readonly type: 'number';
      readonly default?: number;
      readonly min: number;
      readonly max: number;
      readonly whole?: boolean;
    }
  | { readonly type: 'boolean' }
);

export interface Command<F extends Readonly<Record<string, Flag>>> {
  /** As a person types it, for example `npm run simulator --`. */
  readonly call: string;
  /** One sentence. */
  readonly about: string;
  readonly flags: F;
  /** A word without dashes that may follow. */
  readonly word?: { readonly name: string; readonly about: string };
}

type ValueOf<F extends Flag> = F extends { type: 'boolean' }
  ? boolean
  : F extends { type: 'number'; default: number } | { type: 'string'; default: string }
    ? F extends { type: 'number' }
      ? number
      : string
    : F extends { type: 'number' }
      ? number | undefined
      : string | undefined;

interface Words<F extends Readonly<Record<string, Flag>>> {
  readonly flags: { readonly [K in keyof F]: ValueOf<F[K]> };
  /** What was typed, not defaulted. */
  readonly given: ReadonlySet<keyof F>;
  readonly word: string | undefined;
}

/** The parsed words, or the text of `--help`. Throws UserError with one sentence naming the flag. */
export function readArguments<const F extends Readonly<Record<string, Flag>>>(
  command: Command<F>,
  argv: readonly string[],
): Words<F> | { readonly help: string } {
  const options = Object.fromEntries(
    Object.entries(command.flags).map(([name, flag]) => [
      name,
      { type: flag.type === 'boolean' ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  const { tokens } = parseArgs({
    args: [...argv],
    options: { ...options, help: { type: 'boolean', short: 'h' } },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const flags: Record<string, unknown> = Object.fromEntries(
    Object.entries(command.flags).map(([name, flag]) => [name, flag.type === 'boolean' ? false : flag.default]),
  );
  const given = new Set<string>();
  let word: string | undefined;
  for (const token of tokens) {
    if (token.kind === 'option') {
      if (token.name === 'help') return { help: helpOf(command) };
      const flag = Object.hasOwn(command.flags, token.name) ? command.flags[token.name] : undefined;
      if (!flag) throw wrong(token.rawName, `${token.rawName} is not an option of this command; --help lists them.`);
      flags[token.name] = readValue(token.rawName, flag, token.value);
      given.add(token.name);
    } else if (token.kind === 'positional') {
      if (!command.word || word !== undefined)
        throw wrong(token.value, `"${token.value}" is not understood; see --help.`);
      word = token.value;
    }
  }
  return { flags: flags as Words<F>['flags'], given, word };
}

/** Runs a command line: --help prints and ends with 0, a UserError is one sentence on stderr and exit code 2. */
export async function runCommand<const F extends Readonly<Record<string, Flag>>>(
  command: Command<F>,
  argv: readonly string[],
  work: (words: Words<F>) => Promise<void>,
): Promise<void> {
  try {
    const words = readArguments(command, argv);
    if ('help' in words) process.stdout.write(words.help);
    else await work(words);
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown;
    process.stderr.write(`${messageOf(thrown)}\n`);
    process.exitCode = 2;
  }
}

const wrong = (field: string, message: string): UserError => new UserError(message, { field });

function readValue(name: string, flag: Flag, text: string | undefined): unknown {
  if (flag.type === 'boolean') {
    if (text !== undefined) throw wrong(name, `${name} takes no value.`);
    return true;
  }
  if (text === undefined || text === '')
    throw wrong(name, `${name} needs a value, for example ${name} ${example(flag)}.`);
  if (flag.type === 'string') {
    if (flag.words && !flag.words.includes(text)) throw wrong(name, `${name} must be one of ${flag.words.join(', ')}.`);
    return text;
  }
  const value = Number(text);
  const fits = text.trim() !== '' && value >= flag.min && value <= flag.max && (!flag.whole || Number.isInteger(value));
  if (!fits) {
    throw wrong(
      name,
      `${name} must be a ${flag.whole ? 'whole ' : ''}number from ${flag.min} to ${flag.max}, not "${text}".`,
    );
  }
  return value;
}

function example(flag: Flag): string {
  if (flag.type === 'boolean') return '';
  return String(flag.default ?? (flag.type === 'number' ? flag.min : (flag.words?.[0] ?? flag.placeholder ?? 'TEXT')));
}

function helpOf(command: Command<Readonly<Record<string, Flag>>>): string {
  const rows = Object.entries(command.flags).map(([name, flag]): [string, string] => {
    const value = flag.type === 'boolean' ? '' : ` ${flag.placeholder ?? (flag.type === 'number' ? 'N' : 'TEXT')}`;
    const usual = flag.type !== 'boolean' && flag.default !== undefined ? ` (default ${flag.default})` : '';
    return [`--${name}${value}`, flag.about + usual];
  });
  rows.push(['--help', 'this text']);
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  const lines = rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`);
  const word = command.word ? ` [${command.word.name}]` : '';
  const wordLine = command.word ? [`  ${command.word.name.padEnd(width)}${command.word.about}`] : [];
  return `${command.about}\n\nUsage: ${command.call}${word} [options]\n${[...wordLine, ...lines].join('\n')}\n`;
}
