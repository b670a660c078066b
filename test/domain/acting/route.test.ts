// R5 for `enode` routing: which device a command goes to, and what is learnt of a car's own abilities.
import { describe, expect, it } from 'vitest';
import { answered, can, cannot, fixable, flags, type vehicle } from '../../support/reports.ts';
import { readyPair, refused, type Stage, stage } from '../../support/stage.ts';

const own = (s: Stage) => s.loop.view().get('vehicle', 'car')!.own;

/** A charger is linked from the first moment, so that flags that are true say nothing. */
async function withCharger(over: Parameters<typeof vehicle>[0] = {}, settings = {}): Promise<Stage> {
  const s = await stage({ bare: true, settings });
  await s.tell({ kind: 'request_ended', request: answered(s.now()) });
  await s.box();
  await s.tell({ kind: 'listed', assets: 'charger', users: ['home'], ids: ['box'] });
  await s.car(over);
  return s;
}

describe('R5 own capability', () => {
  it('is learnt from flags seen while no charger was linked, and kept', async () => {
    const s = await stage();
    expect(own(s)).toMatchObject({ start: 'yes', stop: 'yes' });
    await s.advance(60);
    await readyPair(s);
    expect(own(s)).toMatchObject({ start: 'yes', stop: 'yes' });
  });

  it('flags that are true with a charger linked say nothing', async () => {
    expect(own(await withCharger())).toMatchObject({ start: 'unknown', stop: 'unknown' });
  });

  it('from a CONFIRMED action while not activated', async () => {
    const s = await withCharger();
    await s.charging('start');
    await s.action(await s.accept(), { state: 'confirmed' });
    expect(own(s)).toMatchObject({ start: 'yes', stop: 'unknown' });
  });

  it('not from one while activated: the charger may have done it', async () => {
    const s = await withCharger();
    await s.advance(1);
    await readyPair(s);
    await s.charging('start');
    await s.action(await s.accept(), { state: 'confirmed' });
    expect(own(s)).toMatchObject({ start: 'unknown' });
  });

  it('from a not-capable answer while not activated; then refused here with the step', async () => {
    const s = await withCharger();
    await s.charging('start');
    await s.answer(refused(400));
    await s.advance(1);
    await s.car();
    expect(own(s)).toMatchObject({ start: 'no' });
    const reply = await s.charging('start');
    expect(reply).toMatchObject({ ok: false, reason: { code: 'refused_incapable', params: { step: 'plug_in' } } });
    expect(s.sent).toHaveLength(1);
  });

  describe('that was learnt as "no" while its charger stays linked', () => {
    const insist = (s: Stage, route: 'vehicle' | null = 'vehicle') =>
      s.order('car', { kind: 'charging', want: 'start', anywhere: false, route }, 'verb');
    const unable = async (): Promise<Stage> => {
      const s = await withCharger();
      await s.charging('start');
      await s.answer(refused(400));
      await s.advance(1);
      await s.car();
      expect(own(s)).toMatchObject({ start: 'no' });
      await s.advance(600);
      await s.car();
      return s;
    };

    it('is asked again when a person insists on the vehicle: an update may have taught it', async () => {
      const s = await unable();
      expect(await insist(s)).toMatchObject({ ok: true });
      expect(s.sent.at(-1)).toMatchObject({ target: 'car', targetKind: 'vehicle' });
      await s.action(await s.accept(), { state: 'confirmed' });
      expect(own(s)).toMatchObject({ start: 'yes' });
      await s.car({ power: 'charging' });
      expect(s.state()).toMatchObject({ can_start: true, can_start_by: 'vehicle' });
    });

    it('stays "no" when Enode refuses again, and that is explained', async () => {
      const s = await unable();
      await insist(s);
      await s.answer(refused(400));
      await s.advance(1);
      await s.car();
      expect(own(s)).toMatchObject({ start: 'no' });
      expect(s.state()).toMatchObject({ command: 'refused', reason_code: 'enode_incapable' });
      expect(await insist(s, null)).toMatchObject({ ok: false, reason: { code: 'refused_incapable' } });
    });

    it('is not asked by a switch or by a mode', async () => {
      const s = await unable();
      const sent = s.sent.length;
      expect(await s.charging('start')).toMatchObject({ ok: false, reason: { code: 'refused_incapable' } });
      await s.order('car', { kind: 'mode', mode: 'now' });
      await s.advance(1200);
      expect(s.sent).toHaveLength(sent);
    });
  });

  it('also from an action that ended for a precondition, when nothing but the ability is left', async () => {
    for (const [over, word] of [
      [{}, 'no'],
      [{ reachable: false }, 'unknown'],
      [{ power: 'complete' as const }, 'unknown'],
    ] as const) {
      const s = await withCharger();
      await s.charging('start');
      const action = await s.accept();
      await s.advance(30);
      await s.car(over);
      await s.action(action, { state: 'cancelled', failure: { type: 'FAILED_PRECONDITION', detail: 'No device.' } });
      expect(own(s)).toMatchObject({ start: word });
    }
  });

  it('not from one while activated', async () => {
    const s = await withCharger();
    await s.advance(1);
    await readyPair(s);
    await s.charging('start');
    await s.answer(refused(400));
    await s.advance(200);
    expect(own(s)).toMatchObject({ start: 'unknown' });
  });

  it('unknown is sent to the Vehicle API', async () => {
    const s = await withCharger();
    await s.charging('start');
    expect(s.sent).toMatchObject([{ target: 'car', targetKind: 'vehicle' }]);
  });
});

