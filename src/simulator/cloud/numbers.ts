// Every number and every guessed name of the simulated cloud, with its unit and its reason (sections are those of enode-api.md).

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Newest known version of the API (1.3); webhooks without their own version say this one. */
export const API_VERSION = '2024-10-01';
/** Life of an access token, seconds (1.2, measured). */
export const TOKEN_SECONDS = 3599;
/** A link session is valid for 24 hours (2.3). */
export const LINK_SESSION_MS = 24 * HOUR;
/** Longest redirect URI, characters (2.3). */
export const REDIRECT_URI_LENGTH = 500;
/** Default page (3). */
export const PAGE_SIZE = 50;
/** Largest page; the document knows no number, so larger wishes are cut to it: a client must follow cursors. */
export const PAGE_SIZE_MOST = 500;
/** No action stays open for longer (6.3, older text). */
export const ACTION_CAP_MS = 30 * MINUTE;
/** Resolved actions a client can still ask for. */
export const ACTIONS_KEPT = 5_000;
/** Share of an action's window after which an orchestrated command falls to the charger (8.1; share is a choice). */
export const FALLBACK_SHARE = 0.5;
/** Path and field of the charge-rate limit; unknown in the document (6.1), so named once, here. Unit kW. */
export const RATE_LIMIT_PATH = 'charge-rate-limit';
export const RATE_LIMIT_FIELD = 'chargeRateLimit';
/** Two limits this close count as the same (A or kW): devices round. */
export const LIMIT_TOLERANCE = 0.05;
/** Distance within which a car counts as being at a Location, m (9: unknown, a choice). */
export const AT_LOCATION_METRES = 200;
/** Farther than this from its charger a car cannot be plugged into it, m. */
export const ELSEWHERE_METRES = 500;
/** Slack around the moment a report fixes, ms: two devices tell of one cable with this difference. */
export const EVIDENCE_SLACK_MS = 2 * MINUTE;
/** Webhooks (12): most events of a delivery, the receiver's time to answer, and how long events gather. */
export const BATCH_MOST = 100;
export const DELIVERY_TIMEOUT_MS = 5_000;
export const GATHER_MS = 500;
/** First and longest wait between two tries, and when Enode gives up (production: 24 h). */
export const RETRY_FIRST_MS = 10_000;
export const RETRY_MOST_MS = 60 * MINUTE;
export const GIVE_UP_SECONDS = 24 * 3600;
/** Events kept for one webhook that does not answer. */
export const QUEUE_MOST = 10_000;
/** Interval of `system:heartbeat` (unknown, a choice). */
export const HEARTBEAT_MS = 30 * MINUTE;
/** Requests kept on record. */
export const REQUESTS_KEPT = 50_000;
/** Statistics: width of a bucket, and how long buckets are kept. */
export const BUCKET_MS = 15 * MINUTE;
export const BUCKETS_KEPT = 40 * 96;
export const SESSIONS_KEPT = 500;
/** A smart plan starts this long before it must (10; a choice). */
export const PLAN_MARGIN_MS = 30 * MINUTE;
