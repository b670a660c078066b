// A person has a link in hand: until its device appears, or its login works again, the cloud is asked often, ever slower as time goes by.
import { isHearing } from '../belief/webhook.ts';
import type { Draft } from '../draft.ts';
import type { LookSubject } from '../fact.ts';
import { type Instant, later, latest, soonest } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId, AssetKind, UserId } from '../report.ts';
import type { View } from '../site.ts';
import { keyOf } from './attention.ts';

/** One for each user: Enode does not say by which link a device came, so they are not told apart. */
export interface OpenLink {
  readonly user: UserId;
  readonly since: Instant;
  readonly until: Instant;
  /** When a browser came back last; null = none did. */
  readonly returnedAt: Instant | null;
  readonly kinds: readonly AssetKind[];
  /** Vendors whose login is being renewed. */
  readonly renews: readonly string[];
}

/** An account that a person unlinked here. */
interface Unlinked {
  readonly user: UserId;
  readonly vendor: string;
  /** null = all kinds */
  readonly assetKind: AssetKind | null;
  readonly at: Instant;
}

/** What persons did with accounts lately. */
export interface Linking {
  readonly open: readonly OpenLink[];
  readonly unlinked: readonly Unlinked[];
}

const openLinks = (view: View, now: Instant): readonly OpenLink[] =>
  view.get('link', 'link')?.open.filter(({ until }) => until > now) ?? [];

const unlinkings = (view: View, now: Instant): readonly Unlinked[] =>
  view.get('link', 'link')?.unlinked.filter(({ at }) => now - at < numbers.unlinkedMs) ?? [];

function put(draft: Draft, { open, unlinked }: Linking): void {
  draft.put('link', 'link', open.length + unlinked.length === 0 ? null : { open, unlinked });
}

interface Opened {
  readonly user: UserId;
  readonly kinds: readonly AssetKind[];
  readonly renews: string | null;
}

export function noteLinkOpened(draft: Draft, { user, kinds, renews }: Opened, now: Instant): void {
  const open = openLinks(draft, now);
  const held = open.find((link) => link.user === user);
  const link: OpenLink = {
    user,
    since: now,
    until: later(now, numbers.linkLifeMs),
    returnedAt: held?.returnedAt ?? null,
    kinds: [...new Set([...(held?.kinds ?? []), ...kinds])].sort(),
    renews: [...new Set([...(held?.renews ?? []), ...(renews === null ? [] : [renews])])].sort(),
  };
  put(draft, { open: [...open.filter((other) => other !== held), link], unlinked: unlinkings(draft, now) });
}

/** A device of this kind is new. */
export function noteLinked(draft: Draft, user: UserId, kind: AssetKind, now: Instant): void {
  shorten(draft, user, now, ({ kinds }) => kinds.includes(kind));
}

/** @param invalid vendors that do not let Enode in */
export function noteLogins(draft: Draft, user: UserId, invalid: readonly string[], now: Instant): void {
  shorten(draft, user, now, ({ renews }) => renews.some((vendor) => !invalid.includes(vendor)));
}

/** What was waited for is there. A second account may follow soon, but no whole day is spent on that. */
function shorten(draft: Draft, user: UserId, now: Instant, isThere: (link: OpenLink) => boolean): void {
  const until = later(now, numbers.linkedMs);
  const open = openLinks(draft, now);
  const isIt = (link: OpenLink): boolean => link.user === user && link.until > until && isThere(link);
  if (!open.some(isIt)) return;
  const shortened = open.map((link) => (isIt(link) ? { ...link, until } : link));
  put(draft, { open: shortened, unlinked: unlinkings(draft, now) });
}

/** A browser came back: something may be there right now. Without an open link that is nobody we sent. */
export function noteReturned(draft: Draft, now: Instant): void {
  const open = openLinks(draft, now);
  if (open.length === 0) return;
  put(draft, { open: open.map((link) => ({ ...link, returnedAt: now })), unlinked: unlinkings(draft, now) });
}

/** The lists are read at once, by which what is missing then is confirmed gone: also if one is on its way, for it may be older. */
export function noteUnlinked(draft: Draft, { user, vendor, assetKind }: Omit<Unlinked, 'at'>, now: Instant): void {
  const unlinked = [...unlinkings(draft, now), { user, vendor, assetKind, at: now }];
  put(draft, { open: openLinks(draft, now), unlinked });
  for (const key of ['vehicles', 'chargers']) draft.put('look', key, null);
}

/** What a person just unlinked needs no time of grace once a listing misses it, too. */
export function confirmedGone(view: View, user: UserId, kind: AssetKind, now: Instant): readonly AssetId[] {
  const vendors = unlinkings(view, now).flatMap((one) =>
    one.user === user && (one.assetKind ?? kind) === kind ? [one.vendor] : [],
  );
  if (vendors.length === 0) return [];
  return view.ids(kind).filter((id) => {
    const asset = view.get(kind, id);
    return asset?.goneSince != null && asset.report.userId === user && vendors.includes(asset.report.vendor);
  });
}

interface LinkLook {
  readonly subject: LookSubject;
  readonly due: Instant;
}

/** When open links want each look next, by its key: as soon as the youngest link does. */
export function linkLooks(view: View, now: Instant): ReadonlyMap<string, LinkLook> {
  const looks = new Map<string, LinkLook>();
  for (const { user, since, returnedAt, kinds, renews } of openLinks(view, now)) {
    const pace = numbers.linkPace.find(({ within }) => now - since < within);
    if (!pace) continue;
    const everyMs = isHearing(view) ? Math.max(pace.everyMs, numbers.linkPaceHearingMs) : pace.everyMs;
    const lists = kinds.map((kind): LookSubject => ({ kind: `${kind}s` }));
    for (const subject of renews.length === 0 ? lists : [...lists, { kind: 'users', user } as const]) {
      const key = keyOf(subject);
      const asked = view.get('look', key)?.askedAt ?? since;
      const isBack = returnedAt !== null && returnedAt > asked;
      const due = isBack
        ? latest(returnedAt, later(asked, numbers.refreshAtLeastMs))!
        : later(latest(asked, since)!, everyMs);
      looks.set(key, { subject, due: soonest(looks.get(key)?.due ?? null, due)! });
    }
  }
  return looks;
}
