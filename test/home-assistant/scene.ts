// Broker, Home Assistant and demo together, with what a test asks of them: do all entities show what is said of them?
import { connectAsync } from 'mqtt';
import { realWire } from '../../src/kernel/real-clock.ts';
import { idIn } from '../../src/simulator/scenarios/scenario.ts';
import {
  type EntityState,
  foreignBroker,
  type HomeAssistant,
  startHomeAssistant,
} from '../support/real/home-assistant.ts';
import { type Mosquitto, startMosquitto } from '../support/real/mosquitto.ts';
import { until } from '../support/real/program.ts';
import { type Demo, type Expected, expectedEntities, ownState, shows, startDemo } from './demo.ts';

export const blue = idIn('home', 'blue');
const probe = 'homeassistant/sensor/enode2mqtt_probe/config';

export interface Scene {
  /** undefined: it is not ours, and is not restarted. */
  readonly broker: Mosquitto | undefined;
  readonly home: HomeAssistant;
  readonly demo: Demo;
  readonly expected: readonly Expected[];
  /** Retained. */
  publish(topic: string, payload: string): Promise<unknown>;
  send(topic: string, payload: string): Promise<unknown>;
  states(): Promise<Map<string, EntityState>>;
  /** The value in the latest state document. */
  published(entity: Expected): unknown;
  /** Entities that do not show what `wanted` says, one a line; '' when all do. */
  wrong(wanted: (entity: Expected) => unknown): Promise<string>;
  allShow(what: string, wanted: (entity: Expected) => unknown): Promise<void>;
  allAvailable(what: string): Promise<void>;
  becomes(entityId: string, state: string | undefined, patience?: number): Promise<void>;
  /** No discovery document came for 3 s. */
  announced(): Promise<void>;
  remove(): Promise<void>;
}

/** Home Assistant with the demo's home in it, every entity enabled and showing what is published. */
export async function openScene(): Promise<Scene> {
  const foreignUrl = foreignBroker();
  const broker = foreignUrl ? undefined : await startMosquitto({ persistence: true, users: { home: 'home-password' } });
  const url = new URL(foreignUrl ?? broker!.url);
  if (broker) Object.assign(url, { username: 'home', password: 'home-password' });
  const { hostname: host, username, password } = url;
  const home = await startHomeAssistant({ host, port: Number(url.port), username, password });
  const client = await connectAsync(url.href, { protocolVersion: 5 });
  const retained = new Map<string, string>();
  let announcedAt = 0;
  client.on('message', (topic, payload) => {
    if (topic.endsWith('/config')) announcedAt = realWire.now();
    if (payload.length === 0) retained.delete(topic);
    else retained.set(topic, payload.toString());
  });
  await client.subscribeAsync(['enode2mqtt/#', 'homeassistant/device/#'], { qos: 1, rap: true });
  if (!broker) await aloneAt(retained);
  const document = (topic: string): Record<string, unknown> =>
    JSON.parse(retained.get(topic) ?? '{}') as Record<string, unknown>;
  const publish = (topic: string, payload: string): Promise<unknown> =>
    client.publishAsync(topic, payload, { qos: 1, retain: true });
  if (broker) await leak(home, publish);

  const demo = await startDemo(url.href);
  const installation = await until(
    () => document('enode2mqtt/bridge/info').installation as string | undefined,
    () => `the bridge is shown\n${demo.output()}`,
    20_000,
  );
  const expected = expectedEntities(installation);
  const states = async (): Promise<Map<string, EntityState>> =>
    new Map((await home.states()).map((state) => [state.entity_id, state]));
  /** Asks until nothing is wrong any more; tells what was wrong last. */
  const heals = async (what: string, ask: () => Promise<string>, patience = 60_000): Promise<void> => {
    let last = '';
    const isWell = async (): Promise<boolean> => {
      last = await ask();
      return last === '';
    };
    await until(isWell, () => `${what}\n${last}`, patience, 250);
  };
  const self: Scene = {
    broker,
    home,
    demo,
    expected,
    publish,
    send: (topic, payload) => client.publishAsync(topic, payload, { qos: 1 }),
    states,
    published: (entity) => document(entity.state_topic)[entity.key],
    wrong: async (wanted) => {
      const now = await states();
      const shown = (entity: Expected): string => now.get(entity.entity_id)?.state ?? 'missing';
      const told = expected.filter(({ platform }) => !ownState.has(platform));
      const bad = told.filter((entity) => !shows(entity, wanted(entity), shown(entity)));
      return bad
        .map((entity) => `${entity.entity_id}: ${shown(entity)} for ${JSON.stringify(wanted(entity))}`)
        .join('\n');
    },
    allShow: (what, wanted) => heals(what, () => self.wrong(wanted)),
    allAvailable: (what) =>
      heals(what, async () => {
        const now = await states();
        const gone = expected.filter((it) => (now.get(it.entity_id)?.state ?? 'unavailable') === 'unavailable');
        return gone.map(({ entity_id }) => entity_id).join(', ');
      }),
    becomes: (entityId, state, patience = 10_000) =>
      heals(
        `${entityId} becomes ${state}`,
        async () => {
          const now = (await home.state(entityId))?.state;
          return now === state ? '' : `it is ${now}\n${demo.output()}`;
        },
        patience,
      ),
    announced: () =>
      until(
        () => realWire.now() - announcedAt > 3_000,
        () => 'nothing is announced any more',
        60_000,
      ).then(() => {}),
    remove: async () => {
      await demo.remove();
      // Configs first, then states: the order in which Home Assistant says nothing.
      const isState = (topic: string): number => Number(topic.startsWith('enode2mqtt/'));
      const own = [...retained.keys()].filter((topic) =>
        /^(enode2mqtt|homeassistant\/device\/enode2mqtt_[^/]*)\//.test(topic),
      );
      for (const topic of [...own, probe].sort((a, b) => isState(a) - isState(b))) await publish(topic, '');
      await client.endAsync();
      await home.remove();
      await broker?.remove();
    },
  };
  const ours = expected.map(({ unique_id }) => unique_id);
  const isRegistered = async (): Promise<boolean> => {
    const known = new Set((await home.entities()).map(({ unique_id }) => unique_id));
    return ours.every((id) => known.has(id));
  };
  await until(isRegistered, () => 'all are registered', 30_000, 250);
  await home.enable(ours);
  await self.allShow('all show what is published', self.published);
  return self;
}

/** A daemon that lives at this broker already would take our commands, and its documents would be taken for ours. */
async function aloneAt(retained: ReadonlyMap<string, string>): Promise<void> {
  await realWire.sleep('what is retained', 1_000);
  if (retained.has('enode2mqtt/bridge/info'))
    throw new Error('an enode2mqtt lives at HA_BROKER already: the tests bring their own; use a broker without one');
}

/** Another language, and an area on the blue car before it is announced: both would leak into entity ids. */
async function leak(home: HomeAssistant, publish: Scene['publish']): Promise<void> {
  await home.setLanguage('de');
  const device = { identifiers: [`enode2mqtt_${blue}`], name: 'Blue car' };
  await publish(probe, JSON.stringify({ unique_id: 'enode2mqtt_probe', name: 'Probe', state_topic: 'probe', device }));
  const { area_id } = await home.api.call<{ area_id: string }>('config/area_registry/create', { name: 'Garage' });
  const known = await until(
    async () =>
      (await home.devices()).find(({ identifiers }) => identifiers.some(([, id]) => id === `enode2mqtt_${blue}`)),
    () => 'the probe is there',
    20_000,
  );
  await home.api.call('config/device_registry/update', { device_id: known.id, area_id });
}
