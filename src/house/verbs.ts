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

/** Everything that is believed, without what identifies a person or a car: no VIN, serial, coordinates. Secrets never get here. */
function diagnosticsOf({ loop, settings }: Asked): unknown {
  const site = loop.site();
  const tables = tableNames.map((name) => [name, Object.fromEntries(site[name])] as const);
  return redacted({ version, settings, tables: Object.fromEntries(tables) });
}

const personal: ReadonlySet<string> = new Set(['serial', 'latitude', 'longitude', 'home', 'odometer']);

function redacted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redacted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, inner]) => [
    key,
    personal.has(key) && inner !== null ? '[redacted]' : redacted(inner),
  ]);
  return Object.fromEntries(entries);
}