describe('R5 no and not activated: the step', () => {
  it.each([
    ['a fixable intervention', { start: fixable('terms') }, [], 'fix'],
    ['a charger linked, not plugged in there', { start: cannot }, ['box'], 'plug_in'],
  ] as const)('%s', async (_name, over, chargers, step) => {
    const s = await stage({ bare: true });
    if (chargers.length > 0) await s.box();
    await s.tell({ kind: 'listed', assets: 'charger', users: ['home'], ids: chargers });
    await s.car({ flags: flags(over) });
    expect(await s.charging('start')).toMatchObject({
      ok: false,
      reason: { code: 'refused_incapable', params: { step } },
    });
    expect(s.sent).toEqual([]);
  });

  it('activated, and Enode unlocked it: sent to the Vehicle API', async () => {
    const s = await withCharger({ flags: flags({ start: cannot }) });
    await s.advance(1);
    await s.box({ pluggedInVehicleId: 'car' });
    await s.car({ pluggedInChargerId: 'box', flags: flags({ start: can }) });
    await s.charging('start');
    expect(s.sent).toMatchObject([{ target: 'car' }]);
    expect(s.state()).toMatchObject({ route: 'enode' });
  });

  it('activated, but Enode did not unlock it: ask Enode', async () => {
    const s = await withCharger({ flags: flags({ start: cannot }) });
    await s.advance(1);
    await s.box({ pluggedInVehicleId: 'car' });
    await s.car({ pluggedInChargerId: 'box', flags: flags({ start: cannot }) });
    expect(await s.charging('start')).toMatchObject({ reason: { params: { step: 'ask_enode' } } });
  });

  it('a lingering pair does not lend its charger (R6): routed to the vehicle only', async () => {
    const s = await withCharger();
    await s.advance(1);
    await readyPair(s);
    await s.advance(60);
    await s.box({ power: 'stopped', charge: { plugged: true } });
    await s.car({ pluggedInChargerId: null, reachable: false }, 0);
    await s.charging('start');
    expect(s.told()).toEqual(['START car']);
    expect(s.state().route).toBe('vehicle');
  });
});

