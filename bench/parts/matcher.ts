// Row 10: our own matcher on generated households, per difficulty: false activations, and true pairs found in time. Two sets of seeds:
// those that the numbers were tuned on, and others that nobody looked at.
import { startChild } from './child.ts';
import type { Depth, Row } from './row.ts';
import { median, percentile, shown } from './stats.ts';

const MOST_FALSE = 1 / 1_000;
const LEAST_IN_TIME = 0.95;
const DAYS = 14;

interface Judged {
  readonly name: string;
  readonly plugIns: number;
  readonly pairs: number;
  readonly inTime: number;
  readonly found: number;
  readonly falses: number;
  readonly delays: readonly number[];
  readonly reads: number;
}

/** Seeds per difficulty begin at `level * 100000 + first`. */
const sets = [
  { what: 'held out', first: 50_001, households: 150, few: 10 },
  { what: 'tuned on', first: 1, households: 100, few: 6 },
] as const;

export async function measureMatcher({ short }: Depth): Promise<Row[]> {
  const rows: Row[] = [];
  const child = startChild('child-matcher');
  try {
    const levels = await child.ask<number>('levels');
    for (const { what, first, households, few } of sets)
      for (let level = 0; level < levels; level++) {
        const count = short ? few : households;
        const told = await child.ask<Judged>('judge', { level, first, households: count, days: DAYS });
        rows.push(rowOf(told, what, first, count));
      }
  } finally {
    child.end();
  }
  return rows;
}

function rowOf(told: Judged, what: string, first: number, households: number): Row {
  const { name, plugIns, pairs, inTime, found, falses, delays, reads } = told;
  return {
    row: 10,
    promise: `matcher, ${name} (${what})`,
    target: '≤ 1 ‰ false, ≥ 95 % in 10 min',
    result: `${shown((1_000 * falses) / plugIns)} ‰ (${falses} of ${plugIns}), ${shown((100 * inTime) / pairs)} % of ${pairs}`,
    met: falses / plugIns <= MOST_FALSE && inTime / pairs >= LEAST_IN_TIME,
    numbers: {
      plug_ins: plugIns,
      true_pairs: pairs,
      in_time: inTime,
      ever: found,
      false_activations: falses,
      delay_p50_min: median(delays),
      delay_p95_min: percentile(delays, 0.95),
      hurried_reads_per_plug_in: reads / plugIns,
      first_seed: first,
      households,
      days: DAYS,
    },
  };
}
