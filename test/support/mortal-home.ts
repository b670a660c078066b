// A daemon that can be killed at any point of its way: before and after each commit, and around each request that changes something.
// After the kill nothing of it reaches the outside any more; a new one starts on the same store.
import type { Fact, Order } from '../../src/domain/fact.ts';
import type { Settings } from '../../src/domain/settings.ts';
import type { Portrait } from '../../src/domain/telling/portrait.ts';
import { createEnode } from '../../src/enode/client.ts';
import type { Fetch } from '../../src/enode/http.ts';
import { resolveEnode } from '../../src/enode/settings.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { realWire } from '../../src/kernel/real-clock.ts';
import { SimulatedClock } from '../../src/kernel/simulated-clock.ts';
import { createLoop, type Loop } from '../../src/loop/loop.ts';
import type { Reply, StorePort } from '../../src/loop/ports.ts';
import { createSimulator } from '../../src/simulator/simulator.ts';
import { sentence } from '../../src/words/sentence.ts';
import { memoryStore } from './memory-store.ts';
import { testSettings } from './settings.ts';
import { morning } from './simulated-home.ts';

export interface MortalHome {
  readonly clock: SimulatedClock;
  /** Names of the points passed since `arm`, in order. */
  readonly points: string[];
  readonly replies: Reply[];
  /** Ids of the actions the cloud answered creations with, by direction. */
  readonly actions: { readonly direction: string; readonly id: string }[];
  readonly isAlive: boolean;
  /** From now on points count, and the one with this number (from 0) kills. */
  arm(killAt: number): void;
  order(subject: string, order: Order): void;
  /** A new daemon on the same store; also after none was killed. */
  begin(): Promise<void>;
  advance(seconds: number): Promise<void>;
  control(method: string, path: string, body?: unknown): Promise<unknown>;
  state(id: string): Portrait['state'];
  loop(): Loop;
  stop(): Promise<void>;
}

class Killed extends Error {}

export async function mortalHome(over: Partial<Settings> = {}): Promise<MortalHome> {
  const clock = new SimulatedClock(morning);
  const simulator = createSimulator({ scenario: 'home', seed: 1, clock });
  const disk = memoryStore();
  const portraits = new Map<string, Portrait>();
  const replies: Reply[] = [];
  const points: string[] = [];
  const actions: { direction: string; id: string }[] = [];
  const { settings: enodeSettings } = resolveEnode({
    client_id: 'demo',
    client_secret: 'demo-secret',
    environment: 'custom',
    enode_url: 'http://enode.test',
  });
  let killAt = Number.POSITIVE_INFINITY;
  let isArmed = false;
  let runs = 0;

  const incarnate = () => {
    let alive = true;
    const point = (name: string): void => {
      if (!alive) throw new Killed();
      if (!isArmed) return;
      points.push(name);
      if (points.length - 1 !== killAt) return;
      alive = false;
      throw new Killed();
    };
    const store: StorePort = {
      load: disk.load,
      commit: (commit) => {
        point('before a commit');
        const isStored = disk.commit(commit);
        point('after a commit');
        return isStored;
      },
    };
    const fetch: Fetch = async (url, init) => {
      const path = new URL(url).pathname;
      const isAction = init.method === 'POST' && /\/(charging|cancel)$/.test(path);
      if (!alive) throw new Killed();
      if (isAction) point(`before ${path} reaches the cloud`);
      const answer = await simulator.app.request(url, init as RequestInit);
      if (!alive) throw new Killed();
      if (isAction && path.endsWith('/charging') && answer.ok) {
        const { id, kind } = (await answer.clone().json()) as { id: string; kind: string };
        actions.push({ direction: kind, id });
      }
      if (isAction) point(`after ${path} was answered by the cloud`);
      return answer;
    };
    let hear: (fact: Fact) => void = () => {};
    const tell = (fact: Fact): void => {
      if (!alive) return;
      const isAnswer = fact.kind === 'attempt_answered' || fact.kind === 'cancel_answered';
      if (isAnswer) point(`before ${fact.kind} is told`);
      hear(fact);
      if (isAnswer) point(`after ${fact.kind} is told`);
    };
    const enode = createEnode({
      settings: enodeSettings!,
      users: ['home'],
      language: testSettings().language,
      clock: { world: clock, wire: realWire },
      log: silentLog,
      tell,
      fetch,
    });
    const whileAlive =
      <A extends unknown[]>(work: (...args: A) => void) =>
      (...args: A): void => {
        if (alive) work(...args);
      };
    const loop = createLoop({
      settings: testSettings(over),
      store,
      commands: { send: whileAlive(enode.send), limit: whileAlive(enode.limit), cancel: whileAlive(enode.cancel) },
      looks: { look: whileAlive(enode.look) },
      show: {
        show: whileAlive((portrait) => void portraits.set(portrait.id, portrait)),
        retire: () => {},
        happened: () => {},
        reply: whileAlive((reply) => void replies.push(reply)),
      },
      world: clock,
      wire: realWire,
      watchJumps: false,
      say: (reason) => sentence(reason, 'en'),
      version: 'test',
      log: silentLog,
    });
    hear = loop.tell;
    loop.start({ installation: 'test', instance: `run-${++runs}` });
    return {
      loop,
      get alive() {
        return alive;
      },
      end: async () => {
        alive = false;
        loop.stop();
        await enode.stop();
      },
    };
  };

  let daemon = incarnate();
  let orders = 0;
  await clock.settle();
  return {
    clock,
    points,
    replies,
    actions,
    get isAlive() {
      return daemon.alive;
    },
    arm: (at) => {
      isArmed = true;
      killAt = at;
    },
    order: (subject, order) =>
      daemon.loop.tell({ kind: 'commanded', transaction: `order-${++orders}`, subject, order, from: 'switch' }),
    async begin() {
      await daemon.end();
      killAt = Number.POSITIVE_INFINITY;
      daemon = incarnate();
      await clock.settle();
    },
    advance: (seconds) => clock.advance(seconds * 1000),
    control: async (method, path, body) => {
      const init: RequestInit = { method };
      if (body !== undefined)
        Object.assign(init, { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
      const response = await simulator.app.request(`http://enode.test${path}`, init);
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      const text = await response.text();
      return text === '' ? null : JSON.parse(text);
    },
    state: (id) => portraits.get(id)!.state,
    loop: () => daemon.loop,
    stop: async () => {
      await daemon.end();
      simulator.stop();
    },
  };
}
