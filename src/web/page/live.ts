// Follows the daemon: by its events, and where a proxy holds these back, by asking again and again.
import type { About } from '../../domain/telling/about.ts';
import type { OnboardingView } from '../../domain/telling/onboarding.ts';
import type { Portrait } from '../../domain/telling/portrait.ts';

export interface Everything {
  readonly portraits: readonly Portrait[];
  readonly about: About;
  readonly onboarding: OnboardingView;
}

export interface Heard {
  everything(all: Everything): void;
  portrait(portrait: Portrait): void;
  retired(kind: 'vehicle' | 'charger', id: string): void;
  documents(some: Partial<Omit<Everything, 'portraits'>>): void;
  /** Nothing is heard any more, neither way. */
  lost(): void;
}

/** ms without any event (a heartbeat comes every 10 s): the connection is dead, whatever the browser thinks of it. */
const SILENT_MS = 25_000;
/** ms between two questions while events do not come. */
const ASK_MS = 4_000;

const documents = ['about', 'onboarding'] as const;

export function followDaemon(heard: Heard): void {
  let source: EventSource | null = null;
  let silence = 0;
  let asking = 0;

  const listen = (): void => {
    source?.close();
    source = new EventSource('api/live');
    const on = (event: string, take: (data: never) => void): void =>
      source?.addEventListener(event, ({ data }: MessageEvent<string>) => {
        isHeard();
        take(JSON.parse(data) as never);
      });
    on('everything', heard.everything);
    on('portrait', heard.portrait);
    on('retired', ({ kind, id }: { kind: 'vehicle' | 'charger'; id: string }) => heard.retired(kind, id));
    for (const name of documents) on(name, (value) => heard.documents({ [name]: value }));
    on('beat', () => {});
    source.addEventListener('error', () => {
      askSoon();
      // The browser comes back by itself, unless it was told to go.
      if (source?.readyState === EventSource.CLOSED) retryLater();
    });
    watch();
  };
  const isHeard = (): void => {
    clearTimeout(asking);
    asking = 0;
    watch();
  };
  const watch = (): void => {
    clearTimeout(silence);
    silence = window.setTimeout(() => {
      askSoon();
      listen();
    }, SILENT_MS);
  };
  const retryLater = (): void => {
    clearTimeout(silence);
    silence = window.setTimeout(listen, ASK_MS);
  };
  /** Asks until events come again. */
  const askSoon = (): void => {
    if (asking !== 0) return;
    asking = window.setTimeout(async () => {
      try {
        const [state, ...rest] = await Promise.all(['state', ...documents].map(getJson));
        if (asking === 0) return;
        const named = Object.fromEntries(documents.map((name, at) => [name, rest[at]]));
        heard.everything(Object.assign({}, state, named) as unknown as Everything);
      } catch {
        heard.lost();
      }
      if (asking === 0) return;
      asking = 0;
      askSoon();
    }, ASK_MS);
  };
  listen();
}

async function getJson(name: string): Promise<object> {
  const response = await fetch(`api/${name}`);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return (await response.json()) as object;
}
