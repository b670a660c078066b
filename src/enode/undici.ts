// The real network: undici's dispatch, because it is its fastest door and the only one that tells when a request was put on the wire.
import type { Agent, Dispatcher } from 'undici';
import DispatchAgent from 'undici/lib/dispatcher/agent.js';
import type { WireClock } from '../kernel/clock.ts';
import { type Ended, endOf, type HttpRequest, type Network, noAnswer, STOPPING, tooLarge, whyOf } from './http.ts';
import { KEEP_ALIVE_MOST_MS, KEEP_ALIVE_MS, type WireLimits } from './numbers.ts';

export function overUndici(limits: WireLimits, wire: WireClock): Network {
  // HTTP/1.1 only: with one request per connection "was it written?" has a clear answer.
  const agent = new DispatchAgent({
    allowH2: false,
    connect: { timeout: limits.connect, autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 1_000 },
    headersTimeout: limits.headers,
    bodyTimeout: limits.body,
    maxResponseSize: limits.size,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MOST_MS,
    pipelining: 1,
  });
  let stopped = false;
  return {
    request: (request) =>
      stopped ? Promise.resolve({ kind: 'unsent', why: STOPPING }) : dispatch(agent, request, limits, wire),
    async stop() {
      stopped = true;
      await agent.destroy(new Error(STOPPING));
    },
  };
}

function dispatch(agent: Agent, request: HttpRequest, limits: WireLimits, wire: WireClock): Promise<Ended> {
  return new Promise((resolve) => {
    let line: Dispatcher.DispatchController | null = null;
    let over = false;
    let status = 0;
    let date: string | null = null;
    let retryAfter: string | null = null;
    const pieces: Buffer[] = [];

    const end = (ended: Ended): void => {
      if (over) return;
      over = true;
      cancel();
      resolve(ended);
    };
    // Until undici hands us the line, nothing of the request was written: whatever the error, it was not sent.
    const fail = (error: unknown): void => {
      const why = isTooLarge(error) ? tooLarge(limits.size) : whyOf(error, request.url);
      end(line === null ? { kind: 'unsent', why } : { kind: 'doubtful', why });
    };
    const cancel = wire.alarm('request', limits.total, () => {
      end({ kind: line === null ? 'unsent' : 'doubtful', why: noAnswer(limits.total) });
      line?.abort(new Error('total time is over'));
    });

    try {
      const { origin, pathname, search } = new URL(request.url);
      agent.dispatch(
        {
          origin,
          path: pathname + search,
          method: request.method,
          headers: { ...request.headers },
          body: request.body,
        },
        {
          onRequestStart(controller) {
            // The total time ended while still connecting: we said "unsent", so it must stay unsent.
            if (over) return controller.abort(new Error('total time is over'));
            line = controller;
          },
          onResponseStart(_controller, code, headers) {
            if (code < 200) return;
            status = code;
            date = one(headers.date);
            retryAfter = one(headers['retry-after']);
          },
          onResponseData: (_controller, chunk) => void pieces.push(chunk),
          onResponseEnd: () =>
            end({ kind: 'answered', status, date, retryAfter, text: Buffer.concat(pieces).toString('utf8') }),
          onResponseError: (_controller, error) => fail(error),
        },
      );
    } catch (thrown) {
      if (line === null) end({ kind: 'unsent', why: whyOf(thrown, request.url) });
      else end(endOf(thrown, request.url));
    }
  });
}

const one = (header: string | string[] | undefined): string | null =>
  (Array.isArray(header) ? header[0] : header) ?? null;

const isTooLarge = (error: unknown): boolean =>
  error instanceof Error && (error as { code?: unknown }).code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE';
