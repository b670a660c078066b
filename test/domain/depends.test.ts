import { describe, expect, it } from 'vitest';
import { depends } from '../../src/domain/depends.ts';
import { Draft } from '../../src/domain/draft.ts';
import type { Fact } from '../../src/domain/fact.ts';
import { learn } from '../../src/domain/learn.ts';
import { answered, at, charger, vehicle } from '../support/reports.ts';
import { reported, type TestSite, testSite } from '../support/site.ts';

function dirtOf(site: TestSite, fact: Fact, now = at(9)) {
  const draft = new Draft(site.site);
  learn(draft, { at: now, fact });
  const { assets, all, house } = depends(site.view, draft, draft.changes());
  return { assets: [...assets].sort(), all, house };
}
function pair(): TestSite {
  const site = testSite();
  site.report(charger({ now: at(1), pluggedInVehicleId: 'car' }), vehicle({ now: at(1), pluggedInChargerId: 'box' }));
  site.report(vehicle({ id: 'car2', now: at(1), power: 'unplugged' }));
  return site;
}

describe('what must be decided anew', () => {
  it('a report: the asset and whoever shares its loadpoint, nobody else', () => {
    const site = pair();
    const box = reported(charger({ now: at(9), power: 'charging', pluggedInVehicleId: 'car' }));
    expect(dirtOf(site, box).assets).toEqual(['box', 'car']);
    expect(dirtOf(site, reported(vehicle({ id: 'car2', now: at(9) }))).assets).toEqual(['car2']);
  });
  it('the end of a pair: both, although they no longer share it', () => {
    const out = reported(charger({ now: at(9), power: 'unplugged' }));
    expect(dirtOf(pair(), out).assets).toEqual(['box', 'car']);
  });
  it('an answer of the cloud: nothing but the house, unless the clocks come to agree or cease to', () => {
    const site = pair();
    expect(dirtOf(site, { kind: 'request_ended', request: answered(at(9)) })).toMatchObject({ assets: [], all: false });
    expect(dirtOf(site, { kind: 'clock_jumped' }).all).toBe(true);
  });
  it('pause, and schedules found at Enode: all they steer', () => {
    const site = pair();
    const pause = { kind: 'pause', on: true } as const;
    const paused: Fact = { kind: 'commanded', transaction: 't', subject: 'site', order: pause, from: 'switch' };
    expect(dirtOf(site, paused).all).toBe(true);
    const found = [{ target: 'car', by: 'schedule', id: 's' }] as const;
    const foreign: Fact = { kind: 'foreign_control_reported', user: 'home', found };
    expect(dirtOf(site, foreign).assets).toEqual(['box', 'car', 'car2']);
  });
});
