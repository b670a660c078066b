// Where Enode's webhooks arrive: a request is proven, answered, and only then read. What it tells becomes facts like any answer's.
import { type Instant, latest } from '../../domain/instant.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import { nextTurn } from '../../kernel/turn.ts';
import type { Tell } from '../../loop/ports.ts';
import { readBody } from './body.ts';
import { type Event, eventsIn, factsOf, type Reading } from './events.ts';
import { isSignature, type Keys } from './keys.ts';
import {
  AGAIN_S,
  BODIES_MOST,
  BODY_MOST,
  BODY_WITHIN_MS,
  EVENTS_PER_TURN,
  OLD_MS,
  READ_AT_ONCE,
  REMEMBERED,
  WAITING_MOST,
} from './numbers.ts';
import { type Counts, createTally, type RefusalKind, refusals } from './refusals.ts';

export interface Receiver {
  /** Never rejects. */
  readonly receive: (request: Request) => Promise<Response>;
  readonly counts: () => Counts;
  /** What was taken is still told; the rest is asked to come again. */
  stop(): Promise<void>;
}

export interface ReceiverParts {
  /** The public address; its path is the one that is listened at. */
  readonly url: string;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly log: Log;
  readonly tell: Tell;
  readonly reading: Reading;
  /** The cloud's time now, as far as it is known. */
  readonly cloudNow: () => Instant | null;
}

export function createReceiver(parts: ReceiverParts): Receiver {
  const { keys, clock, tell, reading } = parts;
  const path = new URL(parts.url).pathname;
  const tally = createTally(parts.log, clock.world);
  const isRepeated = createMemory();
  let reads = 0;
  const limits = { most: BODY_MOST, withinMs: BODY_WITHIN_MS, budget: { left: BODIES_MOST } };
  let stopped = false;
  let waiting: Event[] = [];
  let work: Promise<void> | null = null;

  const drain = async (): Promise<void> => {
    while (waiting.length > 0) {
      const some = waiting.slice(0, EVENTS_PER_TURN);
      waiting = waiting.slice(some.length);
      for (const event of some) for (const fact of factsOf(event, reading)) tell(fact);
      await nextTurn();
    }
    work = null;
  };

  /** What can be said before a byte of the body was read. */
  const atTheDoor = (request: Request): RefusalKind | null => {
    if (pathOf(request) !== path) return 'path';
    if (request.method !== 'POST') return 'method';
    if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(request.headers.get('content-type') ?? '')) return 'type';
    if (!isSignature(request.headers.get('x-enode-signature') ?? '')) return 'unsigned';
    return stopped || reads >= READ_AT_ONCE || waiting.length >= WAITING_MOST ? 'busy' : null;
  };

  const take = (request: Request, bytes: Uint8Array): RefusalKind | null => {
    const signature = request.headers.get('x-enode-signature')!;
    if (!keys.isSigned(bytes, signature)) return 'forged';
    const cloudNow = parts.cloudNow();
    const events = eventsIn(jsonOf(bytes), cloudNow);
    if (events === null) return 'malformed';
    const newest = events.reduce<Instant | null>((at, { createdAt }) => latest(at, createdAt), null);
    if (cloudNow !== null && newest !== null && cloudNow - newest > OLD_MS) return 'old';
    // The id is not signed, so a recorded delivery may come with another: its signature tells, too.
    if (isRepeated([request.headers.get('x-enode-delivery') ?? '', signature.toLowerCase()])) {
      tally.repeated();
      return null;
    }
    tally.taken(events.length);
    tell({ kind: 'webhook_heard', beatAt: beatIn(events) });
    waiting = waiting.concat(events);
    work ??= clock.world.during(drain());
    return null;
  };

  const judge = async (request: Request): Promise<RefusalKind | null> => {
    const refused = atTheDoor(request);
    if (refused !== null) return refused;
    reads++;
    try {
      const body = await readBody(request, limits, clock.wire);
      return body.kind === 'read' ? take(request, body.bytes) : body.kind;
    } finally {
      reads--;
    }
  };

  return {
    async receive(request) {
      const refused = await judge(request);
      if (refused === null) return answer(200, 'taken');
      tally.refused(refused);
      const { status, words } = refusals[refused];
      return answer(status, words, refused);
    },
    counts: tally.counts,
    async stop() {
      stopped = true;
      await work;
    },
  };
}

function answer(status: number, text: string, refused?: RefusalKind): Response {
  const headers: Record<string, string> = { 'content-type': 'text/plain', 'cache-control': 'no-store' };
  if (refused === 'method') headers.allow = 'POST';
  if (refused === 'busy') headers['retry-after'] = String(AGAIN_S);
  // The rest of such a body is not waited for.
  if (refused === 'size' || refused === 'slow' || refused === 'busy') headers.connection = 'close';
  return new Response(`enode2mqtt, for webhooks of Enode: ${text}\n`, { status, headers });
}

const pathOf = (request: Request): string | null => URL.parse(request.url)?.pathname ?? null;

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}

function beatIn(events: readonly Event[]): Instant | null {
  const beats = events.filter(({ name }) => name === 'system:heartbeat').map(({ createdAt }) => createdAt);
  return beats.reduce<Instant | null>(latest, null);
}

/** Knows the last deliveries by any of their keys; the oldest are forgotten. */
function createMemory(): (keys: readonly string[]) => boolean {
  const known = new Set<string>();
  return (keys) => {
    const isKnown = keys.some((key) => known.has(key));
    for (const key of keys) if (key !== '' && key.length <= 200) known.add(key);
    while (known.size > 2 * REMEMBERED) known.delete(known.values().next().value!);
    return isKnown;
  };
}
