// Opens the page's port on loopback.
import type { Server } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Loop } from '../loop/loop.ts';
import { createPage } from '../web/server.ts';
import { close, listen } from './listen.ts';

export interface Page {
  readonly port: number;
  readonly moved: boolean;
  stop(): Promise<void>;
}

/** @throws UserError naming the flag when the port cannot be had */
export async function servePage(
  loop: Loop,
  at: { readonly host: string; readonly port: number; readonly named: boolean; readonly flag: string },
): Promise<Page> {
  const server = createAdaptorServer({ fetch: createPage({ portraits: loop.portraits }).fetch }) as Server;
  const { port, moved } = await listen(server, at);
  return { port, moved, stop: () => close(server) };
}
