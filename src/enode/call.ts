// A request to the API with its token: a clean 401 was not executed, so it gets one new token and one more try, commands too.
import type { RequestEnded } from '../domain/fact.ts';
import type { Exchange, Outcome, Reading } from './exchange.ts';
import type { HttpRequest } from './http.ts';
import type { EnodeSettings } from './settings.ts';
import type { Token } from './token.ts';

/** Pairing needs this version or a later one; with it, enums are open (reference, "API version"). */
const API_VERSION = '2024-10-01';

export interface Wanted {
  readonly kind: RequestEnded['kind'];
  readonly method: HttpRequest['method'];
  /** Below the API's address, with its query; parts already encoded. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** A person waits for it: worth a token request even after refused credentials. */
  readonly urgent?: boolean;
}

/** `unsent` also when there is no token. Never rejects. */
export type Call = <T>(wanted: Wanted, read: Reading<T>) => Promise<Outcome<T>>;

export function createCall(settings: EnodeSettings, token: Token, exchange: Exchange): Call {
  return async (wanted, read) => {
    const urgent = wanted.urgent === true;
    // Without a turn of microtasks where there is a token: a command's request leaves before the look that asked for it goes on.
    const held = token.held();
    const first = held === null ? await token.get(urgent) : ({ ok: true, value: held } as const);
    if (!first.ok) return { kind: 'unsent', why: first.why };
    const outcome = await exchange(wanted.kind, requestOf(settings, wanted, first.value), read);
    if (outcome.kind !== 'answered' || outcome.reply.status !== 401) return outcome;
    token.spoil(first.value);
    const second = await token.get(urgent);
    if (!second.ok) return { kind: 'unsent', why: second.why };
    return exchange(wanted.kind, requestOf(settings, wanted, second.value), read);
  };
}

function requestOf(settings: EnodeSettings, wanted: Wanted, token: string): HttpRequest {
  const headers: Record<string, string> = {
    authorization: `Bearer ${token}`,
    accept: 'application/json',
    'enode-version': API_VERSION,
    'user-agent': 'enode2mqtt',
  };
  if (wanted.body !== undefined) headers['content-type'] = 'application/json';
  return {
    method: wanted.method,
    url: settings.apiUrl + wanted.path,
    headers,
    body: wanted.body === undefined ? null : JSON.stringify(wanted.body),
  };
}
