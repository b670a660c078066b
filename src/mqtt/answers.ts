// The form of every answer on `bridge/response/…` (design 7.2).

import type { UserError } from '../kernel/errors.ts';
import type { Reply } from '../loop/ports.ts';
import type { Transaction } from '../surface/verbs.ts';

export interface Fault {
  readonly code: string;
  readonly message: string;
  readonly field?: string;
}

const echoed = (transaction: Transaction | undefined): object => (transaction === undefined ? {} : { transaction });

export const okAnswer = (data: unknown, transaction: Transaction | undefined): string =>
  JSON.stringify({ status: 'ok', data: data ?? {}, ...echoed(transaction) });

/** @param more where it came from, for errors that answer no request */
export const errorAnswer = (error: Fault, transaction: Transaction | undefined, more: object = {}): string =>
  JSON.stringify({ status: 'error', error, ...more, ...echoed(transaction) });

export const faultOfError = ({ code, message, field }: UserError): Fault => ({
  code,
  message,
  ...(field === undefined ? {} : { field }),
});

export function faultOfReply({ reason, sentence, field }: Reply): Fault {
  const code = reason?.code ?? 'refused';
  return { code, message: sentence ?? code, ...(field === null ? {} : { field }) };
}

export const dataOfReply = ({ command, reason, sentence }: Reply): object => ({
  command,
  reason: reason?.code ?? null,
  message: sentence,
});
