// What must be looked at, and how fresh: the more depends on a thing, the oftener it is read.
import { isHearing } from '../belief/webhook.ts';
import { vehicleOn } from '../choice/lead.ts';
import type { Draft } from '../draft.ts';
import type { LookEnded, LookSubject } from '../fact.ts';
import { type Instant, instant, later } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';
import { type Attempt, openAttempt } from './attempt.ts';
import { type CommandState, isUnderWay } from './command.ts';
import { type Limit, limitKinds, openLimit } from './limit.ts';

/** How one look subject went: by key, e.g. `vehicles`, `action <id>`. */
export interface LookRecord {
  readonly askedAt: Instant;
  /** null = under way */
  readonly endedAt: Instant | null;
  readonly okAt: Instant | null;
  readonly failures: number;
  /** Hints only: how many in a row brought no newer report, and whether this one did. */
  readonly idle?: number;
  readonly helped?: boolean;
  /** Lists only: pages it has, as far as known; absent = one. */
  readonly pages?: number;
  /** While under way: requests it may spend. */
  readonly most?: number;
}

export const levels = ['confirming', 'pending', 'charging', 'plugged', 'home', 'idle', 'asleep'] as const;
/** How closely an asset is watched, the closest first. */
export type Level = (typeof levels)[number];

export const keyOf = (subject: LookSubject): string => {
  switch (subject.kind) {
    case 'schedules':
      return `schedules ${subject.user}`;
    case 'users':
      return subject.user === undefined ? 'users' : `users ${subject.user}`;
    case 'action':
    case 'hint':
      return `${subject.kind} ${subject.id}`;
    default:
      return subject.kind;
  }
};

/** How closely this asset is watched now; null = not at all (no longer linked). */
export function levelOf(view: View, asset: AssetId, now: Instant): Level | null {
  const own = levelAlone(view, asset, now);
  const vehicle = view.get('charger', asset) ? vehicleOn(view, asset) : null;
  // A command of the vehicle on it concerns the charger as well: it is often the quicker witness.
  const other = vehicle === null ? null : levelAlone(view, vehicle, now);
  return own !== null && (other === 'confirming' || other === 'pending') ? other : own;
}

function levelAlone(view: View, asset: AssetId, now: Instant): Level | null {
  const known = view.get('vehicle', asset) ?? view.get('charger', asset);
  if (!known || known.goneSince !== null) return null;
  const command = view.get('command', asset);
  const fused = view.get('fused', asset);
  const attempt = openAttempt(view, asset);
  // A 400 waits for a fresh report to be judged by.
  if (attempt?.refusal) return 'confirming';
  if (attempt || isUnderWay(command) || limitKinds.some((kind) => openLimit(view, asset, kind))) return 'pending';
  if (isConfirming(command, fused?.at ?? null, now)) return 'confirming';
  if (fused?.charging === true) return 'charging';
  if (fused?.plugged === true) return 'plugged';
  if (known.report.reachable === false) return 'asleep';
  return view.get('vehicle', asset)?.where?.moved === false ? 'home' : 'idle';
}

/** Confirmed by the action, but the belief is still from before: the next report is worth hurrying. */
function isConfirming(command: CommandState | undefined, at: Instant | null, now: Instant): boolean {
  if (command?.word !== 'confirmed' || command.cloudTime === null) return false;
  return now - command.changedAt < numbers.confirmingMs && (at === null || at < command.cloudTime);
}

export interface LookWant {
  readonly subject: LookSubject;
  readonly due: Instant;
  /** 0 = follows a command, 1 = lists, 2 = the rest */
  readonly priority: number;
}

/** When a listing is due whose most watched asset is at `level`; with nobody to watch it is read for newcomers. */
export function listDue(view: View, kind: 'vehicles' | 'chargers', level: Level | null, stretch: number): Instant {
  const record = view.get('look', kind);
  if (!record) return instant(0);
  const isUrgent = level === 'confirming' || level === 'pending';
  return later(record.askedAt, numbers.lookEveryMs[level ?? 'idle'] * (isUrgent ? 1 : stretch));
}

