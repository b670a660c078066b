// Where options come from: a file, and the environment over it. Every value remembers how the person knows it.
import { existsSync, readFileSync } from 'node:fs';
import { codeOf, UserError } from '../kernel/errors.ts';
import { faultyPlace } from './json-place.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Given {
  readonly value: unknown;
  /** `users` of a file, `ENODE2MQTT_USERS` of the environment: what the sentence calls it. */
  readonly label: string;
}

/** Home Assistant's Supervisor writes it before each start. */
export const APP_FILE = '/data/options.json';

const PREFIX = 'ENODE2MQTT_';
/** Of the command line's kind: not options, and handled there. */
const elsewhere: ReadonlySet<string> = new Set(['data', 'options']);

/** Values by option name in lower case; names nobody knows are among them. */
export function fromEnvironment(env: Environment): ReadonlyMap<string, Given> {
  const given = new Map<string, Given>();
  for (const [label, value] of Object.entries(env)) {
    if (!label.startsWith(PREFIX) || value === undefined) continue;
    const name = label.slice(PREFIX.length).toLowerCase();
    if (!elsewhere.has(name)) given.set(name, { value, label });
  }
  return given;
}

export const fromObject = (values: object): ReadonlyMap<string, Given> =>
  new Map(Object.entries(values).map(([label, value]) => [label, { value, label }]));

/** @param file undefined = the app's, when there is one; null = none @throws UserError naming `--options` */
export function fromFile(file: string | null | undefined): ReadonlyMap<string, Given> {
  if (file === null || (file === undefined && !existsSync(APP_FILE))) return new Map();
  const path = file ?? APP_FILE;
  const text = textOf(path);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const place = faultyPlace(text);
    const where = place ? ` at line ${place.line}, column ${place.column}` : '';
    throw wrong(`the options file ${path} is not JSON${where}: look there for a missing comma, quote or bracket.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrong(`the options file ${path} holds no object: write it as {"client_id": "…", …}.`);
  }
  return fromObject(value);
}

function textOf(path: string): string {
  try {
    // Editors of Windows put a byte order mark in front.
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (thrown) {
    const code = codeOf(thrown);
    if (code === 'ENOENT')
      throw wrong(`the options file ${path} does not exist: create it, or name another with --options.`);
    const why =
      code === 'EISDIR' ? 'it is a folder' : code === 'EACCES' ? 'access is denied' : (code ?? 'it cannot be read');
    throw wrong(`the options file ${path} cannot be read (${why}): make it readable, or name another with --options.`);
  }
}

const wrong = (message: string): UserError => new UserError(`--options: ${message}`, { field: '--options' });
