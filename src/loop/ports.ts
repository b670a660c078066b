// The few interfaces through which the loop reaches the outside. Adapters implement them; `house` joins them.

import type { CancelRequest, ChargeRequest, LimitRequest } from '../domain/acting/effect.ts';
import type { Fact, LookSubject } from '../domain/fact.ts';
import type { Instant } from '../domain/instant.ts';
import type { AssetId } from '../domain/report.ts';
import type { Change } from '../domain/site.ts';
import type { Happening, Portrait } from '../domain/telling/portrait.ts';
import type { Reason } from '../domain/telling/reason.ts';

export type { CancelRequest, ChargeRequest };

/** Facts come in here, from any adapter, at any time. Never throws. */
export type Tell = (fact: Fact) => void;

/** The only way to command anything. Results come home as `attempt_answered`, `limit_answered` and `cancel_answered`; nothing here throws or waits. */
export interface CommandPort {
  send(request: ChargeRequest): void;
  limit(request: LimitRequest): void;
  cancel(request: CancelRequest): void;
}

/** Executes what the allowance granted; answers come home as facts, the last of them `look_ended`. */
export interface LookPort {
  /** @param most requests it may spend, beside a token */
  look(subject: LookSubject, most: number): void;
}

/** The answer to a person's command: what became of it at once. */
export interface Reply {
  readonly transaction: string;
  readonly ok: boolean;
  /** The state of `command` after it (`requested`, `confirmed` …), or null for orders without one. */
  readonly command: string | null;
  /** Machine code and parameters; `sentence` in the chosen language. */
  readonly reason: Reason | null;
  readonly sentence: string | null;
  readonly field: string | null;
}

/** Where portraits, happenings and replies go. Publishing on difference is the adapter's matter. */
export interface ShowPort {
  show(portrait: Portrait): void;
  /** The asset is no longer ours (confirmed listing and grace are over): take it away everywhere. */
  retire(kind: 'vehicle' | 'charger', id: AssetId): void;
  happened(happening: Happening): void;
  reply(reply: Reply): void;
}

/** What a look leaves behind, written in one transaction before any effect of it. */
export interface Commit {
  readonly changes: readonly Change[];
  readonly entries: readonly JournalEntry[];
  /** An attempt or an accepted wish is in it: wait for the disk. Others may be grouped for up to 5 s. */
  readonly durable: boolean;
}

export type JournalEntry =
  | { readonly kind: 'told'; readonly at: Instant; readonly fact: Fact }
  | { readonly kind: 'looked'; readonly now: Instant; readonly subjects: readonly string[] }
  | { readonly kind: 'asked'; readonly effect: unknown };

export interface StorePort {
  /** All records as they were last committed. Unreadable ones are left out and said in the log. */
  load(): readonly Change[];
  /** Synchronous. Returns false when the disk refused a durable commit: then nothing of it was written and no effect may follow. */
  commit(commit: Commit): boolean;
}
