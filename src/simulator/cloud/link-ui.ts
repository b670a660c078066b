// The Link UI (2.3): brand, login, consent, and back to the app; leaving early says so in the redirect.
import type { Context } from 'hono';
import type { Faults } from './faults.ts';
import { brandPage, completePage, consentPage, deadPage, failedPage, loginPage } from './link-pages.ts';
import type { LinkSession, LinkSessions } from './link-sessions.ts';
import type { Links } from './links.ts';
import { Problem } from './problem.ts';
import type { Clients, CloudApp, Env } from './state.ts';
import { displayName } from './vendors.ts';

/** Values of the redirect's `error` (unknown in the document, a choice). */
const LEFT = ['UserCancelled', 'The user left before the account was linked.'] as const;

/** Accounts named on a login page; a crowd has thousands. */
const MOST_HINTS = 5;

export function linkUiRoutes(
  app: CloudApp,
  cloud: Clients,
  sessions: LinkSessions,
  links: Links,
  faults: Faults,
): void {
  const step =
    (handle: (c: Context<Env>, session: LinkSession, form: URLSearchParams) => Response | Promise<Response>) =>
    async (c: Context<Env>) => {
      const session = sessions.find(c.req.param('token') ?? '');
      if (!session) return c.html(deadPage(undefined, 'This link is not known.'), 404);
      if (session.used) return c.html(deadPage(session, 'This link was used already.'), 410);
      if (session.until <= cloud.clock.now())
        return c.html(deadPage(session, 'This link is older than 24 hours.'), 410);
      const text = c.req.method === 'POST' ? await c.req.text() : '';
      return handle(c, session, new URLSearchParams(text));
    };

  /** Vendors that have an account with a device of a wanted kind. */
  const vendorsFor = (session: LinkSession): readonly string[] => {
    const found = new Set<string>();
    for (const { identity } of cloud.world.vehicles().values())
      if (session.scopes.has('vehicle')) found.add(identity.vendor);
    for (const { identity } of cloud.world.chargers().values())
      if (session.scopes.has('charger')) found.add(identity.vendor);
    const { inactiveVendors } = session.client.switches;
    return [...found].filter((vendor) => !inactiveVendors.includes(vendor)).sort();
  };

  const loginsFor = ({ vendor, relink }: LinkSession) => {
    const accounts = cloud.world.accounts().filter((one) => one.vendor === vendor);
    return accounts.filter(({ id }) => !relink || id === relink.account).slice(0, MOST_HINTS);
  };

  const show = (c: Context<Env>, session: LinkSession, wrong?: string, status: 200 | 400 | 403 | 503 = 200) => {
    if (session.account) return c.html(consentPage(session), status);
    if (session.vendor) return c.html(loginPage(session, loginsFor(session), wrong), status);
    return c.html(brandPage(session, vendorsFor(session), wrong), status);
  };

  app.get(
    '/link/:token',
    step((c, session) => show(c, session)),
  );

  app.post(
    '/link/:token/brand',
    step((c, session, form) => {
      const vendor = form.get('vendor') ?? '';
      if (!vendorsFor(session).includes(vendor)) return show(c, session, 'Please choose one of these brands.', 400);
      if (faults.has('outage', vendor)) return show(c, session, outage(vendor), 503);
      session.vendor = vendor;
      return c.redirect(`/link/${session.token}`, 303);
    }),
  );

  app.post(
    '/link/:token/login',
    step((c, session, form) => {
      if (!session.vendor) return show(c, session);
      if (faults.has('outage', session.vendor)) return show(c, session, outage(session.vendor), 503);
      const username = form.get('username') ?? '';
      const account = cloud.world.accounts().find((one) => one.vendor === session.vendor && one.username === username);
      if (account && (faults.has('lockAccount', account.id) || faults.has('lockAccount', username)))
        return show(c, session, 'This account is locked. Unlock it with the vendor first.', 403);
      if (!account || account.password !== form.get('password'))
        return show(c, session, 'User name or password is wrong.', 400);
      if (session.relink && session.relink.account !== account.id)
        return show(c, session, 'This is another account. Log in to the one that was linked before.', 400);
      session.account = account.id;
      return c.redirect(`/link/${session.token}`, 303);
    }),
  );

  app.post(
    '/link/:token/consent',
    step((c, session) => {
      if (!session.account) return show(c, session, undefined, 400);
      try {
        links.link(session.client, session.userId, session.account, session.scopes, session.client.switches.quota);
      } catch (thrown) {
        if (thrown instanceof Problem) return c.html(failedPage(session, thrown.message), 403);
        throw thrown;
      }
      session.used = true;
      // Sessions opened by a mobile SDK (`?sdk=1` here) stay on the page; all others return to the app.
      return c.req.query('sdk') ? c.html(completePage(session)) : c.redirect(session.redirectUri, 303);
    }),
  );

  app.post(
    '/link/:token/leave',
    step((c, session) => {
      session.used = true;
      const back = new URL(session.redirectUri);
      back.searchParams.set('error', LEFT[0]);
      back.searchParams.set('error_message', LEFT[1]);
      return c.redirect(back.href, 303);
    }),
  );
}

const outage = (vendor: string): string => `${displayName(vendor)} cannot be reached now. Try again later.`;
