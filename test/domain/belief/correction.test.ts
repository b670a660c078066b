// A person's word about the cable in a charger (R5, R6): it counts above everything, until the next unplug.
import { describe, expect, it } from 'vitest';
import { whyNotCorrect } from '../../../src/domain/belief/correction.ts';
import { activatedCharger, pairedCharger, shownCharger } from '../../../src/domain/belief/pairing.ts';
import { numbers } from '../../../src/domain/numbers.ts';
import { describePairs } from '../../../src/domain/telling/pairs.ts';
import { sentence } from '../../../src/words/sentence.ts';
import { at, charger, farPoint, vehicle } from '../../support/reports.ts';
import { type TestSite, testSite } from '../../support/site.ts';
import { stage } from '../../support/stage.ts';

const car = (minute: number, over: Parameters<typeof vehicle>[0] = {}) => vehicle({ now: at(minute), ...over });
const box = (minute: number, over: Parameters<typeof charger>[0] = {}) => charger({ now: at(minute), ...over });
const out = { power: 'unplugged' } as const;
const pairing = (site: TestSite, id = 'car') => site.get('pairing', id)!;

/** Two cars and a wallbox with a cable in since nobody knows when. */
function unclear(): TestSite {
  const site = testSite();
  site.report(box(1), car(1), car(1, { id: 'car2' }));
  return site;
}
const confirm = (site: TestSite, minute: number, vehicleId: string | null, chargerId = 'box') =>
  site.order(at(minute), chargerId, { kind: 'correct_pair', vehicle: vehicleId });

describe('confirm_pair', () => {
  it.each(['car', null])(
    'ends when the charger is unlinked, whoever was meant (%s): what is on it later is anybody’s guess',
    (who) => {
      const site = unclear();
      confirm(site, 2, who);
      expect(site.get('correction', 'box')).toBeDefined();
      site.listed('charger', [], at(3));
      site.report(box(60), car(60));
      expect(site.get('correction', 'box')).toBeUndefined();
    },
  );
  it('activates the pair for `local` routing and display, shown as by a person', () => {
    const site = unclear();
    confirm(site, 2, 'car');
    expect(pairing(site)).toMatchObject({
      word: 'activated',
      charger: 'box',
      by: 'person',
      certainty: 1,
      disputed: false,
    });
    expect([pairedCharger(site.view, 'car'), activatedCharger(site.view, 'car')]).toEqual(['box', null]);
    expect(pairing(site, 'car2').word).toBe('established');
  });
  it('R6 is enough without the car’s own word: a car that lies about its cable is why a person is asked', () => {
    const site = testSite();
    site.report(box(1), car(2, { reachable: false, ...out }));
    confirm(site, 3, 'car');
    expect(pairing(site).word).toBe('activated');
    site.report(box(9), car(10, { reachable: false, ...out }));
    expect(pairing(site)).toMatchObject({ word: 'activated', by: 'person' });
  });
  it.each([
    ['the charger’s cable goes out', (site: TestSite) => site.report(box(9, out), box(15))],
    ['the car says, awake, that it left', (site: TestSite) => site.report(car(9, out))],
  ])('holds until the next unplug: %s', (_what, unplug) => {
    const site = unclear();
    confirm(site, 2, 'car');
    site.report(car(5), box(5));
    expect(pairing(site).by).toBe('person');
    unplug(site);
    expect(pairing(site).by).not.toBe('person');
    expect(site.get('correction', 'box')).toBeUndefined();
  });
  it('ends at the cap of every plug-in', () => {
    const site = unclear();
    confirm(site, 2, 'car');
    const over = 3 + numbers.plugInCapMs / 60_000;
    site.report(box(over));
    expect(pairing(site).by).toBeNull();
  });
  it('"this is the other car" takes the place of the first word, and of the same car’s at another charger', () => {
    const site = unclear();
    site.report(box(1, { id: 'box2' }));
    confirm(site, 2, 'car');
    confirm(site, 3, 'car2');
    expect([shownCharger(site.view, 'car'), shownCharger(site.view, 'car2')]).toEqual([null, 'box']);
    confirm(site, 4, 'car2', 'box2');
    expect(shownCharger(site.view, 'car2')).toBe('box2');
    expect(site.get('correction', 'box')).toBeUndefined();
  });
});

describe('R5 contradiction: Enode’s non-null ids win, unless the user corrected; then nothing goes to a charger', () => {
  it('the corrected pair is shown, disputed, and no charger may be counted on', () => {
    const site = unclear();
    site.report(box(2, { pluggedInVehicleId: 'car' }), car(2, { pluggedInChargerId: 'box' }));
    confirm(site, 3, 'car2');
    expect(pairing(site, 'car2')).toMatchObject({ word: 'activated', charger: 'box', by: 'person', disputed: true });
    expect(pairing(site)).toMatchObject({ word: 'established', named: 'box', disputed: true });
    for (const id of ['car', 'car2'])
      expect([pairedCharger(site.view, id), activatedCharger(site.view, id)]).toEqual([null, null]);
  });
  it('where both say the same nothing is disputed, and `enode` routing counts on it', () => {
    const site = unclear();
    site.report(box(2, { pluggedInVehicleId: 'car' }), car(2, { pluggedInChargerId: 'box' }));
    confirm(site, 3, 'car');
    expect(pairing(site)).toMatchObject({ by: 'person', disputed: false });
    expect(activatedCharger(site.view, 'car')).toBe('box');
  });
});

