// Row 6: one daemon for 2,500 users: memory, the longest slice, and what one fact costs with few assets and with many.
import { startChild } from './child.ts';
import type { Depth, Row } from './row.ts';
import { allListed, pause, setScene } from './scene.ts';
import { median, megabytes, most, shown } from './stats.ts';

const MOST_MB = 300;
const MOST_FACT_US = 50;
const MOST_SLICE_MS = 5;
const MOST_RATIO = 1.5;
const MOST_MORE_US = 3;
const FEW = 10;
const MANY = 20_000;

async function whole(users: number, short: boolean): Promise<{ rss: number; filling: number[]; calm: number[] }> {
  const scene = await setScene(`crowd:${users}`);
  try {
    const daemon = await scene.daemon({ discovery: false });
    await daemon.ask('watchTurns');
    await allListed(daemon, users * 4, 120_000, true);
    const filling = await daemon.ask<number[]>('turns');
    // 20 devices in 100 ms go to the broker: 50 s for 10,000.
    await pause(short ? 1_000 : 55_000);
    const { rss } = await daemon.ask<{ rss: number }>('usage');
    await daemon.ask('watchTurns');
    await daemon.ask('everythingDirty', 1);
    await pause(short ? 2_000 : 5_000);
    return { rss, filling, calm: await daemon.ask<number[]>('turns') };
  } finally {
    await scene.end();
  }
}

interface Facts {
  readonly single: number[];
  readonly paged: number[];
}

async function factsAt(assets: number, short: boolean): Promise<Facts> {
  const child = startChild('child-facts');
  try {
    return await child.ask<Facts>('facts', { assets, facts: short ? 1_000 : 10_000 });
  } finally {
    child.end();
  }
}

export async function measureCrowd({ short }: Depth): Promise<Row[]> {
  const few = await factsAt(FEW, short);
  const many = await factsAt(MANY, short);
  const [fewUs, manyUs] = [median(few.single), median(many.single)];
  const users = short ? 400 : 2_500;
  const { rss, filling, calm } = await whole(users, short);
  const slice = most([0, ...filling]);
  const edge = most([0, ...calm]);
  const mb = megabytes(rss);
  const isFlat = manyUs <= fewUs * MOST_RATIO || manyUs <= fewUs + MOST_MORE_US;
  return [
    {
      row: 6,
      promise: `one daemon, ${users} users × (2+2), discovery off: memory`,
      target: `≤ ${MOST_MB} MB`,
      result: `RSS ${mb} MB`,
      met: mb <= MOST_MB,
      numbers: { users, rss_mb: mb },
    },
    {
      row: 6,
      promise: '  … longest slice (CPU of one turn), while learning all; at a slot edge',
      target: `≤ ${MOST_SLICE_MS} ms`,
      result: `${shown(slice)} ms; ${shown(edge)} ms`,
      met: slice <= MOST_SLICE_MS && edge <= MOST_SLICE_MS,
      numbers: { slices_over_1_ms: filling, edge_slices_over_1_ms: calm },
    },
    {
      row: 6,
      promise: `  … one fact, told → shown, ${MANY.toLocaleString('en')} assets (alone; in pages of 50)`,
      target: `≤ ${MOST_FACT_US} µs mean`,
      result: `${shown(manyUs)} µs; ${shown(median(many.paged))} µs`,
      met: manyUs <= MOST_FACT_US,
      numbers: { single_us: many.single, paged_us: many.paged },
    },
    {
      row: 6,
      promise: `  … cost per fact flat, ${FEW} → ${MANY.toLocaleString('en')} assets`,
      target: `≤ ${MOST_RATIO}× or + ${MOST_MORE_US} µs`,
      result: `${shown(fewUs)} → ${shown(manyUs)} µs (${shown(manyUs / fewUs)}×)`,
      met: isFlat,
      numbers: { few_us: few.single, many_us: many.single },
    },
  ];
}
