// What vehicles and chargers are shown alike.
import { type CommandState, isUnderWay } from '../acting/command.ts';
import type { Instant } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';
import type { Decision } from './decision.ts';
import { type Reason, reason } from './reason.ts';

export const rounded = (value: number | null | undefined, digits: number): number | null =>
  value === null || value === undefined ? null : Math.round(value * 10 ** digits) / 10 ** digits;

/**
 * The switch that never lies (6.3): while a command is under way it shows what is wished; after a confirmation it keeps that until
 * the first report that is newer than it; else what is believed.
 */
export function shownCharging(view: View, id: AssetId, now: Instant): boolean | null {
  const fused = view.get('fused', id);
  const command = view.get('command', id);
  if (command && isUnderWay(command)) return command.want === 'start';
  return command && isAhead(view, id, command, now) ? command.want === 'start' : (fused?.charging ?? null);
}

/** Confirmed by the action, while the newest report is still from before. */
function isAhead(view: View, id: AssetId, command: CommandState, now: Instant): boolean {
  const { word, cloudTime, changedAt } = command;
  if (word !== 'confirmed' || cloudTime === null || now - changedAt >= numbers.confirmingMs) return false;
  return (view.get('fused', id)?.at ?? 0) < cloudTime;
}

/** What a person should read first: a command under way or lately failed, else the decision. */
export function shownReason(view: View, id: AssetId, decision: Decision | null, now: Instant): Reason {
  const command = view.get('command', id);
  if (command?.result && (isUnderWay(command) || isAhead(view, id, command, now))) return command.result;
  const isFailure = command?.word === 'failed' || command?.word === 'refused';
  if (command?.result && isFailure && now - command.changedAt < numbers.failureShownMs) return command.result;
  return decision?.reason ?? reason('starting_up');
}
