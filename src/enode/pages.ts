// A list of the cloud from its first page to its last.
import type { LookKind } from '../domain/fact.ts';
import type { Call, Wanted } from './call.ts';
import type { Outcome, Reply } from './exchange.ts';
import { MOST_PAGES, PAGE_SIZE } from './numbers.ts';
import type { Oddities } from './oddities.ts';
import { pageOf } from './wire.ts';

/** How far one look may go, and how far it went. */
export interface PageCount {
  readonly most: number;
  read: number;
  /** The list goes on beyond what was granted. */
  more: boolean;
}

interface Parts {
  readonly call: Call;
  readonly oddities: Oddities;
  readonly pages?: PageCount;
}

/**
 * Gives each page's elements to `take` as they come.
 * @returns whether the last page was reached: only then the list is complete
 */
export async function readPages(
  parts: Parts,
  kind: LookKind,
  path: string,
  take: (elements: readonly unknown[], reply: Reply) => void,
): Promise<boolean> {
  const last = await lastPage(parts, { kind, method: 'GET', path }, take);
  return last.kind === 'answered' && last.value !== null;
}

/** The same, and how the last request of it ended: `value` null = not all was read. */
export async function lastPage(
  parts: Parts,
  wanted: Wanted,
  take: (elements: readonly unknown[], reply: Reply) => void,
): Promise<Outcome<true>> {
  const cursors = new Set<string>();
  let query = `?pageSize=${PAGE_SIZE}`;
  const count = parts.pages ?? { most: MOST_PAGES, read: 0, more: false };
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    if (pages > 0 && pages >= count.most) {
      count.more = true;
      return { kind: 'doubtful', why: 'the requests granted for it are spent' };
    }
    const outcome = await parts.call({ ...wanted, path: wanted.path + query }, (reply) =>
      reply.status === 200 ? pageOf(reply.body) : null,
    );
    if (outcome.kind !== 'answered' || outcome.value === null) return outcome as Outcome<never>;
    const { elements, after } = outcome.value;
    count.read = pages + 1;
    take(elements, outcome.reply);
    if (after === null) return { ...outcome, value: true };
    if (cursors.has(after)) break;
    cursors.add(after);
    query = `?pageSize=${PAGE_SIZE}&after=${encodeURIComponent(after)}`;
  }
  parts.oddities.element(`list of ${wanted.path}`, 'its pages go in circles');
  return { kind: 'doubtful', why: 'its pages go in circles' };
}
