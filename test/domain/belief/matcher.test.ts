// Our own matcher, rule by rule (R5, R6, R2): plug-in times as intervals, what each witness says, and when nobody is activated.
import { describe, expect, it } from 'vitest';
import { activatedCharger, pairedCharger, shownCharger } from '../../../src/domain/belief/pairing.ts';
import { numbers } from '../../../src/domain/numbers.ts';
import type { Settings } from '../../../src/domain/settings.ts';
import { at, charger, farPoint, homePoint, vehicle } from '../../support/reports.ts';
import { type TestSite, testSite } from '../../support/site.ts';

type CarOver = Parameters<typeof vehicle>[0];
type BoxOver = Parameters<typeof charger>[0];
const nowhere = { latitude: null, longitude: null, at: null };
const car = (minute: number, over: CarOver = {}) => vehicle({ now: at(minute), position: nowhere, ...over });
const box = (minute: number, over: BoxOver = {}) => charger({ now: at(minute), ...over });
const out = { power: 'unplugged' } as const;

/** Car and wallbox of one user, both heard unplugged at noon. */
function parked(settings: Partial<Settings> = {}): TestSite {
  const site = testSite(settings);
  site.report(car(0, out), box(0, out));
  return site;
}
/** Both plugged in between minute 2 and 5, charging. */
function plugged(settings: Partial<Settings> = {}): TestSite {
  const site = parked(settings);
  site.report(car(2, out), box(2, out), box(4, { power: 'charging' }), car(5, { power: 'charging' }));
  return site;
}
const pairing = (site: TestSite, id = 'car') => site.get('pairing', id)!;
const codes = (site: TestSite, id = 'car') => pairing(site, id).evidence.map(({ code }) => code);

describe('activated by our matcher', () => {
  it('once both told that the cable went in within the same minutes', () => {
    const site = plugged();
    expect(pairing(site)).toMatchObject({ word: 'activated', charger: 'box', by: 'matcher', lingering: false });
    expect(pairing(site).certainty).toBeGreaterThanOrEqual(0.99);
    expect(codes(site)).toContain('pair_plugged_together');
    expect(site.get('occupant', 'box')).toEqual({ vehicle: 'car' });
    expect(site.happenings.map(({ type }) => type)).toContain('pairing_activated');
  });
  it('R5: for `local` routing and display; `enode` routing counts on Enode’s own ids alone', () => {
    const site = plugged();
    expect([pairedCharger(site.view, 'car'), shownCharger(site.view, 'car')]).toEqual(['box', 'box']);
    expect(activatedCharger(site.view, 'car')).toBeNull();
  });
  it('R6: never without the car’s own word at this plug-in, whatever the charger feels', () => {
    const site = parked();
    site.report(box(4, { power: 'charging' }), car(20, out), box(25, { power: 'charging' }));
    expect(pairing(site).word).toBe('established');
  });
  it('not where nobody saw the cable go in: first sight says too little', () => {
    const site = testSite();
    site.report(car(1), box(1));
    expect(pairing(site)).toMatchObject({ word: 'established', by: null });
    expect(codes(site)).toContain('pair_plug_unseen');
  });
  it('not with cables that went in at different times', () => {
    const site = parked();
    site.report(box(4), car(60, out), car(64));
    expect(pairing(site).word).toBe('established');
  });
  it('R6: power that is equal is Enode’s copy, no evidence; power that fits is some, power far off speaks against it', () => {
    const withPower = (own: number) => {
      const site = parked();
      site.report(box(4, { power: 'charging', charge: { rate: 11 } }));
      site.report(car(5, { power: 'charging', charge: { rate: own } }));
      site.report(box(6, { power: 'charging', charge: { rate: 11 } }));
      return codes(site);
    };
    expect(withPower(11).filter((code) => code.startsWith('pair_power'))).toEqual([]);
    expect(withPower(10.4)).toContain('pair_power_fits');
    expect(withPower(3.6)).toContain('pair_power_differs');
    expect(withPower(48)).toContain('pair_power_direct');
  });
  it('one that charges while the other does not is held against it', () => {
    const site = parked();
    site.report(box(4, { power: 'charging' }), car(5), box(15, { power: 'charging' }), car(20));
    expect(codes(site)).toContain('pair_states_apart');
    expect(pairing(site).word).toBe('established');
  });
});