describe('R5 consent to the Charger API', () => {
  it('while a user has both linked, the first write is refused until it was given', async () => {
    const s = await withCharger({}, { allowChargerCommands: false });
    expect(await s.charging('start', { subject: 'box' })).toMatchObject({
      ok: false,
      reason: { code: 'refused_consent' },
    });
    await s.order('site', { kind: 'allow_charger_commands', on: true });
    expect(await s.charging('start', { subject: 'box' })).toMatchObject({ ok: true });
    expect(s.told()).toEqual(['START box']);
  });

  it('by any path: also by a route that a person named', async () => {
    const s = await withCharger({}, { allowChargerCommands: false });
    await s.advance(1);
    await readyPair(s);
    const order = { kind: 'charging', want: 'start', anywhere: false, route: 'charger' } as const;
    expect(await s.order('car', order, 'verb')).toMatchObject({ ok: false, reason: { code: 'refused_consent' } });
    await s.order('site', { kind: 'allow_charger_commands', on: true });
    expect(await s.order('car', order, 'verb')).toMatchObject({ ok: true });
    expect(s.told()).toEqual(['START box']);
  });

  it('withdrawn while in doubt: the repeat is not sent', async () => {
    const s = await withCharger({}, { allowChargerCommands: false });
    await s.order('site', { kind: 'allow_charger_commands', on: true });
    await s.charging('start', { subject: 'box' });
    await s.answer({ kind: 'doubtful', why: 'reset' });
    await s.order('site', { kind: 'allow_charger_commands', on: false });
    await s.advance(60);
    await s.box();
    await s.advance(600);
    expect(s.sent).toHaveLength(1);
  });

  it('a user without vehicles needs none', async () => {
    const s = await stage({ bare: true, settings: { allowChargerCommands: false } });
    await s.box();
    await s.tell({ kind: 'listed', assets: 'vehicle', users: ['home'], ids: [] });
    expect(await s.charging('start', { subject: 'box' })).toMatchObject({ ok: true });
  });

  it('chargers that were listed before the vehicles: nobody knows yet, so nothing is written without it', async () => {
    const s = await stage({ bare: true, settings: { allowChargerCommands: false, chargerPlaces: { box: 'home' } } });
    await s.tell({ kind: 'request_ended', request: answered(s.now()) });
    await s.advance(1);
    await s.box();
    await s.tell({ kind: 'listed', assets: 'charger', users: ['home'], ids: ['box'] });
    const refusal = { ok: false, reason: { code: 'refused_consent' } };
    expect(await s.charging('start', { subject: 'box' })).toMatchObject(refusal);
    await s.order('box', { kind: 'mode', mode: 'now' });
    expect(s.loop.decision('box')?.reason.code).toBe('charger_held');
    await s.advance(60);
    expect(s.told()).toEqual([]);
    await s.tell({ kind: 'listed', assets: 'vehicle', users: ['home'], ids: [] });
    expect(s.told()).toEqual(['START box']);
  });

  it('a route to a charger that the car is not activated at is refused', async () => {
    const s = await withCharger();
    const order = { kind: 'charging', want: 'start', anywhere: false, route: 'charger' } as const;
    expect(await s.order('car', order, 'verb')).toMatchObject({ ok: false, reason: { code: 'refused_not_paired' } });
  });
});

