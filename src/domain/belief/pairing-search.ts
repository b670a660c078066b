// While somebody is on a cable and it is open who: when to think again although nothing is reported (silence becomes evidence), and
// whether to ask the cloud sooner than usual (what is read sooner is known better).
import type { Draft } from '../draft.ts';
import { type Instant, later, latest, soonest } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId, UserId } from '../report.ts';
import type { View } from '../site.ts';
import { bridgeOf } from './bridge.ts';
import { cloudTimeOf } from './cloud-learn.ts';
import { openCable } from './trace.ts';
import { newUser } from './user.ts';
import { isHearing } from './webhook.ts';

/** By user; means nothing after a restart: the first report begins it anew. */
export interface Search {
  /** The cloud's time by which the newest open end of a cable went in. */
  readonly newest: Instant;
  /** Our time. */
  readonly reviewAt: Instant;
  /** How often the lists were read for it. */
  readonly reads: number;
}

/**
 * @param open cars and chargers of whom nothing is said @param waitsUntil Enode has until then to name a pair itself
 */
export function followSearch(
  draft: Draft,
  user: UserId,
  open: readonly AssetId[],
  waitsUntil: Instant | null,
  now: Instant,
): void {
  const held = draft.get('search', user);
  const newest = newestEnd(draft, open);
  const isYoung = newest !== null && cloudTimeOf(draft, now) - newest < numbers.searchForMs;
  if (!isYoung && waitsUntil === null) return draft.put('search', user, null);
  const isNew = newest !== null && (held === undefined || held.newest < newest);
  const pause = isNew ? numbers.searchFirstMs : numbers.searchAgainMs;
  const again = !isNew && held !== undefined && held.reviewAt > now ? held.reviewAt : later(now, pause);
  const reviewAt = soonest(isYoung ? again : null, waitsUntil)!;
  if (held?.reviewAt === reviewAt && held.newest === newest) return;
  const reads = isNew || held === undefined ? 0 : held.reads;
  draft.put('search', user, { newest: newest ?? held?.newest ?? now, reviewAt, reads });
}

/** Of those that are not paired. A cable whose beginning nobody saw is known no better for reading sooner. */
function newestEnd(view: View, open: readonly AssetId[]): Instant | null {
  let newest: Instant | null = null;
  for (const id of open) {
    const isPaired = view.get('pairing', id)?.word === 'activated' || view.get('occupant', id) !== undefined;
    const plugged = isPaired ? null : (openCable(view.get('trace', id))?.in ?? null);
    if (plugged !== null && plugged.after !== null) newest = latest(newest, plugged.by);
  }
  return newest;
}

/** Asks for the lists, a few times: what is read sooner is known better. Where Enode names pairs itself it is left to Enode. */
export function hurry(draft: Draft, user: UserId, now: Instant): void {
  const search = draft.get('search', user);
  if (!search || bridgeOf(draft).idsSeen || search.reads >= mostReads(draft, user)) return;
  draft.put('search', user, { ...search, reads: search.reads + 1 });
  for (const key of ['vehicles', 'chargers']) {
    const held = draft.get('look', key);
    if (held && now - held.askedAt >= numbers.refreshAtLeastMs) draft.put('look', key, null);
  }
}

/** With webhooks changes are told; only how long the others did not change is not, and that matters with several of them. */
function mostReads(view: View, user: UserId): number {
  if (!isHearing(view)) return numbers.hurriedReads;
  const { vehicles, chargers } = view.get('user', user) ?? newUser;
  return vehicles.length > 1 || chargers.length > 1 ? numbers.hurriedReadsHearing : 0;
}

/** When the pairs of this vehicle's user are due for another thought; null = no need. */
export function searchDue(view: View, vehicle: AssetId): Instant | null {
  const user = view.get('vehicle', vehicle)?.report.userId;
  return user === undefined ? null : (view.get('search', user)?.reviewAt ?? null);
}
