// The demo as a program of its own at a real broker, steered over its control API; and what its entities must look like.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PortraitKind } from '../../src/domain/telling/portrait.ts';
import { idIn } from '../../src/simulator/scenarios/scenario.ts';
import { findings } from '../support/findings.ts';
import { freePort } from '../support/real/free-port.ts';
import { type Ended, type Program, startProgram, until } from '../support/real/program.ts';

const main = join(import.meta.dirname, '../../src/cli/demo.ts');

export interface Demo {
  output(): string;
  /** `POST …/charging` its cloud got. */
  commands(): Promise<{ method: string; path: string; status: number; body: unknown }[]>;
  verdict(): Promise<unknown[]>;
  stop(signal?: NodeJS.Signals): Promise<Ended>;
  /** After `stop`: on the same memory and ports, with a home at its beginning. */
  start(): Promise<void>;
  remove(): Promise<void>;
}

/** @param broker with name and password; the demo is ready when its cloud answers */
export async function startDemo(broker: string): Promise<Demo> {
  const folder = mkdtempSync(join(tmpdir(), 'enode2mqtt-demo-'));
  const [enodePort, pagePort] = [await freePort(), await freePort()];
  const control = async <T>(path: string): Promise<T> =>
    (await fetch(`http://127.0.0.1:${enodePort}/control${path}`)).json() as Promise<T>;
  let program: Program;
  const start = async (): Promise<void> => {
    const ports = ['--enode-port', `${enodePort}`, '--page-port', `${pagePort}`];
    program = startProgram(process.execPath, [main, ...ports, '--data', folder, '--broker', broker]);
    await until(
      () => {
        if (!program.isRunning()) throw new Error(`the demo ended:\n${program.output()}`);
        return control('/state').then(
          () => true,
          () => false,
        );
      },
      () => `the demo answers\n${program.output()}`,
      30_000,
    );
  };
  await start();
  const stop = (signal?: NodeJS.Signals): Promise<Ended> => program.stop(signal);
  return {
    output: () => program.output(),
    commands: async () => {
      const { requests } = await control<{
        requests: { method: string; path: string; status: number; body: unknown }[];
      }>('/requests');
      return requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/charging'));
    },
    verdict: async () => findings(await control('/verdict')),
    stop,
    start,
    remove: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface Expected {
  readonly kind: PortraitKind;
  readonly key: string;
  readonly platform: string;
  readonly unique_id: string;
  readonly entity_id: string;
  /** `(class)` = Home Assistant's own word for the class; null = the device's name */
  readonly name: string | null;
  readonly class: string | null;
  readonly unit: string | null;
  readonly state_class: string | null;
  readonly category: string | null;
  readonly enabled: boolean;
  readonly icon: string | null;
  readonly options: readonly string[] | null;
  readonly state_topic: string;
}

interface Golden {
  readonly identifiers: readonly string[];
  readonly state_topic: string;
  readonly entities: readonly Omit<Expected, 'kind' | 'state_topic'>[];
}

/** The devices of the scenario `home`: identifier (without ours for bridge and site) and the first part of their entity ids. */
const devices = [
  { kind: 'vehicle', thing: 'blue', slug: 'blue_car' },
  { kind: 'vehicle', thing: 'white', slug: 'white_car' },
  { kind: 'charger', thing: 'garage', slug: 'easee_home' },
  { kind: 'charger', thing: 'carport', slug: 'zaptec_go' },
  { kind: 'site', thing: null, slug: 'home' },
  { kind: 'bridge', thing: null, slug: 'enode2mqtt' },
] as const;

/** The golden list of test/mqtt, said of the demo's own devices. */
export function expectedEntities(installation: string): Expected[] {
  return devices.flatMap(({ kind, thing, slug }) => {
    const golden = JSON.parse(readFileSync(join(import.meta.dirname, `../mqtt/golden/${kind}.json`), 'utf8')) as Golden;
    const own = thing === null ? installation : idIn('home', thing);
    const identifier = `enode2mqtt_${own}${kind === 'site' ? '_site' : ''}`;
    const state_topic =
      kind === 'bridge'
        ? 'enode2mqtt/bridge/info'
        : thing === null
          ? 'enode2mqtt/site/state'
          : `enode2mqtt/${kind}/${own}/state`;
    return golden.entities.map((entity) => ({
      ...entity,
      kind,
      state_topic,
      unique_id: `${identifier}_${entity.key}`,
      entity_id: `${entity.platform}.${slug}_${entity.key}`,
    }));
  });
}

/** Platforms whose state does not come from the state document. */
export const ownState: ReadonlySet<string> = new Set(['button', 'event', 'device_tracker']);

/** What Home Assistant must show for a value of the state document. */
export function shows(entity: Expected, value: unknown, state: string): boolean {
  if (value === null || value === undefined) return state === 'unknown';
  if (typeof value === 'boolean') return state === (value ? 'on' : 'off');
  if (typeof value === 'number') return Number(state) === value;
  const isTime = entity.class === 'timestamp' || entity.platform === 'datetime';
  return isTime ? Date.parse(state) === Date.parse(String(value)) : state === String(value);
}

/** A value that fits the entity: what a full portrait could say. Numbers within the narrowest range of a control (0–80 A). */
export function fittingValue(entity: Expected, turn: number): unknown {
  if (entity.platform === 'binary_sensor' || entity.platform === 'switch') return turn % 2 === 0;
  if (entity.platform === 'datetime' || entity.class === 'timestamp') return `2026-11-2${1 + (turn % 8)}T07:15:00Z`;
  if (entity.options) return entity.options[turn % entity.options.length];
  if (entity.unit !== null || entity.state_class !== null) return 10 + (turn % 60);
  return `text ${turn}: ${'é'.repeat(240)}`;
}
