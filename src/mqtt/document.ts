// The state document of a device: flat, whole, every key of the contract always there, null = unknown.
import type { Portrait, PortraitValue } from '../domain/telling/portrait.ts';
import { stateKeys } from '../surface/keys.ts';
import { cut } from '../words/cut.ts';

/** @param more keys beside the portrait's own (bridge/info) */
export function documentOf({ kind, state }: Portrait, more: Readonly<Record<string, PortraitValue>> = {}): string {
  const document: Record<string, PortraitValue> = {};
  for (const key of stateKeys[kind]) document[key] = null;
  for (const key in state) document[key] = shown(state[key]);
  for (const key in more) document[key] = shown(more[key]);
  return JSON.stringify(document);
}

/** A text over 255 code points would be refused, an endless number is not JSON. */
function shown(value: PortraitValue | undefined): PortraitValue {
  if (typeof value === 'string') return cut(value);
  return value === undefined || (typeof value === 'number' && !Number.isFinite(value)) ? null : value;
}
