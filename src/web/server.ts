// The daemon's page for what entities cannot do: the built page, and the JSON API it talks to. Every link is relative, so it works
// under any prefix. /health says that the process works.
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import type { Portrait } from '../domain/telling/portrait.ts';
import type { WireClock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { errorAnswer } from '../surface/answers.ts';
import { MOST_REQUEST_BYTES } from '../surface/verbs.ts';
import { builtPage, filesOf } from './files.ts';
import { type Access, refusalOf } from './guard.ts';
import { createLive, type Documents, type Live } from './live.ts';

export interface PageParts {
  readonly access: Access;
  readonly wire: WireClock;
  readonly log: Log;
  /** All portraits as they would be published now, bridge and site first. */
  readonly portraits: () => readonly Portrait[];
  /** What else the page shows, each also at `api/<name>`. */
  readonly documents: Documents;
  /** A request by verb, as on `bridge/request/…`; `answer` is called once, with JSON text. */
  readonly ask: (verb: string, payload: string, answer: (text: string) => void) => void;
  /** A browser came back from Enode's pages, with this error or none. @returns the sentence for the person */
  readonly returned: (error: string | null) => string;
  /** Folder of the built page; absent = where `npm run build` puts it. */
  readonly folder?: string;
}

/** @param env `peer` is the address of the socket's other end */
export interface Page extends Pick<Live, 'show' | 'retire' | 'stop'> {
  readonly fetch: (request: Request, env: { readonly peer: string | undefined }) => Response | Promise<Response>;
}

/** Lit makes its templates through a named policy, so that no other text can become part of the page. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');

const NOT_BUILT = 'The page is not built yet. Run "npm run build" in the folder of enode2mqtt, then start it again.\n';

export function createPage(parts: PageParts): Page {
  const { access, portraits, ask, log } = parts;
  const documents = safely(parts.documents, log);
  const files = filesOf(parts.folder ?? builtPage);
  const live = createLive({ wire: parts.wire, portraits, documents });
  const app = new Hono<{ Bindings: { readonly peer: string | undefined } }>();
  app.use(async (c, next) => {
    const { method } = c.req;
    const refusal = refusalOf({ peer: c.env.peer, method, header: (name) => c.req.header(name) }, access);
    if (refusal) c.res = c.body(errorAnswer(refusal.fault, undefined), refusal.status, json);
    else await next();
    c.header('Content-Security-Policy', POLICY);
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Referrer-Policy', 'no-referrer');
    c.header('Cross-Origin-Resource-Policy', 'same-origin');
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store');
  });
  // Healthy means "the process works": a cloud or broker that is away must not restart the container.
  app.get('/health', (c) => c.json({ status: 'ok' }));

  app.get('/api/state', (c) => c.json({ portraits: portraits() }));
  for (const [name, make] of Object.entries(documents))
    app.get(`/api/${name}`, (c) => {
      const value = make();
      return value === undefined ? c.body(errorAnswer(failed, undefined), 500, json) : c.json(value);
    });
  app.onError((thrown, c) => {
    log.error(`Bug (the page, ${c.req.path}): ${thrown.stack ?? thrown.message}`);
    return c.body(errorAnswer(failed, undefined), 500, json);
  });
  app.get('/api/live', (c) => {
    const stream = live.open();
    if (!stream) return c.body(errorAnswer(tooMany, undefined), 503, json);
    const headers = { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' };
    return c.body(stream, 200, headers);
  });
  app.post(
    '/api/request/:verb',
    bodyLimit({ maxSize: MOST_REQUEST_BYTES, onError: (c) => c.body(errorAnswer(tooLarge, undefined), 413, json) }),
    async (c) => {
      const payload = await c.req.text();
      const text = await new Promise<string>((answer) => ask(c.req.param('verb'), payload, answer));
      return c.body(text, 200, json);
    },
  );
  app.all('/api/*', (c) => c.body(errorAnswer(noSuch, undefined), 404, json));

  // Where Enode's pages send the browser: a foreign site leads here, so it may change nothing but when the lists are read.
  app.get('/linked', (c) => {
    const error = c.req.query('error_message') ?? c.req.query('error') ?? null;
    return c.html(linkedPage(parts.returned(error)));
  });

  app.get('/*', (c) => {
    const name = c.req.path.slice(1);
    if (!files) return c.text(NOT_BUILT, 503);
    const file = files.get(name === '' ? 'index.html' : name);
    if (!file) return c.text('There is no such page. Go to the start page.\n', 404);
    c.header('Content-Type', file.type);
    // Their names change with their content.
    if (name.startsWith('assets/')) c.header('Cache-Control', 'public, max-age=31536000, immutable');
    return c.body(file.body);
  });
  return { fetch: (request, env) => app.fetch(request, env), show: live.show, retire: live.retire, stop: live.stop };
}

const linkedPage = (sentence: string) => html`<!doctype html>
<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>enode2mqtt</title></head><body><p>${sentence}</p><p><a href="./">enode2mqtt</a></p></body></html>`;

/** What only shows may not end the daemon: a document that cannot be made is missing, and said once. */
function safely(documents: Documents, log: Log): Documents {
  const said = new Set<string>();
  const guarded = (name: string, make: () => unknown) => (): unknown => {
    try {
      return make();
    } catch (thrown) {
      if (!said.has(name)) log.error(`Bug (the page's ${name}): ${thrown instanceof Error ? thrown.stack : thrown}`);
      said.add(name);
      return undefined;
    }
  };
  return Object.fromEntries(Object.entries(documents).map(([name, make]) => [name, guarded(name, make)]));
}

const json = { 'Content-Type': 'application/json' };
const tooMany = { code: 'busy', message: 'Too many pages are open; close some.' };
const tooLarge = { code: 'too_large', message: `Send at most ${MOST_REQUEST_BYTES / 1024} kB.`, field: 'payload' };
const failed = { code: 'failed', message: 'This failed on our side; see the log.' };
const noSuch = { code: 'unknown_path', message: 'There is no such address in this API.' };
