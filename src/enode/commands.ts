// The two requests that change something: start or stop a charge, and cancel that. Each ends in exactly one answer fact (R4).
import type { CancelRequest, ChargeRequest } from '../domain/acting/effect.ts';
import type { AttemptAnswer, CancelAnswer } from '../domain/fact.ts';
import { actionIn, actionPath, assetPath } from './actions.ts';
import { isSuccess } from './exchange.ts';
import type { Looking } from './looks.ts';

export async function sendCharge(its: Looking, request: ChargeRequest): Promise<AttemptAnswer> {
  const outcome = await its.call(
    {
      kind: 'command',
      method: 'POST',
      path: `${assetPath(request.targetKind, request.target)}/charging`,
      body: { action: request.direction === 'start' ? 'START' : 'STOP' },
      urgent: true,
    },
    (reply) => (isSuccess(reply.status) ? actionIn(its, reply, request) : null),
  );
  if (outcome.kind !== 'answered') return { kind: outcome.kind, why: outcome.why };
  const { reply, value, why } = outcome;
  if (value !== null) return { kind: 'accepted', action: value };
  if (!isRefusal(reply.status)) return { kind: 'doubtful', why, status: reply.status };
  const { status, title, detail, retryAt } = reply;
  return { kind: 'refused', status, title, detail, retryAt };
}

/** 408 is a proxy's word as often as the server's: what it passed on is unknown. A redirect or 5xx may stand behind the work. */
const isRefusal = (status: number): boolean => status >= 400 && status < 500 && status !== 408;

export async function cancelCharge(its: Looking, request: CancelRequest): Promise<CancelAnswer> {
  const path = `${actionPath(request.targetKind, request.action)}/cancel`;
  const outcome = await its.call({ kind: 'cancel', method: 'POST', path, urgent: true }, (reply) => {
    if (reply.status === 404) return 'gone' as const;
    // 409: it had ended already, and the body is the action, not a problem.
    const action = isSuccess(reply.status) || reply.status === 409 ? actionIn(its, reply, request) : null;
    return action?.id === request.action ? action : null;
  });
  if (outcome.kind !== 'answered' || outcome.value === null) return { kind: 'unanswered', why: outcome.why };
  if (outcome.value === 'gone') return { kind: 'gone' };
  const action = outcome.value;
  if (action.state === 'pending')
    return { kind: 'unanswered', why: 'the action is still pending after its cancellation' };
  return { kind: 'ended', action };
}
