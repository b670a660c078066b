// The questions that are about the daemon, not about an asset: diagnostics without secrets, and the log level.

import type { Settings } from '../domain/settings.ts';
import { tableNames } from '../domain/site.ts';
import type { HouseLog, LogLevel } from '../kernel/log.ts';
import type { Loop } from '../loop/loop.ts';
import { version } from './version.ts';

export interface Asked {
  readonly loop: Loop;
  readonly log: HouseLog;
  readonly settings: Settings;
}

export function answerVerb(
  verb: 'diagnostics' | 'log_level',
  data: Readonly<Record<string, unknown>>,
  asked: Asked,
): unknown {
  if (verb === 'diagnostics') return diagnosticsOf(asked);
  asked.log.setLevel(data.level as LogLevel);
  return { level: asked.log.level() };
}

/** Everything that is believed, without what identifies a person or a car: no VIN, name, coordinates; ids and users get other names. */
function diagnosticsOf({ loop, settings }: Asked): unknown {
  const site = loop.site();
  const tables = tableNames.map((name) => [name, Object.fromEntries(site[name])] as const);
  const alias = new Map<string, string>();
  for (const kind of ['vehicle', 'charger'] as const)
    for (const [at, id] of [...site[kind].keys()].sort().entries()) alias.set(id, `${kind}-${at + 1}`);
  const users = new Map(settings.users.map((user, at) => [user, `user-${at + 1}`]));
  return redacted({ version, settings, tables: Object.fromEntries(tables) }, alias, users);
}

const personal: ReadonlySet<string> = new Set(['name', 'serial', 'latitude', 'longitude', 'home', 'odometer']);

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
