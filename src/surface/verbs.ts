// The verbs of `bridge/request/<verb>` (the page offers the same): JSON in, an order or a question to the daemon out.
import { z } from 'zod';
import type { Mode } from '../domain/choice/mode.ts';
import type { Policy } from '../domain/choice/policy.ts';
import type { Order } from '../domain/fact.ts';
import { UserError } from '../kernel/errors.ts';

/** Longest request, bytes: nothing sensible comes near it, and JSON.parse of more would hold the loop. */
export const MOST_REQUEST_BYTES = 64 * 1024;
/** Longest echoed transaction, characters. */
export const MOST_TRANSACTION = 200;

export type Transaction = string | number;

const assetId = z.string().min(1).max(100);
const none = z.strictObject({});
/** As an object, so that the compiler says when one is missing. */
const modes: Readonly<Record<Mode, Mode>> = {
  manual: 'manual',
  off: 'off',
  now: 'now',
  schedule: 'schedule',
  solar: 'solar',
  min_solar: 'min_solar',
};
const policies = ['optional', 'mandatory_unreliable', 'mandatory_incapable'] as const satisfies readonly Policy[];
const levels = ['debug', 'info', 'warn', 'error'] as const;
const userId = z.string().min(1).max(100);
/** Enode's code of a brand, in capitals (`KIA`, `TESLA`); others may come any day. */
const vendor = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9_-]{1,60}$/);
/** Ours, or Enode's own names for the language of its pages. */
const linkLanguages =
  'en de browser da-DK de-DE en-US en-GB es-ES fi-FI fr-FR it-IT nb-NO nl-NL nl-BE pt-PT ro-RO sv-SE'.split(' ');
const language = z.enum(linkLanguages as [string, ...string[]]);
/** Where Enode's pages send the browser in the end. */
const redirect = z.string().min(1).max(500);

const schemas = {
  /** `announce`: tell Home Assistant again of devices that somebody deleted there. */
  refresh: z.strictObject({ announce: z.boolean().optional() }),
  command: z.strictObject({
    id: assetId,
    command: z.enum(['start', 'stop']),
    route: z.enum(['vehicle', 'charger', 'enode']).optional(),
    anywhere: z.boolean().optional(),
  }),
  cancel: z.strictObject({ id: assetId }),
  mode: z.strictObject({ id: assetId, mode: z.enum(modes) }),
  resume: z.strictObject({ id: assetId }),
  forget: z.strictObject({ id: assetId }),
  allow_charger_commands: z.strictObject({ on: z.boolean() }),
  dismiss_prompt: z.strictObject({ id: assetId }),
  no_compatible_charger: z.strictObject({ id: assetId }),
  /** `brand`: Enode's vendor code, or `*` for every brand without its own. */
  set_policy: z.strictObject({
    brand: z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^(?:\*|[A-Z0-9_-]{1,40})$/),
    policy: z.enum(policies),
  }),
  /** `both`: for a brand that has both, in one go. */
  link: z.strictObject({
    type: z.enum(['vehicle', 'charger', 'both']),
    user: userId.optional(),
    vendor: vendor.optional(),
    language: language.optional(),
    redirect_uri: redirect.optional(),
  }),
  relink: z.strictObject({ id: assetId, language: language.optional(), redirect_uri: redirect.optional() }),
  /** `all`: every kind of device in the account. Without `confirm` it only tells what it would do. */
  unlink: z.strictObject({ id: assetId, all: z.boolean().optional(), confirm: z.boolean().optional() }),
  place_charger: z.strictObject({
    id: assetId,
    place: z.enum(['home', 'elsewhere']),
    name: z.string().trim().min(1).max(100).optional(),
    latitude: z.number().min(-90).max(90).optional(),
    longitude: z.number().min(-180).max(180).optional(),
    time_zone: z.string().min(1).max(64).optional(),
  }),
  /** Every user's devices with the step that is open, and the brands with their policies. */
  onboarding: none,
  /** Both hold until the next unplug. `on: false` takes back what was said of this charger. */
  confirm_pair: z.strictObject({ vehicle: assetId, charger: assetId }),
  guest: z.strictObject({ charger: assetId, on: z.boolean().optional() }),
  diagnostics: none,
  log_level: z.strictObject({ level: z.enum(levels) }),
} as const;

