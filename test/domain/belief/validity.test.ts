import { describe, expect, it } from 'vitest';
import { type ChargerCase, helps, incapable, unlocked, vehicleFirst } from '../../support/charger-cases.ts';
import { can, cannot, fixable, flags } from '../../support/reports.ts';

/** Cannot start by itself until somebody accepts the terms; everything else it can. */
const blocked = flags({ start: fixable('terms'), smart_charge: fixable('terms') });
const minutes = 60;
const abilities = ({ can_start, can_stop, can_locate, can_smart_charge }: ReturnType<ChargerCase['state']>) => ({
  can_start,
  can_stop,
  can_locate,
  can_smart_charge,
});
const all = (value: boolean) => ({ can_start: value, can_stop: value, can_locate: value, can_smart_charge: value });
const by = ({ can_start_by, can_stop_by, can_locate_by, can_smart_charge_by }: ReturnType<ChargerCase['state']>) => [
  can_start_by,
  can_stop_by,
  can_locate_by,
  can_smart_charge_by,
];

/** Three occasions, half an hour apart. */
async function failThrice(s: ChargerCase): Promise<void> {
  for (let occasion = 0; occasion < 3; occasion++) {
    await s.failToStart();
    await s.advance(31 * minutes);
  }
}

/** Seen beside its charger with something to be fixed; then Enode unlocks: whether it was fixed nobody knows, so it is asked. */
const failing = async () => {
  const s = await vehicleFirst({ own: blocked, help: 'ids' });
  await s.linkBox();
  s.help = 'on';
  await s.carSays();
  return s;
};

describe.each(helps)('8.1, R7 what a linked charger provides, Enode’s help: %s', (help) => {
  it('start, stop, location and smart charging, as soon as it is linked, unplugged', async () => {
    const s = await vehicleFirst({ help });
    expect(abilities(s.state())).toEqual(all(false));
    expect(by(s.state())).toEqual([null, null, null, null]);
    await s.linkBox();
    expect(abilities(s.state())).toEqual(all(true));
    expect(by(s.state())).toEqual(['charger', 'charger', 'charger', 'charger']);
  });
  it('persists while both stay linked: plugged in, unplugged again, over a restart', async () => {
    const s = await vehicleFirst({ help });
    await s.linkBox();
    await s.plugIn();
    await s.unplug();
    expect(s.state()).toMatchObject({ ...all(true), reason_code: 'unplugged' });
    await s.order('car', { kind: 'mode', mode: 'now' });
    expect(s.state()).toMatchObject({ smart_charging: 'waiting', reason_code: 'unplugged' });
    await s.restart();
    expect(abilities(s.state())).toEqual(all(true));
  });
  it('ends with the link, and what was suppressed is shown again', async () => {
    const s = await vehicleFirst({ own: blocked, help });
    expect(s.state()).toMatchObject({ can_start: false, interventions: 'terms', action_needed: true });
    await s.linkBox();
    expect(s.state()).toMatchObject({ can_start: true, can_start_by: 'charger', interventions: null });
    expect(s.state().can_stop_by).toBe('vehicle');
    await s.unplug();
    expect(s.state().interventions).toBeNull();
    await s.advance(60);
    // Enode itself may still tell the unlocked flags.
    await s.tell({ kind: 'listed', assets: 'charger', users: ['home'], ids: [] });
    expect(s.state()).toMatchObject({ can_start: false, can_start_by: null, interventions: 'terms' });
    await s.dropBox();
    expect(s.state()).toMatchObject({ can_start: false, can_start_by: null, interventions: 'terms' });
  });
});

describe('R7 where Enode unlocks nothing, our own words', () => {
  it('start and stop: a linked charger of the user can', async () => {
    const s = await vehicleFirst({ help: 'off' });
    await s.linkBox({ flags: flags({ start: cannot, locate: null, smart_charge: null }) });
    expect(abilities(s.state())).toEqual({
      can_start: false,
      can_stop: true,
      can_locate: true,
      can_smart_charge: false,
    });
  });
  it('location: the charger has a place, marked here or at Enode', async () => {
    const s = await vehicleFirst({ help: 'off', settings: { chargerPlaces: {} } });
    await s.linkBox();
    expect(abilities(s.state())).toEqual({
      can_start: true,
      can_stop: true,
      can_locate: false,
      can_smart_charge: false,
    });
    await s.box({ power: 'unplugged', locationId: 'garage' });
    expect(abilities(s.state())).toEqual(all(true));
  });
  it('any charger of the user, each capability by whichever has it', async () => {
    const s = await vehicleFirst({ help: 'off' });
    await s.linkBox({ flags: flags({ start: cannot }) });
    await s.box({ id: 'other', flags: flags({ stop: cannot }) });
    expect(s.state()).toMatchObject({ can_start: true, can_stop: true });
  });
  it('Enode’s own no to smart charging counts for a vehicle that needs no charger', async () => {
    const s = await vehicleFirst({ own: flags({ smart_charge: cannot }), help: 'off' });
    expect(s.state().can_smart_charge).toBe(false);
  });
});

