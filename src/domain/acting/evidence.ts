// What is certain about a charge right now: the belief, unless one of our own attempts ended after the report it rests on.
import { cloudTimeOf } from '../belief/cloud-learn.ts';
import type { Draft } from '../draft.ts';
import { type Instant, later } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';
import type { Attempt } from './attempt.ts';

/** The attempt of this loadpoint that ended last, if the belief is still from before its end. */
export function endedSince(view: View, lead: AssetId, crew: readonly AssetId[], now: Instant): Attempt | null {
  const at = view.get('fused', lead)?.at ?? null;
  let newest: Attempt | null = null;
  for (const device of crew) {
    const attempt = view.get('attempt', device);
    if (!attempt || attempt.endedAt === null || attempt.outcome === 'unsent' || attempt.outcome === 'refused') continue;
    if (newest === null || attempt.endedAt > newest.endedAt!) newest = attempt;
  }
  if (newest === null || now >= later(newest.endedAt!, numbers.confirmingMs)) return null;
  return at !== null && at > cloudTimeOf(view, newest.endedAt!) ? null : newest;
}

/** ON as far as it is known: a confirmed action says more than a report from before it. null = unknown. */
export function chargingNow(view: View, lead: AssetId, crew: readonly AssetId[], now: Instant): boolean | null {
  const ended = endedSince(view, lead, crew, now);
  if (ended?.outcome === 'confirmed') return ended.direction === 'start';
  return view.get('fused', lead)?.charging ?? null;
}

/** The cloud's time of the intent. Where our clock had not been compared by then, by the comparison made since. */
export const intentOf = (view: View, attempt: Attempt): Instant =>
  attempt.intendedCloudTime ?? cloudTimeOf(view, attempt.intendedAt);

/** Our time of the newest report of the device itself. */
export function heardOf(draft: Draft | View, device: AssetId): Instant | null {
  return (draft.get('vehicle', device) ?? draft.get('charger', device))?.heardAt ?? null;
}
