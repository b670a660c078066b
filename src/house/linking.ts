// Linking and renewing a login by request: Enode's pages do the rest, and the lists are watched until something appears.
import { nameOf } from '../domain/belief/name.ts';
import { later } from '../domain/instant.ts';
import { clockTimeOf, isoOf } from '../domain/local-time.ts';
import { numbers } from '../domain/numbers.ts';
import type { AssetKind } from '../domain/report.ts';
import { isOurs } from '../domain/settings.ts';
import { reason } from '../domain/telling/reason.ts';
import { redirectFault } from '../enode/settings.ts';
import { UserError } from '../kernel/errors.ts';
import type { DataOf } from '../surface/verbs.ts';
import { type AskingParts, answerOf, type Explain, refusal } from './asking.ts';

interface LinkAnswer {
  /** Whoever opens it can link to this user: shown to the asker only, never logged. */
  readonly link_url: string;
  readonly expires_at: string | null;
  readonly message: string;
  readonly warning?: string;
}

export async function link(parts: AskingParts, data: DataOf<'link'>): Promise<LinkAnswer> {
  const { settings } = parts;
  const { type, vendor = null } = data;
  const user = data.user ?? settings.users[0] ?? '';
  if (!isOurs(settings, user)) throw refusal(parts, 'link_unknown_user', { user }, 'user');
  const kinds: readonly AssetKind[] = type === 'both' ? ['vehicle', 'charger'] : [type];
  if (kinds.length > 1 && vendor === null) throw refusal(parts, 'link_both_needs_vendor', {}, 'vendor');
  const pages = pagesOf(parts, data);
  const warning = vendor === null ? null : await warningOf(parts, vendor, kinds);
  const url = await answerOf(parts, (cloud) => cloud.open({ user, kinds, vendor, ...pages }), linkRefusal);
  parts.tell({ kind: 'link_opened', user, kinds, renews: null });
  return { ...answerWith(parts, url), ...(warning === null ? {} : { warning }) };
}

export async function relink(parts: AskingParts, data: DataOf<'relink'>): Promise<LinkAnswer> {
  const { id } = data;
  const view = parts.view();
  const asset = view.get('vehicle', id) ?? view.get('charger', id);
  if (!asset) throw refusal(parts, 'refused_unknown_asset', { id }, 'id');
  if (asset.goneSince !== null) throw refusal(parts, 'not_linked', {}, 'id');
  const name = nameOf(view, id);
  const pages = pagesOf(parts, data);
  const url = await answerOf(
    parts,
    (cloud) => cloud.reopen({ id, ...pages }),
    (fault) => {
      if (fault.status === 404) return { why: reason('enode_404', { name }), field: 'id' };
      // Enode's 400 means unknown or linked well (reference 2.4), and this one is on its lists.
      if (fault.status !== 400) return linkRefusal(fault);
      const { title, detail } = fault;
      return { why: reason('relink_not_needed', { name, title, detail }), field: 'id' };
    },
  );
  const { kind, userId: user, vendor } = asset.report;
  parts.tell({ kind: 'link_opened', user, kinds: [kind], renews: vendor });
  return answerWith(parts, url);
}

function pagesOf({ settings, redirect }: AskingParts, { language, redirect_uri }: DataOf<'relink'> | DataOf<'link'>) {
  const wrong = redirect_uri === undefined ? null : redirectFault(redirect_uri);
  if (wrong !== null) throw new UserError(`redirect_uri: ${wrong}.`, { field: 'redirect_uri' });
  return { language: language ?? settings.language, redirectUri: redirect_uri ?? redirect };
}

function answerWith({ now, say, settings }: AskingParts, url: string): LinkAnswer {
  const until = later(now(), numbers.linkLifeMs);
  const message = say(reason('link_opened', { until: clockTimeOf(until, settings.timeZone) }));
  return { link_url: url, expires_at: isoOf(until), message };
}

/** What Enode offers of this brand now. A list that cannot be read is no reason not to try. @returns a word of warning */
async function warningOf(parts: AskingParts, vendor: string, kinds: readonly AssetKind[]): Promise<string | null> {
  const list = await parts.cloud.vendors();
  if (!list.ok || list.value.length === 0) return null;
  const offer = list.value.find((one) => one.vendor === vendor);
  if (!offer) throw refusal(parts, 'link_vendor_absent', { name: vendor }, 'vendor');
  const { name, linking } = offer;
  const missing = kinds.find((kind) => !offer.kinds.includes(kind));
  if (missing) throw refusal(parts, 'link_vendor_lacks', { name, kind: missing }, 'vendor');
  return linking === 'elevated' || linking === 'outage' ? parts.say(reason('link_warning', { name })) : null;
}

/** Enode's names of the fields it may find wrong, and ours. */
const fields: readonly (readonly [RegExp, string])[] = [
  [/\bredirectUri\b/, 'redirect_uri'],
  [/\b(scopes|vendorType)\b/, 'type'],
  [/\bvendor\b/i, 'vendor'],
  [/\blanguage\b/, 'language'],
];

const linkRefusal: Explain = ({ status, title, detail }) => {
  if (status === 403) {
    const isQuota = /\b(limit|quota|connections)\b/i.test(`${title} ${detail}`);
    return { why: reason(isQuota ? 'link_quota' : 'link_forbidden', { title, detail }) };
  }
  if (status !== 400) return null;
  const field = fields.find(([named]) => named.test(`${detail}`))?.[1];
  return { why: reason('ask_refused', { title, detail }), ...(field === undefined ? {} : { field }) };
};