describe('R7 an invalid pair', () => {
  it('three failed commands while unplugged, half an hour apart, within a week: capabilities return to false', async () => {
    const s = await failing();
    await failThrice(s);
    expect(s.state()).toMatchObject({
      pairing: 'invalid',
      can_start: false,
      can_start_by: null,
      can_smart_charge: false,
      interventions: 'terms',
      action_needed: true,
      pairing_evidence: expect.stringMatching(/does not hold any more: commands failed again and again/),
    });
    expect(s.state('box').pairing).toBe('invalid');
    // What it can by itself it still can.
    expect(s.state()).toMatchObject({ can_stop: true, can_stop_by: 'vehicle', can_locate: true });
  });
  it('says so, and survives a restart', async () => {
    const s = await failing();
    await failThrice(s);
    for (const _run of [1, 2]) {
      expect(s.state()).toMatchObject({ can_start: false, pairing: 'invalid' });
      await s.advance(61 * minutes);
      expect(s.state().reason_code).toBe('pairing_invalid');
      expect(s.state().reason).toMatch(/^The pair with Easee Home does not hold any more.*Plug in there/);
      await s.restart();
      await s.carSays();
    }
    await s.order('car', { kind: 'mode', mode: 'now' });
    expect(s.state().smart_charging).toBe('blocked');
  });
  it('what nobody knows is still asked of the vehicle, and obedience proves its own capability (R5)', async () => {
    const s = await failing();
    await failThrice(s);
    await s.charging('start');
    await s.action(await s.accept(), { state: 'confirmed' });
    expect(s.state()).toMatchObject({
      can_start: true,
      can_start_by: 'vehicle',
      interventions: null,
      pairing: 'invalid',
    });
  });

  it.each([
    ['close together: one occasion', [1, 1, 1, 1], false],
    ['two occasions', [31, 31], false],
    ['three occasions', [31, 31, 31], true],
    ['spread over more than a week', [31, 60 * 24 * 8, 31], false],
  ] as const)('%s', async (_name, pauses, isInvalid) => {
    const s = await failing();
    for (const pause of pauses) {
      await s.failToStart();
      await s.advance(pause * minutes);
      await s.carSays();
    }
    expect(s.state().pairing === 'invalid').toBe(isInvalid);
  });
  it('failures while plugged in do not count, neither do refusals and cancelled actions', async () => {
    const s = await failing();
    await s.plugIn();
    await failThrice(s);
    expect(s.state().pairing).toBe('activated');
    await s.unplug();
    for (let occasion = 0; occasion < 3; occasion++) {
      await s.charging('start');
      await s.answer({ kind: 'refused', status: 400, title: 'No', detail: null, retryAt: null });
      await s.advance(31 * minutes);
      await s.carSays();
      await s.charging('start');
      const action = await s.accept();
      await s.action(action, { state: 'cancelled', failure: { type: 'FAILED_PRECONDITION', detail: null } });
      await s.advance(31 * minutes);
      await s.carSays();
    }
    expect(s.state().pairing).toBe('established');
  });
  it('hits the pair activated last; a capability holds while any valid pair gives it', async () => {
    const s = await failing();
    await s.box({ id: 'other', power: 'unplugged' });
    await s.plugIn();
    await s.unplug();
    await failThrice(s);
    expect(s.state()).toMatchObject({ pairing: 'invalid', can_start: true });
    expect([s.state('box').pairing, s.state('other').pairing]).toEqual(['invalid', 'established']);
  });
  it('hits all of the vehicle’s where none was ever activated', async () => {
    const s = await failing();
    await s.box({ id: 'other', power: 'unplugged' });
    await failThrice(s);
    expect(s.state().can_start).toBe(false);
    expect([s.state('box').pairing, s.state('other').pairing]).toEqual(['invalid', 'invalid']);
  });

  it('heals on activation', async () => {
    const s = await failing();
    await failThrice(s);
    await s.plugIn();
    expect(s.state()).toMatchObject({ pairing: 'activated', can_start: true, interventions: null });
    await s.unplug();
    expect(s.state()).toMatchObject({ pairing: 'established', can_start: true });
  });
  it('heals on a confirmed action through that charger', async () => {
    const s = await failing();
    await s.plugIn();
    await s.order('car', { kind: 'charging', want: 'start', anywhere: false, route: 'charger' });
    expect(s.told()).toEqual(['START box']);
    const action = await s.accept();
    await s.unplug();
    await s.carSays({ flags: blocked });
    expect(s.state().pairing).toBe('invalid');
    await s.action(action, { state: 'confirmed' });
    expect(s.state()).toMatchObject({ pairing: 'established', can_start: true });
  });
  it.each(['charger', 'vehicle'] as const)('heals on relinking the %s', async (kind) => {
    const s = await failing();
    await failThrice(s);
    await s.tell({ kind: 'listed', assets: kind, users: ['home'], ids: [] });
    if (kind === 'charger') await s.box({ power: 'unplugged' });
    await s.carSays({ flags: unlocked });
    expect(s.state()).toMatchObject({ pairing: 'established', can_start: true, interventions: null });
  });
  it('heals on logging in anew', async () => {
    const s = await failing();
    const login = (invalidVendors: string[]) =>
      s.tell({ kind: 'user_reported', user: 'home', invalidVendors, known: true });
    await login(['EASEE']);
    await failThrice(s);
    expect(s.state().pairing).toBe('invalid');
    await login([]);
    expect(s.state().pairing).toBe('established');
  });
});

