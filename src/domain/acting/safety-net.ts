// While webhooks are heard, no news means no change, and listings are a safety net. They are read all the same where silence could
// mislead: a command waits for its evidence, energy is counted, a mode would act and its last report is stale.
import { cloudOf } from '../belief/cloud-learn.ts';
import { leadOf, vehicleOn } from '../choice/lead.ts';
import { lacksReport } from '../choice/want.ts';
import { type Instant, instant, later, latest } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';
import { openAttempt } from './attempt.ts';
import type { Level } from './attention.ts';

export const worries = ['judging', 'confirming', 'pending', 'charging', 'deciding'] as const;
export type Worry = (typeof worries)[number];

/** Why the listing with this asset must not be too old, and our time from which on its age counts; null = the safety net is enough. */
export function worryOf(
  view: View,
  asset: AssetId,
  level: Level | null,
  now: Instant,
): { readonly why: Worry; readonly from: Instant } | null {
  if (level === 'confirming' || level === 'pending') return awaiting(view, asset, level);
  if (level === null) return null;
  if (level === 'charging') return { why: 'charging', from: knownAt(view, asset) };
  return leadOf(view, asset) === asset && lacksReport(view, asset, now) ? { why: 'deciding', from: instant(0) } : null;
}

/** What is waited for comes by webhook; the listing is for the case that it does not. */
function awaiting(
  view: View,
  asset: AssetId,
  level: Extract<Level, 'confirming' | 'pending'>,
): { readonly why: Worry; readonly from: Instant } {
  const vehicle = view.get('charger', asset) ? vehicleOn(view, asset) : null;
  const ids = vehicle === null ? [asset] : [asset, vehicle];
  // Where all is as wished already nothing changes, and no webhook tells of it.
  if (ids.some((id) => openAttempt(view, id)?.refusal)) return { why: 'judging', from: instant(0) };
  const from = ids.flatMap((id) => [openAttempt(view, id)?.intendedAt ?? 0, view.get('command', id)?.changedAt ?? 0]);
  return { why: level, from: instant(Math.max(...from)) };
}

/** Our time of what is believed of it. */
function knownAt(view: View, asset: AssetId): Instant {
  const at = view.get('fused', asset)?.at ?? null;
  return at === null ? instant(0) : later(at, cloudOf(view).clockOffset ?? 0);
}

/**
 * When a listing is due while webhooks are heard.
 * @param since per worry the earliest of its times
 */
export function heardListDue(
  view: View,
  kind: 'vehicles' | 'chargers',
  since: (why: Worry) => Instant | null,
  stretch: number,
): Instant {
  const record = view.get('look', kind);
  if (!record) return instant(0);
  const { askedAt, failures } = record;
  const dues = [later(askedAt, (failures > 0 ? numbers.lookEveryMs.idle : numbers.heardEveryMs) * stretch)];
  for (const why of worries) {
    const from = since(why);
    if (from !== null) dues.push(later(latest(from, askedAt)!, numbers.worryEveryMs[why]));
  }
  return instant(Math.min(...dues));
}
