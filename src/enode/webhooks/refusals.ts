// Deliveries that are not taken: each is counted by its kind, and told at most once in a while, for anybody can knock at a public door.
import type { WorldClock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import { TOLD_EVERY_MS } from './numbers.ts';

/** Kind of refusal: the HTTP status of its answer, and the words for it. */
export const refusals = {
  path: { status: 404, words: 'a path that is not the one of webhook_url' },
  method: { status: 405, words: 'a method other than POST' },
  type: { status: 415, words: 'a content that is not JSON' },
  unsigned: { status: 401, words: 'no signature' },
  size: { status: 413, words: 'a body that is too large' },
  slow: { status: 408, words: 'a body that did not come to its end' },
  forged: { status: 401, words: 'a signature that is not by our secret' },
  malformed: { status: 400, words: 'a signed body that is not a list of events' },
  old: { status: 409, words: 'events from long ago, perhaps replayed' },
  busy: { status: 503, words: 'more deliveries at once than can be taken' },
} as const;
export type RefusalKind = keyof typeof refusals;

export interface Counts {
  readonly deliveries: number;
  readonly events: number;
  /** Taken before already: answered as taken, and dropped. */
  readonly repeated: number;
  readonly refused: Readonly<Partial<Record<RefusalKind, number>>>;
}

export interface Tally {
  taken(events: number): void;
  repeated(): void;
  refused(kind: RefusalKind): void;
  counts(): Counts;
}

/** What any scanner of the internet does is no reason to warn anybody. */
const usual: ReadonlySet<RefusalKind> = new Set(['path', 'method', 'type', 'unsigned']);

export function createTally(log: Log, world: WorldClock): Tally {
  let deliveries = 0;
  let events = 0;
  let repeated = 0;
  const refused = new Map<RefusalKind, { readonly count: number; readonly toldAt: number; readonly untold: number }>();
  return {
    taken(count) {
      deliveries++;
      events += count;
    },
    repeated: () => void repeated++,
    refused(kind) {
      const held = refused.get(kind) ?? { count: 0, toldAt: Number.NEGATIVE_INFINITY, untold: 0 };
      const now = world.now();
      const isDue = Math.abs(now - held.toldAt) >= TOLD_EVERY_MS;
      refused.set(kind, {
        count: held.count + 1,
        toldAt: isDue ? now : held.toldAt,
        untold: isDue ? 0 : held.untold + 1,
      });
      if (!isDue) return;
      const more = held.untold > 0 ? ` (${held.untold} more since the last such line)` : '';
      const line = `Webhooks: refused a request with ${refusals[kind].words}${more}`;
      if (usual.has(kind)) log.info(line);
      else log.warn(line);
    },
    counts: () => ({
      deliveries,
      events,
      repeated,
      refused: Object.fromEntries([...refused].map(([kind, { count }]) => [kind, count])),
    }),
  };
}
