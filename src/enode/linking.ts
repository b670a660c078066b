// What a person does with accounts and places: link, renew a login, unlink, and tell Enode where a charger stands. Each ends in one
// answer; nothing here is repeated by itself.
import type { AssetId, AssetKind, ChargerReport, UserId } from '../domain/report.ts';
import { assetPath } from './actions.ts';
import { type Asked, askedOf, askFor } from './asked.ts';
import { isSuccess, type Reply } from './exchange.ts';
import type { Looking } from './looks.ts';
import { lastPage } from './pages.ts';
import { chargerReport } from './translate.ts';
import { readVendors } from './vendors.ts';

export interface LinkWish {
  readonly user: UserId;
  readonly kinds: readonly AssetKind[];
  /** null = chosen on Enode's pages */
  readonly vendor: string | null;
  readonly language: string;
  readonly redirectUri: string;
}

export interface RelinkWish {
  readonly id: AssetId;
  readonly language: string;
  readonly redirectUri: string;
}

export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

export interface Location extends Point {
  readonly id: string;
}

export interface LocationWish extends Point {
  readonly user: UserId;
  readonly name: string;
  /** IANA */
  readonly timeZone: string;
}

/** `…:read:data` is mandatory for each kind; chargers have no position to read (reference 2.2). */
const scopes: Readonly<Record<AssetKind, readonly string[]>> = {
  vehicle: ['vehicle:read:data', 'vehicle:read:location', 'vehicle:control:charging'],
  charger: ['charger:read:data', 'charger:control:charging'],
};

/** Our languages in Enode's words; all others are Enode's own already. */
const languages: Readonly<Record<string, string>> = { en: 'en-US', de: 'de-DE' };
const languageOf = (word: string): string => languages[word] ?? word;

const encode = encodeURIComponent;

/** The address of Enode's pages for one linking: single use, 24 hours. A secret: whoever opens it can link to this user. */
type LinkUrl = string;

/** Several kinds in one session: then `vendorType` stays out, and the scopes decide (multi-type linking). */
export function openLink(
  its: Looking,
  { user, kinds, vendor, language, redirectUri }: LinkWish,
): Promise<Asked<LinkUrl>> {
  const body = {
    scopes: kinds.flatMap((kind) => scopes[kind]),
    language: languageOf(language),
    redirectUri,
    ...(kinds.length === 1 ? { vendorType: kinds[0] } : {}),
    ...(vendor === null ? {} : { vendor }),
  };
  return askFor(its, { method: 'POST', path: `/users/${encode(user)}/link`, body }, (reply) => linkUrlIn(its, reply));
}

export function reopenLink(its: Looking, { id, language, redirectUri }: RelinkWish): Promise<Asked<LinkUrl>> {
  const body = { language: languageOf(language), redirectUri };
  return askFor(its, { method: 'POST', path: `/assets/${encode(id)}/relink`, body }, (reply) => linkUrlIn(its, reply));
}

function linkUrlIn(its: Looking, reply: Reply): LinkUrl | null {
  const read = isSuccess(reply.status) ? its.wire.link(reply.body) : null;
  return read?.ok ? read.value.linkUrl : null;
}

/** @param kind null = the whole account, all kinds of devices @returns `absent`: there was no such account */
export function dropVendor(
  its: Looking,
  { user, vendor, kind }: { readonly user: UserId; readonly vendor: string; readonly kind: AssetKind | null },
): Promise<Asked<'dropped' | 'absent'>> {
  const path = `/users/${encode(user)}/vendors/${encode(vendor)}${kind === null ? '' : `/${kind}`}`;
  return askFor(its, { method: 'DELETE', path }, (reply) => {
    if (isSuccess(reply.status)) return 'dropped';
    // An address that leads nowhere is no answer about the account (reference 14).
    return reply.status === 404 && reply.title !== 'Route not found' ? 'absent' : null;
  });
}

export async function locationsOf(its: Looking, user: UserId): Promise<Asked<readonly Location[]>> {
  const found: Location[] = [];
  const wanted = { kind: 'linking', method: 'GET', path: `/users/${encode(user)}/locations`, urgent: true } as const;
  const outcome = await lastPage(its, wanted, (elements) => {
    for (const element of elements) {
      const read = its.wire.location(element);
      if (read.ok) found.push({ id: read.value.id, latitude: read.value.latitude, longitude: read.value.longitude });
    }
  });
  const answer = askedOf(outcome);
  if (!answer.ok) return answer;
  its.tell({ kind: 'locations_reported', locations: found.map((one) => ({ ...one, user })) });
  return { ok: true, value: found };
}

export async function makeLocation(
  its: Looking,
  { user, name, latitude, longitude, timeZone }: LocationWish,
): Promise<Asked<Location>> {
  const body = { name, latitude, longitude, timezoneName: timeZone };
  const answer = await askFor(its, { method: 'POST', path: `/users/${encode(user)}/locations`, body }, (reply) => {
    const read = isSuccess(reply.status) ? its.wire.location(reply.body) : null;
    return read?.ok ? { id: read.value.id, latitude, longitude } : null;
  });
  if (answer.ok) its.tell({ kind: 'locations_reported', locations: [{ ...answer.value, user }] });
  return answer;
}

/** The only thing of a charger that can be written (reference 5). @param location null = nowhere */
export async function putCharger(
  its: Looking,
  { id, user, location }: { readonly id: AssetId; readonly user: UserId; readonly location: string | null },
): Promise<Asked<ChargerReport>> {
  const request = { method: 'PUT', path: assetPath('charger', id), body: { locationId: location } } as const;
  const answer = await askFor(its, request, (reply) => {
    const read = isSuccess(reply.status) ? its.wire.charger(reply.body) : null;
    if (!read?.ok) return null;
    return chargerReport(read.value, read.value.userId ?? user, { cloudNow: reply.cloudTime, oddities: its.oddities });
  });
  if (answer.ok) its.tell({ kind: 'charger_reported', report: answer.value });
  return answer;
}

/** @param run keeps a request in the books until it has ended */
export function createLinking(its: Looking, run: <T>(work: Promise<Asked<T>>) => Promise<Asked<T>>) {
  return {
    open: (wish: LinkWish) => run(openLink(its, wish)),
    reopen: (wish: RelinkWish) => run(reopenLink(its, wish)),
    drop: (what: Parameters<typeof dropVendor>[1]) => run(dropVendor(its, what)),
    locations: (user: UserId) => run(locationsOf(its, user)),
    makeLocation: (wish: LocationWish) => run(makeLocation(its, wish)),
    putCharger: (what: Parameters<typeof putCharger>[1]) => run(putCharger(its, what)),
    vendors: () => run(readVendors(its, true)),
  };
}

export type Linking = ReturnType<typeof createLinking>;
