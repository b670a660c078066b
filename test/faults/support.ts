// Two processes as a person runs them, simulator and daemon, at a broker in the test itself; what happens to them is up to the test.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MqttClient } from 'mqtt';
import { silentLog } from '../../src/kernel/log.ts';
import { startEmbedded } from '../../src/mqtt/embedded.ts';
import { HOME, idIn, TIMEZONE } from '../../src/simulator/scenarios/scenario.ts';
import { findings } from '../support/findings.ts';
import { freePort } from '../support/real/free-port.ts';
import { type Ended, type Program, startProgram, until } from '../support/real/program.ts';

const root = join(import.meta.dirname, '../..');
export const blue = idIn('home', 'blue');

type State = Readonly<Record<string, unknown>>;

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
}

export interface Household {
  readonly folder: string;
  readonly data: string;
  /** The daemon of the moment. */
  daemon(): Program;
  /** All daemons so far. */
  output(): string;
  vehicle(id: string): State;
  info(): State;
  bridgeState(): string | undefined;
  /** Everything the broker passed on under `topic`, in order. */
  heard(topic: string): readonly string[];
  send(topic: string, payload: string): Promise<void>;
  toggle(to: 'ON' | 'OFF'): Promise<void>;
  control<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** `POST …/charging` at the cloud. */
  commands(): Promise<Request[]>;
  verdict(): Promise<unknown[]>;
  start(more?: Readonly<Record<string, unknown>>): Promise<void>;
  /** Another daemon with these options, beside the first. */
  another(more?: Readonly<Record<string, unknown>>, data?: string): Program;
  soon(what: string, check: () => boolean, patience?: number): Promise<void>;
  remove(): Promise<void>;
}

/** @param data the daemon's folder; its own new one when left out */
export async function household(data?: string): Promise<Household> {
  const folder = mkdtempSync(join(tmpdir(), 'enode2mqtt-faults-'));
  const port = await freePort();
  const cloud = startProgram(process.execPath, [join(root, 'src/cli/simulator.ts'), '--port', `${port}`]);
  const broker = await startEmbedded({
    credentials: null,
    listen: { host: '127.0.0.1', port: 0 },
    load: () => [],
    save: () => {},
    moved: () => {},
    log: silentLog,
  });
  const heard: { topic: string; payload: string }[] = [];
  const client = new MqttClient(() => broker.connect(), { protocolVersion: 4, clientId: 'watch', reconnectPeriod: 0 });
  client.on('message', (topic, payload) => void heard.push({ topic, payload: payload.toString() }));
  await client.subscribeAsync('enode2mqtt/#', { qos: 1 });

  const control = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const init =
      body === undefined
        ? { method }
        : { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await fetch(`http://127.0.0.1:${port}/control${path}`, init);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  await until(
    () =>
      control('GET', '/state').then(
        () => true,
        () => false,
      ),
    () => `the simulator answers\n${cloud.output()}`,
    20_000,
  );

  const options = {
    client_id: 'demo',
    client_secret: 'demo-secret',
    environment: 'custom',
    enode_url: `http://127.0.0.1:${port}`,
    broker_url: `mqtt://127.0.0.1:${broker.port}`,
    home_latitude: HOME.latitude,
    home_longitude: HOME.longitude,
    time_zone: TIMEZONE,
    charger_places: { [idIn('home', 'garage')]: 'home', [idIn('home', 'carport')]: 'home' },
    observe_only: false,
    allow_charger_commands: true,
    requests_per_day: 50_000,
  };
  let count = 0;
  const launch = (more: Readonly<Record<string, unknown>>, at: string): Program => {
    const file = join(folder, `options-${++count}.json`);
    writeFileSync(file, JSON.stringify({ ...options, ...more }));
    return startDaemon(['--options', file, '--data', at]);
  };
  let daemon: Program | undefined;
  let earlier = '';
  const others: Program[] = [];
  const last = (topic: string): string | undefined => heard.findLast((one) => one.topic === topic)?.payload;
  const state = (topic: string): State => JSON.parse(last(topic) || '{}') as State;
  const self: Household = {
    folder,
    data: data ?? join(folder, 'data'),
    daemon: () => daemon!,
    output: () => earlier + (daemon?.output() ?? ''),
    vehicle: (id) => state(`enode2mqtt/vehicle/${id}/state`),
    info: () => state('enode2mqtt/bridge/info'),
    bridgeState: () => last('enode2mqtt/bridge/state'),
    heard: (topic) => heard.filter((one) => one.topic === topic).map(({ payload }) => payload),
    send: async (topic, payload) => void (await client.publishAsync(topic, payload, { qos: 1 })),
    toggle: async (to) => {
      await control('POST', '/wishes', {
        subject: blue,
        want: to === 'ON' ? 'START' : 'STOP',
        origin: 'person',
      });
      await self.send(`enode2mqtt/vehicle/${blue}/charging/set`, to);
    },
    control,
    commands: async () => {
      const { requests } = await control<{ requests: Request[] }>('GET', '/requests');
      return requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/charging'));
    },
    verdict: async () => findings(await control('GET', '/verdict')),
    start: async (more = {}) => {
      earlier = self.output();
      heard.splice(0);
      daemon = launch(more, self.data);
      await self.soon(
        'the car is shown',
        () => self.bridgeState() === 'online' && self.vehicle(blue).command !== undefined,
      );
    },
    another: (more = {}, at = self.data) => {
      const program = launch(more, at);
      others.push(program);
      return program;
    },
    soon: (what, check, patience = 20_000) =>
      until(check, () => `${what}\n${self.output()}\n${JSON.stringify(self.vehicle(blue))}`, patience, 20).then(
        () => {},
      ),
    remove: async () => {
      for (const program of [...others, ...(daemon ? [daemon] : [])]) await program.stop('SIGKILL');
      await cloud.stop();
      client.end(true);
      await broker.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return self;
}

export function startDaemon(args: readonly string[], env: NodeJS.ProcessEnv = {}): Program {
  const { PATH, HOME: home } = process.env;
  return startProgram(process.execPath, [join(root, 'src/main.ts'), '--page-port', '0', ...args], {
    env: { PATH, HOME: home, ...env },
  });
}

/** Lines of a log without their times, and how it ended. */
export async function outcome(program: Program): Promise<Ended & { readonly lines: readonly string[] }> {
  const end = await program.ended;
  return {
    ...end,
    lines: program
      .output()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.slice(20)),
  };
}
