// Opens the port that takes Enode's webhooks: plain HTTP for a reverse proxy, with little patience for strangers.
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { close, listen } from './listen.ts';

/** ms for a whole request, headers and body: Enode itself waits 5 s for its answer. */
const REQUEST_MS = 10_000;
/** Connections at once: Enode needs one, a proxy a few. */
const CONNECTIONS = 64;

export interface WebhookPort {
  readonly port: number;
  stop(): Promise<void>;
}

/** @throws UserError naming `webhook_port` when the port cannot be had */
export async function serveWebhooks(
  receive: (request: Request) => Promise<Response>,
  at: { readonly host: string; readonly port: number },
): Promise<WebhookPort> {
  const server = createAdaptorServer({
    fetch: receive,
    serverOptions: { requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS, connectionsCheckingInterval: 2_000 },
  }) as Server;
  server.maxConnections = CONNECTIONS;
  const { port } = await listen(server, { ...at, named: true, flag: 'webhook_port' });
  return { port, stop: () => close(server) };
}
