// Wishes of a mode: made once, kept through restarts and unproven moments, dropped when it is decided otherwise.
import { describe, expect, it } from 'vitest';
import { numbers } from '../../../src/domain/numbers.ts';
import { answered, farPoint } from '../../support/reports.ts';
import { lostAnswer, refused, type Stage, stage, unsent } from '../../support/stage.ts';

const now = async (settings = {}): Promise<Stage> => {
  const s = await stage({ settings });
  await s.order('car', { kind: 'mode', mode: 'now' });
  return s;
};

describe('an automatic wish', () => {
  it('keeps the dwell after a STOP that never left, and trips no interlock', async () => {
    const s = await stage();
    await s.car({ power: 'charging' });
    await s.order('car', { kind: 'mode', mode: 'off' });
    await s.answer(unsent);
    await s.advance(10);
    await s.car();
    await s.order('car', { kind: 'mode', mode: 'now' });
    await s.advance(240);
    expect(s.told()).toEqual(['STOP car']);
    await s.car();
    await s.advance(150);
    expect([s.told(), s.errors]).toEqual([['STOP car', 'START car'], []]);
  });

  it('keeps the dwell after a STOP that was repeated in doubt, and trips no interlock', async () => {
    const s = await stage();
    await s.car({ power: 'charging' });
    await s.order('car', { kind: 'mode', mode: 'off' });
    await s.answer(lostAnswer);
    await s.restart();
    await s.advance(240);
    await s.tell({ kind: 'request_ended', request: answered(s.now()) });
    await s.car({ power: 'charging' });
    await s.answer(lostAnswer);
    const repeatedAt = s.now();
    await s.advance(60);
    await s.car();
    await s.order('car', { kind: 'mode', mode: 'now' });
    while (s.now() - repeatedAt < numbers.dwellMs) {
      expect(s.told()).toEqual(['STOP car', 'STOP car']);
      await s.advance(30);
      await s.car();
    }
    await s.advance(90);
    expect([s.told(), s.errors]).toEqual([['STOP car', 'STOP car', 'START car'], []]);
  });

  it('is sent once, and not again after its confirmation while the newest report is from before', async () => {
    const s = await now();
    await s.action(await s.accept(), { state: 'confirmed' });
    await s.advance(120);
    await s.car({ power: 'stopped' }, 125);
    expect(s.told()).toEqual(['START car']);
  });

  it('survives a restart while pending: followed, not cancelled, not sent again', async () => {
    const s = await now();
    const action = await s.accept();
    await s.restart();
    await s.advance(30);
    await s.tell({ kind: 'request_ended', request: answered(s.now()) });
    await s.car();
    await s.advance(60);
    expect([s.told(), s.cancels]).toEqual([['START car'], []]);
    await s.action(action, { state: 'confirmed' });
    expect(s.state().command).toBe('confirmed');
  });

  it('pending, and our clock jumps: left as it is, neither cancelled nor sent again', async () => {
    const s = await now();
    await s.accept();
    await s.tell({ kind: 'clock_jumped' });
    await s.advance(30);
    expect([s.told(), s.cancels]).toEqual([['START car'], []]);
  });

  it('a pending START is taken back when the mode becomes manual', async () => {
    const s = await now();
    await s.accept();
    await s.order('car', { kind: 'mode', mode: 'manual' });
    expect(s.cancels).toHaveLength(1);
    expect(s.state().command).toBe('cancelled');
  });

  it('a pending START is taken back when the car leaves home', async () => {
    const s = await now();
    await s.accept();
    await s.advance(60);
    await s.car({ power: 'unplugged', position: farPoint });
    expect(s.cancels).toHaveLength(1);
  });

  it('off after now within the dwell: cancels, stops, and breaches nothing', async () => {
    const s = await now();
    await s.action(await s.accept(), { state: 'confirmed' });
    await s.advance(20);
    await s.car({ power: 'charging' });
    await s.order('car', { kind: 'mode', mode: 'off' });
    expect(s.told()).toEqual(['START car', 'STOP car']);
    expect(s.state('bridge').problem).toBe(false);
  });

  it('now after an automatic stop waits for the dwell, also when that stop was only ever in doubt', async () => {
    for (const inDoubt of [false, true]) {
      const s = await stage();
      await s.advance(30);
      await s.car({ power: 'charging' });
      await s.order('car', { kind: 'mode', mode: 'off' });
      if (inDoubt) await s.answer({ kind: 'doubtful', why: 'reset' });
      else await s.action(await s.accept(), { state: 'confirmed' });
      await s.advance(10);
      await s.car({ power: 'stopped' });
      await s.order('car', { kind: 'mode', mode: 'now' });
      await s.advance(200);
      expect(s.told()).toEqual(['STOP car']);
      await s.advance(180);
      await s.car({ power: 'stopped' });
      await s.advance(10);
      expect(s.told()).toEqual(['STOP car', 'START car']);
      expect(s.state('bridge').problem).toBe(false);
    }
  });

  it('no retry storm after a refusal', async () => {
    for (const status of [400, 403, 404, 422]) {
      const s = await now();
      await s.answer(refused(status));
      for (let n = 0; n < 24; n++) {
        await s.advance(300);
        await s.car();
      }
      expect([status, s.sent.length]).toEqual([status, 1]);
    }
  });

  it('a person’s word on the other switch does not use up the mode’s tries', async () => {
    const s = await now();
    await s.accept();
    await s.charging('start');
    await s.order('car', { kind: 'resume' });
    expect(s.loop.decision('car')?.reason.code).not.toBe('exhausted');
  });

  it('only watching: decided and said, nothing sent', async () => {
    const s = await now({ observeOnly: true });
    await s.advance(600);
    expect(s.sent).toEqual([]);
    expect(s.state().reason_code).toBe('observe_only');
  });
});
