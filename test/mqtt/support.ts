// What the tests of the MQTT side share: portraits, a session that only records, a wire clock moved by hand, a house in memory.
import { MqttClient } from 'mqtt';
import type { Fact } from '../../src/domain/fact.ts';
import type { Portrait, PortraitKind, PortraitValue } from '../../src/domain/telling/portrait.ts';
import { createRequests, type OnQuestion } from '../../src/house/requests.ts';
import type { WireClock } from '../../src/kernel/clock.ts';
import { sleeper } from '../../src/kernel/clock.ts';
import { seededEntropy } from '../../src/kernel/entropy.ts';
import type { Log } from '../../src/kernel/log.ts';
import { Secret } from '../../src/kernel/secret.ts';
import { SimulatedClock } from '../../src/kernel/simulated-clock.ts';
import { type Embedded, type EmbeddedOptions, startEmbedded } from '../../src/mqtt/embedded.ts';
import { type Inventory, memoryInventory } from '../../src/mqtt/inventory.ts';
import { createMqtt, type Mqtt, type MqttOptions } from '../../src/mqtt/mqtt.ts';
import type { Session, Subscription, Version } from '../../src/mqtt/session.ts';
import type { Credentials, MqttSettings } from '../../src/mqtt/settings.ts';
import { stateKeys } from '../../src/surface/keys.ts';

export const morning = Date.parse('2026-11-23T07:00:00Z');
export const carId = '8f2f6a1e-0a5c-4d0e-9c57-6a3d6c1b2e01';
export const boxId = '1c9d3b7a-5e44-4f0b-8a53-0d2c4b6e8f02';

const names: Record<PortraitKind, string> = {
  vehicle: 'Blue car',
  charger: 'Garage',
  site: 'Home',
  bridge: 'enode2mqtt',
};
const ids: Record<PortraitKind, string> = { vehicle: carId, charger: boxId, site: 'site', bridge: 'bridge' };

export function portrait(kind: PortraitKind, more: Partial<Portrait> & { name?: string } = {}): Portrait {
  const { name = names[kind], ...rest } = more;
  const state: Record<string, PortraitValue> = {};
  for (const key of stateKeys[kind]) state[key] = null;
  return {
    kind,
    id: ids[kind],
    device: { name, manufacturer: 'Acme', model: 'One' },
    available: true,
    position: kind === 'vehicle' ? { latitude: 52.5, longitude: 13.4, gps_accuracy: 20 } : null,
    ...rest,
    state: { ...state, ...rest.state },
  };
}

export const settings: MqttSettings = {
  broker: null,
  credentials: () => null,
  protocol: 4,
  topics: { base: 'enode2mqtt', prefix: 'homeassistant' },
  discovery: true,
  origin: { version: '1.2.3', supportUrl: 'https://example.org/enode2mqtt', configurationUrl: null },
};

export const credentials = (username: string, password: string): Credentials => ({
  username,
  password: new Secret(password),
});

export interface RecordedLog extends Log {
  readonly lines: string[];
}

