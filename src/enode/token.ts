// The access token: fetched when a granted request needs one, kept in memory, renewed just before its end, asked for once at a time.
import { type Instant, instant, later } from '../domain/instant.ts';
import type { WorldClock } from '../kernel/clock.ts';
import type { Exchange, Outcome, Reply } from './exchange.ts';
import { CREDENTIALS_REST_MS, TOKEN_LIFE_MOST_MS, TOKEN_LIFE_MS, TOKEN_MARGIN_MS } from './numbers.ts';
import type { EnodeSettings } from './settings.ts';

export type TokenAnswer = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly why: string };

export interface Token {
  /** @param urgent a command asks: then refused credentials are tried again at once. Never rejects. */
  get(urgent: boolean): Promise<TokenAnswer>;
  /** The token in use, without waiting; null = one must be asked for. */
  held(): string | null;
  /** The API did not take `value` (401): it is forgotten, unless it was replaced meanwhile. */
  spoil(value: string): void;
  /** What must never be shown: the token in use and the credentials in their written forms. */
  secrets(): readonly string[];
}

interface Held {
  readonly value: string;
  /** World time from which a new one is asked for. */
  readonly renewAt: Instant;
}

/** The header value of HTTP Basic for the client. */
const basicOf = (settings: EnodeSettings): string =>
  Buffer.from(`${settings.clientId}:${settings.clientSecret.reveal()}`).toString('base64');

export function createToken(settings: EnodeSettings, world: WorldClock, exchange: () => Exchange): Token {
  let held: Held | null = null;
  let asking: Promise<TokenAnswer> | null = null;
  let refused: { readonly until: Instant; readonly why: string } | null = null;
  const basic = basicOf(settings);
  const secret = settings.clientSecret.reveal();

  const ask = async (): Promise<TokenAnswer> => {
    const askedAt = instant(world.now());
    const outcome: Outcome<{ value: string; life: number }> = await exchange()(
      'token',
      {
        method: 'POST',
        url: settings.tokenUrl,
        headers: {
          authorization: `Basic ${basic}`,
          'content-type': 'application/x-www-form-urlencoded',
          accept: 'application/json',
        },
        body: 'grant_type=client_credentials',
      },
      readToken,
      (reply) => (areCredentialsRefused(reply) ? wrongCredentials(settings, reply.status) : null),
    );
    if (outcome.kind !== 'answered') return { ok: false, why: `no access token: ${outcome.why}` };
    if (outcome.value === null) {
      if (!areCredentialsRefused(outcome.reply)) return { ok: false, why: `no access token: ${outcome.why}` };
      refused = { until: later(askedAt, CREDENTIALS_REST_MS), why: outcome.why };
      return { ok: false, why: outcome.why };
    }
    const { value, life } = outcome.value;
    refused = null;
    // A life shorter than twice the margin (a simulated cloud) is used half.
    held = { value, renewAt: later(askedAt, life - Math.min(TOKEN_MARGIN_MS, life / 2)) };
    return { ok: true, value };
  };

  const current = (now: number): string | null => (held !== null && now < held.renewAt ? held.value : null);

  return {
    held: () => current(world.now()),
    async get(urgent) {
      const now = world.now();
      const value = current(now);
      if (value !== null) return { ok: true, value };
      if (asking !== null) return asking;
      if (refused !== null && !urgent && now < refused.until) return { ok: false, why: refused.why };
      asking = ask().finally(() => {
        asking = null;
      });
      return asking;
    },
    spoil(value) {
      if (held?.value === value) held = null;
    },
    secrets: () => [secret, encodeURIComponent(secret), basic, ...(held === null ? [] : [held.value])],
  };
}

function readToken(reply: Reply): { value: string; life: number } | null {
  const { access_token: value, expires_in: given } = (reply.body ?? {}) as Record<string, unknown>;
  // Anything else could not stand in a header.
  if (reply.status !== 200 || typeof value !== 'string' || !/^[\x21-\x7e]{1,16000}$/.test(value)) return null;
  const life = typeof given === 'number' && given > 0 ? given * 1_000 : TOKEN_LIFE_MS;
  return { value, life: Math.min(life, TOKEN_LIFE_MOST_MS) };
}

/** 401, or the OAuth words for it, which some servers send with 400 or 403 (RFC 6749 5.2). */
function areCredentialsRefused({ status, body }: Reply): boolean {
  if (status === 401) return true;
  const word = (body as { error?: unknown } | null | undefined)?.error;
  return (status === 400 || status === 403) && (word === 'invalid_client' || word === 'unauthorized_client');
}

const wrongCredentials = ({ environment }: EnodeSettings, status: number): string =>
  `client_id or client_secret is wrong for environment ${environment} (HTTP ${status}): copy both again from the Enode dashboard`;
