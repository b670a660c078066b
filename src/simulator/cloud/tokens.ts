// OAuth client credentials (1.2): a token endpoint, and the check that all but health and integrations asks for.
import type { MiddlewareHandler } from 'hono';
import { Problem } from './problem.ts';
import type { Client, Clients, CloudApp, Env } from './state.ts';

/** Paths that declare no security (1.2) or carry their own token. */
const OPEN = [/^\/health\//, /^\/integrations$/, /^\/oauth2\/token$/, /^\/link\/[^/]+/];

interface Tokens {
  routes(app: CloudApp): void;
  readonly check: MiddlewareHandler<Env>;
  /** All tokens given out so far end now. */
  expireAll(): void;
}

export function createTokens(cloud: Clients): Tokens {
  const { clock, entropy } = cloud;
  const tokens = new Map<string, { client: Client; until: number; serial: number }>();
  let given = 0;

  const sweep = (): void => {
    for (const [token, { until }] of tokens) if (until <= clock.now()) tokens.delete(token);
  };

  return {
    routes(app) {
      app.post('/oauth2/token', async (c) => {
        c.header('Cache-Control', 'no-store');
        const client = byBasic(cloud, c.req.header('authorization'));
        if (!client) {
          c.header('WWW-Authenticate', 'Basic');
          const error_description = 'Client authentication failed (e.g., unknown client, or wrong secret).';
          return c.json({ error: 'invalid_client', error_description }, 401);
        }
        if (!c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded'))
          return c.json({ error: 'invalid_request', error_description: 'The body must be form-encoded.' }, 400);
        if (new URLSearchParams(await c.req.text()).get('grant_type') !== 'client_credentials')
          return c.json({ error: 'unsupported_grant_type', error_description: 'Use client_credentials.' }, 400);
        sweep();
        const access_token = `ory_at_${entropy.hex(32)}`;
        const expires_in = client.switches.tokenSeconds;
        tokens.set(access_token, { client, until: clock.now() + expires_in * 1000, serial: ++given });
        return c.json({ access_token, expires_in, scope: '', token_type: 'bearer' });
      });
    },
    check: async (c, next) => {
      if (OPEN.some((path) => path.test(c.req.path))) return next();
      const token = /^Bearer\s+(.+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
      if (!token) throw new Problem(401, 'The Authorization header with a bearer token is missing.');
      const known = tokens.get(token);
      if (!known || known.until <= clock.now()) throw new Problem(401, 'The access token is not valid or has expired.');
      // Refused since 2023-08-01 (1.3).
      if (c.req.header('enode-user-id') !== undefined)
        throw new Problem(400, 'The header Enode-User-Id is not supported.');
      c.set('client', known.client);
      c.get('exchange').token = known.serial;
      return next();
    },
    expireAll: () => tokens.clear(),
  };
}

function byBasic(cloud: Clients, header: string | undefined): Client | undefined {
  const encoded = /^Basic\s+(.+)$/i.exec(header ?? '')?.[1];
  if (!encoded) return undefined;
  const [id, ...rest] = Buffer.from(encoded, 'base64').toString().split(':');
  const client = cloud.byId.get(decoded(id ?? ''));
  return client?.secret === decoded(rest.join(':')) ? client : undefined;
}

/** OAuth has both parts form-encoded before they are joined (RFC 6749, 2.3.1); plain text stays as it is. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
