// The daemon in a process of its own, as production runs it: real store in a folder, real sockets to cloud and broker. Beside it only
// what measures: when bytes of MQTT came in, when a request's headers went out, how long a turn of the event loop was busy.
import { channel } from 'node:diagnostics_channel';
import { connect, type Socket } from 'node:net';
import { serveWebhooks } from '../src/cli/webhook-port.ts';
import type { Settings } from '../src/domain/settings.ts';
import { resolveEnode } from '../src/enode/settings.ts';
import { createHouse, type House } from '../src/house/house.ts';
import { fitMemory } from '../src/house/memory.ts';
import { origin } from '../src/house/origin.ts';
import { openStore } from '../src/house/storage.ts';
import type { Clock } from '../src/kernel/clock.ts';
import { realEntropy } from '../src/kernel/entropy.ts';
import { createLog } from '../src/kernel/log.ts';
import { realClock, realWire } from '../src/kernel/real-clock.ts';
import { SimulatedClock } from '../src/kernel/simulated-clock.ts';
import type { Commit } from '../src/loop/ports.ts';
import { serve } from './parts/child.ts';

interface Start {
  readonly apiPort: number;
  readonly mqttPort: number;
  readonly settings: Settings;
  readonly folder: string;
  readonly discovery: boolean;
  /** Epoch ms: a simulated clock that begins there, and tells the cloud its time with each request. null = the real one. */
  readonly start: number | null;
  /** Webhooks are taken there, on loopback; absent = none. */
  readonly webhookPort?: number;
}

/** A command on its way: when its headers went out, when the broker's last bytes before it came, when the cloud's answer came. ms */
interface Sent {
  readonly path: string;
  readonly at: number;
  readonly cameAt: number;
  answeredAt: number | null;
}

/** Monotonic ms, comparable between the processes of this machine. */
const machineNow = (): number => Number(process.hrtime.bigint()) / 1e6;

let house: House;
let socket: Socket;
let simulated: SimulatedClock | null = null;
let stopStore: () => void = () => {};
let secret: () => string = () => '';
/** When the last bytes of the broker came; ms. */
let cameAt = 0;
const sent: Sent[] = [];
/** ms that durable commits took: the disk's share of a command. */
const commits: number[] = [];
let turns: number[] | null = null;

channel('undici:client:sendHeaders').subscribe((message) => {
  const { method, path } = (message as { request: { method: string; path: string } }).request;
  if (method === 'POST' && path.endsWith('/charging')) sent.push({ path, at: machineNow(), cameAt, answeredAt: null });
});
channel('undici:request:headers').subscribe((message) => {
  const { path } = (message as { request: { path: string } }).request;
  const one = sent.findLast((command) => command.path === path);
  if (one) one.answeredAt ??= machineNow();
});

channel('undici:request:create').subscribe((message) => {
  const { request } = message as { request: { addHeader(name: string, value: string): void } };
  if (simulated) request.addHeader('x-bench-now', String(simulated.now()));
});

/** When the last bytes for the broker were handed to the system; ms. */
let wroteAt = 0;

function watchWrites(one: Socket): void {
  for (const name of ['_write', '_writev'] as const) {
    const own = (one as unknown as Record<string, (...args: unknown[]) => unknown>)[name]!.bind(one);
    Object.assign(one, {
      [name]: (...args: unknown[]) => {
        own(...args);
        wroteAt = machineNow();
      },
    });
  }
}

/** CPU ms of each turn of the event loop: what other processes of a busy machine do is not in it. */
function watchTurns(): void {
  let before = process.threadCpuUsage();
  const turn = (): void => {
    const now = process.threadCpuUsage();
    const ms = (now.user + now.system - before.user - before.system) / 1_000;
    // A list of all of them would cost more than what it measures.
    if (ms >= 1) turns?.push(ms);
    before = now;
    if (turns !== null) setImmediate(turn);
  };
  turn();
}

