// Pages with opaque cursors (section 3): `after` or `before`, never both.
import { PAGE_SIZE, PAGE_SIZE_MOST } from './numbers.ts';
import { Problem } from './problem.ts';
import type { Shelf, Shelved } from './shelf.ts';

interface Page {
  readonly data: readonly unknown[];
  readonly pagination: { readonly after: string | null; readonly before: string | null };
}

/** One page of `shelf`; null stands for an unknown user, whose lists are empty (2.1, measured). */
export function pageOf<T extends Shelved>(
  query: Readonly<Record<string, string>>,
  shelf: Shelf<T> | null,
  show: (thing: T) => unknown,
): Page {
  const size = pageSize(query.pageSize);
  const { after, before } = query;
  if (after !== undefined && before !== undefined) throw new Problem(400, 'Use either `after` or `before`, not both.');
  const afterSeq = after === undefined ? 0 : seqOf(after, 'after');
  const beforeSeq = before === undefined ? undefined : seqOf(before, 'before');
  if (!shelf) return { data: [], pagination: { after: null, before: null } };
  const end = beforeSeq === undefined ? undefined : shelf.indexAfter(beforeSeq - 1);
  const from = end === undefined ? shelf.indexAfter(afterSeq) : Math.max(0, end - size);
  const things = shelf.slice(from, end ?? from + size);
  const first = things[0];
  const last = things.at(-1);
  return {
    data: things.map(show),
    pagination: {
      after: last && from + things.length < shelf.size ? cursorOf(last) : null,
      before: first && from > 0 ? cursorOf(first) : null,
    },
  };
}

function pageSize(text: string | undefined): number {
  if (text === undefined) return PAGE_SIZE;
  const size = Number(text);
  if (!Number.isInteger(size) || size < 1) throw new Problem(400, '`pageSize` must be an integer greater than 0.');
  return Math.min(size, PAGE_SIZE_MOST);
}

const cursorOf = (thing: Shelved): string => Buffer.from(`seq:${thing.seq}`).toString('base64url');

function seqOf(cursor: string, field: string): number {
  const seq = /^seq:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (!seq) throw new Problem(400, `\`${field}\` is not a cursor of this list.`);
  return Number(seq[1]);
}
