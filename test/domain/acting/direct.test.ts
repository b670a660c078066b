// R3: what a person or an automation asks of an asset directly.
import { describe, expect, it } from 'vitest';
import { instant } from '../../../src/domain/instant.ts';
import { numbers } from '../../../src/domain/numbers.ts';
import { farPoint } from '../../support/reports.ts';
import { readyPair, refused, stage } from '../../support/stage.ts';

describe('R3 direct commands', () => {
  it('bypass decide: START and STOP are sent at once in mode manual', async () => {
    const s = await stage();
    expect(await s.charging('start')).toMatchObject({ ok: true, command: 'requested' });
    expect(s.told()).toEqual(['START car']);
    expect(s.state()).toMatchObject({ charging: true, command: 'requested' });
  });

  it('guards never delay a person: opposite toggles follow each other at once', async () => {
    const s = await stage();
    await s.charging('start');
    const action = await s.accept();
    await s.action(action, { state: 'confirmed' });
    await s.charging('stop');
    expect(s.told()).toEqual(['START car', 'STOP car']);
  });

  it('a STOP right after a confirmed START is sent although the newest report still says stopped', async () => {
    const s = await stage();
    await s.charging('start');
    await s.action(await s.accept(), { state: 'confirmed' });
    const reply = await s.charging('stop');
    expect(reply).toMatchObject({ ok: true, command: 'requested' });
    expect(s.told()).toEqual(['START car', 'STOP car']);
  });

  it('a START right after a confirmed START is told as being so already, not sent', async () => {
    const s = await stage();
    await s.charging('start');
    await s.action(await s.accept(), { state: 'confirmed' });
    expect(await s.charging('start')).toMatchObject({ command: 'confirmed', reason: { code: 'already' } });
    expect(s.told()).toEqual(['START car']);
  });

  it('a command goes to the asset named: the charger only by its own switch', async () => {
    const s = await stage();
    await readyPair(s);
    await s.charging('start', { subject: 'box' });
    expect(s.told()).toEqual(['START box']);
    expect(s.state('box')).toMatchObject({ command: 'requested' });
  });

  describe('STOP while away', () => {
    const away = async (settings = {}) => {
      const s = await stage({ settings });
      await s.advance(60);
      await s.car({ power: 'charging', position: farPoint });
      return s;
    };
    it('STOP while away is refused', async () => {
      const s = await away();
      expect(await s.charging('stop')).toMatchObject({
        ok: false,
        command: 'refused',
        reason: { code: 'refused_away' },
      });
      expect(s.sent).toEqual([]);
    });
    it('with anywhere: true it is obeyed', async () => {
      const s = await away();
      await s.charging('stop', { anywhere: true, from: 'verb' });
      expect(s.told()).toEqual(['STOP car']);
    });
    it('from the page it is obeyed', async () => {
      const s = await away();
      await s.charging('stop', { from: 'page' });
      expect(s.told()).toEqual(['STOP car']);
    });
    it('with the option stop_away it is obeyed', async () => {
      const s = await away({ stopAway: true });
      await s.charging('stop');
      expect(s.told()).toEqual(['STOP car']);
    });
    it('START is obeyed', async () => {
      const s = await stage();
      await s.advance(60);
      await s.car({ position: farPoint });
      await s.charging('start');
      expect(s.told()).toEqual(['START car']);
    });
    it('at an unknown place STOP is obeyed', async () => {
      const s = await stage({ settings: { home: null } });
      await s.car({ power: 'charging' });
      await s.charging('stop');
      expect(s.told()).toEqual(['STOP car']);
    });
  });

  describe('while unplugged', () => {
    const unplugged = async () => {
      const s = await stage();
      await s.car({ power: 'unplugged', odometer: 1_000 });
      return s;
    };
    it('STOP is already true: confirmed, nothing sent', async () => {
      const s = await unplugged();
      expect(await s.charging('stop')).toMatchObject({ command: 'confirmed', reason: { code: 'already' } });
      expect(s.sent).toEqual([]);
    });
    it('START goes to the vehicle, and is cancelled if the plug-in that follows is not at home', async () => {
      const s = await unplugged();
      await s.charging('start');
      await s.accept();
      await s.advance(60);
      await s.car({ power: 'stopped', position: farPoint });
      expect(s.told()).toEqual(['START car']);
      expect(s.cancels).toHaveLength(1);
      expect(s.state()).toMatchObject({ command: 'cancelled' });
    });
    it('also from the page, and also while the request waits for its next try', async () => {
      const s = await unplugged();
      await s.charging('start', { from: 'page' });
      await s.answer({ kind: 'unsent', why: 'no name' });
      await s.advance(5);
      await s.car({ power: 'stopped', position: farPoint });
      await s.advance(300);
      expect(s.told()).toEqual(['START car']);
      expect(s.state()).toMatchObject({ command: 'cancelled' });
    });
    it('START asked again with anywhere goes on wherever the cable goes in', async () => {
      const s = await unplugged();
      await s.charging('start');
      await s.accept();
      await s.charging('start', { anywhere: true });
      await s.advance(60);
      await s.car({ power: 'stopped', position: farPoint });
      expect(s.told()).toEqual(['START car']);
      expect(s.cancels).toEqual([]);
      expect(s.state()).toMatchObject({ command: 'pending' });
    });
    it('plugged in at home the START goes on', async () => {
      const s = await unplugged();
      await s.charging('start');
      await s.accept();
      await s.advance(60);
      await s.car({ power: 'stopped' });
      expect(s.cancels).toEqual([]);
      expect(s.state()).toMatchObject({ command: 'pending' });
    });
    it('automatic modes send nothing', async () => {
      const s = await unplugged();
      await s.order('car', { kind: 'mode', mode: 'now' });
      await s.advance(3600);
      expect(s.sent).toEqual([]);
    });
  });

  describe('in manual a toggle is spent, never issued again', () => {
    it('once confirmed', async () => {
      const s = await stage();
      await s.charging('start');
      await s.action(await s.accept(), { state: 'confirmed' });
      await s.advance(30);
      await s.car({ power: 'charging' });
      await s.advance(30);
      await s.car({ power: 'stopped' });
      await s.advance(3600);
      await s.car({ power: 'stopped' });
      expect(s.told()).toEqual(['START car']);
    });
    it('once failed', async () => {
      const s = await stage();
      await s.charging('start');
      await s.action(await s.accept(), { state: 'failed', failure: { type: 'NO_RESPONSE', detail: null } });
      await s.car();
      await s.advance(3600);
      await s.car();
      expect(s.told()).toEqual(['START car']);
      expect(s.state()).toMatchObject({ command: 'failed', charging: false });
    });
    it('once refused', async () => {
      const s = await stage();
      await s.charging('start');
      await s.answer(refused(403));
      await s.advance(3600);
      await s.car();
      expect(s.told()).toEqual(['START car']);
      expect(s.state()).toMatchObject({ command: 'refused' });
    });
    it('once superseded', async () => {
      const s = await stage();
      await s.charging('start');
      const action = await s.accept();
      await s.charging('stop');
      await s.tell({
        kind: 'cancel_answered',
        attempt: s.cancels[0]!.attempt,
        target: 'car',
        answer: { kind: 'ended', action: { ...action, state: 'cancelled' } },
      });
      await s.advance(numbers.settleMs / 1000);
      expect(s.state()).toMatchObject({ command: 'confirmed', charging: false });
      await s.advance(3600);
      await s.car();
      expect(s.told()).toEqual(['START car']);
    });
  });

  describe('in any other mode it is an override until unplug', () => {
    it('resume ends it, and the mode acts again', async () => {
      const s = await stage();
      await s.order('car', { kind: 'mode', mode: 'off' });
      await s.charging('start');
      await s.action(await s.accept(), { state: 'confirmed' });
      await s.advance(30);
      await s.car({ power: 'charging' });
      await s.advance(1200);
      await s.car({ power: 'charging' });
      expect(s.told()).toEqual(['START car']);
      await s.order('car', { kind: 'resume' });
      expect(s.told()).toEqual(['START car', 'STOP car']);
    });
    it('what the cloud refused is not asked again by the override', async () => {
      const s = await stage();
      await s.order('car', { kind: 'mode', mode: 'off' });
      await s.charging('start');
      await s.answer(refused(403));
      await s.advance(7200);
      await s.car();
      await s.advance(600);
      expect(s.told()).toEqual(['START car']);
      expect(s.state().reason_code).toBe('off');
    });
    it('resume at the sleeping charger ends the override of the pair', async () => {
      const s = await stage();
      await readyPair(s);
      await s.order('car', { kind: 'mode', mode: 'off' });
      await s.charging('start');
      expect(s.loop.view().get('override', 'car')).toBeDefined();
      await s.order('box', { kind: 'resume' });
      expect(s.loop.view().get('override', 'car')).toBeUndefined();
    });
  });

  it('only watching: a direct command is refused with the reason', async () => {
    const s = await stage({ settings: { observeOnly: true } });
    expect(await s.charging('start')).toMatchObject({ ok: false, reason: { code: 'refused_observe_only' } });
    expect(s.sent).toEqual([]);
  });

  it('a setting is answered without the result of an old command', async () => {
    const s = await stage();
    await s.charging('start');
    await s.answer(refused(403));
    const reply = await s.order('car', { kind: 'target', percent: 80 });
    expect(reply).toMatchObject({ ok: true, command: null, reason: null });
  });

  describe('cancel', () => {
    it('takes back a pending action, asked by either switch of the pair', async () => {
      const s = await stage();
      await readyPair(s);
      await s.charging('start', { subject: 'box' });
      await s.accept();
      await s.order('car', { kind: 'cancel' });
      expect(s.cancels.map(({ target }) => target)).toEqual(['box']);
      expect(s.state('box')).toMatchObject({ command: 'cancelled' });
    });
    it('with nothing under way is refused', async () => {
      const s = await stage();
      expect(await s.order('car', { kind: 'cancel' })).toMatchObject({
        ok: false,
        reason: { code: 'refused_nothing_to_cancel' },
      });
    });
    it('an automatic start that a person cancels is not made anew in this plug-in', async () => {
      const s = await stage();
      await s.order('car', { kind: 'mode', mode: 'now' });
      const action = await s.accept();
      await s.order('car', { kind: 'cancel' });
      await s.tell({
        kind: 'cancel_answered',
        attempt: s.cancels[0]!.attempt,
        target: 'car',
        answer: { kind: 'ended', action: { ...action, state: 'cancelled' } },
      });
      await s.advance(900);
      await s.car();
      expect(s.told()).toEqual(['START car']);
    });
  });

  it('nobody may ask without end: the thirty-first request of an hour is refused, and nothing latches', async () => {
    const s = await stage();
    for (let n = 0; n < 40; n++) {
      await s.charging(n % 2 === 0 ? 'start' : 'stop');
      if (s.sent.length > 0 && s.state().command === 'requested') {
        await s.action(await s.accept(), { state: 'confirmed' });
      }
      await s.advance(10);
    }
    expect(s.sent).toHaveLength(30);
    expect(s.replies.at(-1)).toMatchObject({ ok: false, reason: { code: 'guard_wait' } });
    expect(s.state('bridge').problem).toBe(false);
  });
});