describe('R7 Enode withdrawing its flags', () => {
  it('ends the pair, with its reason; Enode giving them back heals it', async () => {
    const s = await vehicleFirst();
    await s.linkBox();
    await s.carSays({ flags: incapable });
    expect(s.state()).toMatchObject({ ...all(false), pairing: 'invalid', reason_code: 'pairing_invalid' });
    expect(s.state().reason).toMatch(/Enode took back what it had unlocked/);
    expect(s.state().onboarding).toBe('charger_required');
    expect(await s.charging('start')).toMatchObject({
      ok: false,
      reason: { code: 'refused_charger_required', params: { step: 'plug_in' } },
    });
    await s.advance(60);
    await s.carSays();
    expect(s.state()).toMatchObject({ ...all(true), pairing: 'established' });
  });
  it('while activated the pair proves itself: the charger still provides', async () => {
    const s = await vehicleFirst();
    await s.linkBox();
    await s.plugIn();
    await s.advance(60);
    await s.carSays({ flags: incapable });
    expect(s.state()).toMatchObject({ ...all(true), pairing: 'activated' });
  });
  it('what was never unlocked is no withdrawal, nor a location that goes with the charger’s place', async () => {
    const s = await vehicleFirst({ help: 'ids' });
    await s.linkBox();
    await s.carSays();
    expect(s.state().pairing).toBe('established');
    const t = await vehicleFirst();
    await t.linkBox();
    await t.carSays({ flags: { ...unlocked, locate: cannot, smart_charge: cannot } });
    expect(t.state().pairing).toBe('established');
  });
  it('what the vehicle could by itself is no withdrawal: the charger stands in', async () => {
    const s = await vehicleFirst({ own: flags() });
    await s.linkBox();
    await s.carSays({ flags: flags({ start: fixable('terms') }) });
    expect(s.state()).toMatchObject({
      pairing: 'established',
      can_start: true,
      can_start_by: 'charger',
      interventions: null,
    });
  });
});

describe('R7 what rests and what is shown', () => {
  it('an intervention that also blocks something nobody provides is shown', async () => {
    const s = await vehicleFirst({
      own: flags({ start: fixable('terms'), locate: fixable('terms', 'gps'), smart_charge: fixable('terms', 'gps') }),
      help: 'off',
      settings: { chargerPlaces: {} },
    });
    await s.linkBox();
    expect(s.state().interventions).toBe('gps · terms');
    await s.box({ power: 'unplugged', locationId: 'garage' });
    expect(s.state().interventions).toBeNull();
  });
  it('a charger’s own are the charger’s', async () => {
    const s = await vehicleFirst({ help: 'off' });
    await s.linkBox({ flags: flags({ start: fixable('breaker'), locate: null, smart_charge: null }) });
    expect(s.state()).toMatchObject({ can_start: false, interventions: null });
  });
  it('of a user’s other vehicle nothing changes', async () => {
    const s = await failing();
    await s.car({ id: 'second', power: 'unplugged', flags: flags({ start: can }) });
    await failThrice(s);
    expect(s.state('second')).toMatchObject({ pairing: 'established', can_start: true });
    expect(s.state('box').pairing).toBe('established');
  });
});
