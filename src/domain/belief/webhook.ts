// The webhook subscription at Enode and whether its deliveries come: while they do, no news means no change (enode-api.md 12).
import type { Instant } from '../instant.ts';
import type { View } from '../site.ts';

export interface Webhook {
  /** The address it was made for. */
  readonly url: string;
  /** Enode's id of it; null = none is known. */
  readonly id: string | null;
  /** Others at the same address: ours by that, and in the way. */
  readonly twins: readonly string[];
  /** Enode signs with the secret that we hold. */
  readonly secured: boolean;
  readonly active: boolean;
  /** Our times; null = never, or our clock jumped since. `heardAt`: of the last delivery with a right signature. */
  readonly checkedAt: Instant | null;
  readonly securedAt: Instant | null;
  readonly heardAt: Instant | null;
  /** The cloud's time of the newest heartbeat, and the ms between two of them. */
  readonly beatAt: Instant | null;
  readonly beatMs: number | null;
  /** Our time since which deliveries come without a gap: listings are only a safety net. null = they do not. */
  readonly hearingSince: Instant | null;
  /** The last step brought news. */
  readonly isTold: boolean;
  /** Steps that failed in a row, and when the last did; a step that succeeded since clears the time. */
  readonly failures: number;
  readonly failedAt: Instant | null;
  /** Why nothing comes, one clause; null = nothing is wrong, or it is not known what. */
  readonly why: string | null;
}

export const newWebhook = (url: string): Webhook => ({
  url,
  id: null,
  twins: [],
  secured: false,
  active: false,
  checkedAt: null,
  securedAt: null,
  heardAt: null,
  beatAt: null,
  beatMs: null,
  hearingSince: null,
  isTold: false,
  failures: 0,
  failedAt: null,
  why: null,
});

/** The record of the address that is wanted now; null = none is wanted, or nothing is known of it yet. */
export function webhookOf(view: View): Webhook | null {
  const held = view.get('webhook', 'webhook');
  return held !== undefined && held.url === view.settings.webhookUrl ? held : null;
}

export const isHearing = (view: View): boolean => (webhookOf(view)?.hearingSince ?? null) !== null;
