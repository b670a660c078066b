// The day's allowance is a promise: counted at the cloud, lists of many pages and refused tokens included.
import { expect, it } from 'vitest';
import { instant } from '../../src/domain/instant.ts';
import { dayOf } from '../../src/domain/local-time.ts';
import { simulatedHome } from '../support/simulated-home.ts';

it.each([60, 100, 300])('of %i requests is never overrun by lists of four pages', async (requestsPerDay) => {
  const users = ['user-0', 'user-1'];
  const home = await simulatedHome({ scenario: 'crowd:80', settings: { requestsPerDay, users } });
  for (let hour = 0; hour < 30; hour++) {
    if (hour % 7 === 3) await home.control('POST', '/control/faults', { kind: 'expireTokens' });
    await home.advance(3600);
  }
  const perDay = new Map<string, number>();
  for (const { at } of home.simulator.control.requests(0)) {
    const day = dayOf(instant(Math.floor(at)), 'Europe/Amsterdam');
    perDay.set(day, (perDay.get(day) ?? 0) + 1);
  }
  expect(perDay.size).toBe(2);
  for (const sent of perDay.values()) expect(sent).toBeLessThanOrEqual(requestsPerDay);
  // Lists were read to their end while there was room.
  expect(home.portraits.size).toBe(2 + 8);
  expect(home.loop.view().get('look', 'vehicles')?.pages).toBe(4);
  await home.stop();
});
