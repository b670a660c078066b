// The form of every answer (design 7.2): on `bridge/response/…`, and of the page's API.
import type { Reason } from '../domain/telling/reason.ts';
import type { UserError } from '../kernel/errors.ts';
import type { Transaction } from './verbs.ts';

export interface Fault {
  readonly code: string;
  readonly message: string;
  readonly field?: string;
}

/** What became of an order, as the loop replies. */
interface Outcome {
  readonly command: string | null;
  readonly reason: Reason | null;
  readonly sentence: string | null;
  readonly field: string | null;
}

const echoed = (transaction: Transaction | undefined): object => (transaction === undefined ? {} : { transaction });

export const okAnswer = (data: unknown, transaction: Transaction | undefined): string =>
  JSON.stringify({ status: 'ok', data: data ?? {}, ...echoed(transaction) });

/** @param more where it came from, for errors that answer no request; or data that helps to go on */
export const errorAnswer = (error: Fault, transaction: Transaction | undefined, more: object = {}): string =>
  JSON.stringify({ status: 'error', error, ...more, ...echoed(transaction) });

export const faultOfError = ({ code, message, field }: UserError): Fault => ({
  code,
  message,
  ...(field === undefined ? {} : { field }),
});

export function faultOfOutcome({ reason, sentence, field }: Outcome): Fault {
  const code = reason?.code ?? 'refused';
  return { code, message: sentence ?? code, ...(field === null ? {} : { field }) };
}

export const dataOfOutcome = ({ command, reason, sentence }: Outcome): object => ({
  command,
  reason: reason?.code ?? null,
  message: sentence,
});
