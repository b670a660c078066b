// Every request the cloud got is on record, with what was answered; secrets are blanked before they are kept.
import type { MiddlewareHandler } from 'hono';
import type { WorldClock } from '../../kernel/clock.ts';
import { REQUESTS_KEPT } from './numbers.ts';
import type { Env } from './state.ts';

interface RequestRecord {
  readonly n: number;
  readonly at: number;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly body: unknown;
  /** 0 while unanswered, and for good when the answer was lost. */
  status: number;
}

export interface RequestLog {
  readonly middleware: MiddlewareHandler<Env>;
  after(n: number): readonly RequestRecord[];
}

const SECRETS = ['secret', 'password', 'client_secret', 'headerValue', 'linkToken', 'assertion'];
const BLANK = '[secret]';

export function createRequestLog(clock: WorldClock): RequestLog {
  let kept: RequestRecord[] = [];
  let n = 0;
  return {
    middleware: async (c, next) => {
      const url = new URL(c.req.url);
      const record: RequestRecord = {
        n: ++n,
        at: clock.now(),
        method: c.req.method,
        path: url.pathname.replace(/^\/link\/[^/]+/, `/link/${BLANK}`) + url.search,
        body: c.req.raw.body ? bodyOf(await c.req.text(), c.req.header('content-type') ?? '') : null,
        status: 0,
      };
      kept.push(record);
      if (kept.length > 2 * REQUESTS_KEPT) kept = kept.slice(-REQUESTS_KEPT);
      await next();
      if (!c.res.headers.has('x-hono-already-sent')) record.status = c.res.status;
      c.header('Date', new Date(clock.now()).toUTCString());
    },
    after: (n) => {
      const first = kept[0]?.n ?? 1;
      return kept.slice(Math.max(0, n + 1 - first));
    },
  };
}

function bodyOf(text: string, type: string): unknown {
  if (text === '') return null;
  if (type.includes('x-www-form-urlencoded')) return blanked(Object.fromEntries(new URLSearchParams(text)));
  try {
    return blanked(JSON.parse(text) as unknown);
  } catch {
    return text.slice(0, 2000);
  }
}

function blanked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(blanked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, SECRETS.includes(key) ? BLANK : blanked(inner)]),
  );
}
