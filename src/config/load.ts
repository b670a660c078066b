// All options at once: read, checked, explained, and made into what the parts of the house need.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Settings } from '../domain/settings.ts';
import type { EnodeSettings } from '../enode/settings.ts';
import { UserError } from '../kernel/errors.ts';
import { explainUnknown, explainWrong } from './explain.ts';
import { type Option, type OptionName, type Options, optionNames, optionTable } from './options.ts';
import { checkSite, type MqttPieces, toEnode, toMqtt, toSettings, toWebhooks, type WebhookPieces } from './pieces.ts';
import { APP_FILE, type Environment, fromEnvironment, fromFile, fromObject, type Given } from './sources.ts';

export interface Sources {
  /** `--options FILE`; left out = the app's file when there is one; null = none. */
  readonly file?: string | null;
  readonly env: Environment;
  /** What a command sets by itself, over file and environment (the demo). */
  readonly set?: Partial<Record<OptionName, unknown>>;
}

export interface Loaded {
  readonly ok: true;
  readonly options: Options;
  readonly site: Settings;
  readonly enode: EnodeSettings;
  readonly mqtt: MqttPieces;
  /** null = none. */
  readonly webhooks: WebhookPieces | null;
  /** Whole sentences for the log. */
  readonly warnings: readonly string[];
}

export interface NotLoaded {
  readonly ok: false;
  /** At least one; each message is one sentence with its remedy, `field` the option. */
  readonly errors: readonly UserError[];
  readonly warnings: readonly string[];
}

/** Never throws for anything a person wrote. */
export function loadOptions({ file, env, set = {} }: Sources): Loaded | NotLoaded {
  const errors: UserError[] = [];
  const report = (error: UserError): void => {
    // One sentence for each option is enough to act.
    if (!errors.some((earlier) => earlier.field === error.field)) errors.push(error);
  };
  const given = new Map<string, Given>();
  const take = (more: ReadonlyMap<string, Given>): void => {
    for (const [name, one] of more) if (isSaid(one.value)) given.set(name, one);
  };
  try {
    take(fromFile(file));
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown;
    // What else is missing may well be in that file: the rest would be noise.
    return { ok: false, errors: [thrown], warnings: [] };
  }
  take(fromEnvironment(env));
  take(fromObject(set));

  const warnings: string[] = [];
  for (const [name, one] of given) if (!Object.hasOwn(optionTable, name)) warnings.push(explainUnknown(name, one));
  const options = Object.fromEntries(
    optionNames.map((name) => [name, chosen(name, optionTable[name], given.get(name), report)]),
  ) as unknown as Options;
  checkSite(options, report);
  const enode = toEnode(options, report);
  const supervised = Boolean(env.SUPERVISOR_TOKEN);
  const mqtt = toMqtt(options, supervised, report);
  for (const name of ['enode_url', 'oauth_url'] as const) {
    if (options[name] === null || options.environment === 'custom') continue;
    warnings.push(`${name} is ignored: it belongs to environment custom, and environment is ${options.environment}.`);
  }
  if (errors.length > 0 || enode === null) return { ok: false, errors, warnings };
  const webhooks = toWebhooks(options, supervised);
  return { ok: true, options, site: toSettings(options), enode, mqtt, webhooks, warnings };
}

function chosen(
  name: string,
  option: Option<unknown>,
  given: Given | undefined,
  report: (error: UserError) => void,
): unknown {
  if (given === undefined) return option.fallback;
  const { kind } = option;
  const value = typeof given.value === 'string' ? kind.fromText(given.value) : given.value;
  const parsed = kind.schema.safeParse(value);
  if (!parsed.success) {
    report(explainWrong(name, option, given));
    return option.fallback;
  }
  return Array.isArray(parsed.data) && parsed.data.length === 0 ? option.fallback : parsed.data;
}

/** Forms send empty fields as empty text; null says as much. */
const isSaid = (value: unknown): boolean =>
  value !== null && value !== undefined && !(typeof value === 'string' && value.trim() === '');

/** The data folder: `--data`, else ENODE2MQTT_DATA, else the app's /data, else `data` where the program was started. */
export function dataFolder(flag: string | undefined, env: Environment): string {
  return resolve(flag || env.ENODE2MQTT_DATA || (existsSync(APP_FILE) ? '/data' : 'data'));
}
