import { describe, expect, it } from 'vitest';
import { placeOfCharger, placeOfVehicle } from '../../../src/domain/belief/place.ts';
import type { VehicleReport } from '../../../src/domain/report.ts';
import type { Settings } from '../../../src/domain/settings.ts';
import { at, charger, farPoint, homePoint, vehicle } from '../../support/reports.ts';
import { testSite } from '../../support/site.ts';

type Over = Parameters<typeof vehicle>[0];
const bare = { odometer: null, odometerAt: null };

/** The place believed after these reports, at the minute of the last one. */
function placeAfter(reports: readonly VehicleReport[], settings: Partial<Settings> = {}, minute?: number) {
  const site = testSite(settings);
  site.report(...reports);
  const last = reports.at(-1)?.lastSeen ?? at(0);
  return placeOfVehicle(site.view, 'car', minute === undefined ? last : at(minute));
}
const parked = (minute: number, over: Over = {}) => vehicle({ now: at(minute), power: 'unplugged', ...over });
const plugged = (minute: number, over: Over = {}) => vehicle({ now: at(minute), power: 'stopped', ...over });

describe('R2 home by coordinates', () => {
  it('within 150 m of the home position is home, farther is not', () => {
    const north = (metres: number) => ({ ...homePoint, latitude: homePoint.latitude + metres / 111_195 });
    expect(placeAfter([plugged(0, { position: north(140) })])).toEqual({ word: 'home', by: 'coordinates' });
    expect(placeAfter([plugged(0, { position: north(160) })]).word).toBe('away');
  });

  it('without a home position nothing is proven', () => {
    expect(placeAfter([plugged(0)], { home: null }).word).toBe('unknown');
    expect(placeAfter([plugged(0, { position: farPoint })], { home: null }).word).toBe('unknown');
  });

  it('without any position the place is unknown', () => {
    const nowhere = { latitude: null, longitude: null, at: null };
    expect(placeAfter([plugged(0, { position: nowhere })]).word).toBe('unknown');
  });

  it('an odometer that moved since says that the car moved', () => {
    const reports = [parked(0), parked(60, { odometer: 1_004, position: { at: at(0) } })];
    expect(placeAfter(reports).word).toBe('unknown');
  });

  it('an odometer first reported after the position still tells a later drive', () => {
    const old = { position: { at: at(0) } };
    const reports = [parked(0, bare), parked(5, old), parked(60, { ...old, odometer: 1_010 })];
    expect(placeAfter(reports).word).toBe('unknown');
  });

  it('SoC falling while unplugged says that the car moved', () => {
    const old = { ...bare, position: { at: at(0) } };
    expect(placeAfter([parked(0, bare), parked(20, { ...old, charge: { battery: 47 } })]).word).toBe('unknown');
  });

  it('SoC that fell before the cable went in says so too', () => {
    const old = { ...bare, position: { at: at(0) } };
    expect(placeAfter([parked(0, bare), plugged(20, { ...old, charge: { battery: 41 } })]).word).toBe('unknown');
  });

  it('SoC falling with the cable in all along is no drive', () => {
    const old = { ...bare, position: { at: at(0) } };
    const reports = [plugged(0, bare), plugged(60, { ...old, power: 'discharging', charge: { battery: 40 } })];
    expect(placeAfter(reports).word).toBe('home');
  });

  it('the same odometer or SoC reported since keeps an old position good', () => {
    const old = { position: { at: at(0) } };
    expect(placeAfter([parked(0), parked(300, old), plugged(600, old)]).word).toBe('home');
    expect(
      placeAfter([parked(0, bare), parked(300, { ...bare, ...old }), plugged(600, { ...bare, ...old })]).word,
    ).toBe('home');
  });

  it('with neither reported since, the position must not be older than 30 min before this plug-in', () => {
    const silent = { ...bare, charge: { battery: null } };
    const plugAt = (minute: number) => [parked(0, silent), plugged(minute, { ...silent, position: { at: at(0) } })];
    expect(placeAfter(plugAt(29)).word).toBe('home');
    expect(placeAfter(plugAt(31)).word).toBe('unknown');
    // Once proven for this plug-in, time alone changes nothing.
    expect(placeAfter(plugAt(29), {}, 600).word).toBe('home');
  });

  it('the age of a position is measured by the cloud’s clock, not by ours', () => {
    const site = testSite();
    site.tell(at(60), {
      kind: 'request_ended',
      request: { kind: 'vehicles', ok: true, status: 200, cloudTime: at(5), retryAt: null, why: null },
    });
    site.tell(at(60), { kind: 'vehicle_reported', report: parked(0, { ...bare, charge: { battery: null } }) });
    expect(placeOfVehicle(site.view, 'car', at(60)).word).toBe('home');
  });
});

