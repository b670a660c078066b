// What the cloud answers to a request for a limit, and what is heard of its action afterwards (R4, R11).
import type { Draft } from '../draft.ts';
import type { LimitAnswer } from '../fact.ts';
import type { Instant } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId, LimitKind, LimitReport } from '../report.ts';
import { reason } from '../telling/reason.ts';
import { doubtLimit, endLimit } from './follow-limit.ts';
import { aboutLimit, isSame, type Limit, limitKinds, openLimit, reportedLimit } from './limit.ts';
import { failureOf, refusalOf } from './refusal.ts';

export function takeLimitAnswer(
  draft: Draft,
  { target, limit: kind, attempt }: { readonly target: AssetId; readonly limit: LimitKind; readonly attempt: string },
  answer: LimitAnswer,
  now: Instant,
): void {
  const limit = openLimit(draft, target, kind);
  // The former value's request is answered: the newer one may follow.
  if (limit?.after?.id === attempt) draft.put(kind, target, { ...limit, after: null });
  if (limit?.id !== attempt || limit.state === 'accepted') return;
  switch (answer.kind) {
    case 'accepted':
      return accept(draft, limit, answer.action, now);
    case 'refused':
      // "Too many requests" to a repeat says nothing of the first request.
      if (answer.status === 429 && limit.repeats > 0) return doubtLimit(draft, limit, now);
      return refuse(draft, limit, answer, now);
    case 'unsent':
      if (limit.repeats > 0) return doubtLimit(draft, limit, now);
      return endLimit(draft, limit, 'failed', reason('limit_unsent', { ...aboutLimit(limit), why: answer.why }), now);
    case 'doubtful':
      return doubtLimit(draft, limit, now);
    default:
      return answer satisfies never;
  }
}

function accept(draft: Draft, limit: Limit, action: LimitReport, now: Instant): void {
  const { limit: kind, target } = limit;
  const accepted: Limit = {
    ...limit,
    state: 'accepted',
    action: action.id,
    actionCreatedAt: action.createdAt,
    answeredAt: now,
    result: reason('limit_pending', aboutLimit(limit)),
  };
  draft.put(kind, target, accepted);
  if (action.state !== 'pending') endByAction(draft, accepted, action, now);
}

/** R4: a 400 is judged by what is reported: already so is success; else Enode's own words. A path that does not exist is no ability. */
function refuse(draft: Draft, limit: Limit, answer: Extract<LimitAnswer, { kind: 'refused' }>, now: Instant): void {
  const { limit: kind, value, target, targetKind } = limit;
  if (answer.status === 400 && isSame(reportedLimit(draft, target, kind).value, value))
    return endLimit(draft, limit, 'confirmed', reason('limit_confirmed', aboutLimit(limit)), now);
  const isRouteMissing = answer.status === 404 && /route not found/i.test(`${answer.title} ${answer.detail}`);
  const why = isRouteMissing ? reason('limit_no_route', { limit: kind }) : refusalOf(draft, target, targetKind, answer);
  endLimit(draft, limit, 'refused', why, now);
}

/** An action on a limit seen by poll or event; in doubt, one that fits is adopted as ours (R4b). Others' limits are shown, not fought. */
export function takeLimitReport(draft: Draft, action: LimitReport, now: Instant): void {
  const limit = openLimit(draft, action.target, action.limit);
  if (!limit) return;
  if (limit.action === action.id) {
    if (action.state !== 'pending') endByAction(draft, limit, action, now);
    return;
  }
  const isSince = action.createdAt >= (limit.intendedCloudTime ?? limit.at) - numbers.cloudSlackMs;
  if (limit.state === 'doubtful' && limit.action === null && isSince) accept(draft, limit, action, now);
}

function endByAction(draft: Draft, limit: Limit, action: LimitReport, now: Instant): void {
  const { target } = limit;
  const { state, failure } = action;
  if (state === 'confirmed' || failure?.type === 'UNNECESSARY')
    return endLimit(draft, limit, 'confirmed', reason('limit_confirmed', aboutLimit(limit)), now);
  if (failure?.type === 'CONFLICT')
    return endLimit(draft, limit, 'superseded', reason('limit_superseded', aboutLimit(limit)), now);
  endLimit(draft, limit, 'failed', failureOf(draft, target, failure), now);
}

export function takeUnknownLimit(draft: Draft, action: string, now: Instant): void {
  for (const limit of allOpen(draft))
    if (limit.action === action) endLimit(draft, limit, 'lost', reason('limit_lost', aboutLimit(limit)), now);
}

/** After a restart nobody knows whether an intended request left: it is doubtful. */
export function startLimits(draft: Draft, now: Instant): void {
  for (const limit of allOpen(draft)) if (limit.state === 'intended') doubtLimit(draft, limit, now);
}

const allOpen = (draft: Draft): Limit[] =>
  limitKinds.flatMap((kind) => draft.ids(kind).flatMap((target) => openLimit(draft, target, kind) ?? []));
