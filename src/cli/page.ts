// Opens the page's port: on loopback, or in Home Assistant also for its ingress proxy.
import type { IncomingMessage, Server } from 'node:http';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import type { House } from '../house/house.ts';
import type { WireClock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Access } from '../web/guard.ts';
import { createPage } from '../web/server.ts';
import { close, listen } from './listen.ts';

export interface Page {
  readonly port: number;
  readonly moved: boolean;
  stop(): Promise<void>;
}

/** @throws UserError naming the flag when the port cannot be had */
export async function servePage(
  house: House,
  { wire, log }: { readonly wire: WireClock; readonly log: Log },
  at: { readonly access: Access; readonly port: number; readonly named: boolean; readonly flag: string },
): Promise<Page> {
  const page = createPage({
    access: at.access,
    wire,
    log,
    portraits: house.loop.portraits,
    documents: house.documents,
    returned: house.returned,
    ask: (verb, payload, answer) => house.ask({ verb, payload, from: 'page', answer }),
  });
  const leave = house.watch(page);
  const peerOf = ({ incoming }: HttpBindings): string | undefined => (incoming as IncomingMessage).socket.remoteAddress;
  const server = createAdaptorServer({
    fetch: (request, env) => page.fetch(request, { peer: peerOf(env as HttpBindings) }),
  }) as Server;
  // Inside the app's container the proxy comes from another address; who else comes is turned away.
  const host = at.access === 'ingress' ? '0.0.0.0' : '127.0.0.1';
  const { port, moved } = await listen(server, { ...at, host });
  return {
    port,
    moved,
    stop: () => {
      leave();
      page.stop();
      return close(server);
    },
  };
}
