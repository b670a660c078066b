// A whole house for tests: the simulated home and cloud, the embedded broker, the daemon and a watching MQTT client, on one clock;
// over wires in memory, or over real HTTP and MQTT sockets.
import type { AddressInfo, Server } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { MqttClient } from 'mqtt';
import { serveWebhooks } from '../../src/cli/webhook-port.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { resolveEnode } from '../../src/enode/settings.ts';
import { createHouse, type House } from '../../src/house/house.ts';
import { origin } from '../../src/house/origin.ts';
import { type HouseStore, openStore } from '../../src/house/storage.ts';
import { seededEntropy } from '../../src/kernel/entropy.ts';
import { createLog } from '../../src/kernel/log.ts';
import { realWire } from '../../src/kernel/real-clock.ts';
import { SimulatedClock } from '../../src/kernel/simulated-clock.ts';
import { type Embedded, startEmbedded } from '../../src/mqtt/embedded.ts';
import { type MqttSettings, parseBrokerUrl } from '../../src/mqtt/settings.ts';
import { scenarioOf } from '../../src/simulator/scenarios/catalogue.ts';
import { idIn } from '../../src/simulator/scenarios/scenario.ts';
import { createSimulator, type Simulator } from '../../src/simulator/simulator.ts';
import { manualWire } from '../mqtt/support.ts';
import { findings } from '../support/findings.ts';
import { testSettings } from '../support/settings.ts';

/** 2026-06-15 06:00 UTC: a summer morning. */
const morning = Date.UTC(2026, 5, 15, 6);

export const blue = idIn('home', 'blue');
export const white = idIn('home', 'white');
export const garage = idIn('home', 'garage');
export const carport = idIn('home', 'carport');

type State = Readonly<Record<string, unknown>>;

interface Heard {
  readonly topic: string;
  readonly payload: string;
  readonly retained: boolean;
}

interface Commanded {
  readonly path: string;
  readonly body: unknown;
  readonly status: number;
}

