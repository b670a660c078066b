// Actions: where they are, and how an answer's action is read.
import type { ActionReport, AssetId, AssetKind, LimitReport } from '../domain/report.ts';
import type { Reply } from './exchange.ts';
import type { Oddities } from './oddities.ts';
import type { Redact } from './text.ts';
import { actionReport, limitReport } from './translate.ts';
import type { Wire } from './wire.ts';

export const actionPath = (kind: AssetKind, id: string): string => `/${kind}s/actions/${encodeURIComponent(id)}`;
export const assetPath = (kind: AssetKind, id: AssetId): string => `/${kind}s/${encodeURIComponent(id)}`;

/**
 * The action of an answer, under the asset that was asked. Which device an orchestrated action of a pair names is only inferred
 * (reference 8.2); its id is what counts, and losing that to a mismatch would make doubt out of a clear answer.
 */
export function actionIn(its: Its, reply: Reply, asked: Asked): ActionReport | null {
  const result = its.wire.action(reply.body);
  if (!result.ok) return null;
  return under(its, asked, actionReport(result.value, answered(reply, asked), around(its, reply)));
}

/** The same for an action that sets a limit. */
export function limitIn(its: Its, reply: Reply, asked: Asked): LimitReport | null {
  const result = its.wire.limitAction(reply.body);
  if (!result.ok) return null;
  return under(its, asked, limitReport(result.value, answered(reply, asked), around(its, reply)));
}

/** Told by the body alone (enode-api.md 6.2). */
export function isLimit(body: unknown): boolean {
  const { targetState = null } = (body ?? {}) as { targetState?: unknown };
  return typeof targetState === 'object' && targetState !== null;
}

interface Its {
  readonly wire: Wire;
  readonly oddities: Oddities;
  readonly redact: Redact;
}

interface Asked {
  readonly target: AssetId;
  readonly targetKind: AssetKind;
}

const answered = ({ cloudTime, at }: Reply, { target, targetKind }: Asked) => ({
  target,
  targetKind,
  answeredAt: cloudTime ?? at,
});

const around = ({ oddities, redact }: Its, { cloudTime }: Reply) => ({ cloudNow: cloudTime, oddities, redact });

function under<A extends Asked>(its: Its, { target, targetKind }: Asked, action: A | null): A | null {
  if (action === null || (action.target === target && action.targetKind === targetKind)) return action;
  its.oddities.value('action.targetId', action.target);
  return { ...action, target, targetKind };
}
