// A person asked for a limit: checked for sense, then stored as a wish of its own, or refused with the reason (R11).
import { bridgeOf } from '../belief/bridge.ts';
import { twinReason } from '../belief/twin.ts';
import type { Draft } from '../draft.ts';
import type { Commanded, Order } from '../fact.ts';
import { type Instant, later } from '../instant.ts';
import { clockTimeOf } from '../local-time.ts';
import { numbers } from '../numbers.ts';
import type { AssetId, LimitKind } from '../report.ts';
import type { View } from '../site.ts';
import { type Reason, reason } from '../telling/reason.ts';
import { fullBy } from './command-state.ts';
import { crewOf } from './crew.ts';
import { aboutLimit, type Limit, limitKinds, limitTarget, openLimit } from './limit.ts';
import { isGone } from './permit.ts';

type LimitOrder = Extract<Order, { kind: 'limit' }>;

/** @returns null when it was taken */
export function takeLimit(draft: Draft, fact: Commanded, order: LimitOrder, now: Instant): Reason | null {
  const { subject, transaction } = fact;
  const { limit: kind, value } = order;
  const routed = limitTarget(draft, subject, kind);
  const why = prohibition(draft, subject) ?? ('refused' in routed ? routed.refused : null);
  const refused = why ?? ('target' in routed ? outOfBounds(draft, routed.target, kind, value, now) : null);
  if (refused !== null || !('target' in routed)) {
    draft.tell({ subject, type: 'command_failed', detail: refused?.code ?? null });
    return refused;
  }
  const held = openLimit(draft, routed.target, kind);
  const deadline = later(now, numbers.wishDeadlineMs);
  if (held?.value === value && held.subject === subject) {
    draft.put(kind, routed.target, { ...held, deadline });
    return null;
  }
  const isOnItsWay = held?.state === 'intended' && held.intendedAt !== null;
  const next: Limit = {
    id: transaction,
    limit: kind,
    subject,
    ...routed,
    value,
    at: now,
    deadline,
    state: 'wanted',
    after: isOnItsWay ? { id: held.id, until: later(held.intendedAt, numbers.answerLostMs) } : (held?.after ?? null),
    intendedAt: null,
    intendedCloudTime: null,
    action: null,
    actionCreatedAt: null,
    answeredAt: null,
    endedCloudTime: null,
    outcome: null,
    result: reason('limit_requested', aboutLimit({ limit: kind, value })),
    repeats: 0,
    sent: draft.get(kind, routed.target)?.sent ?? [],
  };
  draft.put(kind, routed.target, next);
  return null;
}

function prohibition(draft: Draft, subject: AssetId): Reason | null {
  const { latched } = bridgeOf(draft);
  if (isGone(draft, subject)) return reason('not_linked');
  if (latched) return reason('refused_interlock', { check: latched.check });
  if (draft.settings.observeOnly) return reason('refused_observe_only');
  return twinReason(draft, subject);
}

function outOfBounds(draft: Draft, target: AssetId, kind: LimitKind, value: number, now: Instant): Reason | null {
  const range = kind === 'rate_limit' ? (draft.get('charger', target)?.report.rateLimitRange ?? null) : null;
  if (range && (value < range.min || value > range.max))
    return reason('refused_limit_range', { limit: kind, min: range.min, max: range.max });
  const until = limitsFullUntil(draft, new Set([...crewOf(draft, target), target]), now);
  return until && reason('guard_wait', { until: clockTimeOf(until, draft.settings.timeZone) });
}

/** Until when a loadpoint has had its share of limits, of both kinds; null = there is room. Tighter than the interlock's caps. */
export const limitsFullUntil = (view: View, devices: Iterable<AssetId>, now: Instant): Instant | null =>
  fullBy(
    [...devices].flatMap((id) => limitKinds.flatMap((kind) => view.get(kind, id)?.sent ?? [])),
    now,
  );