serve({
  async start({ apiPort, mqttPort, settings: given, folder, discovery, start, webhookPort }: Start) {
    const webhookUrl = webhookPort === undefined ? null : `http://127.0.0.1:${webhookPort}/webhooks`;
    const settings: Settings = { ...given, webhookUrl };
    fitMemory(settings.users.length);
    simulated = start === null ? null : new SimulatedClock(start);
    const clock: Clock = simulated ? { world: simulated, wire: realWire } : realClock;
    const log = createLog({ level: 'warn', now: () => clock.world.now(), write: (line) => process.stderr.write(line) });
    const store = openStore({ folder, clock, entropy: realEntropy, log, settings });
    stopStore = store.close;
    secret = () => (JSON.parse(store.meta.get('webhook_secrets') ?? '[""]') as [string])[0];
    const commit = store.commit.bind(store);
    Object.assign(store, {
      commit: (one: Commit): boolean => {
        const begun = performance.now();
        const ok = commit(one);
        if (one.durable) commits.push(performance.now() - begun);
        return ok;
      },
    });
    const { settings: enode } = resolveEnode({
      client_id: 'demo',
      client_secret: 'demo-secret',
      environment: 'custom',
      enode_url: `http://127.0.0.1:${apiPort}`,
    });
    house = createHouse({
      settings,
      enode: enode!,
      mqtt: {
        topics: { base: 'enode2mqtt', prefix: 'homeassistant' },
        discovery,
        origin,
        broker: { host: '127.0.0.1', port: mqttPort, tls: null },
        credentials: () => null,
        protocol: 5,
      },
      store,
      clock,
      entropy: realEntropy,
      log,
      world: () => ({ simulated: false, speed: 1 }),
      connect: () => {
        socket = connect({ host: '127.0.0.1', port: mqttPort, noDelay: true });
        socket.on('data', () => {
          cameAt = machineNow();
        });
        watchWrites(socket);
        return socket;
      },
    });
    store.serve(house.loop);
    if (webhookPort !== undefined && house.webhooks)
      await serveWebhooks(house.webhooks, { host: '127.0.0.1', port: webhookPort });
    house.start();
  },
  /** Simulated hours, each with a pause for what waits at the sockets. */
  async hours(hours: number) {
    for (let hour = 0; hour < hours; hour++) {
      await simulated!.advance(3_600_000);
      await realWire.sleep('sockets', 1);
      while (socket.writableLength > 0) await realWire.sleep('sockets', 1);
    }
  },
  /** What the simulated cloud signs with; empty until webhooks are heard. */
  secret: () => (house.loop.site().webhook.get('webhook')?.hearingSince == null ? '' : secret()),
  wroteAt: () => wroteAt,
  cpu: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  },
  sent: () => sent,
  commits: () => commits,
  counts: () => {
    const { vehicle, charger, user, look } = house.loop.site();
    const listed = [...user.values()].filter(
      ({ vehiclesListedAt, chargersListedAt }) => vehiclesListedAt && chargersListedAt,
    );
    const users = look.get('users');
    return { assets: vehicle.size + charger.size, listed: listed.length, usersRead: users?.okAt ?? null };
  },
  rss: () => process.memoryUsage.rss(),
  usage: async () => {
    const rss = process.memoryUsage.rss();
    // Twice with a pause: finalizers and the wire's leftovers go with the second.
    globalThis.gc?.();
    await realWire.sleep('settle', 200);
    globalThis.gc?.();
    return { rss, heap: process.memoryUsage().heapUsed };
  },
  /** Everything that every decision reads has changed: all assets are dirty at once, as at the edge of a tariff's slot. */
  everythingDirty: (slot: number) => {
    const [user] = house.loop.site().settings.users;
    const location = { id: 'bench', user: user!, latitude: 50, longitude: slot / 1_000 };
    house.loop.tell({ kind: 'locations_reported', locations: [location] });
    return machineNow();
  },
  watchTurns: () => {
    turns = [];
    watchTurns();
  },
  turns: () => {
    const seen = turns ?? [];
    turns = null;
    return seen;
  },
  stop: async () => {
    await house.stop();
    stopStore();
  },
});
