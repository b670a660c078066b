// The numbers of the Enode side that are not decisions: limits of the wire and of what we read, each with unit and reason.

export interface WireLimits {
  /** ms until a connection stands, TLS included */
  readonly connect: number;
  /** ms until the first byte of an answer */
  readonly headers: number;
  /** ms between two pieces of an answer */
  readonly body: number;
  /** ms for the whole request: a server that drips must not hold us for ever */
  readonly total: number;
  /** bytes of an answer's body */
  readonly size: number;
}

/** Enode answers reads from its cache, in well under a second (reference); the rest is for bad lines. */
export const wireLimits: WireLimits = {
  connect: 10_000,
  headers: 30_000,
  body: 15_000,
  total: 60_000,
  size: 8 * 1024 * 1024,
};

/**
 * ms an idle connection is kept when the server names no time. Short on purpose: a POST on a connection that the other side has
 * just dropped ends in doubt, and doubt costs more than a handshake.
 */
export const KEEP_ALIVE_MS = 4_000;
/** ms, the longest idle time a server can talk us into */
export const KEEP_ALIVE_MOST_MS = 55_000;

/** A list's page: Enode's default; its maximum is not documented. */
export const PAGE_SIZE = 50;
/** 100,000 assets: beyond that a cursor surely goes in circles. */
export const MOST_PAGES = 2_000;

/** ms of world time before its end at which a token counts as old (Enode says 30 to 60 s) */
export const TOKEN_MARGIN_MS = 60_000;
/** ms, assumed life of a token that does not name one */
export const TOKEN_LIFE_MS = 600_000;
/** ms, the longest life believed */
export const TOKEN_LIFE_MOST_MS = 86_400_000;
/** ms of world time without a token request after the credentials were refused, unless a command asks */
export const CREDENTIALS_REST_MS = 300_000;

/** ms: a `Retry-After` beyond a day is a mistake */
export const RETRY_AFTER_MOST_MS = 86_400_000;
/** ms that a cloud time may lie ahead of the cloud's own `Date` */
export const AHEAD_MOST_MS = 86_400_000;

/** characters of a text of the cloud that is shown or logged */
export const TEXT_MOST = 300;
/** characters of an intervention's description */
export const DESCRIPTION_MOST = 4_000;
/** different oddities that are kept, so that hostile answers do not fill memory */
export const ODDITIES_MOST = 300;
/** ms of real time that commands under way get to end when the daemon stops */
export const STOP_GRACE_MS = 1_500;

/**
 * Where a charge-rate limit is set, and the field that says how much (kW). Neither is documented (enode-api.md 6.1): named after the other
 * calls. `Route not found` is taken as "not capable".
 */
export const RATE_LIMIT_PATH = 'charge-rate-limit';
export const RATE_LIMIT_FIELD = 'chargeRateLimit';
