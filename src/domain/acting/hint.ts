// When Enode is asked to poll a device earlier (refresh-hint): sparingly, for a command that waits or a mode that cannot decide on an
// old report; and rarer where it was seen to bring nothing.
import { cloudTimeOf } from '../belief/cloud-learn.ts';
import { openPlugIn } from '../belief/plugin.ts';
import { isHearing } from '../belief/webhook.ts';
import { defaultSetting } from '../choice/setting.ts';
import { lacksReport } from '../choice/want.ts';
import type { Draft } from '../draft.ts';
import type { LookSubject } from '../fact.ts';
import { type Instant, instant, later } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';
import { type Attempt, openAttempt } from './attempt.ts';
import { keyOf, type LookRecord, type LookWant } from './attention.ts';
import { intentOf } from './evidence.ts';

const subjectOf = (view: View, id: AssetId): LookSubject => ({
  kind: 'hint',
  id,
  targetKind: view.get('vehicle', id) ? 'vehicle' : 'charger',
});

/** The hint that is wanted for an asset, or null. */
export function hintWant(view: View, id: AssetId, now: Instant): LookWant | null {
  const attempt = openAttempt(view, id);
  const since = attempt ? waitsSince(view, attempt) : staleSince(view, id, now);
  if (since === null) return null;
  const subject = subjectOf(view, id);
  const last = view.get('look', keyOf(subject));
  const due = last ? Math.max(since, last.askedAt + pauseAfter(last)) : since;
  return { subject, due: instant(due), priority: 2 };
}

/** A command is pending, and its device has been silent since. */
function waitsSince(view: View, attempt: Attempt): Instant | null {
  if (attempt.state !== 'accepted') return null;
  const at = view.get('fused', attempt.target)?.at ?? null;
  const isSilent = at === null || at < intentOf(view, attempt);
  return isSilent ? later(attempt.intendedAt, numbers.hintAfterMs) : null;
}

/** A mode wants to decide about a car whose cable is in, and its last report is too old for that. */
function staleSince(view: View, id: AssetId, now: Instant): Instant | null {
  const { mode } = view.get('setting', id) ?? defaultSetting;
  const vehicle = view.get('vehicle', id);
  const at = view.get('fused', id)?.at ?? null;
  if (mode === 'manual' || !vehicle || vehicle.goneSince !== null || at === null || openPlugIn(view, id) === null)
    return null;
  // While webhooks are heard a listing comes first, and only when something would be done.
  const isJustHeard = now - vehicle.heardAt <= numbers.worryEveryMs.deciding;
  if (isHearing(view) && !(isJustHeard && lacksReport(view, id, now))) return null;
  const staleAt = later(at, numbers.staleAfterMs);
  return cloudTimeOf(view, now) >= staleAt ? staleAt : null;
}

/** Twice as long after each hint in a row that brought no newer report. */
const pauseAfter = ({ idle = 0 }: LookRecord): number =>
  numbers.hintEveryMs * 2 ** Math.min(idle, numbers.hintMostDoublings);

/** What a new hint starts from: the former one brought nothing unless a report was seen to follow it. */
export function idleHints(view: View, subject: LookSubject): number {
  const held = subject.kind === 'hint' ? view.get('look', keyOf(subject)) : undefined;
  return !held || held.helped ? 0 : (held.idle ?? 0) + 1;
}

/** A report arrived: if it follows a hint closely by the cloud's time, the hint helped. */
export function noteHint(draft: Draft, id: AssetId, at: Instant | null): void {
  const key = keyOf(subjectOf(draft, id));
  const held = draft.get('look', key);
  if (!held || held.helped || at === null) return;
  const asked = cloudTimeOf(draft, held.askedAt);
  if (at > asked && at - asked <= numbers.hintHelpsMs) draft.put('look', key, { ...held, helped: true });
}
