// What is answered around the loop: diagnostics without secrets, the log level, and requests about accounts and places.

import type { Settings } from '../domain/settings.ts';
import { tableNames } from '../domain/site.ts';
import { describeOnboarding } from '../domain/telling/onboarding.ts';
import type { HouseLog } from '../kernel/log.ts';
import type { Loop } from '../loop/loop.ts';
import type { Question } from '../surface/verbs.ts';
import { type AskingParts, createQueue } from './asking.ts';
import { link, relink } from './linking.ts';
import { placeCharger } from './placing.ts';
import { unlink } from './unlinking.ts';
import { version } from './version.ts';

export interface Answering {
  readonly loop: Pick<Loop, 'site'>;
  readonly log: HouseLog;
  readonly settings: Settings;
  readonly asking: AskingParts;
  /** Deliveries taken and refused in this run; null = no webhooks. */
  readonly webhooks: () => unknown;
}

/** @returns what answers a question; it throws or rejects with a UserError where the asker must act */
export function createAnswers(parts: Answering): (question: Question) => unknown {
  const { log, asking } = parts;
  const queue = createQueue(asking);
  return ({ verb, data }) => {
    switch (verb) {
      case 'diagnostics':
        return diagnosticsOf(parts);
      case 'onboarding':
        return describeOnboarding(asking.view(), asking.say, asking.now());
      case 'log_level':
        log.setLevel(data.level);
        return { level: log.level() };
      case 'link':
        return queue(() => link(asking, data));
      case 'relink':
        return queue(() => relink(asking, data));
      case 'unlink':
        return queue(() => unlink(asking, data));
      case 'place_charger':
        return queue(() => placeCharger(asking, data));
      default:
        return verb satisfies never;
    }
  };
}

/** Everything that is believed, without what identifies a person or a car: no VIN, name, coordinates; ids and users get other names. */
function diagnosticsOf({ loop, settings, webhooks }: Pick<Answering, 'loop' | 'settings' | 'webhooks'>): unknown {
  const site = loop.site();
  const tables = tableNames.map((name) => {
    // Its keys are serial numbers.
    return [name, name === 'twin' ? [...site.twin.values()] : Object.fromEntries(site[name])] as const;
  });
  const alias = new Map<string, string>();
  for (const kind of ['vehicle', 'charger'] as const)
    for (const [at, id] of [...site[kind].keys()].sort().entries()) alias.set(id, `${kind}-${at + 1}`);
  const users = new Map(settings.users.map((user, at) => [user, `user-${at + 1}`]));
  // The book of brands is long, and not of this home: its day tells which one it is.
  const shown = { ...settings, brands: settings.brands.date };
  const document = { version, settings: shown, webhooks: webhooks(), tables: Object.fromEntries(tables) };
  return redacted(document, alias, users);
}

const personal: ReadonlySet<string> = new Set([
  'name',
  'serial',
  'latitude',
  'longitude',
  'home',
  'odometer',
  'url',
  'webhookUrl',
]);

/** @param alias what stands for an id, also inside of longer texts @param users what stands for a user, as a whole text only */
function redacted(value: unknown, alias: ReadonlyMap<string, string>, users: ReadonlyMap<string, string>): unknown {
  const textOf = (text: string): string => {
    let known = users.get(text) ?? text;
    for (const [id, other] of alias) known = known.replaceAll(id, other);
    return known;
  };
  const walk = (inner: unknown): unknown => {
    if (typeof inner === 'string') return textOf(inner);
    if (Array.isArray(inner)) return inner.map(walk);
    if (inner === null || typeof inner !== 'object') return inner;
    const entries = Object.entries(inner).map(([key, its]) => [
      textOf(key),
      personal.has(key) && its !== null ? '[redacted]' : walk(its),
    ]);
    return Object.fromEntries(entries);
  };
  return walk(value);
}
