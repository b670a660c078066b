// Follows the daemon: by its events, and where a proxy holds these back, by asking again and again.
import type { About } from '../../domain/telling/about.ts';
import type { OnboardingView } from '../../domain/telling/onboarding.ts';
import type { PairView } from '../../domain/telling/pairs.ts';
import type { Portrait } from '../../domain/telling/portrait.ts';

export interface Everything {
  readonly portraits: readonly Portrait[];
  readonly about: About;
  readonly onboarding: OnboardingView;
  readonly pairs: readonly PairView[];
}

export interface Heard {
  everything(all: Everything): void;
  portrait(portrait: Portrait): void;
  retired(kind: 'vehicle' | 'charger', id: string): void;
  documents(some: Partial<Omit<Everything, 'portraits'>>): void;
  /** Nothing is heard any more, neither way. */
  lost(): void;
}

/** ms without the first event: something between here and the daemon holds events back. */
const FIRST_MS = 2_500;
/** ms without any event (a heartbeat comes every 10 s): the connection is dead, whatever the browser thinks of it. */
const SILENT_MS = 25_000;
/** ms out of sight. */
const HIDDEN_MS = 60_000;
/** ms between two questions while events do not come. */
const ASK_MS = 3_000;

const documents = ['about', 'onboarding', 'pairs'] as const;

export function followDaemon(heard: Heard): void {
  let source: EventSource | null = null;
  let silence = 0;
  let asking = 0;

  const listen = (): void => {
    source?.close();
    const opened = new EventSource('api/live');
    source = opened;
    const on = (event: string, take: (data: never) => void): void =>
      opened.addEventListener(event, ({ data }: MessageEvent<string>) => {
        stopAsking();
        listenAgainAfter(SILENT_MS);
        take(JSON.parse(data) as never);
      });
    on('everything', heard.everything);
    on('portrait', heard.portrait);
    on('retired', ({ kind, id }: { kind: 'vehicle' | 'charger'; id: string }) => heard.retired(kind, id));
    for (const name of documents) on(name, (value) => heard.documents({ [name]: value }));
    on('beat', () => {});
    opened.addEventListener('error', () => {
      askSoon();
      // The browser comes back by itself, unless it was told to go.
      if (opened.readyState === EventSource.CLOSED) listenAgainAfter(ASK_MS);
    });
    listenAgainAfter(SILENT_MS);
  };
  const listenAgainAfter = (ms: number): void => {
    clearTimeout(silence);
    silence = window.setTimeout(() => {
      askSoon();
      listen();
    }, ms);
  };
  const stopAsking = (): void => {
    clearTimeout(asking);
    asking = 0;
  };
  /** Asks until events come again. */
  const askSoon = (ms = ASK_MS): void => {
    if (asking !== 0) return;
    const mine = window.setTimeout(async () => {
      try {
        const [state, ...rest] = await Promise.all(['state', ...documents].map(getJson));
        if (asking !== mine) return;
        const named = Object.fromEntries(documents.map((name, at) => [name, rest[at]]));
        heard.everything(Object.assign({}, state, named) as unknown as Everything);
      } catch {
        if (asking === mine) heard.lost();
      }
      if (asking !== mine) return;
      asking = 0;
      askSoon();
    }, ms);
    asking = mine;
  };
  // A page that nobody looks at shall not hold one of the few connections that a browser has for a place.
  let hidden = 0;
  document.addEventListener('visibilitychange', () => {
    clearTimeout(hidden);
    if (document.visibilityState === 'hidden') hidden = window.setTimeout(rest, HIDDEN_MS);
    else if (source === null) begin();
  });
  const rest = (): void => {
    source?.close();
    source = null;
    clearTimeout(silence);
    stopAsking();
  };
  const begin = (): void => {
    listen();
    askSoon(FIRST_MS);
  };
  begin();
}

async function getJson(name: string): Promise<object> {
  const response = await fetch(`api/${name}`);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return (await response.json()) as object;
}
