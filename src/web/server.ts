// The daemon's page, as far as it goes: what is known of every device and why, to read. /health says that the process works.
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Portrait } from '../domain/telling/portrait.ts';

export interface PageParts {
  /** All portraits as they would be published now, bridge and site first. */
  readonly portraits: () => readonly Portrait[];
}

export function createPage({ portraits }: PageParts): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    c.header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'");
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Cache-Control', 'no-store');
  });
  // Healthy means "the process works": a cloud or broker that is away must not restart the container.
  app.get('/health', (c) => c.json({ status: 'ok' }));
  app.get('/', (c) => c.html(pageOf(portraits())));
  app.notFound((c) => c.text('There is no such page. Go to the start page.', 404));
  return app;
}

const style = `body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color-scheme:light dark}
article{border:1px solid #8884;border-radius:.75rem;padding:1rem;margin:1rem 0}h2{margin:0}dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1rem;margin:.5rem 0}
dt{opacity:.7}dd{margin:0}summary{cursor:pointer;opacity:.7}.reason{font-size:1.1rem;margin:.25rem 0}`;

function pageOf(all: readonly Portrait[]) {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="10">
<title>enode2mqtt</title><style>${style}</style></head>
<body><h1>enode2mqtt</h1>${all.map(cardOf)}</body></html>`;
}

function cardOf({ kind, id, device, state }: Portrait) {
  const rows = Object.entries(state).filter(([key]) => key !== 'reason');
  return html`<article id="${kind}-${id}"><h2>${device.name}</h2>
<p class="reason">${state.reason ?? ''}</p>
<details ${kind === 'bridge' ? 'open' : ''}><summary>${kind === id ? 'everything' : `${kind} ${id}`}</summary>
<dl>${rows.map(([key, value]) => html`<dt>${key}</dt><dd>${value === null ? 'unknown' : String(value)}</dd>`)}</dl></details></article>`;
}