export type Verb = keyof typeof schemas;
export const verbs = Object.keys(schemas) as readonly Verb[];

export type Request =
  /** For the loop: becomes a `commanded` fact. */
  | { readonly kind: 'order'; readonly subject: string; readonly order: Order; readonly announce: boolean }
  /** For the daemon around it. */
  | { readonly kind: 'question'; readonly question: Question };

/** What is answered around the loop, with its checked fields. */
export type Question = { [V in QuestionVerb]: { readonly verb: V; readonly data: DataOf<V> } }[QuestionVerb];
export type DataOf<V extends Verb> = z.infer<(typeof schemas)[V]>;

type QuestionVerb = 'diagnostics' | 'onboarding' | 'log_level' | 'link' | 'relink' | 'unlink' | 'place_charger';

export type ParsedRequest = { readonly transaction: Transaction | undefined } & (
  | { readonly ok: true; readonly request: Request }
  | { readonly ok: false; readonly error: UserError }
);

/** Never throws. An empty payload is an empty object. The transaction comes back even with an error, where it could be read. */
export function parseRequest(verb: string, payload: Uint8Array | string): ParsedRequest {
  let transaction: Transaction | undefined;
  try {
    const document = objectOf(payload);
    const { transaction: given, ...data } = document;
    transaction = transactionOf(given);
    return { ok: true, request: requestOf(verb, data), transaction };
  } catch (thrown) {
    const error =
      thrown instanceof UserError ? thrown : new UserError('The request was not understood; send a JSON object.');
    return { ok: false, error, transaction };
  }
}

function objectOf(payload: Uint8Array | string): Record<string, unknown> {
  if (payload.length > MOST_REQUEST_BYTES) {
    throw new UserError(`The request is too large; send at most ${MOST_REQUEST_BYTES / 1024} kB.`, {
      code: 'too_large',
      field: 'payload',
    });
  }
  let document: unknown;
  try {
    const text = typeof payload === 'string' ? payload : new TextDecoder('utf-8', { fatal: true }).decode(payload);
    document = text.trim() === '' ? {} : JSON.parse(text);
  } catch {
    throw new UserError('The request is not valid JSON; send an object such as {"transaction": "1"}.', {
      code: 'bad_json',
      field: 'payload',
    });
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new UserError('The request is not a JSON object; send one such as {"transaction": "1"}.', {
      code: 'bad_json',
      field: 'payload',
    });
  }
  return document as Record<string, unknown>;
}

function transactionOf(given: unknown): Transaction | undefined {
  if (given === undefined || given === null) return undefined;
  if (typeof given === 'number') return given;
  if (typeof given === 'string' && given.length <= MOST_TRANSACTION) return given;
  throw new UserError(`transaction: send a number, or a text of at most ${MOST_TRANSACTION} characters.`, {
    field: 'transaction',
  });
}