describe('R5 while activated both switches command one loadpoint', () => {
  it('a new command first cancels the other asset’s pending action', async () => {
    const s = await withCharger();
    await s.advance(1);
    await readyPair(s);
    await s.charging('start');
    const action = await s.accept();
    await s.charging('stop', { subject: 'box' });
    expect(s.told()).toEqual(['START car']);
    expect(s.cancels).toMatchObject([{ target: 'car', action: action.id }]);
    expect(s.state('car').command).toBe('superseded');
    await s.tell({
      kind: 'cancel_answered',
      attempt: s.cancels[0]!.attempt,
      target: 'car',
      answer: { kind: 'ended', action: { ...action, state: 'confirmed' } },
    });
    expect(s.told()).toEqual(['START car', 'STOP box']);
  });

  it('a command to the charger runs on the charger only, and the vehicle shows the result', async () => {
    const s = await withCharger();
    await s.advance(1);
    await readyPair(s);
    await s.charging('start', { subject: 'box' });
    const action = await s.accept();
    expect(s.state()).toMatchObject({ charging: true, command: 'pending', route: 'charger' });
    expect(s.state().reason).toMatch(/^Enode took the request to start charging Easee Home/);
    await s.advance(5);
    await s.action(action, { state: 'failed', failure: { type: 'NO_RESPONSE', detail: null } });
    expect(s.told()).toEqual(['START box']);
    expect(s.state()).toMatchObject({ charging: false, command: 'failed', reason_code: 'no_response' });
    expect(s.state().command_result).toMatch(/\(Easee Home\)/);
    // Its own next command takes the place of that; and one that was refused at the charger is told there only.
    await s.advance(1);
    await s.charging('start');
    expect(s.state()).toMatchObject({ command: 'requested', route: 'enode' });
    expect(s.state('box')).toMatchObject({ charging: true, command: 'requested' });
    await s.advance(1);
    await s.restart({ allowChargerCommands: false });
    await s.charging('stop', { subject: 'box' });
    expect(s.state('box').command).toBe('refused');
    expect(s.state().command).not.toBe('refused');
  });

  it('apart again, each shows its own', async () => {
    const s = await withCharger();
    await s.advance(1);
    await readyPair(s);
    await s.charging('start', { subject: 'box' });
    await s.action(await s.accept(), { state: 'confirmed' });
    expect(s.state().command).toBe('confirmed');
    await s.advance(60);
    await s.box({ power: 'unplugged' });
    await s.car({ power: 'unplugged', pluggedInChargerId: null });
    expect(s.state().command).toBe('idle');
    expect(s.state('box').command).toBe('confirmed');
  });

  it('also while the pair only lingers: never two opposite in flight on one cable', async () => {
    const s = await withCharger();
    await s.advance(1);
    await readyPair(s);
    await s.charging('start', { subject: 'box' });
    await s.accept();
    await s.advance(60);
    await s.box({ charge: { plugged: true } });
    await s.car({ pluggedInChargerId: null, reachable: false });
    await s.charging('stop');
    expect(s.told()).toEqual(['START box']);
    expect(s.cancels).toMatchObject([{ target: 'box' }]);
    expect(s.state('bridge').problem).toBe(false);
  });

  it('a pair that came apart leaves no breach behind', async () => {
    const s = await withCharger();
    await s.advance(1);
    await readyPair(s);
    await s.charging('start', { subject: 'box' });
    await s.accept();
    await s.advance(60);
    await s.box({ power: 'unplugged' });
    await s.car({ power: 'stopped', pluggedInChargerId: null });
    await s.charging('start');
    expect(s.told()).toEqual(['START box', 'START car']);
    expect(s.state('bridge').problem).toBe(false);
  });

  it('the charger’s mode sleeps, and no mode reaches a charger that is occupied but not activated', async () => {
    const s = await withCharger({}, { chargerPlaces: { box: 'home' } });
    await s.order('box', { kind: 'mode', mode: 'now' });
    await s.advance(60);
    await s.box();
    expect(s.sent).toEqual([]);
    expect(s.loop.decision('box')?.reason.code).toBe('charger_held');
    await readyPair(s);
    expect(s.loop.decision('box')?.reason.code).toBe('charger_sleeps');
    expect(s.sent).toEqual([]);
  });

  it('a vehicle’s mode goes to the Vehicle API, never to the charger', async () => {
    const s = await withCharger();
    await s.advance(1);
    await readyPair(s);
    await s.order('car', { kind: 'mode', mode: 'now' });
    expect(s.told()).toEqual(['START car']);
  });
});
