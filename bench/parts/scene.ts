// What most rows stand on: a simulated cloud, a broker and the daemon, each a process of its own, and a person's MQTT client here.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import type { Settings } from '../../src/domain/settings.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { realWire } from '../../src/kernel/real-clock.ts';
import { startEmbedded } from '../../src/mqtt/embedded.ts';
import { startMosquitto, whyNoMosquitto } from '../../test/support/real/mosquitto.ts';
import { type Program, startProgram } from '../../test/support/real/program.ts';
import { type Child, compiled, production, startChild } from './child.ts';

export interface Scene {
  readonly cloud: Child;
  readonly settings: Settings;
  readonly apiPort: number;
  readonly mqttPort: number;
  readonly broker: 'mosquitto' | 'embedded';
  /** Starts the daemon; resolves when it was told to begin. */
  daemon(options?: { discovery?: boolean; flags?: readonly string[]; webhookPort?: number }): Promise<Child>;
  /** The daemon as it is shipped, from its own options; resolves when the process was begun. */
  program(): Program;
  client(): Promise<MqttClient>;
  end(): Promise<void>;
}

/**
 * @param start epoch ms at which simulated time begins; null = everything in real time
 * @param wanted `embedded` (in this process, without Nagle's delay) where a broker's own habits are not to be measured
 */
export async function setScene(
  scenario: string,
  start: number | null = null,
  wanted: Scene['broker'] = 'mosquitto',
): Promise<Scene> {
  const cloud = startChild('child-cloud');
  const { port: apiPort, settings } = await cloud.ask<{ port: number; settings: Settings }>('start', {
    scenario,
    start,
  });
  const broker = await startBroker(wanted);
  const folders: string[] = [];
  const daemons: Child[] = [];
  const programs: Program[] = [];
  const newFolder = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'enode2mqtt-bench-'));
    folders.push(folder);
    return folder;
  };
  const clients: MqttClient[] = [];
  return {
    cloud,
    settings,
    apiPort,
    mqttPort: broker.port,
    broker: broker.kind,
    daemon: async ({ discovery = true, flags = [], webhookPort } = {}) => {
      const folder = newFolder();
      const daemon = startChild('child-daemon', ['--expose-gc', ...flags]);
      daemons.push(daemon);
      await daemon.ask('start', { apiPort, mqttPort: broker.port, settings, folder, discovery, start, webhookPort });
      return daemon;
    },
    program: () => {
      const file = join(compiled, 'src', 'main.js');
      const args = ['--max-semi-space-size=1', file, '--data', newFolder(), '--page-port', '0'];
      const program = startProgram(process.execPath, args, {
        env: { ...environment(settings, apiPort, broker.port), ...production },
      });
      programs.push(program);
      return program;
    },
    client: async () => {
      const client = await connectAsync(`mqtt://127.0.0.1:${broker.port}`, { protocolVersion: 4, reconnectPeriod: 0 });
      (client.stream as unknown as { setNoDelay(on: boolean): void }).setNoDelay(true);
      clients.push(client);
      return client;
    },
    end: async () => {
      for (const client of clients) await client.endAsync(true);
      for (const daemon of daemons) daemon.end();
      for (const program of programs) await program.stop('SIGKILL');
      await broker.stop();
      cloud.end();
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The options that a person would give, as the environment tells them. */
const environment = ({ users, home, timeZone }: Settings, apiPort: number, mqttPort: number): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  ENODE2MQTT_CLIENT_ID: 'demo',
  ENODE2MQTT_CLIENT_SECRET: 'demo-secret',
  ENODE2MQTT_ENVIRONMENT: 'custom',
  ENODE2MQTT_ENODE_URL: `http://127.0.0.1:${apiPort}`,
  ENODE2MQTT_BROKER_URL: `mqtt://127.0.0.1:${mqttPort}`,
  ENODE2MQTT_USERS: JSON.stringify(users),
  ENODE2MQTT_HOME_LATITUDE: String(home?.latitude),
  ENODE2MQTT_HOME_LONGITUDE: String(home?.longitude),
  ENODE2MQTT_TIME_ZONE: timeZone,
  ENODE2MQTT_LOG_LEVEL: 'warn',
});

async function startBroker(
  wanted: Scene['broker'],
): Promise<{ port: number; kind: Scene['broker']; stop(): Promise<void> }> {
  if (wanted === 'mosquitto' && whyNoMosquitto() === undefined) {
    const { port, remove } = await startMosquitto();
    return { port, kind: 'mosquitto', stop: remove };
  }
  const listening = { host: '127.0.0.1', port: 0 };
  const quiet = { credentials: null, load: () => [], save: () => {}, moved: () => {}, log: silentLog };
  const { port, stop } = await startEmbedded({ ...quiet, listen: listening });
  return { port, kind: 'embedded', stop };
}

/** Monotonic ms, comparable between the processes of this machine. */
export const machineNow = (): number => Number(process.hrtime.bigint()) / 1e6;

/** Asks until it is so; the wait itself is no measurement. */
export async function soon(
  what: string | (() => string),
  isSo: () => boolean | Promise<boolean>,
  patienceMs: number,
): Promise<void> {
  const begun = realWire.now();
  while (!(await isSo())) {
    if (realWire.now() - begun > patienceMs)
      throw new Error(`not within ${patienceMs / 1000} s: ${typeof what === 'string' ? what : what()}`);
    await realWire.sleep('bench', 20);
  }
}

export const pause = (ms: number): Promise<void> => realWire.sleep('bench', ms);

/** Resolves when all of the cloud's assets are believed; with `users` also each user's own page was read. */
export async function allListed(daemon: Child, assets: number, patienceMs: number, withUsers = false): Promise<void> {
  const isSo = async (): Promise<boolean> => {
    const counts = await daemon.ask<{ assets: number; listed: number; usersRead: number | null }>('counts');
    return counts.assets === assets && counts.listed === assets / 4 && (!withUsers || counts.usersRead !== null);
  };
  await soon(`${assets} assets are listed`, isSo, patienceMs);
}
