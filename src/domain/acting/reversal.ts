// R4: after a reversed wish, the cancelled direction that happens after all is undone once.
import { chooserOf, countedCharger } from '../belief/chooser.ts';
import type { Draft } from '../draft.ts';
import { type Instant, later } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId, Direction } from '../report.ts';
import type { View } from '../site.ts';
import { moveCommand, requested } from './command-state.ts';
import { chargingNow } from './evidence.ts';
import type { Wish } from './wish.ts';

/** A new wish against what was taken back lately, as a fallback does: that may still happen. Called once, when the wish is made. */
export function expectCancelled(draft: Draft, lead: AssetId, crew: readonly AssetId[], wish: Wish, now: Instant): void {
  for (const device of crew) {
    const attempt = draft.get('attempt', device);
    if (attempt?.outcome !== 'cancelled' || attempt.cancel === 'no' || attempt.direction === wish.want) continue;
    const until = later(attempt.endedAt!, numbers.reversalWatchMs);
    if (now < until) draft.put('watch', lead, { cancelled: attempt.direction, device, until, wish: wish.id });
  }
}

/** @returns when the watch ends, or null */
export function watchReversal(draft: Draft, lead: AssetId, crew: readonly AssetId[], now: Instant): Instant | null {
  const watch = draft.get('watch', lead);
  if (!watch) return null;
  if (now >= watch.until) {
    draft.put('watch', lead, null);
    return null;
  }
  const wish = crew.map((id) => draft.get('wish', id)).find((one) => one?.id === watch.wish) ?? null;
  const happened = chargingNow(draft, lead, crew, now) === (watch.cancelled === 'start');
  const opposes = wish !== null && wish.want !== (watch.cancelled as Direction);
  // While another wish rules, or this one is still at work, nothing has to be undone.
  const isRuled = crew.some((id) => draft.get('wish', id)?.state === 'open');
  // One that failed was told as failed, and one taken back is nobody's wish any more.
  if (!happened || !opposes || isRuled || wish.state !== 'met') return watch.until;
  draft.put('watch', lead, null);
  if (isInVain(draft, wish, watch.device)) return null;
  const { hop: _hop, again: _again, ...former } = wish;
  const again: Wish = {
    ...former,
    ...(mayAsk(draft, wish, watch.device) ? { again: watch.device } : {}),
    state: 'open',
    notBefore: null,
    at: now,
    deadline: later(now, numbers.wishDeadlineMs),
  };
  draft.put('wish', wish.subject, again);
  moveCommand(draft, again, 'requested', requested(draft, again), now);
  return null;
}

/** Where we choose, what a device of the pair did late is undone there. */
function mayAsk(view: View, { subject, route }: Wish, device: AssetId | undefined): device is AssetId {
  if (chooserOf(view) !== 'local' || route !== null || !view.get('vehicle', subject)) return false;
  return device === subject || device === countedCharger(view, subject);
}

/** A charger's own switch means the charger only (R5): it cannot start what the car holds back. */
const isInVain = (view: View, { subject, want }: Wish, device: AssetId | undefined): boolean =>
  want === 'start' &&
  device !== undefined &&
  device !== subject &&
  view.get('charger', subject) !== undefined &&
  view.get('charger', subject)?.report.charge.power !== 'stopped';
