// A real Home Assistant for tests: our own (made by test/home-assistant/real-ha, started and ended here), or any that HA_URL and
// HA_TOKEN name; then HA_BROKER (mqtt://name:password@host:port) is the broker its MQTT integration uses. Of that one only what the
// tests brought themselves is touched: their own devices, entities and topics.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { realWire } from '../../../src/kernel/real-clock.ts';
import { freePort } from './free-port.ts';
import { type HomeAssistantApi, homeAssistantApi, rest } from './home-assistant-api.ts';
import { foreignRecords, readLog, rememberedRecords } from './home-assistant-log.ts';
import { addMqtt, type BrokerAccess, makeOwner } from './home-assistant-setup.ts';
import { type Program, startProgram, until } from './program.ts';

export interface EntityState {
  readonly entity_id: string;
  readonly state: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface EntityEntry {
  readonly entity_id: string;
  readonly unique_id: string;
  readonly platform: string;
  readonly device_id: string | null;
  readonly disabled_by: string | null;
  readonly entity_category: 'diagnostic' | 'config' | null;
  readonly name: string | null;
  readonly original_name: string | null;
}

export interface DeviceEntry {
  readonly id: string;
  readonly identifiers: readonly (readonly [string, string])[];
  readonly name: string | null;
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly via_device_id: string | null;
  readonly area_id: string | null;
}

export interface HomeAssistant {
  readonly url: string;
  readonly version: string;
  /** Any websocket command or REST call that has no function here. */
  readonly api: HomeAssistantApi;
  states(): Promise<readonly EntityState[]>;
  /** `undefined` when there is no such entity (or it is disabled). */
  state(entityId: string): Promise<EntityState | undefined>;
  /** Entities of the MQTT integration. */
  entities(): Promise<readonly EntityEntry[]>;
  devices(): Promise<readonly DeviceEntry[]>;
  /** Enables the MQTT entities with these unique ids and waits until all of them live (Home Assistant reloads MQTT 30 s later). */
  enable(uniqueIds: readonly string[]): Promise<void>;
  callService(domain: string, service: string, data: Readonly<Record<string, unknown>>): Promise<void>;
  /** Of the installation: it shapes default names and entity ids. */
  setLanguage(language: string): Promise<void>;
  /** Warnings and errors since the start (restarts included) that are not Home Assistant's own; of a foreign one, those about MQTT. */
  foreignLogLines(): Promise<readonly string[]>;
  /** Ends it (politely, or as a crash would) and starts it again with all it knew. Rejects for a foreign installation. */
  restart(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Ends our own and removes its files; a foreign one is only left. */
  remove(): Promise<void>;
}

const recipe = join(import.meta.dirname, '../../home-assistant/real-ha');
const START_WITHIN = 120_000;
const SETUP_WITHIN = 15 * 60_000;
/** Home Assistant reloads the integration 30 s after the last entity was enabled. */
const ENABLED_WITHIN = 90_000;

/** Why no Home Assistant can be had here, for `describe.skipIf`; `undefined` when one can. */
export function whyNoHomeAssistant(): string | undefined {
  if (process.env.HA_URL && process.env.HA_TOKEN && process.env.HA_BROKER) return undefined;
  if (process.env.HA_URL)
    return 'with HA_URL, HA_TOKEN (a long-lived token) and HA_BROKER (mqtt://name:password@host:port) are needed too';
  if (process.platform !== 'linux' || userInfo().uid !== 0) {
    return 'making a Home Assistant needs Linux and root; or set HA_URL, HA_TOKEN and HA_BROKER to use one that runs';
  }
  return undefined;
}

/** The broker of the foreign installation; `undefined` when we make our own Home Assistant and so choose the broker. */
export function foreignBroker(): string | undefined {
  return process.env.HA_URL ? process.env.HA_BROKER : undefined;
}

/** @param broker what its MQTT integration connects to (not used for a foreign installation) */
export async function startHomeAssistant(broker: BrokerAccess): Promise<HomeAssistant> {
  const { HA_URL: url, HA_TOKEN: token } = process.env;
  return url && token ? foreign(url.replace(/\/$/, ''), token) : own(broker);
}

async function foreign(url: string, token: string): Promise<HomeAssistant> {
  const api = homeAssistantApi(url, token);
  const { version } = await api.call<{ version: string }>('get_config');
  const known = await api.call<readonly { timestamp: number }[]>('system_log/list');
  const since = Math.max(0, ...known.map(({ timestamp }) => timestamp)) + 0.001;
  return {
    ...questions(api),
    version,
    foreignLogLines: () => rememberedRecords(api, since),
    restart: () => Promise.reject(new Error('a Home Assistant that is not ours is not restarted')),
    remove: async () => api.close(),
  };
}

async function own(broker: BrokerAccess): Promise<HomeAssistant> {
  await makeRoom();
  const folder = mkdtempSync(join(tmpdir(), 'enode2mqtt-hass-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  writeFileSync(join(folder, 'configuration.yaml'), configuration(port));

  let hass: Program;
  let earlierLog = '';
  const logFile = join(folder, 'home-assistant.log');
  const start = async (): Promise<void> => {
    hass = startProgram(recipe, ['run', folder]);
    await until(
      () => {
        if (!hass.isRunning()) throw new Error(`hass ended at start:\n${hass.output()}`);
        return rest(url, 'GET', '/api/onboarding').then(
          () => true,
          () => false,
        );
      },
      () => `Home Assistant answers\n${hass.output()}`,
      START_WITHIN,
    );
  };
  await start();
  const token = await makeOwner(url);
  await addMqtt(url, token, broker);
  const api = homeAssistantApi(url, token);
  const ready = (): Promise<true> =>
    until(
      () => isReady(api),
      () => `Home Assistant runs with MQTT\n${readLog(logFile)}`,
      START_WITHIN,
      200,
    );
  await ready();
  const { version } = await api.call<{ version: string }>('get_config');
  return {
    ...questions(api),
    version,
    foreignLogLines: async () => foreignRecords(`${earlierLog}${readLog(logFile)}`),
    restart: async (signal = 'SIGTERM') => {
      api.close();
      await hass.stop(signal, 60_000);
      earlierLog += readLog(logFile); // hass begins a new file at each start
      await start();
      await ready();
    },
    remove: async () => {
      api.close();
      await hass.stop('SIGTERM', 60_000);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function makeRoom(): Promise<void> {
  const setup = startProgram(recipe, ['setup']);
  const cancel = realWire.alarm('real-ha setup', SETUP_WITHIN, () => void setup.stop());
  const { code } = await setup.ended;
  cancel();
  if (code !== 0) throw new Error(`real-ha setup failed:\n${setup.output()}`);
}

async function isReady(api: HomeAssistantApi): Promise<boolean> {
  const { state } = await api.call<{ state: string }>('get_config');
  const entries = await api.call<readonly { domain: string; state: string }[]>('config_entries/get');
  return state === 'RUNNING' && entries.some((entry) => entry.domain === 'mqtt' && entry.state === 'loaded');
}

function questions(api: HomeAssistantApi) {
  const states = (): Promise<readonly EntityState[]> => api.call('get_states');
  const entities = async (): Promise<readonly EntityEntry[]> =>
    (await api.call<readonly EntityEntry[]>('config/entity_registry/list')).filter(
      ({ platform }) => platform === 'mqtt',
    );
  return {
    url: api.url,
    api,
    states,
    state: async (entityId: string) => (await states()).find(({ entity_id }) => entity_id === entityId),
    entities,
    devices: (): Promise<readonly DeviceEntry[]> => api.call('config/device_registry/list'),
    enable: async (uniqueIds: readonly string[]): Promise<void> => {
      const meant = new Set(uniqueIds);
      const sleeping = (await entities()).filter((one) => one.disabled_by !== null && meant.has(one.unique_id));
      for (const { entity_id } of sleeping)
        await api.call('config/entity_registry/update', { entity_id, disabled_by: null });
      const missing = async (): Promise<string[]> => {
        // until its integration made it, an entity is only a placeholder that says `restored`
        const made = (await states()).filter(({ attributes }) => attributes.restored !== true);
        const alive = new Set(made.map(({ entity_id }) => entity_id));
        return sleeping.map(({ entity_id }) => entity_id).filter((id) => !alive.has(id));
      };
      await until(
        async () => (await missing()).length === 0,
        () => 'every enabled entity lives',
        ENABLED_WITHIN,
        500,
      );
    },
    callService: async (domain: string, service: string, data: Readonly<Record<string, unknown>>): Promise<void> => {
      await api.rest('POST', `/api/services/${domain}/${service}`, data);
    },
    setLanguage: async (language: string): Promise<void> => void (await api.call('config/core/update', { language })),
  };
}

function configuration(port: number): string {
  return `homeassistant:
  name: Home
  time_zone: Europe/Berlin
  unit_system: metric
  currency: EUR
  country: DE
  latitude: 52.52
  longitude: 13.40
http:
  server_host: 127.0.0.1
  server_port: ${port}
logger:
  default: warning
recorder:
  commit_interval: 1
energy:
`;
}
