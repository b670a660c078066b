// The whole daemon in one process on one simulated clock: house, store in memory, the real mqtt and broker libraries over a wire in
// memory, the simulated home as its cloud, and a person's MQTT client. Used by tests of whole days and by the benchmarks.
import { MqttClient } from 'mqtt';
import type { Settings } from '../../src/domain/settings.ts';
import { resolveEnode } from '../../src/enode/settings.ts';
import { createHouse, type House } from '../../src/house/house.ts';
import { origin } from '../../src/house/origin.ts';
import { openStore } from '../../src/house/storage.ts';
import { seededEntropy } from '../../src/kernel/entropy.ts';
import { createLog } from '../../src/kernel/log.ts';
import { realWire } from '../../src/kernel/real-clock.ts';
import { SimulatedClock } from '../../src/kernel/simulated-clock.ts';
import type { Commit } from '../../src/loop/ports.ts';
import { startEmbedded } from '../../src/mqtt/embedded.ts';
import { clientIdOf } from '../../src/mqtt/mqtt.ts';
import { createSimulator, type Simulator } from '../../src/simulator/simulator.ts';

export interface WholeHouse {
  readonly clock: SimulatedClock;
  readonly simulator: Simulator;
  readonly house: House;
  /** What was told to the loop, looked at and asked for, in order: the journal's entries as JSON. */
  readonly journal: readonly string[];
  /** What a person's client got, in order: topic and payload. */
  readonly messages: readonly string[];
  /** Log lines of warning and worse. */
  readonly warnings: readonly string[];
  /** A person's client publishes. */
  publish(topic: string, payload: string): void;
  /** Moves the world by so many seconds. */
  advance(seconds: number): Promise<void>;
  /** `PATCH /control/…` and friends; rejects on an error. */
  control(method: string, path: string, body: unknown): Promise<void>;
  /** A look every `seconds`, as readings of a house would cause them. */
  lookEvery(seconds: number): void;
  stop(): Promise<void>;
}

const topics = { base: 'enode2mqtt', prefix: 'homeassistant' };

/** @param keep false: journal and messages are not kept, for measuring */
export async function wholeHouse(options: {
  readonly scenario: string;
  readonly seed?: number;
  readonly start: number;
  readonly settings: Settings;
  readonly keep: boolean;
}): Promise<WholeHouse> {
  const { scenario, start, settings, keep } = options;
  const clock = new SimulatedClock(start);
  const world = { world: clock, wire: realWire };
  const journal: string[] = [];
  const messages: string[] = [];
  const warnings: string[] = [];
  const log = createLog({ level: 'warn', now: () => clock.now(), write: (line) => void warnings.push(line.trimEnd()) });
  const simulator = createSimulator({ clock, scenario, seed: options.seed ?? 1 });
  const entropy = seededEntropy(options.seed ?? 1);
  const store = openStore({ folder: null, clock: world, entropy, log, settings });
  const commit = store.commit.bind(store);
  if (keep)
    Object.assign(store, {
      commit: (one: Commit): boolean => {
        for (const entry of one.entries) journal.push(JSON.stringify(entry));
        return commit(one);
      },
    });
  const broker = await startEmbedded({
    credentials: null,
    listen: null,
    load: store.retained.load,
    save: store.retained.save,
    moved: () => clock.stir(),
    log,
    spare: { clientId: clientIdOf(store.installation), prefix: topics.prefix },
  });
  const { settings: enode } = resolveEnode({
    client_id: 'demo',
    client_secret: 'demo-secret',
    environment: 'custom',
    enode_url: 'http://enode.test',
  });
  const house = createHouse({
    settings,
    enode: enode!,
    mqtt: { topics, discovery: true, origin, broker: null, credentials: () => null, protocol: 4 },
    store,
    clock: world,
    entropy,
    log,
    world: () => ({ simulated: true, speed: 1 }),
    fetch: async (url, init) => simulator.app.request(url, init as RequestInit),
    connect: broker.connect,
  });
  store.serve(house.loop);
  const person = new MqttClient(() => broker.connect(), { protocolVersion: 4, clientId: 'person', reconnectPeriod: 0 });
  if (keep) {
    person.on('message', (topic, payload) => void messages.push(`${topic} ${payload.toString()}`));
    person.subscribe(`${topics.base}/#`, { qos: 1 });
  }
  await clock.settle();
  house.start();
  await clock.settle();
  return {
    clock,
    simulator,
    house,
    journal,
    messages,
    warnings,
    publish: (topic, payload) => void person.publish(topic, payload, { qos: 1 }),
    advance: (seconds) => clock.advance(seconds * 1_000),
    control: async (method, path, body) => {
      const init = { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
      const response = await simulator.app.request(`http://enode.test${path}`, init);
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    },
    lookEvery: (seconds) => {
      const again = (): void => {
        clock.alarm('a reading', clock.now() + seconds * 1_000, () => {
          house.loop.tell({ kind: 'woke' });
          again();
        });
      };
      again();
    },
    stop: async () => {
      await house.stop();
      person.end(true);
      await broker.stop();
      store.close();
      simulator.stop();
    },
  };
}
