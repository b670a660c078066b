// The broker in the box (aedes, MQTT 3.1.1): for the demo, for simulated days in memory, and for people without a broker. Retained
// messages are kept by whoever gives `load` and `save`.

import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import type { Duplex } from 'node:stream';
import { Aedes, type AuthenticateError, type PublishPacket } from 'aedes';
import { MqttClient } from 'mqtt';
import { codeOf, messageOf, UserError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import { memoryPair } from './memory-duplex.ts';
import type { Credentials } from './settings.ts';

export interface RetainedMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: 0 | 1 | 2;
}

export interface EmbeddedOptions {
  /** null: everybody is let in (memory and loopback only). */
  readonly credentials: Credentials | null;
  /** Where others may connect; null = nowhere, only over `connect`. Port 0 = any free one. */
  readonly listen: { readonly host: string; readonly port: number } | null;
  readonly load: () => readonly RetainedMessage[];
  /** null payload: the topic's message is gone. */
  readonly save: (topic: string, message: RetainedMessage | null) => void;
  /** Called whenever something goes over a wire in memory. */
  readonly moved: () => void;
  readonly log: Log;
  /** This client's own large discovery documents are not sent back to it, which 3.1.1 cannot ask for. */
  readonly spare?: { readonly clientId: string; readonly prefix: string };
}

export interface Embedded {
  /** 0 when it does not listen. */
  readonly port: number;
  /** A wire in memory to the broker. */
  connect(): Duplex;
  /** Sends what was acknowledged before to everybody, then ends all connections. */
  stop(): Promise<void>;
}

/** Packets that may wait while a client's login is looked at. */
const MOST_CLIENTS_QUEUE = 1_000;
/** Client and topic of the message that goes round before we end; invisible to `#`. */
const LAST_CLIENT = '$enode2mqtt/last';
/** 3.1.1 asks brokers for 23 characters at least, and lets them take more. */
const MOST_CLIENT_ID = 256;

/** @throws UserError when the port is taken or not allowed; `field` is `embedded_port` */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { credentials, log, spare } = options;
  const broker = await Aedes.createBroker({
    maxClientsIdLength: MOST_CLIENT_ID,
    queueLimit: MOST_CLIENTS_QUEUE,
    authenticate: (_client, username, password, done) => {
      if (credentials === null || isRight(credentials, username, password)) return done(null, true);
      done(Object.assign(new Error('bad name or password'), { returnCode: 4 }) as AuthenticateError, null);
    },
    authorizeForward: (client, packet) => {
      const own = spare && client.id === spare.clientId && packet.topic.startsWith(`${spare.prefix}/device/`);
      return own && packet.payload.length > 0 ? null : packet;
    },
  });
  await restore(broker, options);
  broker.on('clientError', (client, error) =>
    log.debug(`Embedded broker: the client ${client.id} failed: ${error.message}`),
  );
  broker.on('connectionError', (_client, error) => log.debug(`Embedded broker: a connection failed: ${error.message}`));
  const server = options.listen ? await listen(broker, options.listen) : null;
  const connect = (): Duplex => {
    const [ours, theirs] = memoryPair(options.moved);
    broker.handle(readsWhole(theirs));
    return ours;
  };
  const stop = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
    await settled(connect, credentials);
    await new Promise<void>((resolve) => broker.close(() => resolve()));
    await closed;
  };
  let stopped: Promise<void> | null = null;
  return {
    port: portOf(server),
    connect,
    stop: () => (stopped ??= stop()),
  };
}

type RetainedPacket = Pick<PublishPacket, 'topic' | 'payload' | 'qos'>;
/** The part of aedes's memory that its types leave out: the only place that sees retained messages as such. */
interface Persistence {
  storeRetained(packet: RetainedPacket): Promise<void>;
}

