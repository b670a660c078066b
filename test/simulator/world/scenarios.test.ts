import { describe, expect, it } from 'vitest';
import { SCENARIOS, scenarioOf } from '../../../src/simulator/scenarios/catalogue.ts';
import { worldOf } from './support.ts';

const all = [...SCENARIOS, scenarioOf('crowd:3')];

describe('scenarios', () => {
  it.each(all.map((scenario) => [scenario.name, scenario] as const))('%s hangs together', (_name, scenario) => {
    const things = [...scenario.vehicles, ...scenario.chargers].map((spec) => spec.identity);
    const accounts = scenario.accounts.map((account) => account.id);
    const boxes = scenario.chargers.map((spec) => spec.identity.id);
    expect(new Set(things.map((thing) => thing.id)).size).toBe(things.length);
    expect(new Set(accounts).size).toBe(accounts.length);
    for (const thing of things) expect(accounts).toContain(thing.account);
    for (const { cable, habit } of scenario.vehicles) {
      if (cable !== null && cable !== 'elsewhere') expect(boxes).toContain(cable);
      if (habit?.plugsInto) expect(boxes).toContain(habit.plugsInto);
    }
    const cables = scenario.vehicles.map((spec) => spec.cable).filter((cable) => boxes.includes(cable ?? ''));
    expect(new Set(cables).size).toBe(cables.length);
    const { clients, links, locations } = scenario.cloud;
    for (const link of links) {
      expect(accounts).toContain(link.account);
      expect(clients.map((client) => client.id)).toContain(link.client);
      expect(link.kinds.length).toBeGreaterThan(0);
    }
    for (const id of locations.flatMap((location) => location.chargers)) expect(boxes).toContain(id);
    expect(clients[0]?.quota).toBeGreaterThanOrEqual(things.length);
    expect(scenario.about).toMatch(/\.$/);
    expect(worldOf(scenario).world.vehicles().size).toBe(scenario.vehicles.length);
  });

  it('ids of the default home never change: tests, demos and people rely on them', () => {
    const home = scenarioOf('home');
    expect(
      [...home.vehicles, ...home.chargers].map((spec) => [
        spec.identity.displayName ?? spec.identity.brand,
        spec.identity.id,
      ]),
    ).toEqual([
      ['Blue car', '60642ba2-653e-45fb-a4ed-8e5f5936138e'],
      ['White car', '5ede4c18-6334-456f-a6d4-4a675b037d1b'],
      ['Easee', '0a53b478-0295-4827-a634-5391c6dfa69f'],
      ['Zaptec', expect.stringMatching(/^[0-9a-f-]{36}$/)],
    ]);
  });

  it('a crowd is as big as asked, every home with its own user', () => {
    const crowd = scenarioOf('crowd:2500');
    expect(crowd.vehicles.length + crowd.chargers.length).toBe(10_000);
    expect(new Set(crowd.cloud.links.map((link) => link.user)).size).toBe(2500);
  });

  it.each(['', 'moon', 'crowd:0', 'crowd:5001', 'crowd:x', 'crowd:-1', '__proto__'])('"%s" is no scenario', (name) => {
    expect(() => scenarioOf(name)).toThrow(/^scenario /);
  });
});
