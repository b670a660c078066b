// The kinds of values an option can have: how text becomes one, what is checked, and the words for what it must be.
import { z } from 'zod';
import { Secret } from '../kernel/secret.ts';

export interface Kind<T> {
  readonly schema: z.ZodType<T>;
  /** Ends "… must be". */
  readonly must: string;
  /** Of text from the environment (or a quoted value in the file); what it makes is checked by `schema`. */
  readonly fromText: (text: string) => unknown;
  /** Never shown. */
  readonly secret: boolean;
}

const asItIs = (text: string): string => text;

export function text(must = 'text', check: (text: string) => boolean = () => true): Kind<string> {
  const schema = z
    .string()
    .trim()
    .refine((value) => value.length <= 10_000 && !/[\p{Cc}]/u.test(value) && check(value));
  return { schema, must, fromText: asItIs, secret: false };
}

/** Not trimmed: a password may end with a space. */
export function secret(must = 'text in quotes'): Kind<Secret> {
  const schema = z
    .string()
    .max(10_000)
    .transform((value) => new Secret(value));
  return { schema, must, fromText: asItIs, secret: true };
}

/** Several lines allowed. */
export const lines = (must: string): Kind<string> => ({
  schema: z.string().trim().max(100_000),
  must,
  fromText: asItIs,
  secret: false,
});

export const whole = (least: number, most: number): Kind<number> => ({
  schema: z.number().int().min(least).max(most),
  must: `a whole number from ${least} to ${most}`,
  fromText: numberFrom,
  secret: false,
});

export const degrees = (most: number): Kind<number> => ({
  schema: z.number().min(-most).max(most),
  must: `degrees from -${most} to ${most}, with a point before the decimals`,
  fromText: numberFrom,
  secret: false,
});

/** Text that is no number stays text, so that the check refuses it. */
function numberFrom(value: string): unknown {
  const number = Number(value);
  return value.trim() === '' || Number.isNaN(number) ? value : number;
}

const words: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['on', true],
  ['yes', true],
  ['1', true],
  ['false', false],
  ['off', false],
  ['no', false],
  ['0', false],
]);

export const yesNo: Kind<boolean> = {
  schema: z.boolean(),
  must: 'true or false',
  fromText: (value) => words.get(value.trim().toLowerCase()) ?? value,
  secret: false,
};

export const oneOf = <const W extends string>(...choices: readonly W[]): Kind<W> => ({
  schema: z.enum(choices as readonly [W, ...W[]]),
  must: `one of ${choices.join(', ')}`,
  fromText: (value) => value.trim().toLowerCase(),
  secret: false,
});

const id = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}]*$/u);

/** A list of ids; each once. */
export const ids = (must: string): Kind<readonly string[]> => ({
  schema: z
    .array(id)
    .max(10_000)
    .transform((list) => [...new Set(list)]),
  must,
  fromText: listFrom,
  secret: false,
});

const place = z.enum(['home', 'elsewhere']);
export type Places = Readonly<Record<string, z.infer<typeof place>>>;

/** `{"id": "home"}`, or `[{"charger": "id", "place": "home"}]` as Home Assistant's form writes it, or `id=home,other=elsewhere`. */
export const places: Kind<Places> = {
  schema: z
    .union([
      z.array(z.object({ charger: id, place })).max(10_000),
      z
        .record(z.string(), z.unknown())
        .transform((value) => Object.entries(value).map(([charger, where]) => ({ charger, place: where }))),
    ])
    .pipe(z.array(z.object({ charger: id, place })))
    // The same charger at two places is a contradiction, not a choice of ours.
    .refine(
      (list) =>
        new Set(list.map((entry) => entry.charger)).size ===
        new Set(list.map((entry) => `${entry.place} ${entry.charger}`)).size,
    )
    .transform((list) => Object.fromEntries(list.map((entry) => [entry.charger, entry.place]))),
  must: 'each charger\'s id once with home or elsewhere, such as {"<id>": "home"}',
  fromText: (value) => {
    const list = listFrom(value);
    if (!Array.isArray(list)) return list;
    return list.map((entry: unknown) => {
      const at = typeof entry === 'string' ? entry.lastIndexOf('=') : -1;
      return at < 0
        ? entry
        : {
            charger: String(entry).slice(0, at),
            place: String(entry)
              .slice(at + 1)
              .trim(),
          };
    });
  },
  secret: false,
};

/** JSON when it looks so, else separated by commas. */
function listFrom(value: string): unknown {
  const trimmed = value.trim();
  if (!trimmed.startsWith('[') && !trimmed.startsWith('{'))
    return trimmed.split(',').filter((part) => part.trim() !== '');
  try {
    return JSON.parse(trimmed);
  } catch {
    return trimmed;
  }
}
