// A simulated day through the whole daemon, with the real mqtt and broker libraries over a wire in memory, gives the same decisions in
// every run, however busy the machine is (design 3, "Two clocks").
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { testSettings } from '../support/settings.ts';
import { wholeHouse } from '../support/whole-house.ts';

/** 2026-06-15 00:00 UTC. */
const midnight = Date.UTC(2026, 5, 15);
const HOUR_S = 3_600;

const loads: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of loads.splice(0)) await end();
});

/** Takes a core's time as a neighbour would. */
function hogTheCpu(): void {
  const worker = new Worker('for (;;) Math.sqrt(2);', { eval: true });
  loads.push(() => worker.terminate());
}

/** Fills the turns of our own event loop, unevenly, so that whatever waits for another turn comes at another time. */
function busyTheLoop(): void {
  let isOver = false;
  let turn = 0;
  const burn = (): void => {
    let sum = 0;
    for (let n = 0; n < (turn++ % 7) * 4_000; n++) sum += Math.sqrt(n);
    if (!isOver && sum >= 0) setImmediate(burn);
  };
  burn();
  loads.push(() => {
    isOver = true;
  });
}

/** Persons, hands and a cloud with bad minutes, at fixed times of the world. */
async function liveADay(): Promise<{ readonly journal: readonly string[]; readonly messages: readonly string[] }> {
  const home = await wholeHouse({
    scenario: 'home',
    start: midnight,
    settings: testSettings({ requestsPerDay: 50_000 }),
    keep: true,
  });
  try {
    home.lookEvery(60);
    const [blue, white] = [...home.simulator.world.vehicles().keys()] as [string, string];
    const say = (id: string, key: string, payload: string): void =>
      home.publish(`enode2mqtt/vehicle/${id}/${key}/set`, payload);
    await home.advance(6 * HOUR_S);
    say(blue, 'charging', 'ON');
    say(white, 'charging', 'ON');
    await home.advance(1.5 * HOUR_S);
    say(blue, 'charging', 'OFF');
    await home.advance(20);
    say(blue, 'charging', 'ON');
    await home.control('POST', '/control/faults', { kind: 'down', seconds: 600 });
    await home.advance(2 * HOUR_S);
    await home.control('PATCH', `/control/vehicles/${white}`, { cable: null });
    say(white, 'mode', 'now');
    await home.advance(3 * HOUR_S);
    await home.control('PATCH', `/control/vehicles/${blue}`, { behaviour: 'deaf' });
    say(blue, 'charging', 'OFF');
    await home.advance(11.5 * HOUR_S - 20);
    return { journal: [...home.journal], messages: [...home.messages] };
  } finally {
    await home.stop();
  }
}

describe('a day through the whole daemon', () => {
  it('is the same in every run, idle and under load', async () => {
    const idle = await liveADay();
    expect(idle.journal.filter((entry) => entry.includes('"kind":"asked"')).length).toBeGreaterThan(100);
    expect(idle.journal.filter((entry) => entry.includes('"kind":"send"')).length).toBeGreaterThanOrEqual(4);
    expect(idle.messages.length).toBeGreaterThan(100);

    expect(await liveADay(), 'a second run').toEqual(idle);

    hogTheCpu();
    busyTheLoop();
    expect(await liveADay(), 'a run under load').toEqual(idle);
  }, 60_000);
});