describe('R2 Enode’s location id', () => {
  const known = (site: ReturnType<typeof testSite>) =>
    site.tell(at(0), {
      kind: 'locations_reported',
      locations: [
        { id: 'home-place', user: 'home', ...homePoint },
        { id: 'office', user: 'home', ...farPoint },
      ],
    });
  const placeWith = (report: VehicleReport) => {
    const site = testSite();
    known(site);
    site.report(report);
    return placeOfVehicle(site.view, 'car', at(0));
  };
  const only = (locationId: string) => ({ latitude: null, longitude: null, locationId });

  it('of home proves home, with or without coordinates', () => {
    const near = { ...homePoint, latitude: homePoint.latitude + 0.002, locationId: 'home-place' };
    expect(placeWith(plugged(0, { position: near }))).toEqual({ word: 'home', by: 'location' });
    expect(placeWith(plugged(0, { position: only('home-place') }))).toEqual({ word: 'home', by: 'location' });
  });
  it('of another place proves away, an unlisted one proves nothing', () => {
    expect(placeWith(plugged(0, { position: only('office') })).word).toBe('away');
    expect(placeWith(plugged(0, { position: only('nobody-knows') })).word).toBe('unknown');
  });
  it('does not count against fresh coordinates far from it', () => {
    expect(placeWith(plugged(0, { position: { ...farPoint, locationId: 'home-place' } })).word).toBe('away');
  });
  it('inferred from a charger is no proof of its own', () => {
    const report = plugged(0, { pluggedInChargerId: 'box', position: only('home-place') });
    expect(placeWith(report).word).toBe('unknown');
  });
});

describe('R2 away', () => {
  it('is a fresh position elsewhere', () => {
    expect(placeAfter([parked(0, { position: farPoint })])).toEqual({ word: 'away', by: 'coordinates' });
    expect(placeAfter([plugged(0, { position: farPoint })]).word).toBe('away');
  });
  it('arrived, then plugged in: the odometer shows that it still stands there', () => {
    const there = { ...farPoint, at: at(0) };
    expect(placeAfter([parked(0, { position: there }), plugged(20, { position: there })]).word).toBe('away');
  });
  it('is not concluded from a position taken on the way', () => {
    const onTheWay = { ...farPoint, at: at(0) };
    const reports = [parked(0, { ...bare, position: onTheWay }), plugged(10, { ...bare, position: onTheWay })];
    expect(placeAfter(reports).word).toBe('unknown');
  });
  it('is not concluded from an old position', () => {
    const silent = { ...bare, charge: { battery: null } };
    expect(placeAfter([parked(0, { ...silent, position: farPoint })], {}, 45).word).toBe('unknown');
  });
});

describe('R2 home by a charger', () => {
  const nowhere = { latitude: null, longitude: null, at: null };
  function activated(places: Settings['chargerPlaces'], position: Over = { position: nowhere }) {
    const site = testSite({ chargerPlaces: places });
    site.report(charger({ now: at(1), pluggedInVehicleId: 'car' }));
    site.report(plugged(1, { pluggedInChargerId: 'box', ...position }));
    return { site, place: placeOfVehicle(site.view, 'car', at(1)), pairing: site.get('pairing', 'car') };
  }

  it('activated at one marked as home is home', () => {
    expect(activated({ box: 'home' }).place).toEqual({ word: 'home', by: 'charger' });
  });
  it('an unmarked one proves nothing', () => {
    expect(activated({}).place.word).toBe('unknown');
    expect(placeOfCharger(activated({}).site.view, 'box').word).toBe('unknown');
  });
  it('activated at one marked otherwise is away', () => {
    expect(activated({ box: 'elsewhere' }).place.word).toBe('away');
  });
  it('fresh coordinates elsewhere beat it: the place is unknown and the pairing is not activated', () => {
    const { place, pairing } = activated({ box: 'home' }, { position: { ...farPoint, at: at(1) } });
    expect(place.word).toBe('unknown');
    expect(pairing).toMatchObject({ word: 'established', evidence: [{ code: 'pair_elsewhere' }] });
  });
  it('a position taken on the way home does not beat it, not even at the report of the plug-in', () => {
    const onTheWay = { ...bare, position: { ...farPoint, at: at(-9) } };
    const { place, pairing } = activated({ box: 'home' }, onTheWay);
    expect([place.word, pairing?.word]).toEqual(['home', 'activated']);
  });
  it('marked elsewhere but within our circle is unknown', () => {
    expect(activated({ box: 'elsewhere' }, { position: homePoint }).place.word).toBe('unknown');
  });
});

