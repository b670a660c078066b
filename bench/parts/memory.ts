// Row 5: memory of a home of 2+2, as it runs and after thirty days of it.
import { readFileSync } from 'node:fs';
import type { Depth, Row } from './row.ts';
import { pause, setScene, soon } from './scene.ts';
import { megabytes } from './stats.ts';

interface Usage {
  readonly heap: number;
}

const START = Date.UTC(2026, 5, 15);
const MOST_MB = 95;
const MOST_GROWTH_MB = 2;

/** The shipped daemon in real time, commands and all, without any collection forced: what the system says that it occupies, bytes. */
async function steady(short: boolean): Promise<number> {
  const scene = await setScene('home');
  try {
    const online = new Set<string>();
    const client = await scene.client();
    client.on('message', (topic) => void online.add(topic));
    await client.subscribeAsync('enode2mqtt/+/+/availability');
    const program = scene.program();
    await soon(
      () => `2 + 2 are online; the daemon said: ${program.output()}`,
      () => online.size >= 4,
      15_000,
    );
    await pause(short ? 3_000 : 45_000);
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${program.pid}/status`, 'utf8'))!;
    return Number(kilobytes) * 1024;
  } finally {
    await scene.end();
  }
}

/** ms: real time in which V8's own clean-up comes by, as it does all the time where days are not hurried through in seconds. */
const REST_MS = 30_000;

/** Heap after the first days against heap after the last; `rested`: the RSS of the last some seconds later, nothing being forced. */
async function longRun(days: number): Promise<{ first: Usage; hurried: number; rested: number; last: Usage }> {
  const scene = await setScene('home', START);
  try {
    const daemon = await scene.daemon();
    const client = await scene.client();
    const cars = new Set<string>();
    client.on('message', (topic) => void cars.add(topic.split('/')[2]!));
    await client.subscribeAsync('enode2mqtt/vehicle/+/availability');
    await daemon.ask('hours', 1);
    await pause(300);
    const toggle = async (payload: string): Promise<void> => {
      for (const id of cars) await client.publishAsync(`enode2mqtt/vehicle/${id}/charging/set`, payload, { qos: 1 });
      await pause(20);
    };
    const day = async (): Promise<void> => {
      await daemon.ask('hours', 3);
      await toggle('OFF');
      await daemon.ask('hours', 16);
      await toggle('ON');
      await daemon.ask('hours', 5);
    };
    // What is learnt and compiled in the first two days is no leak.
    await day();
    await day();
    const first = await daemon.ask<Usage>('usage');
    for (let n = 2; n < days; n++) await day();
    const hurried = await daemon.ask<number>('rss');
    await pause(REST_MS);
    const rested = await daemon.ask<number>('rss');
    return { first, hurried, rested, last: await daemon.ask<Usage>('usage') };
  } finally {
    await scene.end();
  }
}

export async function measureMemory({ short }: Depth): Promise<Row[]> {
  const days = short ? 4 : 30;
  const rss = megabytes(await steady(short));
  const { first, hurried, rested, last } = await longRun(days);
  const growth = megabytes(last.heap - first.heap);
  const lastRss = megabytes(rested);
  return [
    {
      row: 5,
      promise: 'memory, home of 2+2: RSS steady',
      target: `≤ ${MOST_MB} MB`,
      result: `${rss} MB`,
      met: rss <= MOST_MB,
      numbers: { rss_mb: rss },
    },
    {
      row: 5,
      promise: `  … after ${days} simulated days`,
      target: `RSS ≤ ${MOST_MB} MB, heap + ≤ ${MOST_GROWTH_MB} MB`,
      result: `RSS ${lastRss} MB after a rest of ${REST_MS / 1_000} s (${megabytes(hurried)} while it hurries), heap ${megabytes(first.heap)} → ${megabytes(last.heap)} MB (${growth >= 0 ? '+' : ''}${growth})`,
      met: lastRss <= MOST_MB && growth <= MOST_GROWTH_MB,
      numbers: {
        days,
        rss_mb: lastRss,
        rss_hurried_mb: megabytes(hurried),
        heap_first_bytes: first.heap,
        heap_last_bytes: last.heap,
      },
    },
  ];
}
