// The cloud's three ways to write a time: RFC 3339 in bodies, HTTP dates and seconds in headers.
import { type Instant, instant, later } from '../domain/instant.ts';
import { AHEAD_MOST_MS, RETRY_AFTER_MOST_MS } from './numbers.ts';

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i;
const httpDate = /^[A-Z][a-z]{2,8},? .{10,24} GMT$/;
/** 2000-01-01: before Enode there are no states. */
const EARLIEST = 946_684_800_000;

function parsed(text: string): Instant | null {
  const at = Date.parse(text);
  return at >= EARLIEST ? instant(at) : null;
}

/** @param cloudNow the cloud's `Date` of the same answer; a time more than a day ahead of it makes no sense. null = not checked. */
export function timeOf(text: string, cloudNow: Instant | null): Instant | null {
  const at = rfc3339.test(text) ? parsed(text) : null;
  return at !== null && cloudNow !== null && at > cloudNow + AHEAD_MOST_MS ? null : at;
}

/** An HTTP date, as in `Date`. */
export function headerTimeOf(text: string | null): Instant | null {
  return text !== null && httpDate.test(text) ? parsed(text) : null;
}

/**
 * `Retry-After` in world time: seconds from now, or an HTTP date, which is the cloud's time and so is measured against the cloud's
 * own `Date`. At least now, at most a day from now; null = absent or unreadable.
 */
export function retryAtOf(text: string | null, now: Instant, cloudNow: Instant | null): Instant | null {
  if (text === null) return null;
  const trimmed = text.trim();
  const at = headerTimeOf(trimmed);
  const wait = /^\d{1,12}$/.test(trimmed) ? Number(trimmed) * 1_000 : at === null ? null : at - (cloudNow ?? now);
  return wait === null ? null : later(now, Math.min(Math.max(0, wait), RETRY_AFTER_MOST_MS));
}
