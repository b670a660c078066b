// The loop and the Enode adapter against a simulated home in the same process: one clock, no sockets, no broker.

import { createWishTeller } from '../../src/cli/told-wishes.ts';
import type { Order } from '../../src/domain/fact.ts';
import type { Settings } from '../../src/domain/settings.ts';
import type { Happening, Portrait } from '../../src/domain/telling/portrait.ts';
import { createEnode } from '../../src/enode/client.ts';
import { resolveEnode } from '../../src/enode/settings.ts';
import { seededEntropy } from '../../src/kernel/entropy.ts';
import { type Log, silentLog } from '../../src/kernel/log.ts';
import { realWire } from '../../src/kernel/real-clock.ts';
import { SimulatedClock } from '../../src/kernel/simulated-clock.ts';
import { createLoop, type Loop } from '../../src/loop/loop.ts';
import type { Reply, StorePort } from '../../src/loop/ports.ts';
import { createSimulator, type Simulator } from '../../src/simulator/simulator.ts';
import { sentence } from '../../src/words/sentence.ts';
import { findings } from './findings.ts';
import { memoryStore } from './memory-store.ts';
import { testSettings } from './settings.ts';

/** 2026-06-15 06:00 UTC: a summer morning. */
export const morning = Date.UTC(2026, 5, 15, 6);

export interface SimulatedHome {
  readonly clock: SimulatedClock;
  readonly simulator: Simulator;
  readonly loop: Loop;
  readonly portraits: Map<string, Portrait>;
  readonly happenings: Happening[];
  readonly replies: Reply[];
  /** A person's order, as MQTT would bring it. */
  order(subject: string, order: Order, from?: 'switch' | 'verb' | 'page'): void;
  charging(subject: string, want: 'start' | 'stop', more?: { anywhere?: boolean; route?: 'vehicle' | 'charger' }): void;
  advance(seconds: number): Promise<void>;
  /** `PATCH /control/…` and friends; throws on an error. */
  control(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Charging requests the cloud got: `POST …/charging`. */
  commands(): { path: string; body: unknown; status: number; at: number }[];
  verdict(): Promise<unknown[]>;
  /** Ends the daemon (not the cloud) and starts a new one on the same store. */
  restart(over?: Partial<Settings>): Promise<void>;
  stop(): Promise<void>;
}

export async function simulatedHome(
  options: {
    scenario?: string;
    seed?: number;
    settings?: Partial<Settings>;
    store?: StorePort;
    /** The referee is told whatever is ordered, modes included. */
    tellsWishes?: boolean;
    log?: Log;
    clock?: SimulatedClock;
  } = {},
): Promise<SimulatedHome> {
  const clock = options.clock ?? new SimulatedClock(morning);
  let receive: ((request: Request) => Promise<Response>) | null = null;
  const simulator = createSimulator({
    scenario: options.scenario ?? 'home',
    seed: options.seed ?? 1,
    clock,
    deliver: async (url, init) => {
      if (receive === null) throw new Error('connection refused');
      return receive(new Request(url, init));
    },
  });
  const wishes = options.tellsWishes ? createWishTeller(simulator, testSettings(options.settings)) : null;
  const kept = options.store ?? memoryStore();
  const store: StorePort = {
    load: kept.load,
    commit: (commit) => {
      wishes?.hear(commit);
      return kept.commit(commit);
    },
  };
  const portraits = new Map<string, Portrait>();
  const happenings: Happening[] = [];
  const replies: Reply[] = [];
  const { settings: enodeSettings } = resolveEnode({
    client_id: 'demo',
    client_secret: 'demo-secret',
    environment: 'custom',
    enode_url: 'http://enode.test',
  });
  const secrets = new Map<string, string>();
  const keep = {
    get: (key: string) => secrets.get(key) ?? null,
    put: (key: string, text: string) => secrets.set(key, text),
  };
  let run = 0;
  const begin = (over: Partial<Settings> = {}) => {
    const settings = testSettings({ ...options.settings, ...over });
    const log = options.log ?? silentLog;
    let tell: Loop['tell'] = () => {};
    const enode = createEnode({
      settings: enodeSettings!,
      users: settings.users,
      language: settings.language,
      clock: { world: clock, wire: realWire },
      log,
      tell: (fact) => tell(fact),
      fetch: (url, init) => simulator.app.request(url, init as RequestInit),
      webhooks: { url: settings.webhookUrl, keep, entropy: seededEntropy(5), hide: () => {} },
    });
    receive = enode.webhooks?.receive ?? null;
    const loop = createLoop({
      settings,
      store,
      commands: enode,
      looks: enode,
      show: {
        show: (portrait) => void portraits.set(portrait.id, portrait),
        retire: (_kind, id) => void portraits.delete(id),
        happened: (happening) => void happenings.push(happening),
        reply: (reply) => void replies.push(reply),
      },
      world: clock,
      wire: realWire,
      watchJumps: false,
      say: (reason) => sentence(reason, settings.language),
      version: 'test',
      log,
    });
    tell = loop.tell;
    if (run === 0) wishes?.begin(loop.site());
    loop.start({ installation: 'test', instance: `run-${++run}` });
    return { enode, loop };
  };
  let daemon = begin();
  let orders = 0;
  const home: SimulatedHome = {
    clock,
    simulator,
    get loop() {
      return daemon.loop;
    },
    portraits,
    happenings,
    replies,
    order: (subject, order, from = 'switch') =>
      daemon.loop.tell({ kind: 'commanded', transaction: `order-${run}-${++orders}`, subject, order, from }),
    charging: (subject, want, more = {}) =>
      home.order(
        subject,
        { kind: 'charging', want, anywhere: more.anywhere ?? false, route: more.route ?? null },
        more.anywhere ? 'verb' : 'switch',
      ),
    advance: (seconds) => clock.advance(seconds * 1000),
    control: async (method, path, body) => {
      const init: RequestInit = { method };
      if (body !== undefined)
        Object.assign(init, { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
      const response = await simulator.app.request(`http://enode.test${path}`, init);
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
      return text === '' ? null : JSON.parse(text);
    },
    commands: () =>
      simulator.control
        .requests(0)
        .filter(({ method, path }) => method === 'POST' && path.endsWith('/charging'))
        .map(({ path, body, status, at }) => ({ path, body, status, at })),
    verdict: async () => findings(await home.control('GET', '/control/verdict')),
    restart: async (over) => {
      daemon.loop.stop();
      await daemon.enode.stop();
      daemon = begin(over);
      await clock.settle();
    },
    stop: async () => {
      daemon.loop.stop();
      await daemon.enode.stop();
      simulator.stop();
    },
  };
  await clock.settle();
  return home;
}
