import { describe, expect, it } from 'vitest';
import { openPlugIn } from '../../../src/domain/belief/plugin.ts';
import { at, charger, vehicle } from '../../support/reports.ts';
import { testSite } from '../../support/site.ts';

const hour = 60;
const car = (minute: number, power: 'stopped' | 'charging' | 'unplugged' | null) => vehicle({ now: at(minute), power });

describe('a plug-in is one cable-in to cable-out', () => {
  it('keeps its id through states, unknowns and restarts, and ends with the cable', () => {
    const site = testSite();
    site.report(car(0, 'unplugged'), car(1, 'stopped'));
    const id = openPlugIn(site.view, 'car')?.id;
    expect(id).toBe(`car@${at(1)}`);
    site.report(car(2, null), car(3, 'charging'));
    site.tell(at(4), { kind: 'started', installation: 'test', instance: 'next' });
    expect(openPlugIn(site.view, 'car')?.id).toBe(id);
    site.report(car(9, 'unplugged'));
    expect(site.get('plugin', 'car')).toMatchObject({ id, until: at(9) });
    expect(site.happenings.map(({ type }) => type)).toEqual([
      'plugged_in',
      'charging_started',
      'unplugged',
      'charging_stopped',
    ]);
  });

  it('the 36 h cap ends it: overrides and holds go, but nobody plugged anything in', () => {
    const site = testSite();
    site.report(car(0, 'unplugged'), car(1, 'stopped'));
    const first = openPlugIn(site.view, 'car')!.id;
    site.put('override', 'car', { want: 'start', since: at(1), plugin: first, wish: 'toggle' });
    site.report(car(1 + 36 * hour, 'stopped'));
    expect(openPlugIn(site.view, 'car')?.id).toBe(first);
    expect(site.get('override', 'car')).toBeDefined();
    site.report(car(2 + 36 * hour, 'stopped'));
    expect(openPlugIn(site.view, 'car')?.id).not.toBe(first);
    expect(site.get('override', 'car')).toBeUndefined();
    expect(site.happenings.filter(({ type }) => type === 'plugged_in')).toHaveLength(1);
  });

  it('past the cap an unknown cable is none', () => {
    const site = testSite();
    site.report(car(1, 'stopped'), car(2 + 36 * hour, null));
    expect(openPlugIn(site.view, 'car')).toBeNull();
  });

  it('never ends before it began, whatever time the witness of the end speaks of', () => {
    const site = testSite();
    site.report(vehicle({ now: at(1), power: 'unplugged', reachable: false }));
    site.report(charger({ now: at(5), pluggedInVehicleId: 'car' }));
    expect(openPlugIn(site.view, 'car')?.since).toBe(at(5));
    site.report(charger({ now: at(9), power: 'unplugged' }));
    const { since, until } = site.get('plugin', 'car')!;
    expect(until).not.toBeNull();
    expect(until!).toBeGreaterThanOrEqual(since);
  });
});

describe('happenings are told once', () => {
  it('what was so when it was first seen did not happen now', () => {
    const site = testSite();
    site.report(car(1, 'charging'));
    expect(site.happenings).toEqual([]);
  });
  it('a restart repeats none', () => {
    const site = testSite();
    site.report(car(0, 'unplugged'), car(1, 'charging'));
    const told = site.happenings.length;
    site.tell(at(2), { kind: 'started', installation: 'test', instance: 'next' });
    site.report(car(1, 'charging'), car(3, 'charging'));
    expect(site.happenings).toHaveLength(told);
  });
  it('not knowing for a while is no event', () => {
    const site = testSite();
    site.report(car(0, 'stopped'), car(1, 'charging'), car(2, null), car(3, 'charging'));
    expect(site.happenings.map(({ type }) => type)).toEqual(['charging_started']);
    site.report(car(4, null), car(5, 'stopped'));
    expect(site.happenings.map(({ type }) => type)).toEqual(['charging_started', 'charging_stopped']);
  });
});
