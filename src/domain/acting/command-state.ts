// How `command` moves: every change of it is made here, with its result and its event.
import { cloudTimeOf } from '../belief/cloud-learn.ts';
import { nameOf } from '../belief/name.ts';
import type { Draft } from '../draft.ts';
import { hours, type Instant, later } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId, AssetKind, Direction } from '../report.ts';
import type { View } from '../site.ts';
import { type Reason, type ReasonParams, reason } from '../telling/reason.ts';
import { type CommandState, type CommandWord, isUnderWay } from './command.ts';
import type { Hop, Wish } from './wish.ts';

export const requested = (view: View, wish: Wish): Reason =>
  wish.hop
    ? reason('asking_other', hopParams(view, wish, wish.hop))
    : reason('requested', { direction: wish.want, name: nameOf(view, wish.subject) });

export const pending = (view: View, wish: Wish): Reason => ({
  ...requested(view, wish),
  ...(wish.hop ? {} : { code: 'pending' }),
});

/** What a sentence about a change of devices knows (R5). */
export function hopParams(view: View, { want }: Wish, { from, to, why }: Hop): ReasonParams {
  const kindOf = (id: AssetId): AssetKind => (view.get('vehicle', id) ? 'vehicle' : 'charger');
  return { device: kindOf(from), hop: why, other: kindOf(to), name: nameOf(view, to), direction: want };
}

/** A new command begins: the former one, if still under way, is replaced by it. */
export function beginCommand(draft: Draft, wish: Wish, now: Instant): void {
  draft.put('command', wish.subject, {
    word: 'requested',
    wish: wish.id,
    want: wish.want,
    origin: wish.origin,
    at: now,
    changedAt: now,
    cloudTime: cloudTimeOf(draft, now),
    result: requested(draft, wish),
    latency: null,
    sent: sentBy(draft, wish.subject),
    route: null,
  });
}

/** Moves the command of a wish on. A command of another wish is left as it is. */
export function moveCommand(
  draft: Draft,
  wish: Wish,
  word: CommandWord,
  result: Reason | null,
  now: Instant,
  more: Partial<CommandState> = {},
): void {
  const held = draft.get('command', wish.subject);
  if (held?.wish !== wish.id) return;
  draft.put('command', wish.subject, {
    ...held,
    ...more,
    word,
    result,
    changedAt: held.word === word ? held.changedAt : now,
  });
  if (held.word === word) return;
  if (word === 'confirmed') draft.tell({ subject: wish.subject, type: 'command_confirmed', detail: wish.want });
  if (word === 'failed' || word === 'refused')
    draft.tell({ subject: wish.subject, type: 'command_failed', detail: result?.code ?? null });
}

/** A person's command that was refused before it became a wish. It does not hide one that is under way. */
export function refuseCommand(draft: Draft, subject: AssetId, want: Direction, why: Reason, now: Instant): void {
  draft.tell({ subject, type: 'command_failed', detail: why.code });
  if (isUnderWay(draft.get('command', subject))) return;
  draft.put('command', subject, {
    word: 'refused',
    wish: null,
    want,
    origin: 'person',
    at: now,
    changedAt: now,
    cloudTime: null,
    result: why,
    latency: null,
    sent: sentBy(draft, subject),
    route: null,
  });
}

const sentBy = (view: View, subject: AssetId): readonly Instant[] => view.get('command', subject)?.sent ?? [];

export function countSent(draft: Draft, subject: AssetId, now: Instant): void {
  const held = draft.get('command', subject);
  if (!held) return;
  draft.put('command', subject, { ...held, sent: withSent(held.sent, now) });
}

/** Times within a day, the newest last, no more than are ever needed. */
export const withSent = (sent: readonly Instant[], now: Instant): readonly Instant[] => [
  ...sent.filter((at) => now - at < hours(24) + numbers.permitAgeMs).slice(-numbers.commandsPerDay),
  now,
];

/** Until when a loadpoint has had its share of requests, persons' included; null = there is room. Tighter than the
 *  interlock's caps, which count from the sending: at most a permit's age after the intent. */
export const fullUntil = (view: View, crew: readonly AssetId[], now: Instant): Instant | null =>
  fullBy(
    crew.flatMap((id) => sentBy(view, id)),
    now,
  );

/** The same of any requests by their times, which need no order. */
export function fullBy(times: readonly Instant[], now: Instant): Instant | null {
  const sent = [...times].sort((a, b) => a - b);
  for (const [most, span] of [
    [numbers.commandsPerDay, hours(24)],
    [numbers.commandsPerHour, hours(1)],
  ] as const) {
    const within = sent.filter((at) => now - at < span + numbers.permitAgeMs);
    if (within.length >= most) return later(within[within.length - most]!, span + numbers.permitAgeMs);
  }
  return null;
}
