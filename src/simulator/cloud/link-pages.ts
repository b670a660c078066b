// The pages of the Link UI: plain HTML, no script, so a browser or a test can click through them.
import type { LinkSession } from './link-sessions.ts';
import { displayName } from './vendors.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const SCOPE_WORDS: Readonly<Record<string, string>> = {
  'vehicle:read:data': 'Read battery and charging state of your car',
  'vehicle:read:location': 'Read the position of your car',
  'vehicle:control:charging': 'Start and stop charging of your car',
  'charger:read:data': 'Read the state of your charger',
  'charger:read:location': 'Read the place of your charger',
  'charger:control:charging': 'Start, stop and limit your charger',
};

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:3rem auto;padding:0 1rem}button,input{font:inherit;' +
  'padding:.5rem .75rem;margin:.25rem 0;width:100%;box-sizing:border-box}.error{color:#c00}';

function page(session: LinkSession | undefined, title: string, content: string): string {
  const scheme = !session || session.colorScheme === 'system' ? 'light dark' : session.colorScheme;
  const language = !session || session.language === 'browser' ? 'en-US' : session.language;
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="${scheme}"><meta name="referrer" content="no-referrer"><title>${escaped(title)}</title><style>${STYLE}</style></head>
<body><h1>${escaped(title)}</h1>${content}</body></html>`;
}

const form = (session: LinkSession, step: string, inner: string): string =>
  `<form method="post" action="/link/${session.token}/${step}">${inner}</form>`;

const leave = (session: LinkSession): string =>
  form(session, 'leave', '<button name="leave" value="1">Leave without linking</button>');

const error = (text: string | undefined): string => (text ? `<p class="error" role="alert">${escaped(text)}</p>` : '');

export function brandPage(session: LinkSession, vendors: readonly string[], wrong?: string): string {
  const buttons = vendors
    .map((vendor) => `<button name="vendor" value="${escaped(vendor)}">${escaped(displayName(vendor))}</button>`)
    .join('');
  return page(session, 'Choose your brand', error(wrong) + form(session, 'brand', buttons) + leave(session));
}

interface Login {
  readonly username: string;
  readonly password: string;
}

/** @param logins of the simulated home, which has no secrets: whoever tries it must get in */
export function loginPage(session: LinkSession, logins: readonly Login[], wrong?: string): string {
  const first = logins[0];
  const inputs =
    `<label>User name<input name="username" autocomplete="off" required value="${escaped(first?.username ?? '')}"></label>` +
    `<label>Password<input name="password" type="password" autocomplete="off" required value="${escaped(first?.password ?? '')}"></label>` +
    '<button>Log in</button>';
  const known = logins.map(({ username, password }) => `${escaped(username)} with ${escaped(password)}`).join(', ');
  const hint = first ? `<p>Nobody real: in this simulated home ${known} will do.</p>` : '';
  const title = `Log in to ${displayName(session.vendor ?? '')}`;
  return page(session, title, error(wrong) + hint + form(session, 'login', inputs) + leave(session));
}

export function consentPage(session: LinkSession): string {
  const scopes = [...session.scopes.values()].flat();
  const list = scopes.map((scope) => `<li>${escaped(SCOPE_WORDS[scope] ?? scope)}</li>`).join('');
  return page(
    session,
    'Give access',
    `<ul>${list}</ul>${form(session, 'consent', '<button>Allow</button>')}${leave(session)}`,
  );
}

export function completePage(session: LinkSession): string {
  return page(session, 'Complete', '<p>Your account is linked. You can close this page.</p>');
}

export function deadPage(session: LinkSession | undefined, why: string): string {
  return page(session, 'This link does not work', `<p>${escaped(why)}</p>`);
}

export function failedPage(session: LinkSession, why: string): string {
  return page(session, 'Linking failed', `<p class="error" role="alert">${escaped(why)}</p>${leave(session)}`);
}