export interface WholeHouse {
  readonly clock: SimulatedClock;
  readonly simulator: Simulator;
  /** All the daemon logged, one line each, without time. */
  readonly lines: string[];
  /** All a client at the broker heard, in order. */
  readonly heard: Heard[];
  /** The way from the cloud to the daemon's webhook receiver. */
  readonly door: { open: boolean; elsewhere: boolean };
  house(): House;
  last(topic: string): string | undefined;
  /** The bridge's own document. */
  bridge(): State;
  /** The latest state document; `{}` before the first. */
  vehicle(id: string): State;
  charger(id: string): State;
  /** The values one key of a vehicle's state went through, without repetitions. */
  story(id: string, key: string): unknown[];
  /** A plain message, as any MQTT client sends it. */
  send(topic: string, payload: string): Promise<void>;
  /** `bridge/request/<verb>`, and its answer. */
  ask(verb: string, data: object): Promise<State>;
  advance(seconds: number): Promise<void>;
  /** Lets time of the wire pass (reconnects); real sockets have their own. */
  passWire(ms: number): Promise<void>;
  control(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Somebody else with the same Enode client asks its API. @returns the status */
  enode(method: string, path: string): Promise<number>;
  /** `POST …/charging` the cloud got. */
  commands(): Commanded[];
  verdict(): Promise<unknown[]>;
  /** Forgets what was heard and lets a new client hear what is retained. */
  hearAnew(): Promise<void>;
  /** Ends the broker and starts an empty one. */
  restartBroker(): Promise<void>;
  /** Ends the daemon and starts another on the same memory. */
  restartDaemon(over?: Partial<Settings>, meanwhile?: () => void): Promise<void>;
  stop(): Promise<void>;
}

interface Options {
  readonly scenario?: string;
  readonly settings?: Partial<Settings>;
  /** Switches of the Enode client, from the start. */
  readonly client?: object;
  /** Real HTTP and MQTT sockets instead of wires in memory. */
  readonly sockets?: boolean;
  readonly folder?: string;
}

export async function wholeHouse(options: Options = {}): Promise<WholeHouse> {
  const clock = new SimulatedClock(morning);
  const door = { open: true, elsewhere: false };
  const webhookUrl = options.settings?.webhookUrl ?? null;
  const port =
    options.sockets && webhookUrl !== null
      ? await serveWebhooks((request) => house.webhooks!(request), {
          host: '127.0.0.1',
          port: Number(new URL(webhookUrl).port),
        })
      : null;
  const simulator = createSimulator({
    clock,
    scenario: options.scenario ?? 'home',
    seed: 1,
    deliver: async (url, init) => {
      if (door.elsewhere) return new Response('another server');
      if (port) return fetch(url, init);
      const receive = door.open ? house.webhooks : null;
      if (receive === null) throw new Error('connection refused');
      return receive(new Request(url, init));
    },
  });
  const cloud = options.sockets ? await serve(simulator) : null;
  const lines: string[] = [];
  const log = createLog({
    level: 'info',
    now: () => clock.now(),
    write: (line) => void lines.push(line.slice(20).trim()),
  });
  const scenario = scenarioOf(options.scenario ?? 'home');
  const settings = testSettings({
    home: scenario.site.position,
    timeZone: scenario.site.timezone,
    chargerPlaces: Object.fromEntries(scenario.chargers.map((box) => [box.identity.id, 'home' as const])),
    control: 'enode',
    ...options.settings,
  });
  const { settings: enode } = resolveEnode({
    client_id: 'demo',
    client_secret: 'demo-secret',
    environment: 'custom',
    enode_url: cloud?.url ?? 'http://enode.test',
  });
  const wire = options.sockets ? null : manualWire();
  const parts = { clock: { world: clock, wire: wire ?? realWire }, entropy: seededEntropy(7), log };
  const newStore = (): HouseStore => openStore({ ...parts, folder: options.folder ?? null, settings });
  let store = newStore();

  let mqttPort = 0;
  const newBroker = (): Promise<Embedded> =>
    startEmbedded({
      credentials: null,
      listen: options.sockets ? { host: '127.0.0.1', port: mqttPort } : null,
      load: () => [],
      save: () => {},
      moved: () => clock.stir(),
      log,
    });
  let house: House;
  let broker = await newBroker();
  mqttPort = broker.port;

  const begin = (over: Partial<Settings> = {}): House => {
    const common = { topics: { base: 'enode2mqtt', prefix: 'homeassistant' }, discovery: true, origin };
    const address = options.sockets
      ? parseBrokerUrl('broker_url', `mqtt://127.0.0.1:${mqttPort}`, { ca: null, verify: true }).address
      : null;
    const mqtt: MqttSettings = { ...common, broker: address, credentials: () => null, protocol: 4 };
    const house = createHouse({
      ...parts,
      settings: { ...settings, ...over },
      enode: enode!,
      mqtt,
      store,
      world: () => ({ simulated: true, speed: 1 }),
      ...(options.sockets
        ? {}
        : {
            fetch: async (url, init) => simulator.app.request(url, init as RequestInit),
            connect: () => broker.connect(),
          }),
    });
    store.serve(house.loop);
    house.start();
    return house;
  };

  const heard: Heard[] = [];
  const watching = async (): Promise<MqttClient> => {
    const client = new MqttClient(() => broker.connect(), {
      protocolVersion: 4,
      clientId: 'watch',
      reconnectPeriod: 0,
    });
    client.on('message', (topic, payload, { retain }) => {
      clock.stir();
      heard.push({ topic, payload: payload.toString(), retained: retain });
    });
    client.subscribe('#', { qos: 1 });
    await clock.settle();
    return client;
  };
  let watch = await watching();
  if (options.client) simulator.control.setClient('demo', options.client as Readonly<Record<string, unknown>>);
  house = begin();
  await clock.settle();

  const last = (topic: string): string | undefined => heard.findLast((message) => message.topic === topic)?.payload;
  const state = (topic: string): State => JSON.parse(last(topic) ?? '{}') as State;
  const self: WholeHouse = {
    clock,
    simulator,
    lines,
    heard,
    door,
    house: () => house,
    last,
    bridge: () => state('enode2mqtt/bridge/info'),
    vehicle: (id) => state(`enode2mqtt/vehicle/${id}/state`),
    charger: (id) => state(`enode2mqtt/charger/${id}/state`),
    story: (id, key) => {
      const states = heard.filter(
        ({ topic }) => topic === `enode2mqtt/vehicle/${id}/state` || topic === `enode2mqtt/charger/${id}/state`,
      );
      const values = states.map(({ payload }) => (JSON.parse(payload) as State)[key]);
      return values.filter((value, at) => value !== values[at - 1]);
    },
    send: async (topic, payload) => {
      watch.publish(topic, payload, { qos: 1 });
      await clock.settle();
    },
    ask: async (verb, data) => {
      await self.send(`enode2mqtt/bridge/request/${verb}`, JSON.stringify(data));
      return state(`enode2mqtt/bridge/response/${verb}`);
    },
    advance: (seconds) => clock.advance(seconds * 1000),
    passWire: async (ms) => {
      wire?.pass(ms);
      await clock.settle();
    },
    control: async (method, path, body) => {
      const init: RequestInit = { method };
      if (body !== undefined)
        Object.assign(init, { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
      const response = await simulator.app.request(`http://enode.test/control${path}`, init);
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
      return JSON.parse(text);
    },
    enode: async (method, path) => {
      const ask = async (to: string, init: RequestInit) => simulator.app.request(`http://enode.test${to}`, init);
      const token = await ask('/oauth2/token', {
        method: 'POST',
        headers: {
          authorization: `Basic ${btoa('demo:demo-secret')}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'grant_type=client_credentials',
      });
      const { access_token } = (await token.json()) as { access_token: string };
      return (await ask(path, { method, headers: { authorization: `Bearer ${access_token}` } })).status;
    },
    commands: () =>
      simulator.control
        .requests(0)
        .filter(({ method, path }) => method === 'POST' && path.endsWith('/charging'))
        .map(({ path, body, status }) => ({ path, body, status })),
    verdict: async () => findings(await self.control('GET', '/verdict')),
    hearAnew: async () => {
      watch.end(true);
      heard.splice(0);
      watch = await watching();
    },
    restartBroker: async () => {
      await broker.stop();
      broker = await newBroker();
      await self.hearAnew();
    },
    restartDaemon: async (over, meanwhile) => {
      await house.stop();
      if (options.folder !== undefined) {
        store.close();
        meanwhile?.();
        store = newStore();
      } else store.runs.exceed(store.runs.current());
      house = begin(over);
      await clock.settle();
    },
    stop: async () => {
      await house.stop();
      watch.end(true);
      await broker.stop();
      store.close();
      simulator.stop();
      await port?.stop();
      await cloud?.stop();
    },
  };
  return self;
}

async function serve(simulator: Simulator): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const server = createAdaptorServer({ fetch: simulator.app.fetch }) as Server & { closeAllConnections(): void };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
