// A whole daemon over a simulated home, its cloud and a broker in one process and on one clock: the demo, and the stories of a day.
import type { Duplex } from 'node:stream';
import { MqttClient } from 'mqtt';
import type { Settings } from '../domain/settings.ts';
import { resolveEnode } from '../enode/settings.ts';
import { createHouse, type House } from '../house/house.ts';
import { type HouseStore, openStore } from '../house/storage.ts';
import { type Entropy, seededEntropy } from '../kernel/entropy.ts';
import { createLifetime, type Lifetime } from '../kernel/lifetime.ts';
import type { HouseLog } from '../kernel/log.ts';
import { realWire } from '../kernel/real-clock.ts';
import type { SimulatedClock } from '../kernel/simulated-clock.ts';
import type { Commit } from '../loop/ports.ts';
import type { MqttSettings } from '../mqtt/settings.ts';
import { scenarioOf } from '../simulator/scenarios/catalogue.ts';
import { createSimulator, type Simulator } from '../simulator/simulator.ts';
import { demoBroker } from './demo-broker.ts';
import { demoSettings } from './demo-settings.ts';
import { createWishTeller } from './told-wishes.ts';

interface Broker {
  readonly settings: MqttSettings;
  readonly connect: (() => Duplex) | null;
  stop(): Promise<void>;
}

interface HomeParts<B extends Broker> {
  readonly scenario: string;
  readonly seed: number;
  /** Times real time, for whoever runs the clock by `simulator.pace`. */
  readonly speed?: number;
  readonly clock: SimulatedClock;
  readonly entropy: Entropy;
  readonly log: HouseLog;
  /** The daemon's memory; null = it forgets. */
  readonly folder: string | null;
  /** Absent = the demo's. */
  readonly settings?: Settings;
  readonly broker: (store: HouseStore) => Promise<B>;
  /** Where its cloud can be reached from outside, for login pages that a browser opens; absent = nowhere. */
  readonly cloudUrl?: string;
  /** Sees what the store is asked to keep. */
  readonly onCommit?: (commit: Commit) => void;
}

interface JoinedHouse<B extends Broker> {
  readonly simulator: Simulator;
  readonly broker: B;
  /** Not started yet. */
  readonly house: House;
  /** The client at the simulated cloud. */
  readonly client: { readonly id: string; readonly secret: string };
  /** Also what is opened beside it ends here, in reverse order. */
  readonly onStop: Lifetime['onStop'];
  stop(): Promise<void>;
}

/** Ends what it began when it cannot be finished. @throws UserError naming `scenario`, `data` or what `broker` names */
export async function joinHouse<B extends Broker>(parts: HomeParts<B>): Promise<JoinedHouse<B>> {
  const { scenario, seed, entropy, log } = parts;
  const clock = { world: parts.clock, wire: realWire };
  const life = createLifetime((name, thrown) => log.error(`Stopping ${name} failed: ${thrown}`));
  try {
    const settings = parts.settings ?? demoSettings(scenarioOf(scenario));
    const { speed = 1 } = parts;
    let receive: House['webhooks'] = null;
    const simulator = createSimulator({
      clock: parts.clock,
      scenario,
      seed,
      speed,
      // Other people's webhooks leave by the network, ours stay in the process.
      deliver: async (url, init) =>
        receive !== null && url === settings.webhookUrl ? receive(new Request(url, init)) : fetch(url, init),
    });
    life.onStop('the simulated home', simulator.stop);
    const wishes = createWishTeller(simulator, settings);
    const store = openStore({ folder: parts.folder, clock, entropy, log, settings });
    life.onStop('the store', store.close);
    const broker = await parts.broker(store);
    life.onStop('the broker', broker.stop);
    const [{ id }] = simulator.stage.cloud.clients() as [{ id: string }];
    const client = { id, secret: `${id}-secret` };
    const { settings: enode } = resolveEnode({
      client_id: client.id,
      client_secret: client.secret,
      environment: 'custom',
      enode_url: parts.cloudUrl ?? 'http://enode.simulated',
    });
    const house = createHouse({
      settings,
      enode: enode!,
      mqtt: broker.settings,
      store: {
        ...store,
        commit: (commit) => {
          parts.onCommit?.(commit);
          wishes.hear(commit);
          return store.commit(commit);
        },
      },
      clock,
      entropy,
      log,
      world: () => ({ simulated: true, speed: simulator.pace.speed() }),
      fetch: async (url, init) => simulator.app.request(url, init as RequestInit),
      ...(broker.connect ? { connect: broker.connect } : {}),
    });
    receive = house.webhooks;
    store.serve(house.loop);
    wishes.begin(house.loop.site());
    life.onStop('the house', house.stop);
    return { simulator, broker, house, client, onStop: life.onStop, stop: life.stop };
  } catch (thrown) {
    await life.stop();
    throw thrown;
  }
}

export interface SimulatedHouse {
  readonly simulator: Simulator;
  readonly house: House;
  /** Another MQTT client: a person, and what it hears. */
  readonly person: MqttClient;
  publish(topic: string, payload: string): void;
  /** A person's hand in the world: `PATCH /control/…` or another method. */
  control(path: string, body: Readonly<Record<string, unknown>>, method?: string): Promise<void>;
  stop(): Promise<void>;
}

/** All in memory, on a clock that moves only when told to. */
export async function simulatedHouse(
  parts: Pick<HomeParts<Broker>, 'scenario' | 'seed' | 'clock' | 'log' | 'settings' | 'onCommit'>,
): Promise<SimulatedHouse> {
  const { clock, log } = parts;
  const home = await joinHouse({
    ...parts,
    entropy: seededEntropy(parts.seed),
    folder: null,
    broker: (store) => demoBroker({ url: undefined, at: null, clock, store, log }),
  });
  const { simulator, house, broker } = home;
  const person = new MqttClient(() => broker.connect!(), {
    protocolVersion: 4,
    clientId: 'person',
    reconnectPeriod: 0,
  });
  home.onStop('the person', () => person.end(true));
  await clock.settle();
  house.start();
  await clock.settle();
  return {
    simulator,
    house,
    person,
    publish: (topic, payload) => void person.publish(topic, payload, { qos: 1 }),
    control: async (path, body, method = 'PATCH') => {
      const init = { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
      const answer = await simulator.app.request(`http://enode.simulated${path}`, init);
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    },
    stop: home.stop,
  };
}