describe('several cars and chargers at once', () => {
  const other = (minute: number, over: CarOver = {}) => car(minute, { id: 'car2', ...over });
  const second = (minute: number, over: BoxOver = {}) => box(minute, { id: 'box2', ...over });
  it('two cars and one charger, plugged in within the same minutes: nobody is activated', () => {
    const site = parked();
    site.report(other(0, out), box(4), car(5), other(5));
    expect([pairing(site).word, pairing(site, 'car2').word]).toEqual(['established', 'established']);
    expect(codes(site)).toContain('pair_rival');
  });
  it('the one that is known elsewhere does not stand in the way of the other', () => {
    const site = parked({ chargerPlaces: { box: 'home' } });
    site.report(other(0, out), box(4));
    site.report(other(5, { position: { ...farPoint, at: at(5) } }), car(5, { position: { ...homePoint, at: at(4) } }));
    expect(pairing(site)).toMatchObject({ word: 'activated', by: 'matcher' });
    expect(pairing(site, 'car2').word).toBe('established');
  });
  it('two cars on two chargers are told apart by their times', () => {
    const site = parked();
    site.report(other(0, out), second(0, out));
    site.report(car(18, out), box(18, out), other(18, out), second(18, out));
    site.report(car(20), box(20), other(20, out), second(20, out), other(60, out), second(60, out));
    site.report(other(62), second(62));
    expect([pairedCharger(site.view, 'car'), pairedCharger(site.view, 'car2')]).toEqual(['box', 'box2']);
  });
  it('above six by six nobody is activated, and it is said', () => {
    const site = testSite();
    const ids = Array.from({ length: numbers.matchMost + 1 }, (_, n) => n);
    site.report(...ids.flatMap((n) => [car(0, { id: `car${n}`, ...out }), box(0, { id: `box${n}`, ...out })]));
    site.report(...ids.flatMap((n) => [car(4, { id: `car${n}` }), box(4, { id: `box${n}` })]));
    for (const n of ids) expect(pairing(site, `car${n}`)).toMatchObject({ word: 'established', certainty: 0 });
    expect(codes(site, 'car0')).toEqual(['pair_crowded']);
  });
});

describe('R5 Enode’s ids and our matcher', () => {
  it('once this client saw an id, a missing one means "not yet" for 15 min after plug-in; then our matcher may', () => {
    const site = testSite();
    site.report(box(-60, { pluggedInVehicleId: 'car' }), car(-60, { pluggedInChargerId: 'box' }));
    site.report(box(-30, out), car(-30, out), box(0, out), car(0, out));
    site.report(box(4), car(5));
    expect(pairing(site)).toMatchObject({ word: 'established', certainty: expect.closeTo(0.99, 1) });
    expect(codes(site)).toContain('pair_waits');
    site.report(car(15));
    expect(pairing(site).word).toBe('established');
    site.report(car(21));
    expect(pairing(site)).toMatchObject({ word: 'activated', by: 'matcher' });
  });
  it('Enode’s ids win over our matcher', () => {
    const site = plugged();
    site.report(box(8, { id: 'box2' }), car(9, { pluggedInChargerId: 'box2' }));
    expect(pairing(site)).toMatchObject({ charger: 'box2', by: 'enode' });
    expect(site.get('occupant', 'box')).toBeUndefined();
  });
  it('where they contradict each other nobody guesses', () => {
    const site = parked();
    site.report(car(0.5, { id: 'car2', ...out }), box(4));
    site.report(car(5, { pluggedInChargerId: 'box' }), car(5, { id: 'car2', pluggedInChargerId: 'box' }));
    for (const id of ['car', 'car2']) expect(pairing(site, id)).toMatchObject({ word: 'established', by: null });
  });
});

describe('R2 place', () => {
  it('fresh coordinates elsewhere beat a charger at home: not activated, and the place is unknown', () => {
    const site = parked({ chargerPlaces: { box: 'home' } });
    site.report(box(4), car(5, { position: { ...farPoint, at: at(5) } }));
    expect(pairing(site).word).toBe('established');
  });
});

