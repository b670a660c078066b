// Whole simulated days of a home, everything in one process in memory: how long they take, what was decided, what was asked of the cloud.
import { hash } from 'node:crypto';
import { scenarioOf } from '../src/simulator/scenarios/catalogue.ts';
import { type WholeHouse, wholeHouse } from '../test/support/whole-house.ts';
import { serve } from './parts/child.ts';
import { isChargingHour, settingsOf, toChargingEightHours } from './parts/home.ts';

/** 2026-06-15 00:00 UTC. */
const START = Date.UTC(2026, 5, 15);
const HOUR_S = 3_600;

const begin = (scenario: string, keep: boolean, webhookUrl: string | null = null): Promise<WholeHouse> =>
  wholeHouse({ scenario, start: START, settings: { ...settingsOf(scenarioOf(scenario)), webhookUrl }, keep });

/** What the person wishes at the full hour: a switch is only touched when its wish changes. */
async function liveHours(home: WholeHouse, hours: number, by: 'switch' | 'mode' = 'switch'): Promise<void> {
  const vehicles = [...home.simulator.world.vehicles().keys()];
  let wished: boolean | null = null;
  for (let hour = 0; hour < hours; hour++) {
    const wish = isChargingHour(home.clock.now());
    if (wish !== wished) {
      // Shortly after the batteries were set, so that the cloud knows the cars as they are.
      await home.advance(60);
      for (const id of vehicles)
        if (by === 'switch') home.publish(`enode2mqtt/vehicle/${id}/charging/set`, wish ? 'ON' : 'OFF');
        else home.publish(`enode2mqtt/vehicle/${id}/mode/set`, wish ? 'now' : 'off');
      await home.advance(HOUR_S - 60);
    } else await home.advance(HOUR_S);
    wished = wish;
  }
}

interface RequestsOf {
  readonly scenario: string;
  readonly days: number;
  readonly webhooks: boolean;
  /** How the person lets the cars charge. */
  readonly by: 'switch' | 'mode';
}

serve({
  /** One day; with `keep` a digest of all that was decided and shown, and then the time says nothing. */
  async day({ keep, lookEvery }: { keep: boolean; lookEvery: number | null }) {
    const home = await begin('home', keep);
    toChargingEightHours(home.clock, home.simulator);
    if (lookEvery !== null) home.lookEvery(lookEvery);
    const cpu = process.threadCpuUsage();
    const begun = performance.now();
    await liveHours(home, 24);
    const ms = performance.now() - begun;
    const used = process.threadCpuUsage(cpu);
    const decisions = hash('sha256', [...home.journal, ...home.messages].join('\n'));
    const entries = home.journal.length;
    await home.stop();
    return { ms, cpuMs: (used.user + used.system) / 1_000, decisions, entries, warnings: home.warnings };
  },
  /** The second and later days of cars that charge eight hours a day: requests per vehicle and day, by what was asked. */
  async requests({ scenario, days, webhooks, by: way }: RequestsOf) {
    const home = await begin(scenario, false, webhooks ? 'https://home.example/webhooks' : null);
    toChargingEightHours(home.clock, home.simulator);
    await liveHours(home, 24, way);
    const before = home.simulator.control.requests(0).length;
    const charged = { hours: 0 };
    const count = (): void => {
      for (const vehicle of home.simulator.world.vehicles().values()) if (vehicle.car.wall > 0) charged.hours += 1 / 60;
      home.clock.alarm('bench: charging', home.clock.now() + 60_000, count);
    };
    count();
    await liveHours(home, 24 * days, way);
    const asked = home.simulator.control
      .requests(0)
      .slice(before)
      .filter(({ path }) => !path.startsWith('/control'));
    const by: Record<string, number> = {};
    for (const { method, path } of asked) {
      const kind = `${method} ${path.replace(/\?.*/, '').replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')}`;
      by[kind] = (by[kind] ?? 0) + 1;
    }
    const vehicles = home.simulator.world.vehicles().size;
    await home.stop();
    const share = (value: number): number => value / days / vehicles;
    return { each: share(asked.length), chargedHours: share(charged.hours), by, warnings: home.warnings };
  },
});