function requestOf(verb: string, data: Record<string, unknown>): Request {
  switch (verb) {
    case 'refresh': {
      const { announce = false } = checked('refresh', data);
      return { kind: 'order', subject: 'site', order: { kind: 'refresh' }, announce };
    }
    case 'command': {
      const { id, command, route, anywhere = false } = checked('command', data);
      const way = route === undefined || route === 'enode' ? null : route;
      return order(id, { kind: 'charging', want: command, anywhere, route: way });
    }
    case 'cancel':
      return order(checked('cancel', data).id, { kind: 'cancel' });
    case 'mode': {
      const { id, mode } = checked('mode', data);
      return order(id, { kind: 'mode', mode });
    }
    case 'resume':
      return order(checked('resume', data).id, { kind: 'resume' });
    case 'forget':
      return order(checked('forget', data).id, { kind: 'forget' });
    case 'allow_charger_commands':
      return order('site', { kind: 'allow_charger_commands', on: checked('allow_charger_commands', data).on });
    case 'dismiss_prompt':
    case 'no_compatible_charger':
      return order(checked(verb, data).id, { kind: verb });
    case 'set_policy':
      return order('site', { kind: 'policy', ...checked('set_policy', data) });
    case 'confirm_pair': {
      const { vehicle, charger } = checked('confirm_pair', data);
      return order(charger, { kind: 'correct_pair', vehicle });
    }
    case 'guest': {
      const { charger, on = true } = checked('guest', data);
      return order(charger, on ? { kind: 'correct_pair', vehicle: null } : { kind: 'withdraw_correction' });
    }
    case 'diagnostics':
      return question({ verb, data: checked(verb, data) });
    case 'onboarding':
      return question({ verb, data: checked(verb, data) });
    case 'log_level':
      return question({ verb, data: checked(verb, data) });
    case 'link':
      return question({ verb, data: checked(verb, data) });
    case 'relink':
      return question({ verb, data: checked(verb, data) });
    case 'unlink':
      return question({ verb, data: checked(verb, data) });
    case 'place_charger':
      return question({ verb, data: checked(verb, data) });
    default:
      throw new UserError(`There is no request "${verb.slice(0, 60)}"; use one of: ${verbs.join(', ')}.`, {
        code: 'unknown_verb',
        field: 'verb',
      });
  }
}

const question = (asked: Question): Request => ({ kind: 'question', question: asked });

const order = (subject: string, wanted: Order): Request => ({ kind: 'order', subject, order: wanted, announce: false });

function checked<V extends Verb>(verb: V, data: Record<string, unknown>): z.infer<(typeof schemas)[V]> {
  const result = schemas[verb].safeParse(data);
  if (result.success) return result.data as z.infer<(typeof schemas)[V]>;
  throw faultOf(result.error.issues[0]!, Object.keys(schemas[verb].shape));
}

/** zod's first finding in our words: field and remedy. */
function faultOf(issue: z.core.$ZodIssue, known: readonly string[]): UserError {
  if (issue.code === 'unrecognized_keys') {
    const field = (issue.keys[0] ?? '').slice(0, 60);
    const remedy = known.length === 0 ? 'leave it out' : `known are: ${known.join(', ')}`;
    return new UserError(`${field}: this request has no such field; ${remedy}.`, { field });
  }
  const field = issue.path.map(String).join('.');
  return new UserError(`${field}: ${needed(issue, field)}.`, { field });
}

/** What a field takes, where its type alone does not say it. */
const takes: Readonly<Record<string, string>> = {
  id: 'send the id of a vehicle or charger, as it stands in its topics',
  vehicle: 'send the id of a vehicle, as it stands in its topics',
  charger: 'send the id of a charger, as it stands in its topics',
  user: 'send one of the Enode user ids of the option users',
  vendor: "send Enode's code of a brand, such as TESLA",
  brand: "send Enode's code of a brand, such as TESLA, or *",
  redirect_uri: 'send an address of at most 500 characters',
  name: 'send a name of at most 100 characters',
  latitude: 'send degrees from -90 to 90, north positive',
  longitude: 'send degrees from -180 to 180, east positive',
  time_zone: 'send the name of a time zone such as Europe/Berlin',
};

function needed(issue: z.core.$ZodIssue, field: string): string {
  if (issue.code === 'invalid_value') return `send one of: ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'invalid_type') {
    if (issue.expected === 'boolean') return 'send true or false';
    if (issue.expected === 'number') return 'send a number';
  }
  return takes[field] ?? 'send a text';
}