describe('R6 while it lasts', () => {
  const asleep = { reachable: false, power: 'unplugged' } as const;
  it('the charger that feels the cable beats the sleeping car that says UNPLUGGED', () => {
    const site = plugged();
    site.report(car(30, asleep), box(35, { power: 'charging' }));
    expect(pairing(site)).toMatchObject({ word: 'activated', lingering: false });
    expect(site.get('fused', 'car')?.plugged).toBe(true);
    expect(codes(site)).toContain('pair_asleep');
  });
  it('not before there was a pair: a car that slept before the charger told is nobody’s', () => {
    const site = parked();
    site.report(car(3, { power: 'stopped' }), car(4, asleep), box(6));
    expect(pairing(site).word).toBe('established');
  });
  it('a car that says, awake, that it left is let go at once; felt without a gap it is shown, never commanded', () => {
    const site = plugged();
    site.report(car(30, out));
    expect(pairedCharger(site.view, 'car')).toBeNull();
    site.report(box(36, { power: 'charging' }));
    expect([shownCharger(site.view, 'car'), pairedCharger(site.view, 'car')]).toEqual(['box', null]);
  });
  it('unplug ends everything: the charger’s cable out is the car’s, too, until it speaks again', () => {
    const site = plugged();
    site.report(box(30, out));
    expect(pairing(site).word).toBe('established');
    expect(site.get('fused', 'car')).toMatchObject({ plugged: false, from: 'charger' });
    expect(site.happenings.map(({ type }) => type)).toContain('pairing_ended');
    site.report(car(40, { power: 'stopped' }));
    expect(site.get('fused', 'car')?.plugged).toBe(true);
  });
  it('a cable out for less than clocks can tell proves nothing of who came after', () => {
    const site = plugged();
    site.report(box(30, out), box(30.5), car(31));
    expect(pairing(site).word).toBe('established');
  });
});

it('R6 the recent pairs of a vehicle are kept, and no more than some', () => {
  const site = plugged();
  for (let n = 1; n <= numbers.pairsKept + 3; n++) {
    const t = n * 100;
    site.report(box(t, out), car(t + 1, out), car(t + 18, out), box(t + 18, out), box(t + 20), car(t + 21));
  }
  const { pairs } = site.get('pairs', 'car')!;
  expect(pairs).toHaveLength(numbers.pairsKept);
  expect(pairs.at(-1)).toMatchObject({ charger: 'box', to: null, by: 'matcher' });
  expect(pairs[0]!.to).not.toBeNull();
});

it('a report that comes late narrows when the cable went in', () => {
  const site = parked();
  site.report(car(40));
  expect(site.get('trace', 'car')!.cables.at(-1)!.in).toMatchObject({ by: at(40) });
  site.tell(at(41), { kind: 'vehicle_reported', report: car(32, out) });
  site.tell(at(41), { kind: 'vehicle_reported', report: car(36) });
  expect(site.get('trace', 'car')!.cables.at(-1)!.in).toMatchObject({ after: at(32), by: at(36) });
  expect(site.get('vehicle', 'car')!.report.charge.at).toBe(at(40));
});

it('a stop of ours that both sides follow is strong evidence; one that we asked elsewhere is none', () => {
  const stopped = (target: string) => {
    const site = parked();
    site.report(car(0, { id: 'car2', ...out }), box(4, { power: 'charging' }), car(5, { power: 'charging' }));
    site.report(car(29, { power: 'charging' }), box(29, { power: 'charging' }));
    site.put('attempt', target, {
      id: 'a',
      wish: 'w',
      subject: target,
      target,
      targetKind: 'vehicle',
      direction: 'stop',
      state: 'ended',
      intendedAt: at(29.5),
      intendedCloudTime: at(29.5),
      action: 'x',
      actionCreatedAt: at(29.5),
      answeredAt: at(29.5),
      endedAt: at(30),
      outcome: 'confirmed',
      failure: null,
      refusal: null,
      why: null,
      cancel: 'no',
      cancelAskedAt: null,
      repeats: 0,
    });
    site.report(car(31, { power: 'stopped' }), box(31, { power: 'stopped' }));
    return codes(site);
  };
  expect(stopped('car')).toContain('pair_followed');
  expect(stopped('car2')).not.toContain('pair_followed');
});
