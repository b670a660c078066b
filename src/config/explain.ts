// What is wrong with an option, in one sentence a person can act on. Values of secrets are never in it.
import { UserError } from '../kernel/errors.ts';
import { nearest } from './nearest.ts';
import { type Option, optionNames } from './options.ts';
import type { Given } from './sources.ts';

/** `requests_per_day must be a whole number from 50 to 1000000, not "many".` */
export function explainWrong(name: string, option: Option<unknown>, given: Given): UserError {
  const shown = option.kind.secret ? '' : `, not ${shownOf(given.value)}`;
  return new UserError(`${given.label} must be ${option.kind.must}${shown}.`, { field: name });
}

export function explainUnknown(name: string, given: Given): string {
  const meant = nearest(name, optionNames);
  const label = given.label === name ? meant : `${given.label.slice(0, -name.length)}${meant?.toUpperCase()}`;
  const rest = meant === null ? 'see the list of options in the documentation' : `did you mean ${label}?`;
  return `${shownOf(given.label).slice(1, -1)} is not an option and is ignored; ${rest}${rest.endsWith('?') ? '' : '.'}`;
}

/** Cut, and on one line: a list may hold a thousand entries. */
function shownOf(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}
