// The contract between the Enode adapter and a cloud: everything is read once through the adapter, and what it said of the answers
// is kept beside the answers themselves. The same for the simulator and for Enode's own sandbox.
import type { Fact, LookSubject } from '../../src/domain/fact.ts';
import { createEnode, type Enode } from '../../src/enode/client.ts';
import type { Fetch } from '../../src/enode/http.ts';
import { createOddities } from '../../src/enode/oddities.ts';
import type { EnodeSettings } from '../../src/enode/settings.ts';
import { createWire, type Wire } from '../../src/enode/wire.ts';
import type { Clock } from '../../src/kernel/clock.ts';
import { type Log, silentLog } from '../../src/kernel/log.ts';

/** What kinds of elements the adapter reads, and at which paths they come. */
const places: readonly (readonly [keyof Wire, RegExp])[] = [
  ['action', /\/(vehicles|chargers)\/(actions\/[^/]+(\/cancel)?|[^/]+\/charging)$/],
  ['vehicle', /\/vehicles$/],
  ['charger', /\/chargers(\/[^/]+)?$/],
  ['location', /\/locations$/],
  ['schedule', /\/schedules$/],
  ['smartCharging', /\/smart-charging-status$/],
  ['intervention', /\/interventions$/],
  ['user', /\/users\/[^/]+$/],
  ['vendor', /\/integrations$/],
  ['link', /\/(link|relink)$/],
];

export interface Contract {
  readonly enode: Enode;
  readonly facts: readonly Fact[];
  /** What the adapter found strange, one line each. */
  readonly told: readonly string[];
  /** Elements of the answers with status 200, as they came. */
  readonly elements: ReadonlyMap<keyof Wire, readonly unknown[]>;
  /** Every look there is, one after the other; resolves to those that did not end well. */
  readAll(users: readonly string[]): Promise<readonly string[]>;
  look(subject: LookSubject): Promise<boolean>;
  /** Resolves with the fact that `begin` brings about. */
  after<K extends Fact['kind']>(kind: K, begin: () => void): Promise<Extract<Fact, { kind: K }>>;
  stop(): Promise<void>;
}

export function contractWith(cloud: {
  settings: EnodeSettings;
  users: readonly string[];
  clock: Clock;
  fetch: Fetch;
}): Contract {
  const facts: Fact[] = [];
  const told: string[] = [];
  const elements = new Map<keyof Wire, unknown[]>();
  const waiting: { kind: Fact['kind']; met: (fact: Fact) => void }[] = [];
  const keep = (text: string): void => void told.push(text);
  const log: Log = { ...silentLog, info: keep, warn: keep, error: keep };
  const fetch: Fetch = async (url, init) => {
    const response = await cloud.fetch(url, init);
    const kind = places.find(([, path]) => path.test(new URL(url).pathname))?.[0];
    if (kind === undefined || response.status !== 200) return response;
    const body = (await response.clone().json()) as { data?: unknown };
    const found = Array.isArray(body) ? body : Array.isArray(body.data) ? body.data : [body];
    elements.set(kind, [...(elements.get(kind) ?? []), ...found]);
    return response;
  };
  const enode = createEnode({
    settings: cloud.settings,
    users: cloud.users,
    language: 'en',
    clock: cloud.clock,
    log,
    fetch,
    tell: (fact) => {
      facts.push(fact);
      for (const one of waiting.splice(0)) {
        if (one.kind === fact.kind) one.met(fact);
        else waiting.push(one);
      }
    },
  });
  const after = <K extends Fact['kind']>(kind: K, begin: () => void): Promise<Extract<Fact, { kind: K }>> =>
    new Promise((resolve) => {
      waiting.push({ kind, met: (fact) => resolve(fact as Extract<Fact, { kind: K }>) });
      begin();
    });
  const look = async (subject: LookSubject): Promise<boolean> =>
    (await after('look_ended', () => enode.look(subject, 100))).ok;
  return {
    enode,
    facts,
    told,
    elements,
    look,
    after,
    readAll: async (users) => {
      const failed: string[] = [];
      const plain = ['vehicles', 'chargers', 'users', 'locations', 'interventions', 'vendors'] as const;
      for (const subject of plain.map((kind): LookSubject => ({ kind })))
        if (!(await look(subject))) failed.push(subject.kind);
      const cars = facts.flatMap((fact) => (fact.kind === 'vehicle_reported' ? [fact.report] : []));
      for (const user of users) {
        const vehicles = [...new Set(cars.filter(({ userId }) => userId === user).map(({ id }) => id))];
        if (!(await look({ kind: 'schedules', user, vehicles }))) failed.push('schedules');
      }
      return failed;
    },
    stop: () => enode.stop(),
  };
}

/** Paths that the adapter asks for in elements of a kind, and that none of them has. */
export function missingFields(kind: keyof Wire, elements: readonly unknown[]): string[] {
  const asked = new Set<string>();
  const there = new Set<string>();
  const watched = (value: unknown, path: string): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    return new Proxy(value, {
      get: (target, key) => {
        const inner: unknown = Reflect.get(target, key);
        if (typeof key !== 'string' || Array.isArray(target)) return inner;
        if (inner === undefined) asked.add(`${path}.${key}`);
        else there.add(`${path}.${key}`);
        return watched(inner, `${path}.${key}`);
      },
    });
  };
  const read = createWire(createOddities(silentLog))[kind];
  for (const element of elements) read(watched(element, kind));
  return [...asked].filter((path) => !there.has(path)).sort();
}

/** Each leaf of a document: its path and a changer that puts another value of the same kind there. */
export function leavesOf(
  value: unknown,
  path = '',
): { readonly path: string; readonly changed: (root: unknown) => unknown }[] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, path === '' ? key : `${path}.${key}`));
  }
  return [{ path, changed: (root) => withChanged(root, path.split('.')) }];
}

function withChanged(root: unknown, [key, ...rest]: readonly string[]): unknown {
  const held = root as Record<string, unknown>;
  const inner = held[key!];
  return { ...held, [key!]: rest.length > 0 ? withChanged(inner, rest) : another(inner) };
}

function another(value: unknown): unknown {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value === 1 ? 2 : 1;
  if (Array.isArray(value)) return [...value, 'one-more'];
  if (typeof value !== 'string') return value;
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return '2026-01-01T00:00:00.000Z';
  return value.startsWith('PLUGGED_IN:') ? 'UNPLUGGED' : `${value}-2`;
}