describe('guest', () => {
  it('nobody linked is on the cable: neither our matcher nor Enode’s ids put a car there', () => {
    const site = testSite();
    site.report(car(0, out), box(0, out), car(2, out), box(2, out), box(4), car(5));
    expect(pairing(site).by).toBe('matcher');
    confirm(site, 6, null);
    expect(pairing(site).word).toBe('established');
    site.report(box(8, { pluggedInVehicleId: 'car' }), car(9, { pluggedInChargerId: 'box' }));
    expect(pairing(site)).toMatchObject({ word: 'established', disputed: true });
    site.report(box(30, out));
    expect(site.get('correction', 'box')).toBeUndefined();
  });
  it('R5: the charger’s own mode acts while it was declared, and is held again after the unplug', () => {
    const site = testSite({ chargerPlaces: { box: 'home' } });
    site.report(car(1, out), box(1));
    site.order(at(1), 'box', { kind: 'mode', mode: 'now' });
    expect(site.verdict('box', at(1))).toBe('leave charger_held');
    confirm(site, 2, null);
    expect(site.verdict('box', at(2))).toBe('start now_starting');
    site.report(box(9, out), box(12));
    expect(site.verdict('box', at(12))).toBe('leave charger_held');
  });
  it('can be taken back', () => {
    const site = unclear();
    confirm(site, 2, null);
    site.order(at(3), 'box', { kind: 'withdraw_correction' });
    expect(site.get('correction', 'box')).toBeUndefined();
  });
});

describe('a word that cannot be taken', () => {
  const refusal = async (
    prepare: (s: Awaited<ReturnType<typeof stage>>) => Promise<void>,
    chargerId: string,
    id: string,
  ) => {
    const s = await stage({ bare: true, settings: { users: ['home', 'guest'], chargerPlaces: { box: 'home' } } });
    await s.advance(1);
    await prepare(s);
    const { ok, reason, field } = await s.order(chargerId, { kind: 'correct_pair', vehicle: id }, 'verb');
    return [ok, reason?.code, field];
  };
  it('without a cable', async () => {
    const unplugged = async (s: Awaited<ReturnType<typeof stage>>) => {
      await s.box(out);
      await s.car();
    };
    expect(await refusal(unplugged, 'box', 'car')).toEqual([false, 'refused_no_cable', 'charger']);
  });
  it('two users’ devices never pair', async () => {
    const strangers = async (s: Awaited<ReturnType<typeof stage>>) => {
      await s.box();
      await s.car({ userId: 'guest' });
    };
    expect(await refusal(strangers, 'box', 'car')).toEqual([false, 'refused_other_user', 'vehicle']);
  });
  it('of a car that stands elsewhere (R2)', async () => {
    const there = async (s: Awaited<ReturnType<typeof stage>>) => {
      await s.box();
      await s.car({ position: { ...farPoint, at: s.now() } });
    };
    expect(await refusal(there, 'box', 'car')).toEqual([false, 'refused_elsewhere', 'vehicle']);
  });
  it('of what is not linked', async () => {
    expect(await refusal(async (s) => s.box(), 'box', 'nobody')).toEqual([false, 'refused_unknown_asset', 'vehicle']);
    expect(await refusal(async (s) => s.car(), 'nothing', 'car')).toEqual([false, 'refused_unknown_asset', 'charger']);
  });
});

it('survives a restart, as do the pair of our matcher and what it rests on', async () => {
  const s = await stage({ bare: true, settings: { control: 'local' } });
  await s.advance(1);
  await s.car(out);
  await s.box(out);
  await s.advance(240);
  await s.box();
  await s.car();
  expect(s.state()).toMatchObject({ pairing: 'activated', paired_charger_id: 'box' });
  await s.restart();
  expect(s.loop.view().get('pairing', 'car')).toMatchObject({ word: 'activated', by: 'matcher' });
  await s.advance(60);
  await s.box();
  await s.car();
  expect(s.loop.view().get('pairing', 'car')).toMatchObject({ word: 'activated', by: 'matcher' });
  await s.order('box', { kind: 'correct_pair', vehicle: null }, 'page');
  await s.restart();
  await s.advance(60);
  await s.car();
  expect(s.state('box')).toMatchObject({ plugged_in_vehicle_id: null });
  expect(s.loop.view().get('correction', 'box')).toMatchObject({ vehicle: null });
});

it('the view of pairs tells who, how sure, whether it may be corrected, the history and the figures', () => {
  const site = testSite();
  site.report(car(0, out), box(0, out), car(2, out), box(2, out), box(4), car(5, { charge: { battery: 42 } }));
  const look = () => describePairs(site.view, (why) => sentence(why, 'en'), at(10))[0]!;
  expect(look()).toMatchObject({
    word: 'activated',
    by: 'matcher',
    correctable: true,
    guest: false,
    history: [{ to: null, by: 'matcher' }],
    session: { batteryFrom: 42 },
  });
  expect(look().certainty).toBeGreaterThanOrEqual(99);
  expect(look().evidence.join(' ')).toMatch(/cables went in/);
  confirm(site, 11, null);
  expect(look()).toMatchObject({ word: 'established', guest: true, session: null, history: [{ by: 'matcher' }] });
  site.report(box(30, out));
  expect(look()).toMatchObject({ correctable: false, guest: false });
});

it('a guest can be named while all the cars are away', () => {
  const site = testSite({ chargerPlaces: { box: 'home' } });
  site.report(box(1), car(1, { ...out, position: { ...farPoint, at: at(1) } }));
  expect(whyNotCorrect(site.view, 'box', 'car', at(2))?.code).toBe('refused_elsewhere');
  expect(describePairs(site.view, (why) => sentence(why, 'en'), at(2))[0]).toMatchObject({ correctable: true });
});
