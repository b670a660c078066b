import { describe, expect, it } from 'vitest';
import { activatedCharger, pairedCharger, shownCharger } from '../../../src/domain/belief/pairing.ts';
import { vehicleOn } from '../../../src/domain/choice/lead.ts';
import { at, charger, vehicle } from '../../support/reports.ts';
import { type TestSite, testSite } from '../../support/site.ts';

const car = (minute: number, over: Parameters<typeof vehicle>[0] = {}) => vehicle({ now: at(minute), ...over });
const box = (minute: number, over: Parameters<typeof charger>[0] = {}) => charger({ now: at(minute), ...over });
const asleep = { reachable: false, power: 'unplugged' } as const;
const here = { pluggedInChargerId: 'box' };
const named = { pluggedInVehicleId: 'car' };

function activated(): TestSite {
  const site = testSite();
  site.report(box(1, named), car(1, here));
  return site;
}

describe('6.1 established', () => {
  it('nothing linked beside the car is unpaired', () => {
    const site = testSite();
    site.report(car(1));
    expect(site.get('pairing', 'car')).toMatchObject({ word: 'unpaired', charger: null });
  });
  it('one charger of the same user is the only candidate', () => {
    const site = testSite();
    site.report(car(1), box(1));
    expect(site.get('pairing', 'car')).toMatchObject({ word: 'established', charger: 'box', by: null });
    expect(activatedCharger(site.view, 'car')).toBeNull();
  });
  it('R6 with several candidates the paired charger is nobody until activated', () => {
    const site = testSite();
    site.report(car(1), box(1), box(1, { id: 'box2' }));
    expect(site.get('pairing', 'car')).toMatchObject({ word: 'established', charger: null });
    site.report(car(2, { pluggedInChargerId: 'box2' }));
    expect(site.get('pairing', 'car')).toMatchObject({ word: 'activated', charger: 'box2', certainty: 1 });
  });
  it('R6 chargers of another user are never partners', () => {
    const site = testSite({ users: ['home', 'neighbour'] });
    site.report(box(1, { userId: 'neighbour', ...named }), car(1, here));
    expect(site.get('pairing', 'car')?.word).toBe('unpaired');
  });
  it('lasts while both stay linked, and ends when the charger is unlinked', () => {
    const site = testSite();
    site.report(car(1, { power: 'unplugged' }), box(1, { power: 'unplugged' }));
    expect(site.get('pairing', 'car')?.word).toBe('established');
    site.listed('charger', [], at(2));
    expect(site.get('pairing', 'car')).toMatchObject({ word: 'unpaired', charger: null });
  });
});

describe('6.1 activated by Enode’s own ids', () => {
  it('by both, by the vehicle’s alone, by the charger’s newer word alone', () => {
    expect(activated().get('pairing', 'car')).toMatchObject({
      word: 'activated',
      evidence: [{ code: 'pair_enode_both' }],
    });
    const byCar = testSite();
    byCar.report(box(1), car(1, here));
    expect(byCar.get('pairing', 'car')).toMatchObject({
      word: 'activated',
      evidence: [{ code: 'pair_enode_vehicle' }],
    });
    const byBox = testSite();
    byBox.report(car(1), box(2, named));
    expect(byBox.get('pairing', 'car')).toMatchObject({
      word: 'activated',
      evidence: [{ code: 'pair_enode_charger' }],
    });
  });
  it('the charger’s word older than the vehicle’s is not enough', () => {
    const site = testSite();
    site.report(box(1, named), car(2));
    expect(site.get('pairing', 'car')?.word).toBe('established');
  });
  it('both ends know of each other and it is told once', () => {
    const site = activated();
    site.report(car(2, here), box(3, named));
    expect(vehicleOn(site.view, 'box')).toBe('car');
    expect(site.happenings.filter(({ type }) => type === 'pairing_activated')).toHaveLength(1);
  });
  it('ends when the charger sees the cable go out, and the car is unplugged with it', () => {
    const site = activated();
    site.report(box(9, { power: 'unplugged' }));
    expect(site.get('pairing', 'car')?.word).toBe('established');
    expect(site.get('fused', 'car')).toMatchObject({
      plugged: false,
      state: 'disconnected',
      from: 'charger',
      at: at(9),
    });
    expect(site.get('occupant', 'box')).toBeUndefined();
    expect(site.happenings.map(({ type }) => type)).toContain('pairing_ended');
    site.report(car(12, { power: 'stopped' }));
    expect(site.get('fused', 'car')).toMatchObject({ plugged: true, from: 'vehicle' });
  });
  it('what a car said before the cable was out there names nobody who plugs in after', () => {
    const site = activated();
    site.report(box(9, { power: 'unplugged' }), box(15, { power: 'charging' }));
    expect(site.get('pairing', 'car')?.word).toBe('established');
    expect(site.get('fused', 'car')?.plugged).toBe(false);
    site.report(box(16, { power: 'charging', ...named }));
    expect(site.get('pairing', 'car')).toMatchObject({ word: 'activated', evidence: [{ code: 'pair_enode_charger' }] });
  });
});

