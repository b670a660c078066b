// What a person asked of the cloud and waits for: it worked, or why it did not, in the three ways that call for different words.
import type { Wanted } from './call.ts';
import type { Outcome, Reading, Reply } from './exchange.ts';
import type { Looking } from './looks.ts';

/** Enode said no. */
export interface Refusal {
  readonly kind: 'refused';
  readonly status: number;
  readonly title: string | null;
  readonly detail: string | null;
}

/** `unsent`: certainly nothing happened. `doubtful`: it may have. */
export type Fault = Refusal | { readonly kind: 'unsent' | 'doubtful'; readonly why: string };

export type Asked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault };

type Request = Omit<Wanted, 'kind' | 'urgent'>;

/** One request at once, counted with all others. */
export async function askFor<T>(its: Looking, request: Request, read: Reading<T>): Promise<Asked<T>> {
  return askedOf(await its.call({ ...request, kind: 'linking', urgent: true }, read));
}

export function askedOf<T>(outcome: Outcome<T>): Asked<T> {
  if (outcome.kind !== 'answered') return { ok: false, fault: { kind: outcome.kind, why: outcome.why } };
  const { reply, value, why } = outcome;
  if (value !== null) return { ok: true, value };
  return { ok: false, fault: isRefusal(reply) ? refusalOf(reply) : { kind: 'doubtful', why } };
}

const isRefusal = ({ status }: Reply): boolean => status >= 400 && status < 500 && status !== 408;

const refusalOf = ({ status, title, detail }: Reply): Refusal => ({ kind: 'refused', status, title, detail });
