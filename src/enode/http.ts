// One HTTP request and how it ended, in the three words that matter here: answered, certainly never sent, or doubtful.
// A reset or a timeout after the request left is doubt, never failure: a doubted command must not be repeated (R4).
import type { WireClock } from '../kernel/clock.ts';
import { codeOf, messageOf } from '../kernel/errors.ts';
import type { WireLimits } from './numbers.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export type Ended =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** As they came; null = absent. */
      readonly date: string | null;
      readonly retryAfter: string | null;
      readonly text: string;
    }
  | { readonly kind: 'unsent' | 'doubtful'; readonly why: string };

/** A way to the cloud. `request` never rejects. `stop` ends what is under way and refuses the rest. */
export interface Network {
  request(request: HttpRequest): Promise<Ended>;
  stop(): Promise<void>;
}

/** The seam for tests and for a cloud in the same process (`app.request` of hono fits). */
export type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string; redirect: 'manual'; signal: AbortSignal },
) => Response | Promise<Response>;

export function overFetch(fetch: Fetch, limits: WireLimits, wire: WireClock): Network {
  const open = new Set<(why: string) => void>();
  let stopped = false;
  return {
    request(request) {
      if (stopped) return Promise.resolve({ kind: 'unsent', why: STOPPING });
      const control = new AbortController();
      return new Promise((resolve) => {
        const end = (ended: Ended): void => {
          cancel();
          open.delete(giveUp);
          resolve(ended);
        };
        const giveUp = (why: string): void => {
          end({ kind: 'doubtful', why });
          control.abort();
        };
        const cancel = wire.alarm('request', limits.total, () => giveUp(noAnswer(limits.total)));
        open.add(giveUp);
        exchange(fetch, request, limits, control.signal).then(end, (thrown: unknown) =>
          end(endOf(thrown, request.url)),
        );
      });
    },
    async stop() {
      stopped = true;
      for (const giveUp of [...open]) giveUp(STOPPING);
    },
  };
}

async function exchange(fetch: Fetch, request: HttpRequest, limits: WireLimits, signal: AbortSignal): Promise<Ended> {
  const init = { method: request.method, headers: { ...request.headers }, redirect: 'manual' as const, signal };
  const response = await fetch(request.url, request.body === null ? init : { ...init, body: request.body });
  const text = await response.text();
  if (text.length > limits.size) return { kind: 'doubtful', why: tooLarge(limits.size) };
  const { headers } = response;
  return {
    kind: 'answered',
    status: response.status,
    date: headers.get('date'),
    retryAfter: headers.get('retry-after'),
    text,
  };
}

export const STOPPING = 'the daemon is stopping';
export const noAnswer = (ms: number): string => `no answer within ${Math.round(ms / 1000)} s`;
export const tooLarge = (bytes: number): string => `the answer was larger than ${Math.round(bytes / 2 ** 20)} MB`;

/** Codes that say "no connection" whichever layer they come from. */
const nameFailures: ReadonlySet<string> = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME', 'EAI_FAIL']);
const connectFailures: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
]);
/** OpenSSL's verification errors as Node names them. All of them end a handshake, so nothing was sent. */
const certificate =
  /^(CERT_|ERR_TLS_CERT|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(GET|VERIFY|DECRYPT|DECODE)_|HOSTNAME_MISMATCH|CRL_|INVALID_CA|INVALID_PURPOSE)/;

/** How a thrown error ended the request, judged by its codes alone: sent unless it certainly was not. */
export function endOf(thrown: unknown, url: string): Ended {
  const why = whyOf(thrown, url);
  return { kind: neverConnected(thrown) ? 'unsent' : 'doubtful', why };
}

function neverConnected(thrown: unknown): boolean {
  const code = codeOf(thrown) ?? '';
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || nameFailures.has(code) || certificate.test(code)) return true;
  const calls = syscallsOf(thrown);
  if (calls.length > 0) return calls.every((call) => call === 'connect' || call.startsWith('getaddrinfo'));
  return connectFailures.has(code);
}

/** The system calls named by an error, its causes and, for happy eyeballs, its parts: an unreachable host may show up while reading too. */
function syscallsOf(thrown: unknown): string[] {
  const calls: string[] = [];
  for (let error = thrown, depth = 0; error instanceof Error && depth < 5; error = error.cause, depth++) {
    for (const part of error instanceof AggregateError ? [error, ...error.errors] : [error]) {
      const { syscall } = part as { syscall?: unknown };
      if (typeof syscall === 'string') calls.push(syscall);
    }
  }
  return calls;
}

/** One clause for people; the code stays in it for those who search. */
export function whyOf(thrown: unknown, url: string): string {
  const code = codeOf(thrown) ?? '';
  const host = URL.parse(url)?.host ?? 'the cloud';
  if (nameFailures.has(code)) return `the name ${host} could not be resolved (${code})`;
  if (code === 'ECONNREFUSED') return `${host} refused the connection (${code})`;
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return `no connection to ${host} in time`;
  if (certificate.test(code)) return `the certificate of ${host} is not trusted (${code})`;
  if (connectFailures.has(code)) return `${host} cannot be reached (${code})`;
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') return `${host} did not answer in time`;
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'UND_ERR_SOCKET')
    return `the connection to ${host} broke (${code})`;
  return `the request to ${host} failed (${code || messageOf(thrown).slice(0, 100)})`;
}
