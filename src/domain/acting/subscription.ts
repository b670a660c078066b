// Keeping the webhook subscription at Enode as it should be: the one next step, granted like any other look.
import { bridgeOf } from '../belief/bridge.ts';
import { type Webhook, webhookOf } from '../belief/webhook.ts';
import type { LookSubject } from '../fact.ts';
import { type Instant, instant, later, latest } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { View } from '../site.ts';
import type { LookWant } from './attention.ts';

type Step = Extract<LookSubject, { kind: 'webhook' }>;

interface Next {
  readonly step: Step['step'];
  readonly id: string | null;
  readonly at: Instant;
}

const now0 = instant(0);

/** The next step and when it is due; null = nothing is subscribed and nothing shall be. */
export function webhookWant(view: View): LookWant | null {
  const next = leaving(view) ?? keeping(view);
  if (next === null) return null;
  const { step, id, at } = next;
  const held = view.get('webhook', 'webhook');
  const again = held?.failedAt == null ? null : later(held.failedAt, pauseAfter(held.failures));
  return { subject: { kind: 'webhook', step, id }, due: latest(latest(at, again), fruitless(view))!, priority: 2 };
}

/** A step that brought no news at all is not taken again at once: no mistake may become a stream of requests. */
function fruitless(view: View): Instant | null {
  const last = view.get('look', 'webhook');
  const isTold = view.get('webhook', 'webhook')?.isTold === true;
  return last === undefined || isTold ? null : later(last.askedAt, numbers.webhookAgainFirstMs);
}

/** One that was made for an address that is not wanted any more is removed before anything else. */
function leaving(view: View): Next | null {
  const held = view.get('webhook', 'webhook');
  if (held === undefined || held.url === view.settings.webhookUrl) return null;
  const id = held.id ?? held.twins[0] ?? null;
  return id === null ? null : { step: 'remove', id, at: now0 };
}

function keeping(view: View): Next | null {
  if (view.settings.webhookUrl === null) return null;
  const held = webhookOf(view);
  if (held === null || held.checkedAt === null) return { step: 'check', id: null, at: now0 };
  const { id, twins, checkedAt } = held;
  if (twins.length > 0) return { step: 'remove', id: twins[0]!, at: now0 };
  if (id === null) return { step: 'create', id: null, at: now0 };
  if (!held.secured || !held.active) return { step: 'secure', id, at: now0 };
  const provenSince = latest(held.securedAt, bridgeOf(view).startedAt);
  const { heardAt } = held;
  if (heardAt === null || (provenSince !== null && heardAt < provenSince)) return { step: 'test', id, at: now0 };
  const testAt = later(heardAt, quietOf(held));
  const checkAt = later(checkedAt, numbers.webhookCheckEveryMs);
  return checkAt < testAt ? { step: 'check', id: null, at: checkAt } : { step: 'test', id, at: testAt };
}

/** ms without any delivery after which a test is asked for: more than two heartbeats, where they are known. */
function quietOf({ beatMs }: Webhook): number {
  if (beatMs === null) return numbers.webhookQuietMostMs;
  return Math.min(numbers.webhookQuietMostMs, Math.max(numbers.webhookQuietLeastMs, beatMs * numbers.webhookBeats));
}

/** When deliveries count as lost, if nothing comes until then; null = they do already, or were never heard. */
export function silentAt(view: View): Instant | null {
  const held = webhookOf(view);
  if (held === null || held.hearingSince === null) return null;
  return held.heardAt === null ? now0 : later(held.heardAt, quietOf(held) + numbers.webhookAnswerMs);
}

const pauseAfter = (failures: number): number =>
  Math.min(numbers.webhookAgainMostMs, numbers.webhookAgainFirstMs * 2 ** Math.max(0, failures - 1));
