// What changes, told to every open page as server-sent events: at first everything, then each portrait that differs. A page that
// lost its connection comes back by itself and gets everything anew, so nothing can be missed.
import type { AssetId } from '../domain/report.ts';
import type { Portrait } from '../domain/telling/portrait.ts';
import type { Cancel, WireClock } from '../kernel/clock.ts';

/** Documents beside the portraits that are worked out anew after a change; told when their text differs. None may throw; undefined = there is none now. */
export type Documents = Readonly<Record<string, () => unknown>>;

export interface Live {
  show(portrait: Portrait): void;
  retire(kind: 'vehicle' | 'charger', id: AssetId): void;
  /** null: too many pages are open. */
  open(): ReadableStream<Uint8Array> | null;
  stop(): void;
}

/** ms; proxies end a silent connection after a minute, and the page takes three silences in a row for a lost one. */
const BEAT_MS = 10_000;
/** ms; a flood of changes makes one document. */
const GATHER_MS = 200;
const MOST_PAGES = 32;
/** Bytes a page may fall behind; more means that nobody reads there. */
const MOST_BEHIND = 4 * 1024 * 1024;

type Page = ReadableStreamDefaultController<Uint8Array>;

export function createLive(options: {
  readonly wire: WireClock;
  readonly portraits: () => readonly Portrait[];
  readonly documents: Documents;
}): Live {
  const { wire, portraits, documents } = options;
  const pages = new Set<Page>();
  /** What every page has: text by portrait or document. Only kept while somebody looks. */
  const told = new Map<string, string>();
  const encoder = new TextEncoder();
  let beat: Cancel | null = null;
  let gathering: Cancel | null = null;

  const leave = (page: Page): void => {
    pages.delete(page);
    if (pages.size > 0) return;
    beat?.();
    gathering?.();
    beat = gathering = null;
    told.clear();
  };
  const send = (page: Page, bytes: Uint8Array): void => {
    page.enqueue(bytes);
    if ((page.desiredSize ?? 0) > 0) return;
    leave(page);
    page.error(new Error('This page does not read.'));
  };
  const tellAll = (event: string, text: string): void => {
    const bytes = encoder.encode(`event: ${event}\ndata: ${text}\n\n`);
    for (const page of [...pages]) send(page, bytes);
  };
  /** Tells what differs from what was told last. */
  const tell = (event: string, key: string, value: unknown): void => {
    const text = JSON.stringify(value);
    if (told.get(key) === text) return;
    told.set(key, text);
    tellAll(event, text);
  };
  const gather = (): void => {
    gathering = null;
    for (const [name, make] of Object.entries(documents)) {
      const value = make();
      if (value !== undefined) tell(name, name, value);
    }
  };
  const gatherSoon = (): void => {
    if (pages.size > 0) gathering ??= wire.alarm('tell the pages', GATHER_MS, gather);
  };
  const beatAgain = (): void => {
    beat = wire.alarm('a heartbeat for the pages', BEAT_MS, () => {
      gather();
      tellAll('beat', '{}');
      if (pages.size > 0) beatAgain();
    });
  };
  const keyOf = ({ kind, id }: Portrait): string => `${kind}/${id}`;
  return {
    show: (portrait) => {
      if (pages.size === 0) return;
      tell('portrait', keyOf(portrait), portrait);
      gatherSoon();
    },
    retire: (kind, id) => {
      if (pages.size === 0) return;
      told.delete(`${kind}/${id}`);
      tellAll('retired', JSON.stringify({ kind, id }));
      gatherSoon();
    },
    open: () => {
      if (pages.size >= MOST_PAGES) return null;
      let page: Page;
      return new ReadableStream<Uint8Array>(
        {
          start: (controller) => {
            const all = portraits();
            for (const portrait of all) told.set(keyOf(portrait), JSON.stringify(portrait));
            const made = Object.entries(documents).map(([name, make]) => [name, make()] as const);
            for (const [name, value] of made) if (value !== undefined) told.set(name, JSON.stringify(value));
            page = controller;
            pages.add(page);
            const text = JSON.stringify({ portraits: all, ...Object.fromEntries(made) });
            page.enqueue(encoder.encode(`retry: 2000\nevent: everything\ndata: ${text}\n\n`));
            if (beat === null) beatAgain();
          },
          cancel: () => leave(page),
        },
        new ByteLengthQueuingStrategy({ highWaterMark: MOST_BEHIND }),
      );
    },
    stop: () => {
      for (const page of [...pages]) {
        leave(page);
        page.close();
      }
    },
  };
}
