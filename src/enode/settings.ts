// What the Enode side needs to know, made of the user's options: where the cloud is and who we are there.
import { UserError } from '../kernel/errors.ts';
import { Secret } from '../kernel/secret.ts';

export const environments = ['production', 'sandbox', 'custom'] as const;
export type Environment = (typeof environments)[number];

export interface EnodeSettings {
  readonly environment: Environment;
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** Origin and path of the API, without a slash at the end. */
  readonly apiUrl: string;
  /** The whole address of the token endpoint. */
  readonly tokenUrl: string;
  /** Where Enode's pages send the browser in the end; null = the usual place. */
  readonly linkRedirect: string | null;
}

/** The options as the user wrote them. `enode_url` and `oauth_url` belong to `environment: custom`. */
export interface EnodeOptions {
  readonly client_id?: string | undefined;
  readonly client_secret?: string | undefined;
  readonly environment?: string | undefined;
  readonly enode_url?: string | undefined;
  readonly oauth_url?: string | undefined;
  readonly link_redirect?: string | undefined;
}

// Enode reference, "Environments".
const hosts = {
  production: { api: 'https://enode-api.production.enode.io' },
  sandbox: { api: 'https://enode-api.sandbox.enode.io' },
};

/** All errors at once, each one sentence; `settings` is null when there is any. */
export function resolveEnode(options: EnodeOptions): {
  readonly settings: EnodeSettings | null;
  readonly errors: readonly UserError[];
} {
  const errors: UserError[] = [];
  const wrong = (field: string, text: string): null => {
    errors.push(new UserError(text, { field }));
    return null;
  };
  const clientId = options.client_id?.trim() || wrong('client_id', MISSING('client_id'));
  const clientSecret = options.client_secret?.trim() || wrong('client_secret', MISSING('client_secret'));
  const given = (options.environment ?? 'sandbox').trim().toLowerCase();
  const environment = environments.find((known) => known === given);
  if (environment === undefined) {
    wrong('environment', `environment is not one of ${environments.join(', ')}: choose one of them`);
    return { settings: null, errors };
  }
  const own = environment === 'custom' ? null : hosts[environment];
  const apiUrl = own ? own.api : address('enode_url', options.enode_url, wrong);
  const oauth = own || !options.oauth_url?.trim() ? null : address('oauth_url', options.oauth_url, wrong);
  const redirect = options.link_redirect?.trim() ? redirectFault(options.link_redirect.trim()) : null;
  if (redirect !== null) wrong('link_redirect', `link_redirect: ${redirect}`);
  if (!clientId || !clientSecret || !apiUrl || errors.length > 0) return { settings: null, errors };
  return {
    settings: {
      environment,
      clientId,
      clientSecret: new Secret(clientSecret),
      apiUrl,
      tokenUrl: tokenUrl(apiUrl, oauth),
      linkRedirect: options.link_redirect?.trim() || null,
    },
    errors,
  };
}

/** The token host is the API host with `enode-api.` replaced by `oauth.`; elsewhere the same origin. */
function tokenUrl(apiUrl: string, oauth: string | null): string {
  if (oauth !== null) return oauth.endsWith('/oauth2/token') ? oauth : `${oauth}/oauth2/token`;
  const { protocol, host } = new URL(apiUrl);
  const tokenHost = host.startsWith('enode-api.') ? `oauth.${host.slice('enode-api.'.length)}` : host;
  return `${protocol}//${tokenHost}/oauth2/token`;
}

/** What is wrong with an address to come back to, as a clause with its remedy; null = nothing. */
export function redirectFault(text: string): string | null {
  const url = URL.parse(text);
  // Enode refuses about:, and the other two would run in its own pages; an app's own scheme is fine.
  if (url === null || text.length > 500 || /^(about|javascript|data|blob|file|vbscript):/i.test(text))
    return 'it is not an address that a browser can come back to; write it like https://host/path, in at most 500 characters';
  if (url.pathname.includes('/api/hassio_ingress/'))
    return "Home Assistant lets nobody from outside into an app's page; leave it out, or give an address that a browser can open by itself";
  return null;
}

const MISSING = (field: string): string =>
  `${field} is empty: copy it from the Enode dashboard, from the client of the environment you chose`;

function address(field: string, text: string | undefined, wrong: (field: string, text: string) => null): string | null {
  if (!text?.trim()) return wrong(field, `${field} is empty: with environment custom it must be the cloud's address`);
  const url = URL.parse(text.trim());
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    return wrong(field, `${field} is not a web address: write it like https://host or http://host:port`);
  if (url.username || url.password || url.search || url.hash)
    return wrong(field, `${field} holds more than scheme, host, port and path: leave the rest away`);
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