describe('R2 a charger is unmarked until the user confirms its place', () => {
  const atHome = { latitude: homePoint.latitude, longitude: homePoint.longitude };
  const placed = (settings: Partial<Settings> = {}) => {
    const site = testSite(settings);
    site.report(charger({ locationId: 'at-home' }), vehicle());
    site.tell(at(0), { kind: 'locations_reported', locations: [{ id: 'at-home', user: 'home', ...atHome }] });
    return site;
  };

  it("Enode's Location at home is not a word of the user: the charger's place stays unknown", () => {
    expect(placeOfCharger(placed().view, 'box').word).toBe('unknown');
  });

  it('a confirmation marks it, proves home for the car that is activated there, and may be changed', () => {
    const site = placed({ home: null });
    const paired = { pluggedInChargerId: 'box', now: at(1) };
    site.report(vehicle(paired), charger({ pluggedInVehicleId: 'car', now: at(1) }));
    expect(placeOfVehicle(site.view, 'car', at(1)).word).toBe('unknown');
    site.order(at(2), 'box', { kind: 'place_charger', place: 'home' });
    expect(placeOfCharger(site.view, 'box')).toEqual({ word: 'home', by: 'charger' });
    expect(placeOfVehicle(site.view, 'car', at(2))).toEqual({ word: 'home', by: 'charger' });
    site.order(at(3), 'box', { kind: 'place_charger', place: 'elsewhere' });
    expect(placeOfVehicle(site.view, 'car', at(3)).word).toBe('away');
  });

  it('coordinates elsewhere speak against a pair as soon as its charger is confirmed at home', () => {
    const site = placed();
    const far = { position: farPoint, now: at(1) };
    site.report(vehicle({ ...far, pluggedInChargerId: 'box' }), charger({ pluggedInVehicleId: 'car', now: at(1) }));
    expect(site.get('pairing', 'car')?.word).toBe('activated');
    site.order(at(2), 'box', { kind: 'place_charger', place: 'home' });
    expect(site.get('pairing', 'car')).toMatchObject({ word: 'established', evidence: [{ code: 'pair_elsewhere' }] });
    expect(placeOfVehicle(site.view, 'car', at(2)).word).toBe('unknown');
  });

  it.each([
    ['no option', undefined, undefined, 'home'],
    ['an option that said something else already then', 'elsewhere', 'elsewhere', 'home'],
    ['an option that was changed since', undefined, 'elsewhere', 'away'],
    ['an option that was taken back since', 'elsewhere', undefined, 'home'],
  ] as const)('the newer word counts: %s', (_name, then, now, word) => {
    const options = (place: 'elsewhere' | undefined) => ({ chargerPlaces: place === undefined ? {} : { box: place } });
    const before = placed(options(then));
    before.order(at(1), 'box', { kind: 'place_charger', place: 'home' });
    const after = placed(options(now));
    after.put('mark', 'box', before.get('mark', 'box')!);
    expect(placeOfCharger(after.view, 'box').word).toBe(word);
  });

  it('a confirmation is for chargers that are linked', () => {
    const site = placed();
    site.order(at(1), 'car', { kind: 'place_charger', place: 'home' });
    site.listed('charger', [], at(2));
    site.order(at(3), 'box', { kind: 'place_charger', place: 'home' });
    expect([site.get('mark', 'car'), site.get('mark', 'box')]).toEqual([undefined, undefined]);
  });

  it('and goes with the charger', () => {
    const site = placed();
    site.order(at(1), 'box', { kind: 'place_charger', place: 'home' });
    site.listed('charger', [], at(2));
    site.order(at(3), 'box', { kind: 'forget' });
    expect(site.get('mark', 'box')).toBeUndefined();
  });
});