export function recordedLog(): RecordedLog {
  const lines: string[] = [];
  const at = (level: string) => (text: string) => void lines.push(`${level} ${text}`);
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

export interface Published {
  readonly topic: string;
  readonly payload: string;
  readonly retain: boolean;
}

export interface RecordingSession extends Session {
  readonly sent: Published[];
  readonly subscriptions: Subscription[];
  topics(): string[];
}

/** Acknowledges everything at once. */
export function recordingSession(version: Version = 5): RecordingSession {
  const sent: Published[] = [];
  const subscriptions: Subscription[] = [];
  return {
    version,
    sent,
    subscriptions,
    topics: () => sent.map(({ topic }) => topic),
    publish: (topic, payload, retain, done) => {
      sent.push({ topic, payload, retain });
      done?.();
    },
    subscribe: (list) => void subscriptions.push(...list),
    close: async () => {},
  };
}

/** Counts starts as the store does. */
export function runsFrom(first: number): MqttOptions['runs'] {
  let run = first;
  return {
    current: () => run,
    exceed: (other) => {
      run = Math.max(run, other + 1);
    },
  };
}

/** Wire time that passes only by `pass`. */
export function manualWire(): WireClock & { pass(ms: number): void } {
  let now = 0;
  let alarms: { when: number; ring: () => void }[] = [];
  const alarm = (_name: string, ms: number, ring: () => void) => {
    const entry = { when: now + ms, ring };
    alarms.push(entry);
    return () => {
      alarms = alarms.filter((other) => other !== entry);
    };
  };
  return {
    now: () => now,
    alarm,
    sleep: sleeper(alarm),
    pass: (ms) => {
      now += ms;
      const due = alarms.filter(({ when }) => when <= now).sort((a, b) => a.when - b.when);
      alarms = alarms.filter((entry) => !due.includes(entry));
      for (const { ring } of due) ring();
    },
  };
}

export interface MemoryHouse {
  readonly world: SimulatedClock;
  readonly wire: ReturnType<typeof manualWire>;
  readonly log: RecordedLog;
  readonly facts: Fact[];
  readonly embedded: Embedded;
  readonly inventory: Inventory;
  readonly mqtt: Mqtt;
  /** A daemon of its own at the same broker. */
  daemon(more?: DaemonOptions): Mqtt;
  /** Another client; everything it gets is in `got`, latest payload by topic in `last`. */
  client(name: string, filter?: string): Promise<TestClient>;
  stop(): Promise<void>;
}

export interface TestClient {
  readonly client: MqttClient;
  readonly got: (Published & { readonly retained: boolean })[];
  last(topic: string): string | undefined;
  json(topic: string): Record<string, unknown>;
  send(topic: string, payload: string | Buffer, retain?: boolean): Promise<void>;
}

/** The house around a daemon's MQTT, as far as requests go. */
type DaemonOptions = Partial<MqttOptions> & { readonly onQuestion?: OnQuestion };

export async function memoryHouse(
  more: DaemonOptions = {},
  broker: Partial<EmbeddedOptions> = {},
): Promise<MemoryHouse> {
  const world = new SimulatedClock(morning);
  const wire = manualWire();
  const log = recordedLog();
  const facts: Fact[] = [];
  const inventory = memoryInventory();
  const moved = (): void => world.stir();
  const embedded = await startEmbedded({
    credentials: null,
    listen: null,
    load: () => [],
    save: () => {},
    moved,
    log,
    ...broker,
  });
  const daemons: Mqtt[] = [];
  const clients: MqttClient[] = [];
  const daemon = (own: DaemonOptions = {}): Mqtt => {
    const { onQuestion = () => ({}), ...rest } = { ...more, ...own };
    const options: MqttOptions = {
      settings,
      clock: { world, wire },
      entropy: seededEntropy(1),
      log,
      tell: (fact) => void facts.push(fact),
      installation: 'a1b2c3',
      instance: 'first',
      runs: runsFrom(1),
      inventory,
      ask: (verb, payload, answer) => requests.ask({ verb, payload, from: 'verb', answer }),
      world: () => ({ simulated: true, speed: 1 }),
      connect: embedded.connect,
      ...rest,
    };
    const made = createMqtt(options);
    let asked = 0;
    const requests = createRequests({
      clock: world,
      log,
      tell: options.tell,
      transaction: () => `${options.instance}-${++asked}`,
      onQuestion,
      announceAgain: made.announceAgain,
    });
    daemons.push(made);
    return { ...made, reply: (reply) => void (requests.reply(reply) || made.reply(reply)) };
  };
  return {
    world,
    wire,
    log,
    facts,
    embedded,
    inventory,
    daemon,
    mqtt: daemon(),
    client: async (name, filter = '#') => {
      const client = new MqttClient(() => embedded.connect(), {
        protocolVersion: 4,
        clientId: name,
        reconnectPeriod: 0,
      });
      clients.push(client);
      const got: TestClient['got'] = [];
      client.on('message', (topic, payload, { retain }) => {
        world.stir();
        got.push({ topic, payload: payload.toString(), retain, retained: retain });
      });
      client.subscribe(filter, { qos: 1 });
      await world.settle();
      const last = (topic: string): string | undefined => got.findLast((message) => message.topic === topic)?.payload;
      return {
        client,
        got,
        last,
        json: (topic) => JSON.parse(last(topic) ?? 'null') as Record<string, unknown>,
        send: async (topic, payload, retain = false) => {
          client.publish(topic, payload, { qos: 1, retain });
          await world.settle();
        },
      };
    },
    stop: async () => {
      for (const one of daemons) await one.stop();
      for (const client of clients) client.end(true);
      await embedded.stop();
    },
  };
}
