import { describe, expect, it } from 'vitest';
import type { PowerState } from '../../../src/domain/report.ts';
import type { Settings } from '../../../src/domain/settings.ts';
import { at, charger, vehicle } from '../../support/reports.ts';
import { testSite } from '../../support/site.ts';

type Said = PowerState | null;

/** An activated pair by both ids, each last heard at its own minute. */
function pair(car: Said, box: Said, minutes: { car?: number; box?: number } = {}, over: Partial<Settings> = {}) {
  const site = testSite(over);
  site.report(vehicle({ now: at(0), power: 'stopped', pluggedInChargerId: 'box' }));
  site.report(charger({ now: at(0), power: 'stopped', pluggedInVehicleId: 'car' }));
  site.report(vehicle({ now: at(minutes.car ?? 1), power: car, pluggedInChargerId: 'box', reachable: null }));
  site.report(charger({ now: at(minutes.box ?? 1), power: box, pluggedInVehicleId: 'car' }));
  return site;
}

describe('R1 which state is shown: one asset alone', () => {
  it.each<[Said, string | null, boolean | null, boolean | null]>([
    ['unplugged', 'disconnected', false, false],
    ['initializing', 'starting', true, true],
    ['charging', 'charging', true, true],
    ['stopped', 'stopped', false, true],
    ['complete', 'complete', false, true],
    ['no_power', 'connected', false, true],
    ['fault', 'fault', false, true],
    ['discharging', 'connected', false, true],
    [null, null, null, null],
  ])('%s is shown as %s, switch %s, plugged %s', (power, state, charging, plugged) => {
    const site = testSite();
    site.report(vehicle({ now: at(1), power }));
    site.report(charger({ now: at(1), power }));
    for (const id of ['car', 'box']) expect(site.get('fused', id)).toMatchObject({ state, charging, plugged });
  });

  it('an unknown state leaves the cable to the plain flag', () => {
    const site = testSite();
    site.report(vehicle({ now: at(1), power: null, charge: { plugged: true } }));
    expect(site.get('fused', 'car')).toMatchObject({ state: null, plugged: true, charging: null });
  });
});

describe('R1 for an activated pair', () => {
  it('CHARGING said by a device that is out of reach since, before the other was heard again, is the past', () => {
    const site = pair('stopped', 'charging', { car: 5, box: 2 });
    expect(site.get('fused', 'car')).toMatchObject({ charging: true });
    site.report(charger({ now: at(2), power: 'charging', pluggedInVehicleId: 'car', reachable: false }));
    for (const id of ['car', 'box']) expect(site.get('fused', id)).toMatchObject({ charging: false, from: 'vehicle' });
    site.report(charger({ now: at(6), power: 'charging', pluggedInVehicleId: 'car', reachable: true }));
    expect(site.get('fused', 'car')).toMatchObject({ charging: true });
  });

  it.each<[string, Said, Said, string]>([
    ['FAULT of the car wins over charging', 'fault', 'charging', 'fault'],
    ['FAULT of the charger wins over charging', 'charging', 'fault', 'fault'],
    ['CHARGING of the car', 'charging', 'stopped', 'charging'],
    ['CHARGING of the charger', 'stopped', 'charging', 'charging'],
    ['charger NO_POWER with car COMPLETE is complete', 'complete', 'no_power', 'complete'],
    ['charger NO_POWER with car STOPPED is stopped: the car takes none', 'stopped', 'no_power', 'stopped'],
    ['car NO_POWER with charger STOPPED is stopped: it offers none', 'no_power', 'stopped', 'stopped'],
    ['an unknown car leaves the word to the charger', null, 'stopped', 'stopped'],
    ['an unknown charger leaves the word to the car', 'complete', null, 'complete'],
  ])('%s', (_name, car, box, state) => {
    for (const minutes of [
      { car: 1, box: 2 },
      { car: 2, box: 1 },
    ]) {
      const site = pair(car, box, minutes);
      expect(site.get('fused', 'car')?.state).toBe(state);
      expect(site.get('fused', 'box')?.state).toBe(state);
    }
  });

  it('otherwise the newer report by the cloud wins', () => {
    expect(pair('initializing', 'stopped', { car: 2, box: 1 }).get('fused', 'car')?.state).toBe('starting');
    expect(pair('initializing', 'stopped', { car: 1, box: 2 }).get('fused', 'car')?.state).toBe('stopped');
  });

  it('agreeing witnesses count as heard at the newer time', () => {
    const fused = pair('stopped', 'no_power', { car: 1, box: 9 }).get('fused', 'car');
    expect(fused).toMatchObject({ from: 'vehicle', at: at(9) });
  });
});

describe('6.1 the charge rate of a pair', () => {
  const rates = (car: number | null, box: number | null, over: Partial<Settings> = {}) => {
    const site = pair('charging', 'charging', {}, over);
    site.report(vehicle({ now: at(2), power: 'charging', pluggedInChargerId: 'box', charge: { rate: car } }));
    site.report(charger({ now: at(2), power: 'charging', pluggedInVehicleId: 'car', charge: { rate: box } }));
    return [site.get('fused', 'car')?.kw, site.get('fused', 'box')?.kw];
  };
  it("falls back to the charger's", () => expect(rates(null, 11)).toEqual([11, 11]));
  it("is the car's own where it tells one", () => expect(rates(10.5, 11)).toEqual([10.5, 11]));
  it('does not fall back with enhanced_charge_rate', () =>
    expect(rates(null, 11, { enhancedChargeRate: true })).toEqual([null, 11]));
  it('is nothing while not charging', () => expect(pair('stopped', 'no_power').get('fused', 'car')?.kw).toBe(0));
});

describe('R1 newer is decided by Enode’s own times', () => {
  it('a report older than what is held is dropped, for vehicle and charger', () => {
    const site = testSite();
    site.report(vehicle({ now: at(10), power: 'charging' }), vehicle({ now: at(5), power: 'stopped' }));
    site.report(charger({ now: at(10), power: 'charging' }), charger({ now: at(5), power: 'stopped' }));
    expect(site.get('fused', 'car')?.state).toBe('charging');
    expect(site.get('fused', 'box')?.state).toBe('charging');
  });

  it('our own clock does not matter: an old report heard later is still old', () => {
    const site = testSite();
    site.tell(at(1), { kind: 'vehicle_reported', report: vehicle({ now: at(-30), power: 'charging' }) });
    site.tell(at(90), { kind: 'vehicle_reported', report: vehicle({ now: at(-31), power: 'stopped' }) });
    expect(site.get('fused', 'car')).toMatchObject({ state: 'charging', at: at(-30) });
  });

  it('of two with the same state time, the one last seen later counts', () => {
    const site = testSite();
    const told = (lastSeen: number, battery: number) =>
      vehicle({ now: at(1), lastSeen: at(lastSeen), charge: { battery } });
    site.report(told(5, 60), told(3, 40));
    expect(site.get('vehicle', 'car')?.report.charge.battery).toBe(60);
    site.report(told(6, 61));
    expect(site.get('vehicle', 'car')?.report.charge.battery).toBe(61);
  });

  it('assets of users that are not ours are ignored', () => {
    const site = testSite();
    site.report(vehicle({ userId: 'neighbour' }), charger({ userId: 'neighbour' }));
    expect([site.get('vehicle', 'car'), site.get('charger', 'box')]).toEqual([undefined, undefined]);
  });
});
