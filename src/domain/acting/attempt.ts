// One try at the cloud, stored before its request leaves (R4): intended → accepted | refused | doubtful → ended.
import type { Instant } from '../instant.ts';
import type { AssetId, AssetKind, Direction, Failure } from '../report.ts';
import type { View } from '../site.ts';

export interface Attempt {
  readonly id: string;
  readonly wish: string;
  /** The wish's subject; the loadpoint's lead for automatic wishes. */
  readonly subject: AssetId;
  readonly target: AssetId;
  readonly targetKind: AssetKind;
  readonly direction: Direction;
  /** The loadpoint as it was when it was asked, each with its plug-in of then: as long as no cable moves, they are one (crew.ts). */
  readonly members?: Readonly<Record<AssetId, string | null>>;
  readonly state: 'intended' | 'accepted' | 'refused' | 'doubtful' | 'ended';
  /** Our time of the intent, and the same moment by the cloud's clock; null = the clocks had not been compared by then. */
  readonly intendedAt: Instant;
  readonly intendedCloudTime: Instant | null;
  /** Set once accepted. */
  readonly action: string | null;
  readonly actionCreatedAt: Instant | null;
  readonly answeredAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly outcome: 'confirmed' | 'failed' | 'cancelled' | 'superseded' | 'lost' | 'unsent' | 'refused' | null;
  readonly failure: Failure | null;
  /** HTTP status and Enode's words of a refusal. In doubt: a 400 that waits for a fresh report to be judged by. */
  readonly refusal: {
    readonly status: number;
    readonly title: string | null;
    readonly detail: string | null;
    readonly retryAt: Instant | null;
  } | null;
  /** Why it is doubtful or was never sent. */
  readonly why: string | null;
  readonly cancel: 'no' | 'asked' | 'unanswered';
  readonly cancelAskedAt: Instant | null;
  /** How often the request was repeated in doubt (at most once; 1 also when something contrary was seen). */
  readonly repeats: number;
}

/** Where the newest request of a loadpoint went, for each that was of it then. */
export interface Errand {
  readonly target: AssetId;
}

/** Still able to change the world: the cloud may be executing it. */
export const isOpen = (attempt: Attempt): boolean =>
  attempt.state === 'intended' || attempt.state === 'accepted' || attempt.state === 'doubtful';

/** The open attempt at a device, or null. */
export function openAttempt(view: View, device: AssetId): Attempt | null {
  const attempt = view.get('attempt', device);
  return attempt && isOpen(attempt) ? attempt : null;
}
