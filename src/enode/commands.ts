// The requests that change something: start or stop a charge, set a limit, and cancel a start or stop. Each ends in exactly one answer fact (R4).
import type { CancelRequest, ChargeRequest, LimitRequest } from '../domain/acting/effect.ts';
import type { AttemptAnswer, CancelAnswer, LimitAnswer } from '../domain/fact.ts';
import { actionIn, actionPath, assetPath, limitIn } from './actions.ts';
import { isSuccess, type Reply } from './exchange.ts';
import type { Looking } from './looks.ts';
import { RATE_LIMIT_FIELD, RATE_LIMIT_PATH } from './numbers.ts';

export const sendCharge = (its: Looking, request: ChargeRequest): Promise<AttemptAnswer> =>
  create(its, request, 'charging', { action: request.direction === 'start' ? 'START' : 'STOP' }, (reply) =>
    actionIn(its, reply, request),
  );

/** R11: amperes at the asset itself, or kW. */
export const sendLimit = (its: Looking, request: LimitRequest): Promise<LimitAnswer> => {
  const { limit, value } = request;
  const [path, field] = limit === 'max_current' ? ['max-current', 'maxCurrent'] : [RATE_LIMIT_PATH, RATE_LIMIT_FIELD];
  return create(its, request, path, { [field]: value }, (reply) => limitIn(its, reply, request));
};

async function create<A>(
  its: Looking,
  { target, targetKind }: Pick<ChargeRequest, 'target' | 'targetKind'>,
  path: string,
  body: Readonly<Record<string, unknown>>,
  read: (reply: Reply) => A | null,
): Promise<AttemptAnswer<A>> {
  const outcome = await its.call(
    { kind: 'command', method: 'POST', path: `${assetPath(targetKind, target)}/${path}`, body, urgent: true },
    (reply) => (isSuccess(reply.status) ? read(reply) : null),
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
