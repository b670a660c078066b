// A person has a link in hand: until its device appears, or its login works again, the cloud is asked often, ever slower as time goes by.
import type { Draft } from '../draft.ts';
import type { LookSubject } from '../fact.ts';
import { type Instant, later, latest, soonest } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetKind, UserId } from '../report.ts';
import type { View } from '../site.ts';
import { keyOf, lookAgain } from './attention.ts';

/** One for each user: Enode does not say by which link a device came, so they are not told apart. */
export interface OpenLink {
  readonly user: UserId;
  readonly since: Instant;
  readonly until: Instant;
  readonly kinds: readonly AssetKind[];
  /** Vendors whose login is being renewed. */
  readonly renews: readonly string[];
}

export interface OpenLinks {
  readonly open: readonly OpenLink[];
}

const openLinks = (view: View, now: Instant): readonly OpenLink[] =>
  view.get('link', 'link')?.open.filter(({ until }) => until > now) ?? [];

function put(draft: Draft, links: readonly OpenLink[]): void {
  draft.put('link', 'link', links.length === 0 ? null : { open: links });
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
    kinds: [...new Set([...(held?.kinds ?? []), ...kinds])].sort(),
    renews: [...new Set([...(held?.renews ?? []), ...(renews === null ? [] : [renews])])].sort(),
  };
  put(draft, [...open.filter((other) => other !== held), link]);
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
  if (open.some(isIt))
    put(
      draft,
      open.map((link) => (isIt(link) ? { ...link, until } : link)),
    );
}

/** A browser came back: something may be there right now. Without an open link that is nobody we sent. */
export function noteReturned(draft: Draft, now: Instant): void {
  const open = openLinks(draft, now);
  if (open.length > 0)
    lookAgain(
      draft,
      now,
      open.map(({ user }) => keyOf({ kind: 'users', user })),
    );
}

interface LinkLook {
  readonly subject: LookSubject;
  readonly due: Instant;
}

/** When open links want each look next, by its key: as soon as the youngest link does. */
export function linkLooks(view: View, now: Instant): ReadonlyMap<string, LinkLook> {
  const looks = new Map<string, LinkLook>();
  for (const { user, since, kinds, renews } of openLinks(view, now)) {
    const pace = numbers.linkPace.find(({ within }) => now - since < within);
    if (!pace) continue;
    const lists = kinds.map((kind): LookSubject => ({ kind: `${kind}s` }));
    for (const subject of renews.length === 0 ? lists : [...lists, { kind: 'users', user } as const]) {
      const key = keyOf(subject);
      const due = later(latest(view.get('look', key)?.askedAt ?? null, since)!, pace.everyMs);
      looks.set(key, { subject, due: soonest(looks.get(key)?.due ?? null, due)! });
    }
  }
  return looks;
}
