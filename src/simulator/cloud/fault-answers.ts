// Faults as a client meets them on the wire: silence, slowness, odd statuses, broken bodies, values nobody has seen before.
import type { Context, MiddlewareHandler } from 'hono';
import type { WorldClock } from '../../kernel/clock.ts';
import type { Faults } from './faults.ts';
import { ConnectionLost, problemBody } from './problem.ts';
import type { Env } from './state.ts';

/**
 * Ends a request without an answer. Behind a node server the socket is destroyed; in process the returned promise rejects with
 * `ConnectionLost` (code ECONNRESET), as a failed fetch would.
 */
export function hangUp(c: Context<Env>): Response {
  const socket = (c.env as Env['Bindings'] | undefined)?.incoming?.socket;
  if (!socket) throw new ConnectionLost('The connection was closed without an answer.');
  socket.destroy();
  // The node server's mark for "answered already": it must not write to the dead socket.
  return new Response(null, { headers: { 'x-hono-already-sent': 'true' } });
}

export function faultAnswers(clock: WorldClock, faults: Faults): MiddlewareHandler<Env> {
  return async (c, next) => {
    const { path } = c.req;
    const exchange = { lost: false, token: 0 };
    c.set('exchange', exchange);
    // Read now: the node server tells only a signal that somebody has asked for.
    const { signal } = c.req.raw;
    if (faults.take('down', path)) return hangUp(c);
    const slow = faults.take('slow', path);
    if (slow) await clock.parked(clock.sleep('slow answer', slow.delay * 1000));
    const status = faults.take('status', path);
    if (status) {
      if (status.retryAfter !== null) c.header('Retry-After', String(status.retryAfter));
      return c.json(problemBody(status.status, 'A fault was switched on.'), status.status as 500);
    }
    const lose = c.req.method === 'POST' && isCommand(path) ? faults.take('loseAction', path) : undefined;
    exchange.lost = lose !== undefined;
    await next();
    if (signal.aborted) exchange.lost = true;
    if (lose) {
      c.res = hangUp(c);
      return undefined;
    }
    const malformed = faults.take('malformed', path);
    if (malformed) {
      exchange.lost = true;
      c.res = malformed.as === 'html' ? html() : await truncated(c.res);
      return undefined;
    }
    if (isJson(c.res) && faults.take('unknownValues', path)) {
      const body = strange((await c.res.json()) as unknown);
      c.res = Response.json(body, { status: c.res.status });
    }
    return undefined;
  };
}

const isJson = (answer: Response): boolean => answer.headers.get('content-type')?.includes('json') ?? false;

const isCommand = (path: string): boolean =>
  /^\/(vehicles|chargers)\/[^/]+\/(charging|max-current|charge-rate-limit)$/.test(path);

const html = (): Response =>
  new Response('<html><body><h1>502 Bad Gateway</h1></body></html>', { headers: { 'content-type': 'text/html' } });

async function truncated(answer: Response): Promise<Response> {
  const text = await answer.text();
  const half = text.slice(0, Math.floor(text.length / 2)) || '{"data":[{"id":';
  return new Response(half, {
    status: answer.status === 204 ? 200 : answer.status,
    headers: { 'content-type': 'application/json' },
  });
}

/** Values of tomorrow's API (open enums, 1.3), properties nobody knows, and fields that are not there. */
const STRANGE: Readonly<Record<string, unknown>> = {
  powerDeliveryState: 'PLUGGED_IN:DREAMING',
  vendor: 'HOVERCAR',
  linkingStatus: 'SO_SO',
};
const MISSING = ['chargeTimeRemaining', 'odometer', 'pluggedInChargerId', 'pluggedInVehicleId', 'maxCurrent', 'scopes'];

function strange(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strange);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = { futureProperty: { nested: [1, 'two', null] } };
  const isAction = 'targetType' in value && 'failureReason' in value;
  for (const [key, inner] of Object.entries(value)) {
    if (MISSING.includes(key)) continue;
    if (key === 'state' && isAction) copy[key] = 'PONDERING';
    else copy[key] = Object.hasOwn(STRANGE, key) && typeof inner === 'string' ? STRANGE[key] : strange(inner);
  }
  return copy;
}
