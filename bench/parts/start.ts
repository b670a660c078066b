// Row 4: from the start of the process to everything announced and online at a client that waits.
import type { Depth, Row } from './row.ts';
import { machineNow, setScene, soon } from './scene.ts';
import { median, shown } from './stats.ts';

/** Bridge, site, two vehicles, two chargers. */
const DEVICES = 6;
const ASSETS = 4;

async function startOnce(): Promise<number> {
  const scene = await setScene('home');
  try {
    const client = await scene.client();
    const configs = new Set<string>();
    const online = new Set<string>();
    const states = new Set<string>();
    let doneAt = 0;
    client.on('message', (topic, payload) => {
      const text = payload.toString();
      if (topic.startsWith('homeassistant/device/')) configs.add(topic);
      else if (text === 'online') online.add(topic);
      else if (topic.endsWith('/state')) states.add(topic);
      if (doneAt === 0 && configs.size >= DEVICES && online.size >= ASSETS + 1 && states.size >= ASSETS + 1)
        doneAt = machineNow();
    });
    await client.subscribeAsync(['homeassistant/device/+/config', 'enode2mqtt/#'], { qos: 0 });
    const begun = machineNow();
    const program = scene.program();
    await soon(
      () => `all is announced and online; the daemon said: ${program.output()}`,
      () => doneAt > 0,
      15_000,
    );
    return doneAt - begun;
  } finally {
    await scene.end();
  }
}

export async function measureStart({ short }: Depth): Promise<Row[]> {
  const runs: number[] = [];
  for (let run = 0; run < (short ? 3 : 7); run++) runs.push(await startOnce());
  const ms = median(runs);
  return [
    {
      row: 4,
      promise: 'start → every entity announced and online (2+2), process start included',
      target: '≤ 1 s',
      result: `${shown(ms / 1000)} s (median of ${runs.length}: ${runs.map((one) => shown(one / 1000)).join(', ')})`,
      met: ms <= 1_000,
      numbers: { runs_ms: runs },
    },
  ];
}