describe('R3 what was told as failed no longer rules', () => {
  it('a toggle that is repeated while it waits has its ten minutes anew', async () => {
    const s = await stage();
    await s.charging('start');
    await s.answer({
      kind: 'refused',
      status: 429,
      title: 'Too many',
      detail: null,
      retryAt: instant(s.now() + 590_000),
    });
    await s.advance(580);
    expect(await s.charging('start')).toMatchObject({ ok: true, command: 'requested' });
    await s.advance(60);
    expect(s.told()).toEqual(['START car', 'START car']);
    await s.answer({ kind: 'unsent', why: 'no name' });
    await s.advance(240);
    expect(s.told()).toEqual(['START car', 'START car', 'START car']);
  });

  it('a failed toggle ends its override: mode off stops what begins after all', async () => {
    const s = await stage();
    await s.order('car', { kind: 'mode', mode: 'off' });
    await s.charging('start');
    await s.answer(refused(403));
    expect(s.state()).toMatchObject({ command: 'refused' });
    expect(s.loop.view().get('override', 'car')).toBeUndefined();
  });

  it('its reason gives way to a mode that is chosen after it', async () => {
    const s = await stage();
    await s.charging('start');
    await s.answer(refused(403));
    expect(s.state().reason_code).toBe('enode_403');
    await s.advance(1);
    await s.order('car', { kind: 'mode', mode: 'off' });
    expect(s.state().reason_code).toBe('off');
  });

  it('a vehicle’s topic with a charger’s id names no vehicle', async () => {
    const s = await stage();
    const order = { kind: 'charging', want: 'start', anywhere: false, route: null } as const;
    await s.tell({
      kind: 'commanded',
      transaction: 't',
      subject: 'car',
      subjectKind: 'charger',
      order,
      from: 'switch',
    });
    expect(s.sent).toHaveLength(0);
    expect(s.replies.at(-1)).toMatchObject({ ok: false, reason: { code: 'refused_unknown_asset' } });
  });
});
