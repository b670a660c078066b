// Webhook subscriptions (12.1), their test, and the heartbeat.
import type { Delivery } from './delivery.ts';
import type { Events } from './events.ts';
import { API_VERSION, HEARTBEAT_MS } from './numbers.ts';
import { pageOf } from './paging.ts';
import { Problem } from './problem.ts';
import { type Client, type Clients, type CloudApp, iso, type Webhook } from './state.ts';
import { anObject, aText, type Body, type Check, listOf, may, need, nullOr, oneOf, readBody } from './validate.ts';

const KINDS = ['vehicle', 'charger', 'battery', 'inverter', 'meter', 'hvac'];
const EVENTS = [
  '*',
  ...KINDS.flatMap((kind) => ['discovered', 'updated', 'deleted'].map((what) => `user:${kind}:${what}`)),
  'user:vehicle:smart-charging-status-updated',
  'user:inverter:statistics-updated',
  'user:vendor-action:updated',
  'user:charge-action:updated',
  'user:schedule:execution-updated',
  'user:credentials:invalidated',
  'enode:webhook:test',
];
const VERSIONS = [
  '2023-02-01',
  '2023-03-01',
  '2023-04-01',
  '2023-04-15',
  '2023-05-01',
  '2023-08-01',
  '2024-01-01',
  API_VERSION,
];

/** HTTPS as the document wants; plain HTTP only to this very machine, a liberty of the simulator. */
const aReceiver: Check<string> = (value, field) => {
  const text = aText(8, 200)(value, field);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const local = url?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url?.protocol !== 'https:' && !local) throw new Problem(400, `\`${field}\` must be an HTTPS address.`);
  return text;
};

const anAuthentication: Check<NonNullable<Webhook['authentication']>> = (value, field) => {
  const body = anObject(value, field);
  return {
    headerName: need(body, 'headerName', aText(1, 128, /^[a-z0-9-_]+$/)),
    headerValue: need(body, 'headerValue', aText(1, 256)),
  };
};

const secret = aText(6, 256);
const events = listOf(oneOf(EVENTS), 1);
const version = nullOr(oneOf(VERSIONS));

const view = (webhook: Webhook) => ({
  id: webhook.id,
  url: webhook.url,
  events: webhook.events,
  lastSuccess: iso(webhook.lastSuccess),
  isActive: webhook.isActive,
  createdAt: iso(webhook.createdAt),
  apiVersion: webhook.apiVersion,
  authentication: webhook.authentication && { headerName: webhook.authentication.headerName },
});

export function webhookRoutes(app: CloudApp, cloud: Clients, told: Events, delivery: Delivery): void {
  const { clock } = cloud;
  let beating = false;

  const here = (client: Client, id: string): Webhook => {
    const webhook = client.webhooks.get(id);
    if (!webhook) throw new Problem(404, `Could not find webhook with ID ${id}`, 'Webhook not found');
    return webhook;
  };

  const refuseTwin = (client: Client, url: string, apiVersion: string | null, self?: Webhook): void => {
    const twin = client.webhooks.all().some((one) => one !== self && one.url === url && one.apiVersion === apiVersion);
    if (twin) throw new Problem(400, 'A webhook with this URL and API version exists.', 'Webhook already exists.');
  };

  const beat = (): void => {
    for (const client of cloud.byId.values())
      for (const webhook of client.webhooks.all()) {
        const heart = told.compose(webhook, 'system:heartbeat', null, { pendingEvents: webhook.queue.length });
        if (webhook.isActive) delivery.enqueue(client, webhook, heart);
        else void delivery.direct(webhook, heart);
      }
    clock.alarm('webhook heartbeat', clock.now() + HEARTBEAT_MS, beat);
  };

  app.post('/webhooks', async (c) => {
    const body = await readBody(c);
    const client = c.get('client');
    const wish = read(body);
    const now = clock.now();
    const webhook: Webhook = {
      id: cloud.entropy.uuid(),
      seq: cloud.nextSeq(),
      createdAt: now,
      url: need(body, 'url', aReceiver),
      secret: need(body, 'secret', secret),
      events: wish.events ?? ['*'],
      apiVersion: wish.apiVersion ?? null,
      authentication: wish.authentication ?? null,
      isActive: true,
      lastSuccess: now,
      queue: [],
      failures: 0,
      failingSince: null,
      busy: false,
      cancel: undefined,
    };
    refuseTwin(client, webhook.url, webhook.apiVersion);
    if (!client.webhooks.size) told.baseline(client);
    client.webhooks.add(webhook);
    if (!beating) clock.alarm('webhook heartbeat', now + HEARTBEAT_MS, beat);
    beating = true;
    return c.json(view(webhook));
  });

  app.get('/webhooks', (c) => c.json(pageOf(c.req.query(), c.get('client').webhooks, view)));
  app.get('/webhooks/:id', (c) => c.json(view(here(c.get('client'), c.req.param('id')))));

  app.patch('/webhooks/:id', async (c) => {
    const body = await readBody(c);
    const client = c.get('client');
    const webhook = here(client, c.req.param('id'));
    const wish = read(body);
    const next = { ...webhook, ...wish };
    refuseTwin(client, next.url, next.apiVersion, webhook);
    Object.assign(webhook, wish);
    delivery.revive(client, webhook);
    return c.json(view(webhook));
  });

  app.delete('/webhooks/:id', (c) => {
    const client = c.get('client');
    delivery.drop(here(client, c.req.param('id')));
    client.webhooks.delete(c.req.param('id'));
    return c.body(null, 204);
  });

  app.post('/webhooks/:id/test', async (c) => {
    const webhook = here(c.get('client'), c.req.param('id'));
    const result = await delivery.direct(webhook, told.compose(webhook, 'enode:webhook:test', null, {}));
    const status = result.ok ? 'SUCCESS' : 'FAILURE';
    return c.json({ status, description: result.description, response: result.response });
  });
}

/** The fields a body names, and only those. */
function read(body: Body): Partial<Pick<Webhook, 'url' | 'secret' | 'events' | 'apiVersion' | 'authentication'>> {
  return {
    ...(body.url === undefined ? {} : { url: need(body, 'url', aReceiver) }),
    ...(body.secret === undefined ? {} : { secret: need(body, 'secret', secret) }),
    ...(body.events === undefined ? {} : { events: need(body, 'events', events) }),
    ...(body.apiVersion === undefined ? {} : { apiVersion: need(body, 'apiVersion', version) }),
    ...(may(body, 'authentication', nullOr(anAuthentication)) === undefined
      ? {}
      : { authentication: need(body, 'authentication', nullOr(anAuthentication)) }),
  };
}
