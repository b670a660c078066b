// The state document of a device: flat, whole, every key of the contract always there, null = unknown.
import type { Portrait, PortraitKind, PortraitValue } from '../domain/telling/portrait.ts';
import { stateKeys } from '../surface/keys.ts';
import { cut, MOST_STATE_LENGTH } from '../words/cut.ts';

type Document = Readonly<Record<string, PortraitValue>>;

/** @param more keys beside the portrait's own (bridge/info) */
export function documentOf({ kind, state }: Portrait, more: Document | null = null): string {
  // Usually nothing is to be mended, and building a second object of fifty keys costs ten times its JSON.
  if (more === null && isFit(kind, state)) return JSON.stringify(state);
  const document: Record<string, PortraitValue> = {};
  for (const key of stateKeys[kind]) document[key] = null;
  for (const key in state) document[key] = shown(state[key]);
  for (const key in more) document[key] = shown(more[key]);
  return JSON.stringify(document);
}

/** Would both be shown alike? */
export function samePortrait(a: Portrait, b: Portrait): boolean {
  return a.available === b.available && sameValues(a.state, b.state) && sameDevice(a, b) && samePosition(a, b);
}

export const sameDevice = (a: Portrait, b: Portrait): boolean => a.kind === b.kind && sameValues(a.device, b.device);

export const samePosition = ({ position: a }: Portrait, { position: b }: Portrait): boolean =>
  a === null || b === null ? a === b : sameValues(a, b);

export function sameValues(a: Document, b: Document): boolean {
  let more = 0;
  for (const key in b) {
    if (a[key] !== b[key]) return false;
    more++;
  }
  for (const _ in a) more--;
  return more === 0;
}

/** All keys are there, and `shown` would change nothing. */
function isFit(kind: PortraitKind, state: Document): boolean {
  for (const key of stateKeys[kind]) if (state[key] === undefined) return false;
  for (const key in state) {
    const value = state[key];
    if (typeof value === 'string' ? value.length > MOST_STATE_LENGTH : shown(value) !== value) return false;
  }
  return true;
}

/** A text over 255 code points would be refused, an endless number is not JSON. */
function shown(value: PortraitValue | undefined): PortraitValue {
  if (typeof value === 'string') return cut(value);
  return value === undefined || (typeof value === 'number' && !Number.isFinite(value)) ? null : value;
}
