// The simulated Enode cloud in a process of its own, so that its memory and work are not counted as the daemon's. In lockstep its
// clock is moved by the daemon's requests: nothing happens at the cloud that is not asked for, so a late move is as good as an early one.
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { realClock } from '../src/kernel/real-clock.ts';
import { SimulatedClock } from '../src/kernel/simulated-clock.ts';
import { scenarioOf } from '../src/simulator/scenarios/catalogue.ts';
import { createSimulator, type Simulator } from '../src/simulator/simulator.ts';
import { serve } from './parts/child.ts';
import { settingsOf, toChargingEightHours } from './parts/home.ts';

/** Header by which the daemon under measurement tells its time. */
const NOW = 'x-bench-now';

let simulator: Simulator;
let clock: SimulatedClock;
/** Requests come in pairs: each waits for the move of the one before, or the clock would be moved twice. */
let moving: Promise<void> = Promise.resolve();

function moveTo(now: number): Promise<void> {
  moving = moving.then(() => (now > clock.now() ? clock.advance(now - clock.now()) : undefined));
  return moving;
}

serve({
  async start({ scenario, start }: { scenario: string; start: number | null }) {
    clock = new SimulatedClock(start ?? realClock.world.now());
    simulator = createSimulator({ scenario, seed: 1, clock, speed: start === null ? 1 : 0 });
    if (start !== null) toChargingEightHours(clock, simulator);
    const server = createAdaptorServer({
      fetch: async (request: Request) => {
        await moveTo(Number(request.headers.get(NOW) ?? 0));
        return simulator.app.fetch(request);
      },
    }) as Server;
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
    );
    if (start === null) void clock.run(simulator.pace.speed, new AbortController().signal);
    return { port, settings: settingsOf(scenarioOf(scenario)) };
  },
  requests: () => simulator.control.requests(0).length,
  control: async ({ method, path, body }: { method: string; path: string; body: unknown }) => {
    const init = { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await simulator.app.request(`http://enode.test${path}`, init);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  },
});