describe('R6 contradictions: doubt means not activated', () => {
  const other = (minute: number, over: Parameters<typeof vehicle>[0] = {}) => car(minute, { id: 'car2', ...over });
  it('two vehicles claim one charger that names none of them', () => {
    const site = testSite();
    site.report(box(1), car(1, here), other(2, here));
    for (const id of ['car', 'car2']) expect(activatedCharger(site.view, id)).toBeNull();
    expect(vehicleOn(site.view, 'box')).toBeNull();
  });
  it('the one that the charger names has it', () => {
    const site = testSite();
    site.report(car(1, here), other(2, here), box(3, { pluggedInVehicleId: 'car2' }));
    expect([activatedCharger(site.view, 'car'), activatedCharger(site.view, 'car2')]).toEqual([null, 'box']);
    expect(vehicleOn(site.view, 'box')).toBe('car2');
  });
  it('vehicle and a newer charger name different partners', () => {
    const site = testSite();
    site.report(box(1), car(2, here), box(3, { id: 'box2', ...named }));
    expect(site.get('pairing', 'car')).toMatchObject({ word: 'established', charger: null });
  });
  it('an older charger that still names the vehicle does not disturb the new pair', () => {
    const site = testSite();
    site.report(box(1, { id: 'box2', ...named }), box(1), car(2, here));
    expect(activatedCharger(site.view, 'car')).toBe('box');
  });
  it('changing from one car to the next hands the charger over', () => {
    const site = activated();
    site.report(car(5, { power: 'unplugged' }), other(6, here));
    expect([activatedCharger(site.view, 'car'), vehicleOn(site.view, 'box')]).toEqual([null, null]);
    site.report(box(7, { pluggedInVehicleId: 'car2' }));
    expect(vehicleOn(site.view, 'box')).toBe('car2');
  });
});

describe('R6 a sleeping car', () => {
  it('that says UNPLUGGED is beaten by the charger that feels the cable, within the activated pair', () => {
    const site = activated();
    site.report(car(5, { ...asleep, ...here }));
    expect(site.get('fused', 'car')).toMatchObject({ plugged: true, from: 'charger' });
  });
  it('keeps its charger shown when Enode withdraws the ids, but commands go to the vehicle only', () => {
    const site = activated();
    site.report(car(5, asleep));
    site.report(box(6));
    expect(site.get('pairing', 'car')).toMatchObject({
      word: 'activated',
      lingering: true,
      evidence: [{ code: 'pair_lingering' }],
    });
    expect([shownCharger(site.view, 'car'), activatedCharger(site.view, 'car')]).toEqual(['box', null]);
    expect(pairedCharger(site.view, 'car')).toBeNull();
    expect(site.get('fused', 'car')?.plugged).toBe(true);
  });
  it('is let go when the cable goes out', () => {
    const site = activated();
    site.report(car(5, asleep), box(6), box(9, { power: 'unplugged' }));
    expect(site.get('pairing', 'car')?.word).toBe('established');
    expect(site.get('fused', 'car')?.plugged).toBe(false);
  });
  it('is let go when another car claims the charger', () => {
    const site = activated();
    site.report(box(2), car(5, asleep), car(6, { id: 'car2', ...here }));
    expect(shownCharger(site.view, 'car')).toBeNull();
    expect(vehicleOn(site.view, 'box')).toBe('car2');
  });
  it('is not kept once it is awake and says otherwise: it drives away before the charger tells', () => {
    const site = activated();
    site.report(car(5, { power: 'unplugged', reachable: true }));
    expect(site.get('pairing', 'car')?.word).toBe('established');
    expect(site.get('fused', 'car')?.plugged).toBe(false);
  });
  it('that does not tell that it sleeps is caught by its charger, which still feels the cable after it', () => {
    const site = activated();
    const liar = { power: 'unplugged', reachable: true } as const;
    site.report(car(5, liar), box(9));
    expect(site.get('pairing', 'car')).toMatchObject({ word: 'activated', lingering: true });
    expect(site.get('fused', 'car')).toMatchObject({ plugged: true, from: 'charger' });
    // Saying it again is no news.
    site.report(car(12, liar));
    expect(site.get('fused', 'car')?.plugged).toBe(true);
    site.report(box(15, { power: 'unplugged' }), box(20));
    expect(site.get('fused', 'car')?.plugged).toBe(false);
    expect(shownCharger(site.view, 'car')).toBeNull();
  });
  it('that wakes, knows of its cable and is given no charger by Enode, is on its own again', () => {
    const site = activated();
    site.report(car(5, asleep), box(6), car(8, { power: 'stopped', reachable: true }));
    expect(site.get('pairing', 'car')?.word).toBe('established');
    site.report(car(10, asleep), box(11));
    expect(site.get('pairing', 'car')?.word).toBe('established');
  });
  it('outside a pair is believed as it says: nobody else felt its cable', () => {
    const site = testSite();
    site.report(box(1), car(2, asleep));
    expect(site.get('fused', 'car')?.plugged).toBe(false);
  });
});