/** Takes back what was retained, and keeps what will be. */
async function restore(broker: Aedes, { load, save, log }: EmbeddedOptions): Promise<void> {
  for (const { topic, payload, qos } of load()) {
    const packet = { cmd: 'publish', topic, payload: Buffer.from(payload), qos, retain: true, dup: false } as const;
    await new Promise<void>((resolve) => broker.publish(packet, () => resolve()));
  }
  const { persistence } = broker as unknown as { readonly persistence: Persistence };
  const store = persistence.storeRetained.bind(persistence);
  persistence.storeRetained = (packet) => {
    const { topic, payload, qos } = packet;
    try {
      save(topic, payload.length === 0 ? null : { topic, payload: Buffer.from(payload), qos });
    } catch (thrown) {
      log.debug(`Embedded broker: a retained message could not be kept: ${messageOf(thrown)}`);
    }
    return store(packet);
  };
}

/**
 * aedes acknowledges a message a turn of the event loop before it keeps and forwards it. A message of a client of our own, once it
 * came back, says that what was acknowledged before (our `offline`) has gone out to everybody.
 */
async function settled(connect: () => Duplex, credentials: Credentials | null): Promise<void> {
  const client = new MqttClient(connect, {
    protocolVersion: 4,
    clientId: LAST_CLIENT,
    reconnectPeriod: 0,
    ...(credentials && { username: credentials.username, password: credentials.password.reveal() }),
  });
  client.on('error', () => {});
  const back = new Promise<void>((resolve) => {
    client.once('message', () => resolve());
    client.once('close', () => resolve());
  });
  client.subscribe(LAST_CLIENT, { qos: 0 });
  client.publish(LAST_CLIENT, '', { qos: 1 });
  await back;
  await client.endAsync();
}

function listen(broker: Aedes, { host, port }: { readonly host: string; readonly port: number }): Promise<Server> {
  const server = createServer({ noDelay: true, keepAlive: true }, (socket) => void broker.handle(readsWhole(socket)));
  return new Promise((resolve, reject) => {
    server.once('error', (thrown) => broker.close(() => reject(listenError(thrown, host, port))));
    server.listen(port, host, () => resolve(server));
  });
}

function listenError(thrown: unknown, host: string, port: number): UserError {
  const more = { code: codeOf(thrown) === 'EADDRINUSE' ? 'port_taken' : 'cannot_listen', field: 'embedded_port' };
  if (more.code === 'port_taken')
    return new UserError(
      `embedded_port: port ${port} is taken by another program; choose another one, or stop that program.`,
      more,
    );
  return new UserError(
    `embedded_port: cannot listen at ${host}:${port} (${codeOf(thrown) ?? messageOf(thrown)}); choose another address or port.`,
    more,
  );
}

function portOf(server: Server | null): number {
  const address = server?.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/**
 * aedes reads once per `readable` and counts on getting all there is. Node 26 gives one chunk per read(), and a packet in several
 * chunks would wait for ever for its rest.
 */
function readsWhole<Stream extends Duplex>(stream: Stream): Stream {
  const readOne = stream.read.bind(stream);
  stream.read = (size?: number | null): unknown => {
    if (typeof size === 'number') return readOne(size);
    const chunks: Buffer[] = [];
    for (let chunk = readOne(); chunk !== null; chunk = readOne()) chunks.push(chunk);
    return chunks.length > 1 ? Buffer.concat(chunks) : (chunks[0] ?? null);
  };
  return stream;
}

/** Compared by digest, so that neither time nor length tells anything about the right one. */
function isRight(
  { username, password }: Credentials,
  givenName: string | undefined,
  givenPassword: Uint8Array | undefined,
): boolean {
  const digest = (value: string | Uint8Array): Buffer => createHash('sha256').update(value).digest();
  const nameRight = timingSafeEqual(digest(givenName ?? ''), digest(username));
  const passwordRight = timingSafeEqual(digest(givenPassword ?? ''), digest(password.reveal()));
  return nameRight && passwordRight;
}
