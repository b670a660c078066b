// A list of the cloud from its first page to its last.
import type { LookKind } from '../domain/fact.ts';
import type { Call } from './call.ts';
import type { Reply } from './exchange.ts';
import { MOST_PAGES, PAGE_SIZE } from './numbers.ts';
import type { Oddities } from './oddities.ts';
import { pageOf } from './wire.ts';

/**
 * Gives each page's elements to `take` as they come.
 * @returns whether the last page was reached: only then the list is complete
 */
export async function readPages(
  parts: { readonly call: Call; readonly oddities: Oddities },
  kind: LookKind,
  path: string,
  take: (elements: readonly unknown[], reply: Reply) => void,
): Promise<boolean> {
  const cursors = new Set<string>();
  let query = `?pageSize=${PAGE_SIZE}`;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const outcome = await parts.call({ kind, method: 'GET', path: path + query }, (reply) =>
      reply.status === 200 ? pageOf(reply.body) : null,
    );
    if (outcome.kind !== 'answered' || outcome.value === null) return false;
    const { elements, after } = outcome.value;
    take(elements, outcome.reply);
    if (after === null) return true;
    if (cursors.has(after)) break;
    cursors.add(after);
    query = `?pageSize=${PAGE_SIZE}&after=${encodeURIComponent(after)}`;
  }
  parts.oddities.element(`list of ${kind}`, 'its pages go in circles');
  return false;
}
