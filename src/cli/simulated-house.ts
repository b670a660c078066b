// A whole daemon with its simulated home, cloud and broker in memory, on a clock that moves only when told to: for stories of a day.
import { MqttClient } from 'mqtt';
import type { Settings } from '../domain/settings.ts';
import { resolveEnode } from '../enode/settings.ts';
import { createHouse, type House } from '../house/house.ts';
import { origin } from '../house/origin.ts';
import { type HouseStore, openStore } from '../house/storage.ts';
import { seededEntropy } from '../kernel/entropy.ts';
import { createLifetime } from '../kernel/lifetime.ts';
import type { HouseLog } from '../kernel/log.ts';
import { realWire } from '../kernel/real-clock.ts';
import type { SimulatedClock } from '../kernel/simulated-clock.ts';
import type { Commit } from '../loop/ports.ts';
import { startEmbedded } from '../mqtt/embedded.ts';
import { clientIdOf } from '../mqtt/mqtt.ts';
import { scenarioOf } from '../simulator/scenarios/catalogue.ts';
import { createSimulator, type Simulator } from '../simulator/simulator.ts';
import { demoSettings } from './demo-settings.ts';

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

export async function simulatedHouse(parts: {
  readonly scenario: string;
  readonly seed: number;
  readonly clock: SimulatedClock;
  readonly log: HouseLog;
  /** Absent = the demo's. */
  readonly settings?: Settings;
  /** Sees what the store is asked to keep. */
  readonly onCommit?: (commit: Commit) => void;
}): Promise<SimulatedHouse> {
  const { scenario, seed, log } = parts;
  const clock = { world: parts.clock, wire: realWire };
  const life = createLifetime((name, thrown) => log.error(`Stopping ${name} failed: ${thrown}`));
  const settings = parts.settings ?? demoSettings(scenarioOf(scenario));
  const simulator = createSimulator({ clock: parts.clock, scenario, seed });
  life.onStop('the simulated home', simulator.stop);
  const entropy = seededEntropy(seed);
  const store = openStore({ folder: null, clock, entropy, log, settings });
  life.onStop('the store', store.close);
  const topics = { base: 'enode2mqtt', prefix: 'homeassistant' };
  const { load, save } = store.retained;
  const moved = (): void => parts.clock.stir();
  const spare = { clientId: clientIdOf(store.installation), prefix: topics.prefix };
  const broker = await startEmbedded({ credentials: null, listen: null, load, save, moved, log, spare });
  life.onStop('the broker', broker.stop);
  const [client] = simulator.stage.cloud.clients() as { id: string }[];
  const { settings: enode } = resolveEnode({
    client_id: client!.id,
    client_secret: `${client!.id}-secret`,
    environment: 'custom',
    enode_url: 'http://enode.simulated',
  });
  const watched: HouseStore = {
    ...store,
    commit: (commit) => {
      parts.onCommit?.(commit);
      return store.commit(commit);
    },
  };
  const house = createHouse({
    settings,
    enode: enode!,
    mqtt: { topics, discovery: true, origin, broker: null, credentials: () => null, protocol: 4 },
    store: watched,
    clock,
    entropy,
    log,
    world: () => ({ simulated: true, speed: 1 }),
    fetch: async (url, init) => simulator.app.request(url, init as RequestInit),
    connect: broker.connect,
  });
  store.serve(house.loop);
  life.onStop('the house', house.stop);
  const person = new MqttClient(() => broker.connect(), { protocolVersion: 4, clientId: 'person', reconnectPeriod: 0 });
  life.onStop('the person', () => person.end(true));
  await parts.clock.settle();
  house.start();
  await parts.clock.settle();
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
    stop: life.stop,
  };
}
