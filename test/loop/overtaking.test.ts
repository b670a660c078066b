// A person waits: whatever else waits to be learnt or decided, a command is looked at next, and alone.
import { expect, it } from 'vitest';
import type { Fact } from '../../src/domain/fact.ts';
import { noon, vehicle } from '../support/reports.ts';
import { reported } from '../support/site.ts';
import { stage } from '../support/stage.ts';

const cars = Array.from({ length: 200 }, (_, n) => `other-${n}`);
const report = (id: string, battery: number): Fact =>
  reported(vehicle({ id, serial: id, charge: { battery }, now: noon }));
const start = { kind: 'charging', want: 'start', anywhere: false, route: null } as const;
const command = (transaction: string): Fact => ({
  kind: 'commanded',
  transaction,
  subject: 'car',
  order: start,
  from: 'switch',
});

it('a command overtakes facts that wait and a sweep over all assets, and shows nothing but its own', async () => {
  const shown: string[] = [];
  const s = await stage({
    show: { show: ({ id }) => void shown.push(id), reply: ({ transaction }) => void shown.push(transaction) },
  });
  await s.tell(...cars.map((id) => report(id, 50)));
  // Everything that every decision reads changed: all assets are dirty.
  s.loop.tell({
    kind: 'locations_reported',
    locations: [{ id: 'depot', user: s.loop.site().settings.users[0]!, latitude: 1, longitude: 1 }],
  });
  for (const id of cars.slice(0, 50)) s.loop.tell(report(id, 51));
  await new Promise<void>((resolve) => setImmediate(resolve));
  shown.length = 0;
  s.loop.tell(command('first'));
  await Promise.resolve();
  expect(shown).toEqual(['car', 'first']);
  expect(s.told()).toEqual(['START car']);
  await s.clock.settle();
  // Nothing of what it overtook is lost.
  expect([...new Set(shown)].filter((id) => id.startsWith('other-')).sort()).toEqual([...cars].sort());
});