/** What can be followed: an attempt, or a limit that was asked. */
type Followed = Pick<Attempt | Limit, 'state' | 'action' | 'target' | 'targetKind' | 'answeredAt' | 'intendedAt'>;

export const actionSubject = (attempt: Followed): Extract<LookSubject, { kind: 'action' }> => ({
  kind: 'action',
  id: attempt.action ?? '',
  target: attempt.target,
  targetKind: attempt.targetKind,
});

/** Everything at a device whose action is to be followed. */
export const followedAt = (view: View, device: AssetId): readonly Followed[] =>
  [openAttempt(view, device), ...limitKinds.map((kind) => openLimit(view, device, kind))].filter((one) => one !== null);

/** When an action's state is to be read next: soon after its acceptance, then ever slower. */
export function actionDue(view: View, attempt: Followed): Instant {
  const since = attempt.answeredAt ?? attempt.intendedAt ?? instant(0);
  const asked = view.get('look', keyOf(actionSubject(attempt)))?.askedAt ?? null;
  const times = isHearing(view) ? numbers.actionLooksHeardMs : numbers.actionLooksMs;
  const next = times.find((ms) => asked === null || since + ms > asked);
  const pause = times.at(-1)! - times.at(-2)!;
  return next !== undefined ? later(since, next) : later(asked!, pause);
}

/** Slow things: when due after their last success; after a failure they wait like any other. @param askedFor something since then makes it due at once */
export function everyDue(view: View, subject: LookSubject, everyMs: number, askedFor: Instant | null = null): Instant {
  const record = view.get('look', keyOf(subject));
  if (!record || (askedFor !== null && askedFor > record.askedAt)) return askedFor ?? instant(0);
  if (record.okAt !== null && record.failures === 0) return later(record.okAt, everyMs);
  // Soon at first (the cloud may have been down at the very start), then ever later.
  const pause = numbers.slowAgainFirstMs * 2 ** Math.min(record.failures, 10);
  return later(record.askedAt, Math.min(everyMs, numbers.slowAgainMs, pause));
}

/** @param most requests it may spend @param idle hints only: see `LookRecord` */
export function beginLook(draft: Draft, subject: LookSubject, now: Instant, most: number, idle = 0): void {
  const held = draft.get('look', keyOf(subject));
  draft.put('look', keyOf(subject), {
    askedAt: now,
    endedAt: null,
    okAt: held?.okAt ?? null,
    failures: held?.failures ?? 0,
    ...(held?.pages === undefined ? {} : { pages: held.pages }),
    most,
    ...(subject.kind === 'hint' ? { idle, helped: false } : {}),
  });
}

export function endLook(draft: Draft, { subject, ok, pages }: LookEnded, now: Instant): void {
  const key = keyOf(subject);
  const held = draft.get('look', key);
  if (!held) return;
  // A finished action is never looked at again.
  if (subject.kind === 'action' && !followedAt(draft, subject.target).some(({ action }) => action === subject.id))
    return draft.put('look', key, null);
  // Cut short by the allowance: it has one more at least.
  const known = pages ? pages.read + (pages.more ? 1 : 0) : ok ? 1 : held.pages;
  const { pages: _former, most: _spent, ...rest } = held;
  const ended = { ...rest, endedAt: now, okAt: ok ? now : held.okAt, failures: ok ? 0 : held.failures + 1 };
  draft.put('look', key, known === undefined || known === 1 ? ended : { ...ended, pages: known });
}

/** Our clock jumped: times of former looks and pauses mean nothing on the new one, so everything is due. */
export function lookAfresh(draft: Draft): void {
  for (const key of draft.ids('look')) draft.put('look', key, null);
}

/** Somebody pressed refresh: both listings are due at once, unless they were just read. */
export function lookAgain(draft: Draft, now: Instant): void {
  for (const key of ['vehicles', 'chargers', 'users']) {
    const held = draft.get('look', key);
    if (held && now - held.askedAt >= numbers.refreshAtLeastMs) draft.put('look', key, null);
  }
}
