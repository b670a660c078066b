// How a device has lately answered its commands: outcomes and latency, a few of each, kept over restarts. Decides "lately obedient"
// and how long a silence is patience (R5); refusals, reversals and doubt say nothing of a device and are not counted.
import { chooserOf } from '../belief/chooser.ts';
import { noteUnorchestrated } from '../belief/orchestration.ts';
import { activatedCharger } from '../belief/pairing.ts';
import type { Draft } from '../draft.ts';
import type { Instant } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { ActionReport, AssetId } from '../report.ts';
import type { View } from '../site.ts';
import type { Attempt } from './attempt.ts';
import type { Hop } from './wish.ts';

export interface Try {
  /** Our time of its end. */
  readonly at: Instant;
  /** false: accepted by Enode, but the device never reacted. */
  readonly obeyed: boolean;
  /** s from the creation of the action to its evidence, by the cloud's times; null = not told. */
  readonly latency: number | null;
  /** Asked at the Vehicle API while Enode chose and its own ids named a charger within reach: it may have used either device. */
  readonly orchestrated: boolean;
}

export interface Obedience {
  /** Oldest first. */
  readonly tries: readonly Try[];
}

/** Takes note of an action that ended, at the device it was meant for. @param hop why the wish went on to the other device, if it did */
export function noteTry(
  draft: Draft,
  attempt: Attempt,
  action: ActionReport,
  hop: Hop['why'] | null,
  now: Instant,
): void {
  const obeyed = obeyedBy(action, hop);
  if (obeyed === null) return;
  const latency = action.state === 'confirmed' ? latencyOf(action) : null;
  const made: Try = { at: now, obeyed, latency, orchestrated: isOrchestrated(draft, attempt) };
  const kept = triesOf(draft, attempt.target, now);
  const tries = [...kept, made].slice(-numbers.triesKept);
  draft.put('obedience', attempt.target, { tries });
  // Enode would have gone on to the charger (R5).
  const silences = tries.filter((one) => one.orchestrated && !one.obeyed).length;
  if (silences >= numbers.silencesAsEvidence) noteUnorchestrated(draft, 'silent', attempt.target, now);
}

/** null: this end says nothing of the device. */
function obeyedBy({ state, failure }: ActionReport, hop: Hop['why'] | null): boolean | null {
  if (state === 'confirmed') return true;
  if (state === 'failed' && failure?.type === 'NO_RESPONSE') return false;
  // Taken back by us: it was silent for too long, or had done its part.
  return hop === 'silent' ? false : hop === 'both' ? true : null;
}

function latencyOf({ createdAt, completedAt, updatedAt }: ActionReport): number | null {
  const at = completedAt ?? updatedAt;
  return at === null || at < createdAt ? null : Math.round((at - createdAt) / 100) / 10;
}

function isOrchestrated(view: View, { target, targetKind }: Attempt): boolean {
  if (targetKind !== 'vehicle' || chooserOf(view) === 'local') return false;
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

/** R5 "lately obedient": its last word was no silence, or that is long enough ago to try again. */
export function isObedient(view: View, device: AssetId, now: Instant): boolean {
  // What Enode may have done through the charger proves nothing of the car.
  const own = triesOf(view, device, now).filter(({ obeyed, orchestrated }) => !(obeyed && orchestrated));
  const silent = own.length - 1 - own.findLastIndex(({ obeyed }) => obeyed);
  if (silent === 0) return true;
  const rest = Math.min(numbers.silentRestMostMs, numbers.silentRestMs * 2 ** (silent - 1));
  return now - own.at(-1)!.at >= rest;
}

/** ms that a command may be pending without any evidence before that is a definite failure. */
export function patienceOf(view: View, device: AssetId, now: Instant): number {
  const usual = usualLatency(view, device, now);
  if (usual === null) return numbers.patienceFirstMs;
  const ms = numbers.patienceFactor * usual * 1000;
  return Math.min(numbers.patienceMostMs, Math.max(numbers.patienceLeastMs, ms));
}
