// Opens a port for a command: a default port that is taken gives way to the next free one, a port the person named does not.
import type { AddressInfo, Server } from 'node:net';
import { codeOf, messageOf, UserError } from '../kernel/errors.ts';

/** How many ports after the default are tried. */
const TRIES = 50;

interface Listening {
  readonly port: number;
  /** The default port was taken. */
  readonly moved: boolean;
}

function attempt(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error) => reject(error);
    server.once('error', failed);
    server.listen(port, host, () => {
      server.removeListener('error', failed);
      resolve();
    });
  });
}

/** Throws UserError naming the flag when the port cannot be had. */
export async function listen(
  server: Server,
  of: { readonly host: string; readonly port: number; readonly named: boolean; readonly flag: string },
): Promise<Listening> {
  for (let port = of.port; ; port++) {
    try {
      await attempt(server, of.host, port);
      return { port: (server.address() as AddressInfo).port, moved: port !== of.port };
    } catch (thrown) {
      const taken = codeOf(thrown) === 'EADDRINUSE';
      if (taken && !of.named && port < Math.min(65_535, of.port + TRIES)) continue;
      const why = taken
        ? 'is taken by another program; name another one or end that program'
        : `cannot be opened: ${messageOf(thrown)}`;
      throw new UserError(`${of.flag} ${port} ${why}.`, { field: of.flag });
    }
  }
}

/** Closes a server with all its connections: one that a browser keeps open would hold it for minutes. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ('closeAllConnections' in server) (server as Server & { closeAllConnections(): void }).closeAllConnections();
  });
}
