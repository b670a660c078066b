// Faults that tests and the control API switch on: what goes wrong, where, for how long or how often.
import type { WorldClock } from '../../kernel/clock.ts';

const faultKinds = [
  'down',
  'slow',
  'status',
  'malformed',
  'unknownValues',
  'loseAction',
  'failAction',
  'webhooks',
  'expireTokens',
  'outage',
  'lockAccount',
  'credentials',
] as const;
type FaultKind = (typeof faultKinds)[number];
export type WebhookFault = 'late' | 'twice' | 'outOfOrder' | 'lost';

export interface Fault {
  readonly kind: FaultKind;
  readonly until: number | null;
  left: number | null;
  readonly path: string | null;
  /** `slow`: seconds until the answer; `webhooks` late: seconds more. */
  readonly delay: number;
  readonly status: number;
  readonly retryAfter: number | null;
  readonly mode: WebhookFault;
  readonly as: 'json' | 'html';
  /** `outage`: vendor; `lockAccount`, `credentials`: account id or user name. */
  readonly subject: string | null;
}

export interface Faults {
  /** Throws RangeError naming the field. */
  add(fault: Readonly<Record<string, unknown>>): Fault;
  clear(): void;
  /** The first live fault of `kind` that fits; using it up by one. */
  take(kind: FaultKind, path: string): Fault | undefined;
  /** Like `take`, without using it up. */
  has(kind: FaultKind, subject: string): boolean;
}

const FIELDS = ['kind', 'seconds', 'count', 'path', 'delay', 'status', 'retryAfter', 'mode', 'as', 'vendor', 'account'];

export function createFaults(clock: WorldClock): Faults {
  let faults: Fault[] = [];
  const prune = () => {
    const now = clock.now();
    if (faults.length) faults = faults.filter((one) => (one.until === null || now < one.until) && one.left !== 0);
  };
  return {
    add(input) {
      const fault = parse(input, clock.now());
      faults.push(fault);
      return fault;
    },
    clear: () => {
      faults = [];
    },
    take(kind, path) {
      prune();
      const fault = faults.find((one) => one.kind === kind && (one.path === null || path.startsWith(one.path)));
      if (fault && fault.left !== null) fault.left--;
      return fault;
    },
    has(kind, subject) {
      prune();
      return faults.some((one) => one.kind === kind && one.subject?.toLowerCase() === subject.toLowerCase());
    },
  };
}

function parse(input: Readonly<Record<string, unknown>>, now: number): Fault {
  for (const field of Object.keys(input))
    if (!FIELDS.includes(field)) throw new RangeError(`${field}: unknown; use some of ${FIELDS.join(', ')}.`);
  const kind = word(input, 'kind', faultKinds) ?? fail('kind', `must be one of ${faultKinds.join(', ')}`);
  const seconds = number(input, 'seconds', 0, 1e9);
  const needsSubject =
    kind === 'outage' ? 'vendor' : kind === 'lockAccount' || kind === 'credentials' ? 'account' : null;
  const subject = needsSubject ? (text(input, needsSubject) ?? fail(needsSubject, 'is required for this kind')) : null;
  // `slow` has one number that matters: how slow.
  const slow = kind === 'slow' && input.delay === undefined;
  return {
    kind,
    until: seconds === undefined || slow ? null : now + seconds * 1000,
    left: number(input, 'count', 1, 1e9) ?? null,
    path: text(input, 'path') ?? null,
    delay: number(input, 'delay', 0, 1e6) ?? (kind === 'slow' ? (seconds ?? 10) : 120),
    status: number(input, 'status', 400, 599) ?? 500,
    retryAfter: number(input, 'retryAfter', 0, 1e6) ?? null,
    mode: word(input, 'mode', ['late', 'twice', 'outOfOrder', 'lost']) ?? 'lost',
    as: word(input, 'as', ['json', 'html']) ?? 'json',
    subject,
  };
}

function fail(field: string, must: string): never {
  throw new RangeError(`${field}: ${must}.`);
}

function number(input: Readonly<Record<string, unknown>>, field: string, min: number, max: number): number | undefined {
  const value = input[field];
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !(value >= min && value <= max))
    fail(field, `must be a number from ${min} to ${max}`);
  return value;
}

function text(input: Readonly<Record<string, unknown>>, field: string): string | undefined {
  const value = input[field];
  if (value === undefined) return undefined;
  return typeof value === 'string' && value !== '' ? value : fail(field, 'must be a text');
}

function word<T extends string>(
  input: Readonly<Record<string, unknown>>,
  field: string,
  words: readonly T[],
): T | undefined {
  const value = input[field];
  if (value === undefined) return undefined;
  return words.includes(value as T) ? (value as T) : fail(field, `must be one of ${words.join(', ')}`);
}
