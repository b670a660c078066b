// Who may talk to the page. It has no login of its own: stand-alone it is for this machine, in Home Assistant for its ingress proxy,
// which has asked for the login (home-assistant.md 3.5). A foreign website in the same browser must never command a car.
import type { Fault } from '../surface/answers.ts';

/** Where the page is served: on loopback alone, or also to the proxy of Home Assistant's Supervisor. */
export type Access = 'loopback' | 'ingress';

export interface Asking {
  /** Address of the socket's other end. */
  readonly peer: string | undefined;
  readonly method: string;
  readonly header: (name: string) => string | undefined;
}

export interface Refusal {
  readonly status: 403 | 415;
  readonly fault: Fault;
}

/** The Supervisor's fixed address on the network of its apps. */
const INGRESS_PROXY = '172.30.32.2';

/** null = welcome */
export function refusalOf(asking: Asking, access: Access): Refusal | null {
  const peer = (asking.peer ?? '').replace(/^::ffff:/i, '');
  const isLocal = isLoopback(peer);
  if (!isLocal && !(access === 'ingress' && peer === INGRESS_PROXY))
    return forbidden('not_allowed', 'The page is only for this machine, or for the sidebar of Home Assistant.');
  // A name that a stranger's DNS points to this machine reaches the socket, but brings its own Host.
  if (isLocal && !isLoopback(hostnameOf(asking.header('host'))))
    return forbidden('not_allowed', 'Open the page by the address 127.0.0.1 or localhost.');
  if (!isSameOrigin(asking)) return forbidden('foreign_site', 'This came from another website; use the page itself.');
  const type = asking.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (asking.method === 'POST' && type !== 'application/json')
    return { status: 415, fault: { code: 'not_json', message: 'Send JSON, with the content type application/json.' } };
  return null;
}

/** Browsers tell one or both; programs tell neither, and need no protection from websites. */
function isSameOrigin({ method, header }: Asking): boolean {
  const site = header('sec-fetch-site');
  // `none`: typed or bookmarked. A link from another site may open the page, too, but nothing more.
  const isOpening = method === 'GET' && header('sec-fetch-mode') === 'navigate';
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isOpening) return false;
  const origin = header('origin');
  if (origin === undefined) return true;
  const host = URL.parse(origin)?.host;
  // The proxy may name the browser's own host beside the one it asks.
  const own = [header('host'), ...(header('x-forwarded-host') ?? '').split(',')].map((name) =>
    name?.trim().toLowerCase(),
  );
  return host !== undefined && host !== '' && own.includes(host);
}

const forbidden = (code: string, message: string): Refusal => ({ status: 403, fault: { code, message } });

/** Without the port: `localhost:8099` → `localhost`, `[::1]:8099` → `::1`. */
function hostnameOf(host: string | undefined): string {
  const name = URL.parse(`http://${host ?? ''}`)?.hostname ?? '';
  return name.replace(/^\[|\]$/g, '');
}

const isLoopback = (address: string): boolean =>
  /^127(\.\d{1,3}){3}$/.test(address) || address === '::1' || address === 'localhost';
