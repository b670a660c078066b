// Rows 1 and 2: how long a person's command takes through us: to the cloud's door, and to `pending` at another client.
import { realWire } from '../../src/kernel/real-clock.ts';
import type { Depth, Row } from './row.ts';
import { allListed, machineNow, pause, type Scene, setScene, soon } from './scene.ts';
import { percentile, shown } from './stats.ts';

/** ms; farther apart than the answer of the cloud and twice a delayed TCP acknowledgement (40 ms), or the broker holds one command for the ones before. */
const GAP_MS = 250;
/**
 * Enode is a network and a vendor away. Answering within 2 ms, as a simulator in the next process can, it would make us send two states
 * faster than a broker with Nagle's algorithm passes them on to a client that delays its acknowledgements (40 ms): no real cloud does.
 */
const answersLikeEnode = { kind: 'slow', delay: 0.1, path: '/vehicles/' };
/** A slot edge dirties everything; so often while commands come in. */
const EDGE_EVERY_MS = 1_500;

interface Measured {
  /** ms from the command's bytes at our socket to the headers of the request. */
  readonly inside: number[];
  /** ms from the publishing client to the headers: with the broker's way, and with what kept us from reading the socket. */
  readonly outside: number[];
  /** ms from the publishing client to `pending` at another client, the cloud's own time taken out. */
  readonly pending: number[];
  /** ms from the publishing client to the first state at another client that shows the command. */
  readonly seen: number[];
  /** ms of the commits that must be on the disk: of commands, and of answers to them. */
  readonly commits: number[];
}

/** One command for each car that can be started: each is a first one, so nothing of ours may hold it back. */
async function commandAll(
  scene: Scene,
  daemon: Awaited<ReturnType<Scene['daemon']>>,
  cars: readonly string[],
): Promise<Measured> {
  const [person, other] = [await scene.client(), await scene.client()];
  const begun = new Map<string, number>();
  const pendingAt = new Map<string, number>();
  const seen = new Map<string, number>();
  other.on('message', (topic, payload) => {
    const id = topic.split('/')[2]!;
    const at = begun.get(id);
    const word = at === undefined ? undefined : /"command":"(requested|pending)"/.exec(payload.toString())?.[1];
    if (at === undefined || word === undefined) return;
    if (!seen.has(id)) seen.set(id, machineNow() - at);
    if (word !== 'pending') return;
    pendingAt.set(id, machineNow());
    begun.delete(id);
  });
  await other.subscribeAsync('enode2mqtt/vehicle/+/state', { qos: 0 });
  await pause(500);
  const published = new Map<string, number>();
  for (const id of cars) {
    const at = machineNow();
    begun.set(id, at);
    published.set(id, at);
    person.publish(`enode2mqtt/vehicle/${id}/charging/set`, 'ON', { qos: 0 });
    await pause(GAP_MS);
  }
  const isDone = async (): Promise<boolean> => (await daemon.ask<unknown[]>('sent')).length >= cars.length;
  await soon('all commands were sent', isDone, 15_000).catch(() => {});
  await pause(300);
  const sent = await daemon.ask<{ path: string; at: number; cameAt: number; answeredAt: number | null }[]>('sent');
  const timed = sent.flatMap((one) => {
    const at = published.get(one.path.split('/')[2]!);
    return at === undefined ? [] : [{ inside: one.at - one.cameAt, outside: one.at - at }];
  });
  const pending = sent.flatMap(({ path, at, answeredAt }) => {
    const id = path.split('/')[2]!;
    const [from, to] = [published.get(id), pendingAt.get(id)];
    return from === undefined || to === undefined || answeredAt === null ? [] : [to - from - (answeredAt - at)];
  });
  const commits = await daemon.ask<number[]>('commits');
  const [inside, outside] = [timed.map((one) => one.inside), timed.map((one) => one.outside)];
  return { inside, outside, pending, seen: [...seen.values()], commits };
}

/** Ids of the cars that start and stop by themselves: the first of each home. */
async function obedientCars(scene: Scene, most: number): Promise<string[]> {
  const client = await scene.client();
  const seen = new Set<string>();
  client.on('message', (topic, payload) => {
    if (payload.includes('"can_start":true') || payload.includes('Niro')) seen.add(topic.split('/')[2]!);
  });
  await client.subscribeAsync('enode2mqtt/vehicle/+/state');
  await soon('states of cars', () => seen.size >= most, 60_000).catch(() => {});
  await client.endAsync(true);
  return [...seen].sort().slice(0, most);
}

