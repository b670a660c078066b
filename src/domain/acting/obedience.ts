// How a device has lately answered its commands: outcomes and latency, a few of each, kept over restarts. Decides "lately obedient"
// and how long a silence is patience (R5); refusals, reversals and doubt say nothing of a device and are not counted.
import { activatedCharger } from '../belief/pairing.ts';
import type { Draft } from '../draft.ts';
import type { Instant } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { ActionReport, AssetId } from '../report.ts';
import type { View } from '../site.ts';
import type { Attempt } from './attempt.ts';

export interface Try {
  /** Our time of its end. */
  readonly at: Instant;
  /** false: accepted by Enode, but the device never reacted. */
  readonly obeyed: boolean;
  /** s from the creation of the action to its evidence, by the cloud's times; null = not told. */
  readonly latency: number | null;
  /** Asked at the Vehicle API while Enode's own ids named a charger within reach: Enode may have used either device. */
  readonly orchestrated: boolean;
}

export interface Obedience {
  /** Oldest first. */
  readonly tries: readonly Try[];
}

/** Takes note of an action that ended, at the device it was meant for. */
export function noteTry(draft: Draft, attempt: Attempt, action: ActionReport, now: Instant): void {
  const obeyed = obeyedBy(action);
  if (obeyed === null) return;
  const latency = obeyed ? latencyOf(action) : null;
  const made: Try = { at: now, obeyed, latency, orchestrated: isOrchestrated(draft, attempt) };
  const kept = triesOf(draft, attempt.target, now);
  draft.put('obedience', attempt.target, { tries: [...kept, made].slice(-numbers.triesKept) });
}

/** null: this end says nothing of the device. */
function obeyedBy(action: ActionReport): boolean | null {
  if (action.state === 'confirmed') return true;
  return action.state === 'failed' && action.failure?.type === 'NO_RESPONSE' ? false : null;
}

function latencyOf({ createdAt, completedAt, updatedAt }: ActionReport): number | null {
  const at = completedAt ?? updatedAt;
  return at === null || at < createdAt ? null : Math.round((at - createdAt) / 100) / 10;
}

function isOrchestrated(view: View, { target, targetKind }: Attempt): boolean {
  if (targetKind !== 'vehicle') return false;
  const charger = activatedCharger(view, target);
  return charger !== null && view.get('charger', charger)?.report.reachable === true;
}

/** The tries that still count, oldest first. */
export function triesOf(view: View, device: AssetId, now: Instant): readonly Try[] {
  const { tries = [] } = view.get('obedience', device) ?? {};
  return tries.filter(({ at }) => now - at < numbers.triesKeptMs);
}

/** Of its tries, % that were obeyed; null = none was made lately. */
export function obedienceOf(view: View, device: AssetId, now: Instant): number | null {
  const tries = triesOf(view, device, now);
  if (tries.length === 0) return null;
  return Math.round((100 * tries.filter(({ obeyed }) => obeyed).length) / tries.length);
}

/** s: the median of the latencies that were seen; null = none was. */
export function usualLatency(view: View, device: AssetId, now: Instant): number | null {
  const seen = triesOf(view, device, now).flatMap(({ latency }) => latency ?? []);
  return seen.sort((a, b) => a - b)[Math.floor(seen.length / 2)] ?? null;
}
