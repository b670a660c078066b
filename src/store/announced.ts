// What other parts ask the store to remember for them: devices announced to Home Assistant (so that a device gone while we were away
// is still taken back) and the retained messages of the embedded broker. Shapes as the mqtt room needs them, which must not be imported.
import type { PortraitKind } from '../domain/telling/portrait.ts';
import type { Log } from '../kernel/log.ts';
import { objectFrom } from './json.ts';
import type { Shelf } from './kept.ts';

export interface Announced {
  readonly kind: PortraitKind;
  readonly id: string;
  readonly topics: readonly string[];
  readonly retired: boolean;
}

export interface Inventory {
  load(): readonly Announced[];
  save(entry: Announced): void;
  remove(id: string): void;
}

export interface RetainedMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: 0 | 1 | 2;
}

export interface RetainedStore {
  load(): readonly RetainedMessage[];
  /** null: the topic's message is gone. */
  save(topic: string, message: RetainedMessage | null): void;
}

export function createInventory(shelf: Shelf, log: Log): Inventory {
  return {
    load: () => {
      const rows = shelf.all();
      const read = rows.map(({ body }) => announcedFrom(body)).filter((entry) => entry !== null);
      if (read.length < rows.length)
        log.warn(`Database: ${rows.length - read.length} announced devices cannot be read and are left out.`);
      return read;
    },
    save: (entry) => shelf.put(entry.id, JSON.stringify(entry)),
    remove: (id) => shelf.put(id, null),
  };
}

function announcedFrom(body: string | Uint8Array): Announced | null {
  const entry = objectFrom(body) as Partial<Announced> | null;
  const isWhole = typeof entry?.id === 'string' && typeof entry.kind === 'string' && Array.isArray(entry.topics);
  return isWhole ? (entry as Announced) : null;
}

/** A row is one byte of QoS, then the payload: payloads are bytes and stay bytes. */
export function createRetained(shelf: Shelf): RetainedStore {
  return {
    load: () =>
      shelf.all().flatMap(({ id, body }) => {
        const qos = typeof body === 'string' ? undefined : body[0];
        if (typeof body === 'string' || (qos !== 0 && qos !== 1 && qos !== 2)) return [];
        return [{ topic: id, payload: body.subarray(1), qos }];
      }),
    save: (topic, message) => {
      if (message === null) return shelf.put(topic, null);
      const row = new Uint8Array(1 + message.payload.length);
      row[0] = message.qos;
      row.set(message.payload, 1);
      shelf.put(topic, row);
    },
  };
}
