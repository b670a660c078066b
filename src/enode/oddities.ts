// What the cloud says that we do not understand is seen once in the log and then passes in silence.
import type { Log } from '../kernel/log.ts';
import { ODDITIES_MOST } from './numbers.ts';
import { shown } from './text.ts';

/** `path` as in Enode's reference (`vehicle.chargeState.batteryLevel`). */
export interface Oddities {
  /** A new word of an open enum (2024-10-01: adding one is no breaking change). */
  word(path: string, value: string): void;
  /** A field nobody told us of. Its value is not shown: it may be personal. */
  field(path: string): void;
  /** A value of the wrong type or out of sense: taken as not reported. */
  value(path: string, value: unknown): void;
  /** An element that could not be read at all: its update is lost. */
  element(path: string, why: string): void;
  /** No more of them are remembered: looking for more is a waste. */
  full(): boolean;
}

export function createOddities(log: Log): Oddities {
  const seen = new Set<string>();
  const once = (key: string, text: string, say: (text: string) => void): void => {
    if (seen.has(key) || seen.size >= ODDITIES_MOST) return;
    seen.add(key);
    say(text);
    if (seen.size === ODDITIES_MOST) log.info('Enode sends very many unknown things: no more of them are told');
  };
  const info = (text: string): void => log.info(text);
  return {
    word: (path, value) =>
      once(`w ${path} ${shown(value, 60)}`, `Enode uses a word we do not know: ${path} is "${shown(value, 60)}"`, info),
    field: (path) => once(`f ${path}`, `Enode sends a field we do not know: ${path}`, info),
    value: (path, value) => {
      const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : kindOf(value);
      once(
        `v ${path} ${typeof value === 'number' ? 'number' : text}`,
        `Enode sends ${path} as ${text}, which makes no sense: taken as not reported`,
        info,
      );
    },
    element: (path, why) =>
      once(`e ${path} ${why}`, `a ${path} of Enode could not be read and is left as it was: ${why}`, (text) =>
        log.warn(text),
      ),
    full: () => seen.size >= ODDITIES_MOST,
  };
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'string' ? 'an odd text' : `a thing of type ${typeof value}`;
}
