// Link sessions (2.3) and relinking (2.4): made by the API, single use, valid for 24 hours; the Link UI walks through them.
import type { AssetKind } from '../types.ts';
import { ALL_SCOPES } from './links.ts';
import { LINK_SESSION_MS, REDIRECT_URI_LENGTH } from './numbers.ts';
import { Problem } from './problem.ts';
import type { AccountLink, Client, Clients, CloudApp } from './state.ts';
import { aText, aUrl, type Body, listOf, may, need, oneOf, readBody } from './validate.ts';
import { vendorsOf } from './vendors.ts';

const OTHER_KINDS = ['battery', 'inverter', 'meter', 'hvac'];
const SCOPES = [
  ...ALL_SCOPES.vehicle,
  ...ALL_SCOPES.charger,
  'charger:read:location',
  'battery:read:data',
  'battery:read:location',
  'battery:control:operation_mode',
  'inverter:read:data',
  'inverter:read:location',
  'meter:read:data',
  'meter:read:location',
  'hvac:read:data',
  'hvac:control:mode',
] as const;
const LANGUAGES = 'browser da-DK de-DE en-US en-GB es-ES fi-FI fr-FR it-IT nb-NO nl-NL nl-BE pt-PT ro-RO sv-SE'.split(
  ' ',
);

export interface LinkSession {
  readonly token: string;
  readonly client: Client;
  readonly userId: string;
  readonly scopes: ReadonlyMap<AssetKind, readonly string[]>;
  readonly language: string;
  readonly redirectUri: string;
  readonly colorScheme: 'system' | 'light' | 'dark';
  readonly until: number;
  /** Set: the account that must be logged in to again. */
  readonly relink: AccountLink | undefined;
  vendor: string | undefined;
  /** The account the person has logged in to. */
  account: string | undefined;
  used: boolean;
}

export interface LinkSessions {
  find(token: string): LinkSession | undefined;
  routes(app: CloudApp): void;
}

export function createLinkSessions(cloud: Clients): LinkSessions {
  const { clock, entropy } = cloud;
  const sessions = new Map<string, LinkSession>();

  const open = (url: string, session: Omit<LinkSession, 'token' | 'until' | 'account' | 'used'>) => {
    for (const [token, { until }] of sessions) if (until <= clock.now()) sessions.delete(token);
    const token = entropy.hex(24);
    sessions.set(token, { ...session, token, until: clock.now() + LINK_SESSION_MS, account: undefined, used: false });
    return { linkUrl: `${new URL(url).origin}/link/${token}`, linkToken: Buffer.from(token).toString('base64') };
  };

  return {
    find: (token) => sessions.get(token) ?? sessions.get(Buffer.from(token, 'base64').toString()),
    routes(app) {
      app.post('/users/:userId/link', async (c) => {
        const body = await readBody(c);
        const userId = aText(1, 200)(c.req.param('userId'), 'userId');
        const scopes = scopesOf(body);
        const client = c.get('client');
        if (client.vehicles.size + client.chargers.size >= client.switches.quota)
          throw new Problem(
            403,
            `Unable to create more connections for ClientID: ${client.id}`,
            'Connections limit reached.',
          );
        const vendor = may(body, 'vendor', aText(1, 50));
        if (vendor !== undefined) checkVendor(cloud, client, vendor, [...scopes.keys()]);
        return c.json(open(c.req.url, { client, userId, scopes, vendor, relink: undefined, ...look(body) }));
      });

      app.post('/assets/:id/relink', async (c) => {
        const body = await readBody(c);
        const client = c.get('client');
        const asset = client.vehicles.get(c.req.param('id')) ?? client.chargers.get(c.req.param('id'));
        if (!asset) throw new Problem(400, `There is no asset ${c.req.param('id')}.`);
        if (asset.account.valid) throw new Problem(400, 'The asset is already linked.');
        const { account, user } = asset;
        const scopes = new Map(account.scopes);
        return c.json(
          open(c.req.url, { client, userId: user.id, scopes, vendor: account.vendor, relink: account, ...look(body) }),
        );
      });
    },
  };
}

/** That a brand which is not switched on is a 400, and its words, is a choice. */
function checkVendor({ world }: Clients, client: Client, vendor: string, kinds: readonly AssetKind[]): void {
  if (!kinds.some((kind) => vendorsOf(world, kind).includes(vendor)))
    throw new Problem(400, '`vendor` must be a brand of the requested types.');
  if (client.switches.inactiveVendors.includes(vendor))
    throw new Problem(400, `\`vendor\` ${vendor} is not activated for this client.`);
}

const look = (body: Body) => ({
  language: need(body, 'language', oneOf(LANGUAGES)),
  redirectUri: redirectUri(body),
  colorScheme: may(body, 'colorScheme', oneOf(['system', 'light', 'dark'] as const)) ?? 'system',
});

function redirectUri(body: Body): string {
  const uri = need(body, 'redirectUri', aUrl(REDIRECT_URI_LENGTH));
  // Refused since 2024-01-01 (1.3); the other two would run in the Link UI's own page.
  if (/^(about|javascript|data):/i.test(uri)) throw new Problem(400, '`redirectUri` must be an address to return to.');
  return uri;
}

function scopesOf(body: Body): ReadonlyMap<AssetKind, readonly string[]> {
  const scopes = need(body, 'scopes', listOf(oneOf(SCOPES), 1));
  const type = may(body, 'vendorType', oneOf(['vehicle', 'charger', ...OTHER_KINDS]));
  const types = new Set(scopes.map((scope) => scope.split(':')[0] as string));
  for (const one of type ? [type] : types)
    if (!scopes.includes(`${one}:read:data` as 'vehicle:read:data'))
      throw new Problem(400, `\`scopes\` must contain ${one}:read:data.`);
  const kinds = (['vehicle', 'charger'] as const).filter((kind) => types.has(kind) && (!type || type === kind));
  return new Map(kinds.map((kind) => [kind, scopes.filter((scope) => scope.startsWith(`${kind}:`))]));
}
