// One MQTT connection from CONNECT to its end, over a stream that is already open. Every attempt is a session of its own: nothing
// queued in an old one can turn up late in a new one.
import type { Duplex } from 'node:stream';
import { MqttClient } from 'mqtt';
import { writeToStream } from 'mqtt-packet';
import type { Clock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/errors.ts';
import type { Credentials } from './settings.ts';
import { createWindow } from './window.ts';

// The library keeps a buffer for each of 65,536 numbers: some 9 MB, for a program that sends a few packets a second.
writeToStream.cacheNumbers = false;

export type Version = 4 | 5;

export interface Message {
  readonly topic: string;
  readonly payload: Buffer;
  readonly retained: boolean;
  /** Seconds the message still lives, as the broker left it (MQTT 5); null = for ever. */
  readonly expiry: number | null;
}

export interface Subscription {
  readonly topic: string;
  /** Our own messages do not come back (MQTT 5 only). */
  readonly noLocal: boolean;
  /** What was retained before comes at once; always so with 3.1.1. */
  readonly wantRetained: boolean;
}

export type Ending =
  | 'version'
  /** Closed without a word before it opened: perhaps the version, old brokers do so. */
  | 'silent'
  | 'credentials'
  | 'client_id'
  | 'taken'
  | 'lost';

export interface End {
  readonly kind: Ending;
  /** The broker or the library in their own words. */
  readonly why: string;
}

export interface SessionOptions {
  readonly stream: Duplex;
  readonly version: Version;
  readonly clientId: string;
  readonly credentials: Credentials | null;
  readonly will: { readonly topic: string; readonly payload: string };
  readonly clock: Clock;
  onOpen(session: Session): void;
  onMessage(message: Message): void;
  /** Called once, whether it ever opened or not. */
  onEnd(end: End, opened: boolean): void;
  /** The broker took something badly (no right to publish or subscribe). */
  onRefusal(what: string): void;
}

export interface Session {
  readonly version: Version;
  /** At least once, in order. `done` only when the broker has it. */
  publish(topic: string, payload: string, retain: boolean, done?: () => void): void;
  subscribe(subscriptions: readonly Subscription[]): void;
  /** Sends what is under way, says goodbye (so no will), closes; at most `ms` wire milliseconds. */
  close(ms: number): Promise<void>;
}

const KEEPALIVE_SECONDS = 30;
/** Until the broker's CONNACK, ms. */
const CONNACK_TIMEOUT_MS = 10_000;
/** We ask the broker to keep larger packets: requests are refused from 64 kB on (bytes). */
const MOST_PACKET_BYTES = 1024 * 1024;

export function openSession(options: SessionOptions): { abort(): void } {
  const { clock, version } = options;
  let opened = false;
  let ended = false;
  let cause: End | null = null;
  const client = new MqttClient(() => options.stream, {
    protocolVersion: version,
    clientId: options.clientId,
    clean: true,
    keepalive: KEEPALIVE_SECONDS,
    connectTimeout: CONNACK_TIMEOUT_MS,
    reconnectPeriod: 0,
    resubscribe: false,
    // Its own makes up the parts of lines that nobody reads: a dozen for each message.
    log: () => {},
    ...(options.credentials && {
      username: options.credentials.username,
      password: options.credentials.password.reveal(),
    }),
    will: { topic: options.will.topic, payload: options.will.payload, qos: 1, retain: true },
    ...(version === 5 && { properties: { sessionExpiryInterval: 0, maximumPacketSize: MOST_PACKET_BYTES } }),
  });
  const stir = (): void => clock.world.stir();
  client.on('packetsend', stir);
  client.on('packetreceive', stir);
  client.on('connect', (connack) => {
    opened = true;
    const most = version === 5 ? connack.properties?.receiveMaximum : undefined;
    options.onOpen(sessionOf(client, options, most));
  });
  client.on('message', (topic, payload, packet) => {
    const expiry = packet.properties?.messageExpiryInterval ?? null;
    options.onMessage({ topic, payload, retained: packet.retain, expiry });
  });
  client.on('disconnect', (packet) => {
    const taken = packet.reasonCode === SESSION_TAKEN_OVER;
    cause ??= {
      kind: taken ? 'taken' : 'lost',
      why: packet.properties?.reasonString ?? `the broker said goodbye (code ${packet.reasonCode})`,
    };
    // After it nothing may be sent [MQTT-3.14.4-1]; not every broker closes at once.
    options.stream.destroy();
  });
  client.on('error', (error) => {
    cause ??= { kind: endingOf(error, version), why: messageOf(error) };
    // mqtt.js leaves the stream open after some protocol errors.
    options.stream.destroy();
  });
  client.on('close', () => {
    if (ended) return;
    ended = true;
    options.onEnd(cause ?? { kind: opened ? 'lost' : 'silent', why: 'the connection was closed' }, opened);
  });
  return { abort: () => void options.stream.destroy() };
}

/** MQTT 5 reason codes [MQTT-5 2.4]. */
const SESSION_TAKEN_OVER = 0x8e;

function endingOf(error: unknown, version: Version): Ending {
  const code = (error as { code?: unknown }).code;
  if (typeof code !== 'number') return 'lost';
  // 3.1.1 return codes [MQTT-3.2.2.3]; a 3.1.1 broker answers a MQTT 5 client with those, too.
  if (code === 1 || code === 0x84) return 'version';
  if (code === 4 || code === 5 || code === 0x86 || code === 0x87) return 'credentials';
  if (code === 2 || code === 0x85) return 'client_id';
  return version === 5 && code === 0x82 ? 'version' : 'lost';
}

function sessionOf(client: MqttClient, options: SessionOptions, most: number | undefined): Session {
  const window = createWindow(most);
  const { version, clock } = options;
  let isClosing = false;
  return {
    version,
    publish: (topic, payload, retain, done) => {
      // After the goodbye the library takes nothing more, and is not asked: it would throw.
      if (isClosing) return;
      window.send((release) =>
        client.publish(topic, payload, { qos: 1, retain }, (error) => {
          release();
          if (error) options.onRefusal(`publish to ${topic} (${error.message})`);
          else done?.();
        }),
      );
    },
    subscribe: (subscriptions) => {
      const wanted = subscriptions.map(
        ({ topic, noLocal, wantRetained }) =>
          [topic, { qos: 1, nl: noLocal, rap: false, rh: wantRetained ? 0 : 2 }] as const,
      );
      client.subscribe(Object.fromEntries(wanted), (error, granted) => {
        const refused = (granted ?? []).filter(({ qos }) => qos >= 128).map(({ topic }) => topic);
        if (refused.length > 0) options.onRefusal(`subscribe to ${refused.join(', ')}`);
        else if (error && client.connected) options.onRefusal(`subscribe (${error.message})`);
      });
    },
    close: async (ms) => {
      isClosing = true;
      const limit = new AbortController();
      const late = clock.wire.sleep('broker goodbye', ms, limit.signal).then(() => {
        if (!limit.signal.aborted) options.stream.destroy();
      });
      const gone = new Promise<void>((resolve) => void client.once('close', resolve));
      const polite = window.idle().then(() => client.endAsync().catch(() => {}));
      await Promise.race([polite, gone, late]);
      limit.abort();
    },
  };
}
