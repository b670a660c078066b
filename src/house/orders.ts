// Orders that the daemon itself gives to the loop as part of a larger request, each with its reply.
import type { Order } from '../domain/fact.ts';
import type { AssetId } from '../domain/report.ts';
import type { Reply, Tell } from '../loop/ports.ts';

export interface Orders {
  give(subject: AssetId, order: Order): Promise<Reply>;
  /** true: the reply belonged to an order of ours. */
  reply(reply: Reply): boolean;
}

export function createOrders(tell: Tell, transaction: () => string): Orders {
  const open = new Map<string, (reply: Reply) => void>();
  return {
    give: (subject, order) =>
      new Promise((resolve) => {
        const own = transaction();
        open.set(own, resolve);
        tell({ kind: 'commanded', transaction: own, subject, order, from: 'verb' });
      }),
    reply(reply) {
      const resolve = open.get(reply.transaction);
      open.delete(reply.transaction);
      resolve?.(reply);
      return resolve !== undefined;
    },
  };
}
