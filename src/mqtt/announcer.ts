// Which devices Home Assistant is told of, and when not: at least five seconds between two different documents of one device, not
// again what a person deleted there, and away in the right order. Reasons: entities.md, "What Home Assistant does (measured)".
import { hash } from 'node:crypto';
import type { Portrait, PortraitKind } from '../domain/telling/portrait.ts';
import type { WorldClock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { discoveryOf } from './discovery.ts';
import type { Announced, Inventory } from './inventory.ts';
import type { Session } from './session.ts';
import type { MqttSettings } from './settings.ts';
import type { Topics } from './topics.ts';

export interface Announcer {
  /** Sends the document. Returns the instant (epoch ms) at which to come again when it is too early for a changed one, else null. */
  announce(portrait: Portrait, session: Session): number | null;
  /** Takes a device away: now, or at the next connection. */
  retire(kind: PortraitKind, id: string, session: Session | null): void;
  /** A new connection: what has to be taken away is, and renamed topics are left clean. */
  tidy(session: Session): void;
  /** An empty document came in on a config topic. */
  emptied(topic: string, name: (id: string) => string | null): void;
  /** Devices deleted by a person may be announced again. Returns their ids. */
  restore(): string[];
}

/** Two different documents within seconds lose components in Home Assistant without a log line. Real ms: Home Assistant does not know of our speed. */
const BETWEEN_DOCUMENTS_MS = 5_000;

export function createAnnouncer(options: {
  readonly settings: MqttSettings;
  readonly topics: Topics;
  readonly clock: WorldClock;
  readonly inventory: Inventory;
  readonly log: Log;
  /** World time per real time; 1 outside simulated homes. */
  readonly speed: () => number;
}): Announcer {
  const { settings, topics, clock, inventory, log } = options;
  const known = new Map(inventory.load().map((entry) => [entry.id, entry]));
  const last = new Map<string, { digest: string; at: number }>();
  const ids = new Map<string, string>();
  const deleted = new Set<string>();
  /** 3.1.1 sends our own clearing back: so many empty documents per topic are ours. */
  const echoes = new Map<string, number>();

  const topicsOf = (kind: PortraitKind, id: string): string[] => {
    const config = settings.discovery ? [topics.config(kind, id)] : [];
    const state = topics.state(kind, id);
    if (kind === 'bridge') return [...config, state, topics.bridgeState];
    if (kind === 'site') return [...config, state];
    const position = kind === 'vehicle' ? [topics.position(kind, id)] : [];
    return [...config, state, topics.availability(kind, id), ...position];
  };
  const remember = (entry: Announced): void => {
    const before = known.get(entry.id);
    if (before && before.retired === entry.retired && before.topics.join() === entry.topics.join()) return;
    known.set(entry.id, entry);
    inventory.save(entry);
  };
  const clear = (list: readonly string[], session: Session, done: () => void): void => {
    list.forEach((topic, at) => {
      if (session.version === 4 && topic.startsWith(`${topics.prefix}/device/`))
        echoes.set(topic, (echoes.get(topic) ?? 0) + 1);
      session.publish(topic, '', true, at === list.length - 1 ? done : undefined);
    });
  };
  const takeAway = (entry: Announced, session: Session): void => {
    clear(entry.topics, session, () => {
      // It may have come back while the broker was thinking.
      if (known.get(entry.id)?.retired === false) return;
      known.delete(entry.id);
      inventory.remove(entry.id);
    });
  };
  return {
    announce: ({ kind, id, ...rest }, session) => {
      remember({ kind, id, topics: topicsOf(kind, id), retired: false });
      if (!settings.discovery || deleted.has(id)) return null;
      const text = JSON.stringify(discoveryOf({ kind, id, ...rest }, topics, settings.origin));
      const digest = hash('sha1', text);
      const now = clock.now();
      const before = last.get(id);
      const between = BETWEEN_DOCUMENTS_MS * Math.max(1, options.speed());
      if (before && before.digest !== digest && now < before.at + between) return before.at + between;
      last.set(id, { digest, at: now });
      const topic = topics.config(kind, id);
      ids.set(topic, id);
      session.publish(topic, text, true);
      return null;
    },
    retire: (kind, id, session) => {
      const entry: Announced = { kind, id, topics: topicsOf(kind, id), retired: true };
      remember(entry);
      ids.delete(topics.config(kind, id));
      deleted.delete(id);
      last.set(id, { digest: '', at: clock.now() });
      if (session) takeAway(entry, session);
    },
    tidy: (session) => {
      echoes.clear();
      for (const entry of [...known.values()]) {
        if (entry.retired) {
          takeAway(entry, session);
          continue;
        }
        const now = topicsOf(entry.kind, entry.id);
        const old = entry.topics.filter((topic) => !now.includes(topic));
        if (old.length > 0) clear(old, session, () => remember({ ...entry, topics: now }));
      }
    },
    emptied: (topic, name) => {
      const ours = echoes.get(topic) ?? 0;
      if (ours > 0) return void echoes.set(topic, ours - 1);
      const id = ids.get(topic);
      // Home Assistant sends one per entity: the first says it all.
      if (id === undefined || deleted.has(id)) return;
      deleted.add(id);
      log.info(
        `${name(id) ?? id} was deleted in Home Assistant: it is announced again after a restart, or with "announce" in a refresh request.`,
      );
    },
    restore: () => {
      const back = [...deleted];
      deleted.clear();
      return back;
    },
  };
}