export async function measureCommands({ short }: Depth): Promise<Row[]> {
  const homes = short ? 40 : 200;
  const small = await setScene(`crowd:${homes}`);
  let quiet: Measured;
  try {
    const daemon = await small.daemon();
    await allListed(daemon, homes * 4, 30_000, true);
    await small.cloud.ask('control', { method: 'POST', path: '/control/faults', body: answersLikeEnode });
    quiet = await commandAll(small, daemon, await obedientCars(small, homes));
  } finally {
    await small.end();
  }
  const crowdHomes = short ? 500 : 5_000;
  // Not Mosquitto: with Nagle's delay it holds a command back for up to 40 ms while its answers to our states are not acknowledged.
  const large = await setScene(`crowd:${crowdHomes}`, null, 'embedded');
  let busy: Measured;
  let edges = 0;
  try {
    const daemon = await large.daemon({ discovery: false });
    await allListed(daemon, crowdHomes * 4, 120_000);
    const cars = await obedientCars(large, short ? 50 : 200);
    await daemon.ask('everythingDirty', edges++);
    const edge = (): void => {
      void daemon.ask('everythingDirty', edges++).catch(() => {});
      cancel = realWire.alarm('edge', EDGE_EVERY_MS, edge);
    };
    let cancel = realWire.alarm('edge', EDGE_EVERY_MS, edge);
    busy = await commandAll(large, daemon, cars);
    cancel();
  } finally {
    await large.end();
  }
  const [p50, p99] = [percentile(quiet.inside, 0.5), percentile(quiet.inside, 0.99)];
  const [busy50, busy99] = [percentile(busy.outside, 0.5), percentile(busy.outside, 0.99)];
  const isQuietMet = quiet.inside.length > 0 && p50 <= 1 && p99 <= 5;
  const pending99 = percentile(quiet.pending, 0.99);
  const viaMosquitto = small.broker === 'mosquitto';
  return [
    {
      row: 1,
      promise: 'MQTT command received → request headers to Enode',
      target: 'p50 ≤ 1 ms, p99 ≤ 5 ms',
      result: `p50 ${shown(p50)} ms, p99 ${shown(p99)} ms (${quiet.inside.length} commands, ${homes * 4} assets; the disk took ${shown(percentile(quiet.commits, 0.5))} ms of it)`,
      met: isQuietMet,
      numbers: {
        p50_ms: p50,
        p99_ms: p99,
        inside_ms: quiet.inside,
        commits_ms: quiet.commits,
        outside_p99_ms: percentile(quiet.outside, 0.99),
      },
    },
    {
      row: 1,
      promise: `  … with ${crowdHomes * 2} + ${crowdHomes * 2} assets, all dirty every ${EDGE_EVERY_MS / 1000} s`,
      target: 'p50 ≤ 1 ms, p99 ≤ 5 ms',
      result: `p50 ${shown(busy50)} ms, p99 ${shown(busy99)} ms (${busy.outside.length} commands, ${edges} edges; from the sender, broker included)`,
      met: busy.outside.length > 0 && busy50 <= 1 && busy99 <= 5,
      numbers: { p50_ms: busy50, p99_ms: busy99, outside_ms: busy.outside, edges },
    },
    {
      row: 2,
      promise: 'command → `pending` at a second client, through Mosquitto',
      target: 'p99 ≤ 10 ms',
      result: viaMosquitto
        ? `p50 ${shown(percentile(quiet.pending, 0.5))} ms, p99 ${shown(pending99)} ms (${quiet.pending.length} commands; the cloud's own 100 ms taken out); first sign of it p99 ${shown(percentile(quiet.seen, 0.99))} ms`
        : 'Mosquitto is not installed here',
      met: viaMosquitto ? quiet.pending.length > 0 && pending99 <= 10 : null,
      numbers: { p99_ms: pending99, pending_ms: quiet.pending, first_sign_ms: quiet.seen },
    },
  ];
}
