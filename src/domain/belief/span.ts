// Arithmetic of intervals: how well two of them may be the same moment.
import type { Instant } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { Flow, Newest } from './newest.ts';
import type { Cable, Span } from './trace.ts';

interface Piece {
  readonly from: number;
  readonly to: number;
  /** 0–1: chance that the moment lies in it. */
  readonly share: number;
}

const whole = ({ after, by }: Span): Piece => ({
  from: (after ?? by - numbers.unseenSpanMs) - numbers.spanSlackMs,
  to: by + numbers.spanSlackMs,
  share: 1,
});

/** Where in the span the moment lies: anywhere, or near its end when it was told at once. */
function piecesOf(span: Span): Piece[] {
  const all = whole(span);
  if (!span.isPrompt) return [all];
  const near = (ms: number, share: number): Piece => ({
    from: Math.max(all.from, span.by - ms - numbers.spanSlackMs),
    to: all.to,
    share,
  });
  const { pushedMs, pushedShare, polledMs, polledShare } = numbers;
  return [near(pushedMs, pushedShare), near(polledMs, polledShare), { ...all, share: 1 - pushedShare - polledShare }];
}

const overlap = (a: Piece, b: Piece): number => Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));

/** ms of a span, slack included. */
export const lengthOf = (span: Span): number => {
  const { from, to } = whole(span);
  return to - from;
};

/** ms in which both may have happened at once; 0 = they were two moments. */
export const common = (a: Span, b: Span): number => overlap(whole(a), whole(b));

/** 0–1: chance that the moment lies after `at`. */
export function shareAfter(span: Span, at: Instant): number {
  let share = 0;
  for (const { from, to, share: of } of piecesOf(span))
    share += of * Math.min(1, Math.max(0, (to - Math.max(from, at)) / (to - from)));
  return share;
}

/**
 * Log likelihood ratio of two spans: one moment seen twice, against two moments of which the second comes `perDay` times a day by
 * itself. null = they cannot be one moment.
 */
export function sameMomentLlr(a: Span, b: Span, perDay: number): number | null {
  if (common(a, b) === 0) return null;
  const perMs = perDay / 86_400_000;
  let density = 0;
  for (const one of piecesOf(a))
    for (const other of piecesOf(b))
      density += (one.share * other.share * overlap(one, other)) / ((one.to - one.from) * (other.to - other.from));
  return Math.log(density / perMs);
}

/** A stretch of time in which an asset is known to charge, or to rest with the cable in. */
export interface Stretch {
  readonly flow: Flow;
  readonly from: Instant;
  readonly to: Instant;
}

export function stretchesOf({ in: plugged, out, turns }: Cable, newest: Newest): Stretch[] {
  const stretches: Stretch[] = [];
  const add = (flow: Flow, from: Instant, to: Instant | null): void => {
    const until = out?.after != null && (to === null || to > out.after) ? out.after : to;
    if (until !== null && until >= from) stretches.push({ flow, from, to: until });
  };
  const [first] = turns;
  // What a first turn to "stop" began with was not kept.
  if (first?.kind !== 'stop') add('idle', plugged.by, first ? first.after : newest.idle);
  for (const [n, turn] of turns.entries()) {
    const flow = turn.kind === 'start' ? 'charging' : 'idle';
    const next = turns[n + 1];
    add(flow, turn.by, next ? next.after : newest[flow]);
  }
  return stretches;
}

/** ms for which both lasted at once, more than clocks and ramps explain; 0 = never. */
export function together(a: Stretch, b: Stretch): number {
  const ms = Math.min(a.to, b.to) - Math.max(a.from, b.from);
  return ms > numbers.spanSlackMs * 2 ? ms : 0;
}
