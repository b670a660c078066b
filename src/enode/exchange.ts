// One request, held against the world's clock, read, and told as one `request_ended` fact, however it went.
import type { RequestEnded } from '../domain/fact.ts';
import { type Instant, instant } from '../domain/instant.ts';
import type { WorldClock } from '../kernel/clock.ts';
import type { Tell } from '../loop/ports.ts';
import { type HttpRequest, type Network, STOPPING } from './http.ts';
import { type Redact, shown } from './text.ts';
import { headerTimeOf, retryAtOf } from './times.ts';
import { problemOf } from './wire.ts';

export interface Reply {
  readonly status: number;
  /** The cloud's `Date`; null when it sent none. */
  readonly cloudTime: Instant | null;
  readonly retryAt: Instant | null;
  /** Parsed JSON; undefined when there was none. */
  readonly body: unknown;
  /** The words of an error body, without secrets, bounded. */
  readonly title: string | null;
  readonly detail: string | null;
  /** World time of its arrival. */
  readonly at: Instant;
}

export type Outcome<T> =
  /** `value` null = an answer, but not the wished one; `why` says so. */
  | { readonly kind: 'answered'; readonly reply: Reply; readonly value: T | null; readonly why: string }
  | { readonly kind: 'unsent' | 'doubtful'; readonly why: string };

/** Makes of an answer what was asked for; null = it is something else. */
export type Reading<T> = (reply: Reply) => T | null;

/** @param explain words for an answer that was not understood or not wished, where they can be better than the cloud's own */
export type Exchange = <T>(
  kind: RequestEnded['kind'],
  request: HttpRequest,
  read: Reading<T>,
  explain?: (reply: Reply) => string | null,
) => Promise<Outcome<T>>;

export function createExchange(parts: { network: Network; world: WorldClock; tell: Tell; redact: Redact }): Exchange {
  const { network, world, tell, redact } = parts;
  return async (kind, request, read, explain) => {
    const ended = await world.during(network.request(request));
    if (ended.kind !== 'answered') {
      // After the stop nothing was asked, so there is nothing to count.
      if (ended.why === STOPPING && ended.kind === 'unsent') return { kind: 'unsent', why: STOPPING };
      const why = shown(redact(ended.why));
      tell({ kind: 'request_ended', request: { kind, ok: false, status: null, cloudTime: null, retryAt: null, why } });
      return { kind: ended.kind, why };
    }
    const at = instant(world.now());
    const body = jsonOf(ended.text);
    const { title, detail } = problemOf(body);
    const cloudTime = headerTimeOf(ended.date);
    const words = (text: string | null): string | null => (text === null ? null : shown(redact(text)));
    const reply: Reply = {
      status: ended.status,
      cloudTime,
      retryAt: retryAtOf(ended.retryAfter, at, cloudTime),
      body,
      title: words(title),
      detail: words(detail),
      at,
    };
    const value = read(reply);
    const why = value === null ? (explain?.(reply) ?? problemWords(reply)) : '';
    const { status, retryAt } = reply;
    const ok = value !== null;
    tell({ kind: 'request_ended', request: { kind, ok, status, cloudTime, retryAt, why: ok ? null : why } });
    return { kind: 'answered', reply, value, why };
  };
}

export const isSuccess = (status: number): boolean => status >= 200 && status < 300;

function problemWords({ status, title, detail }: Reply): string {
  if (isSuccess(status)) return `the cloud's answer (HTTP ${status}) could not be read`;
  if (status < 400) return `the cloud sent us elsewhere (HTTP ${status}), which we do not follow`;
  const words = [title, detail].filter((text) => text !== null).join(': ');
  return words === '' ? `the cloud answered HTTP ${status}` : `the cloud answered HTTP ${status}: ${words}`;
}

function jsonOf(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
