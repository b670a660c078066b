// Charging actions: where they are, and how an answer's action is read.
import type { ActionReport, AssetId, AssetKind } from '../domain/report.ts';
import type { Reply } from './exchange.ts';
import type { Oddities } from './oddities.ts';
import type { Redact } from './text.ts';
import { actionReport } from './translate.ts';
import type { Wire } from './wire.ts';

export const actionPath = (kind: AssetKind, id: string): string => `/${kind}s/actions/${encodeURIComponent(id)}`;
export const assetPath = (kind: AssetKind, id: AssetId): string => `/${kind}s/${encodeURIComponent(id)}`;

/**
 * The action of an answer, under the asset that was asked. Which device an orchestrated action of a pair names is only inferred
 * (reference 8.2); its id is what counts, and losing that to a mismatch would make doubt out of a clear answer.
 */
export function actionIn(
  its: { readonly wire: Wire; readonly oddities: Oddities; readonly redact: Redact },
  reply: Reply,
  asked: { readonly target: AssetId; readonly targetKind: AssetKind },
): ActionReport | null {
  const result = its.wire.action(reply.body);
  if (!result.ok) return null;
  const { target, targetKind } = asked;
  const around = { cloudNow: reply.cloudTime, oddities: its.oddities, redact: its.redact };
  const action = actionReport(result.value, { target, targetKind, answeredAt: reply.cloudTime ?? reply.at }, around);
  if (action === null || (action.target === target && action.targetKind === targetKind)) return action;
  its.oddities.value('action.targetId', action.target);
  return { ...action, target, targetKind };
}
