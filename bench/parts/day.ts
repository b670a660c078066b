// Rows 7 and 9: a simulated day through the whole daemon, and what such a day asks of the cloud.
import { startChild } from './child.ts';
import type { Depth, Row } from './row.ts';
import { median, shown } from './stats.ts';

interface Day {
  readonly ms: number;
  readonly cpuMs: number;
  readonly decisions: string;
  readonly entries: number;
  readonly warnings: readonly string[];
}

const LOOK_EVERY_S = 10;
const MOST_DAY_MS = 500;
const MOST_REQUESTS = 300;
const MOST_REQUESTS_HEARD = 30;

async function once<T>(verb: string, data: object): Promise<T> {
  const child = startChild('child-day');
  try {
    return await child.ask<T>(verb, data);
  } finally {
    child.end();
  }
}

export async function measureDay({ short }: Depth): Promise<Row[]> {
  const days: Day[] = [];
  for (let run = 0; run < (short ? 3 : 7); run++)
    days.push(await once<Day>('day', { keep: false, lookEvery: LOOK_EVERY_S }));
  const kept: Day[] = [];
  for (let run = 0; run < (short ? 2 : 4); run++)
    kept.push(await once<Day>('day', { keep: true, lookEvery: LOOK_EVERY_S }));
  const isSame = new Set(kept.map(({ decisions }) => decisions)).size === 1;
  const ms = median(days.map((day) => day.ms));
  const cpu = median(days.map((day) => day.cpuMs));
  return [
    {
      row: 7,
      promise: `a simulated day of a home through the whole daemon (${LOOK_EVERY_S} s looks), new process`,
      target: '≤ 0.5 s, identical decisions',
      result: `${shown(ms / 1_000)} s (CPU ${shown(cpu / 1_000)} s, median of ${days.length}); ${isSame ? 'identical' : 'DIFFERENT'} in ${kept.length} runs (${kept[0]!.entries} entries)`,
      met: ms <= MOST_DAY_MS && isSame,
      numbers: {
        runs_ms: days.map((day) => day.ms),
        cpu_ms: days.map((day) => day.cpuMs),
        digests: [...new Set(kept.map((day) => day.decisions))].join(' '),
      },
    },
  ];
}

interface Asked {
  readonly each: number;
  readonly chargedHours: number;
  readonly by: Readonly<Record<string, number>>;
}

async function requestRow(short: boolean, webhooks: boolean): Promise<Row> {
  const wish = { scenario: 'home', days: short ? 1 : 3, webhooks };
  const bySwitch = await once<Asked>('requests', { ...wish, by: 'switch' });
  const byMode = await once<Asked>('requests', { ...wish, by: 'mode' });
  const most = webhooks ? MOST_REQUESTS_HEARD : MOST_REQUESTS;
  const both = [bySwitch, byMode];
  return {
    row: 9,
    promise: webhooks ? '  … webhooks on' : 'cloud requests per vehicle and day, 2+2, webhooks off',
    target: `≤ ${most}, tokens included`,
    result: `${shown(bySwitch.each)} by switch, ${shown(byMode.each)} by mode (each car charged ${shown(bySwitch.chargedHours)} h a day)`,
    met: both.every(({ each, chargedHours }) => each <= most && chargedHours >= 7.5),
    numbers: {
      by_switch: bySwitch.each,
      by_mode: byMode.each,
      charged_hours: both.map(({ chargedHours }) => chargedHours),
      asked_by_switch: JSON.stringify(bySwitch.by),
      asked_by_mode: JSON.stringify(byMode.by),
    },
  };
}

export async function measureRequests({ short }: Depth): Promise<Row[]> {
  return [await requestRow(short, false), await requestRow(short, true)];
}
