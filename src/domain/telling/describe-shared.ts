// What vehicles and chargers are shown alike.
import { type CommandState, isUnderWay } from '../acting/command.ts';
import { newestLimit } from '../acting/limit.ts';
import { obedienceOf, usualLatency } from '../acting/obedience.ts';
import type { Fused } from '../belief/fuse.ts';
import type { Pairing } from '../belief/pairing.ts';
import { leadOf, membersOf } from '../choice/lead.ts';
import type { Instant } from '../instant.ts';
import { isoOf } from '../local-time.ts';
import { numbers } from '../numbers.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';
import type { Decision } from './decision.ts';
import type { Say } from './describe.ts';
import { type Reason, type ReasonCode, reason } from './reason.ts';

export const rounded = (value: number | null | undefined, digits: number): number | null =>
  value === null || value === undefined ? null : Math.round(value * 10 ** digits) / 10 ** digits;

/** What decides "lately obedient" (R5), for people. */
export const shownObedience = (view: View, id: AssetId, now: Instant) => ({
  obedience: obedienceOf(view, id, now),
  usual_latency: usualLatency(view, id, now),
});

/** Whole sentences, as many as Home Assistant takes (255 characters); null = nothing speaks for a pair. */
export function shownEvidence(pairing: Pairing | undefined, say: Say): string | null {
  let text = '';
  for (const sentence of pairing?.evidence.map(say) ?? []) {
    const longer = text === '' ? sentence : `${text} ${sentence}`;
    if (longer.length <= 255) text = longer;
  }
  return text === '' ? null : text;
}

/**
 * The switch that never lies (6.3): while a command is under way it shows what is wished; after a confirmation it keeps that until
 * the first report that is newer than it; else what is believed. Both switches of an activated pair command one charge (R5).
 */
export function shownCharging(view: View, id: AssetId, now: Instant): boolean | null {
  let newest: CommandState | null = null;
  for (const member of [id, ...membersOf(view, leadOf(view, id))]) {
    const command = view.get('command', member);
    if (!command || !(isUnderWay(command) || isAhead(view, id, command, now))) continue;
    if (newest === null || command.at > newest.at) newest = command;
  }
  return newest === null ? (view.get('fused', id)?.charging ?? null) : newest.want === 'start';
}

/**
 * What became of the newest command of the loadpoint: one at the charger's own switch runs on the charger only, and the vehicle shows
 * the result (R5), as its switch does. An own result stays until the other's moves after it; what was refused concerns its own switch.
 */
export function shownCommand(view: View, id: AssetId): CommandState | undefined {
  let shown = view.get('command', id);
  for (const member of membersOf(view, leadOf(view, id))) {
    const other = view.get('command', member);
    if (other !== undefined && other.wish !== null && other.changedAt > (shown?.changedAt ?? 0)) shown = other;
  }
  return shown;
}

/** Confirmed by the action, while the newest report is still from before. */
function isAhead(view: View, id: AssetId, command: CommandState, now: Instant): boolean {
  const { word, cloudTime, changedAt } = command;
  if (word !== 'confirmed' || cloudTime === null || now - changedAt >= numbers.confirmingMs) return false;
  return (view.get('fused', id)?.at ?? 0) < cloudTime;
}

/** What became of the limit that was asked last by this asset's name; null = none was. */
export function shownLimitResult(view: View, id: AssetId, say: Say): string | null {
  const newest = newestLimit(view, id);
  return newest === null ? null : say(newest.result);
}

const handovers: ReadonlySet<ReasonCode> = new Set(['handover_schedule', 'handover_smart_charging']);

/** What a person should read first: a command under way or lately failed, else the decision. */
export function shownReason(view: View, id: AssetId, decision: Decision | null, now: Instant): Reason {
  const command = shownCommand(view, id);
  // What was found to steer it says more than that something does (R9).
  if (command?.result?.code === 'enode_422' && decision && handovers.has(decision.reason.code)) return decision.reason;
  if (command?.result && (isUnderWay(command) || isAhead(view, id, command, now))) return command.result;
  if (command?.result && isStillFailed(view, id, command, now)) return command.result;
  return decision?.reason ?? reason('starting_up');
}

/** For a while, and only as long as it is not so after all. */
function isStillFailed(view: View, id: AssetId, command: CommandState, now: Instant): boolean {
  if (command.word !== 'failed' && command.word !== 'refused') return false;
  const isSo = view.get('fused', id)?.charging === (command.want === 'start');
  if ((view.get('setting', id)?.changedAt ?? 0) > command.changedAt) return false;
  return !isSo && now - command.changedAt < numbers.failureShownMs;
}

/** Who witnesses cable and charging, and up to when: one witness speaks for both. */
export const seenState = (fused: Fused | undefined) => ({
  charging_state_source: fused?.from ?? null,
  charging_state_seen: isoOf(fused?.at ?? null),
});
