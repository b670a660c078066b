// The past of a simulated home: its cars were linked before its wallboxes, as people are asked to do. So the daemon saw what each
// car can do by itself before Enode unlocked it, and knows it from then on (R5).
import type { House } from '../house/house.ts';
import type { SimulatedClock } from '../kernel/simulated-clock.ts';
import type { Simulator } from '../simulator/simulator.ts';

/** ms; a person's refresh is not repeated sooner. */
const REFRESH_MS = 11_000;

/** Starts the house in that past, which takes this long. */
export const CARS_FIRST_MS = REFRESH_MS;

export async function startCarsFirst(house: House, simulator: Simulator, clock: SimulatedClock): Promise<void> {
  const clients = simulator.stage.cloud.clients() as { readonly id: string; readonly unlocking: boolean }[];
  const unlocking = clients.filter((client) => client.unlocking);
  for (const { id } of unlocking) simulator.stage.cloud.setClient(id, { unlocking: false });
  house.start();
  await clock.advance(REFRESH_MS);
  for (const { id } of unlocking) simulator.stage.cloud.setClient(id, { unlocking: true });
  house.loop.tell({
    kind: 'commanded',
    transaction: 'cars first',
    subject: 'site',
    order: { kind: 'refresh' },
    from: 'page',
  });
  await clock.settle();
}
