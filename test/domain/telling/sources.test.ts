import { describe, expect, it } from 'vitest';
import { isoOf } from '../../../src/domain/local-time.ts';
import { describe as portraitOf } from '../../../src/domain/telling/describe.ts';
import { nowhere } from '../../support/charger-cases.ts';
import { at, charger, farPoint, homePoint, vehicle } from '../../support/reports.ts';
import { type TestSite, testSite } from '../../support/site.ts';

type Car = Parameters<typeof vehicle>[0];
type Box = Parameters<typeof charger>[0];

/** Activated at its charger, which stands at home. */
function pair(car: Car, box: Box, settings: Parameters<typeof testSite>[0] = {}): TestSite {
  const site = testSite({ chargerPlaces: { box: 'home' }, ...settings });
  site.report(charger({ pluggedInVehicleId: 'car', ...box }), vehicle({ pluggedInChargerId: 'box', ...car }));
  return site;
}
const shown = (site: TestSite, id = 'car', minute = 9) => site.portrait(id, at(minute)).state;
const iso = (minute: number) => isoOf(at(minute));

describe('6.1 each fused value says where it comes from, and how old it is', () => {
  it('cable and charging: a charger that sees the cable beats a sleeping car that says it is unplugged', () => {
    const site = pair({ now: at(1) }, { now: at(1) });
    site.report(vehicle({ now: at(5), power: 'unplugged', reachable: false }));
    site.report(charger({ now: at(4), power: 'charging', pluggedInVehicleId: null, charge: { rate: 7 } }));
    expect(shown(site)).toMatchObject({
      plugged_in: true,
      charging: true,
      charging_state: 'charging',
      charging_state_source: 'charger',
      charging_state_seen: iso(4),
    });
  });
  it('of a vehicle alone they are its own', () => {
    const site = testSite();
    site.report(vehicle({ now: at(3) }));
    expect(shown(site)).toMatchObject({ charging_state_source: 'vehicle', charging_state_seen: iso(3) });
  });

  const charging = { now: at(3), power: 'charging' } as const;
  it('charge rate: the vehicle’s', () => {
    const site = pair({ ...charging, charge: { rate: 6.8 } }, { ...charging, now: at(4), charge: { rate: 7 } });
    expect(shown(site)).toMatchObject({ charge_power: 6.8, charge_power_source: 'vehicle', charge_power_seen: iso(3) });
    expect(shown(site, 'box')).toMatchObject({ charge_power: 7 });
  });
  it('charge rate: the charger’s where the vehicle tells none', () => {
    const site = pair(charging, { ...charging, now: at(4), charge: { rate: 7 } });
    expect(shown(site)).toMatchObject({ charge_power: 7, charge_power_source: 'charger', charge_power_seen: iso(4) });
  });
  it('charge rate: never the charger’s with enhanced_charge_rate', () => {
    const site = pair(charging, { ...charging, now: at(4), charge: { rate: 7 } }, { enhancedChargeRate: true });
    expect(shown(site)).toMatchObject({ charge_power: null, charge_power_source: null, charge_power_seen: null });
  });
  it('charge rate: nothing, by whoever says that nothing is charged', () => {
    const site = pair({ now: at(3) }, { now: at(5) });
    expect(shown(site)).toMatchObject({ charge_power: 0, charge_power_source: 'charger', charge_power_seen: iso(5) });
  });

  it('location: the vehicle’s own coordinates', () => {
    const site = pair({ now: at(2) }, { now: at(4) });
    expect(shown(site)).toMatchObject({ home: true, home_source: 'coordinates', home_seen: iso(2) });
    expect(site.portrait('car', at(9)).position).toMatchObject(homePoint);
  });
  it('location: inferred from the charger’s place while activated', () => {
    const site = pair({ now: at(3), position: nowhere }, { now: at(4) });
    expect(shown(site)).toMatchObject({ home: true, home_source: 'charger', home_seen: iso(4) });
    expect(site.portrait('car', at(9)).position).toMatchObject(homePoint);
  });
  it('location: the Enode Location of a charger elsewhere', () => {
    const site = pair(
      { now: at(3), position: nowhere },
      { now: at(3), locationId: 'office' },
      { chargerPlaces: { box: 'elsewhere' } },
    );
    site.tell(at(4), { kind: 'locations_reported', locations: [{ id: 'office', user: 'home', ...farPoint }] });
    expect(shown(site)).toMatchObject({ home: false, home_source: 'charger' });
    expect(site.portrait('car', at(9)).position).toMatchObject(farPoint);
  });
  it('location: no longer inferred once unplugged, and fresh coordinates elsewhere beat it (R2)', () => {
    const site = pair({ now: at(3), position: nowhere }, { now: at(3) });
    site.report(
      charger({ now: at(5), power: 'unplugged' }),
      vehicle({ now: at(5), power: 'unplugged', position: nowhere }),
    );
    expect(shown(site)).toMatchObject({ home: null, home_source: null, home_seen: null });
    expect(site.portrait('car', at(9)).position).toBeNull();
    const away = pair({ now: at(3), position: farPoint }, { now: at(3) });
    expect(shown(away)).toMatchObject({ home: null, home_source: null });
    expect(away.portrait('car', at(9)).position).toMatchObject(farPoint);
  });
  it('a record of an earlier version has no time of its power', () => {
    const site = testSite();
    site.report(vehicle({ now: at(3) }));
    const { kwAt: _none, ...earlier } = site.get('fused', 'car')!;
    site.put('fused', 'car', earlier);
    const state = portraitOf(site.view, 'car', null, ({ code }) => code, at(4))!.state;
    expect(state).toMatchObject({ charge_power: 0, charge_power_seen: null });
  });
});
