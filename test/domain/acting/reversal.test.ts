// R4: a reversed wish, deadlines and tries.
import { describe, expect, it } from 'vitest';
import type { CancelAnswer } from '../../../src/domain/fact.ts';
import { instant } from '../../../src/domain/instant.ts';
import { numbers } from '../../../src/domain/numbers.ts';
import type { ActionReport } from '../../../src/domain/report.ts';
import { refused, type Stage, stage, unsent } from '../../support/stage.ts';

const cancelled = (s: Stage, answer: CancelAnswer) =>
  s.tell({ kind: 'cancel_answered', attempt: s.cancels.at(-1)!.attempt, target: s.cancels.at(-1)!.target, answer });
const ended = (action: ActionReport, over: Partial<ActionReport>): CancelAnswer => ({
  kind: 'ended',
  action: { ...action, ...over },
});

describe('R4 a reversed wish', () => {
  const reversed = async () => {
    const s = await stage();
    await s.charging('start');
    const action = await s.accept();
    await s.advance(5);
    await s.charging('stop');
    return { s, action };
  };

  it('first cancels our pending action, and sends nothing meanwhile', async () => {
    const { s } = await reversed();
    expect(s.cancels).toHaveLength(1);
    expect(s.told()).toEqual(['START car']);
    expect(s.state()).toMatchObject({ command: 'requested', charging: false });
  });

  it('200: then compares; already so → confirmed without a request', async () => {
    const { s, action } = await reversed();
    await cancelled(
      s,
      ended(action, { state: 'cancelled', failure: { type: 'REQUESTED_CANCELLATION', detail: null } }),
    );
    expect(s.state()).toMatchObject({ command: 'requested', charging: false, reason_code: 'settling' });
    await s.advance(numbers.settleMs / 1000);
    expect(s.told()).toEqual(['START car']);
    expect(s.state()).toMatchObject({ command: 'confirmed', charging: false });
  });

  it('200: a report since then settles it at once, either way', async () => {
    for (const [power, told, command] of [
      ['stopped', ['START car'], 'confirmed'],
      ['charging', ['START car', 'STOP car'], 'requested'],
    ] as const) {
      const { s, action } = await reversed();
      await cancelled(s, ended(action, { state: 'cancelled' }));
      await s.advance(20);
      await s.car({ power });
      expect(s.told()).toEqual(told);
      expect(s.state()).toMatchObject({ command });
    }
  });

  it('for 30 min after, if the cancelled direction still happens, the opposite is sent once', async () => {
    const { s, action } = await reversed();
    await cancelled(s, ended(action, { state: 'cancelled' }));
    await s.advance(29 * 60);
    await s.car({ power: 'charging' });
    expect(s.told()).toEqual(['START car', 'STOP car']);
    await s.action(await s.accept(), { state: 'confirmed' });
    await s.advance(30);
    await s.car({ power: 'stopped' });
    await s.advance(30);
    await s.car({ power: 'charging' });
    expect(s.told()).toEqual(['START car', 'STOP car']);
  });

  it('after 30 min it is a hand on the car, not ours', async () => {
    const { s, action } = await reversed();
    await cancelled(s, ended(action, { state: 'cancelled' }));
    await s.advance(30 * 60);
    await s.car({ power: 'charging' });
    expect(s.told()).toEqual(['START car']);
  });

  it('409 CONFIRMED: it happened, so the opposite is sent', async () => {
    const { s, action } = await reversed();
    await cancelled(s, ended(action, { state: 'confirmed' }));
    expect(s.told()).toEqual(['START car', 'STOP car']);
  });

  it('409 FAILED: compares, and watches for it to happen after all', async () => {
    const { s, action } = await reversed();
    await cancelled(s, ended(action, { state: 'failed', failure: { type: 'NO_RESPONSE', detail: null } }));
    await s.advance(numbers.settleMs / 1000);
    expect(s.told()).toEqual(['START car']);
    expect(s.state().command).toBe('confirmed');
    await s.advance(300);
    await s.car({ power: 'charging' });
    expect(s.told()).toEqual(['START car', 'STOP car']);
  });

  it('unanswered: asked again, nothing opposite in flight, told when the deadline is over', async () => {
    const { s } = await reversed();
    for (let n = 1; n <= 30; n++) {
      await cancelled(s, { kind: 'unanswered', why: 'timeout' });
      await s.advance(30);
    }
    expect(s.cancels.length).toBeGreaterThan(10);
    expect(s.told()).toEqual(['START car']);
    expect(s.state().command).toBe('failed');
    expect(s.state().command_result).toContain('Too late');
  });

  it('404 at the cancel: the action is gone, then compares', async () => {
    const { s } = await reversed();
    await cancelled(s, { kind: 'gone' });
    await s.advance(60);
    await s.car();
    await s.advance(60);
    expect(s.cancels).toHaveLength(1);
    expect(s.sent.length).toBeLessThanOrEqual(2);
    expect(s.told().at(-1)).toBe('STOP car');
  });

  it('a refused first request and its reversal in one look: no breach', async () => {
    const s = await stage();
    await s.advance(600);
    await s.car({ power: 'stopped' }, 300);
    await s.charging('start');
    await s.charging('stop');
    await s.answer(refused(403));
    expect(s.told()).toEqual(['START car', 'STOP car']);
    expect(s.state('bridge').problem).toBe(false);
  });

  it('the same wish again takes the pending action over', async () => {
    const s = await stage();
    await s.order('car', { kind: 'mode', mode: 'now' });
    const action = await s.accept();
    await s.advance(5);
    await s.charging('start');
    expect([s.told(), s.cancels]).toEqual([['START car'], []]);
    await s.action(action, { state: 'confirmed' });
    expect(s.state().command).toBe('confirmed');
  });
});

describe('R4 deadlines and tries', () => {
  it('a person’s wish ends after 10 min, told', async () => {
    const s = await stage();
    await s.charging('start');
    for (let n = 0; n < 3; n++) {
      await s.answer(unsent);
      await s.advance(200);
    }
    await s.advance(600);
    expect(s.sent).toHaveLength(3);
    expect(s.state()).toMatchObject({ command: 'failed' });
  });

  it('a wish past its deadline at a restart is told, not executed', async () => {
    const s = await stage();
    await s.charging('start');
    await s.answer(unsent);
    s.loop.stop();
    await s.advance(601);
    await s.restart();
    await s.car();
    await s.advance(600);
    expect(s.sent).toHaveLength(1);
    expect(s.state()).toMatchObject({ command: 'failed', reason_code: 'deadline_passed' });
  });

  it('a wish within its deadline at a restart is executed', async () => {
    const s = await stage();
    await s.charging('start');
    await s.answer(unsent);
    await s.restart();
    await s.advance(120);
    expect(s.told()).toEqual(['START car', 'START car']);
  });

  it('a wish from the future, after our clock was set back, is told, not executed', async () => {
    const s = await stage();
    await s.charging('start');
    await s.answer(unsent);
    const wish = s.loop.view().get('wish', 'car')!;
    expect(wish.state).toBe('open');
    const { isOver } = await import('../../../src/domain/acting/wish.ts');
    expect(isOver(wish, instant(wish.at - 3_600_000))).toBe(true);
    expect(isOver(wish, instant(wish.at - 1_000))).toBe(false);
  });

  it('a mode tries at most 3 times per plug-in, with back-off, then says so and needs action', async () => {
    const s = await stage();
    await s.order('car', { kind: 'mode', mode: 'now' });
    const sentAt: number[] = [];
    for (let n = 0; n < 60; n++) {
      if (s.sent.length > sentAt.length) {
        sentAt.push(s.now());
        await s.action(await s.accept(), { state: 'failed', failure: { type: 'NO_RESPONSE', detail: null } });
      }
      await s.advance(30);
      await s.car();
    }
    expect(sentAt).toHaveLength(3);
    expect(sentAt[1]! - sentAt[0]!).toBeGreaterThanOrEqual(30_000);
    expect(sentAt[2]! - sentAt[1]!).toBeGreaterThanOrEqual(180_000);
    expect(s.loop.decision('car')?.reason.code).toBe('exhausted');
    expect(s.state().action_needed).toBe(true);
  });

  it('a new plug-in, or choosing the mode again, gives new tries', async () => {
    const s = await stage();
    await s.order('car', { kind: 'mode', mode: 'now' });
    await s.answer(refused(403));
    await s.advance(600);
    await s.car();
    expect(s.sent).toHaveLength(1);
    await s.order('car', { kind: 'mode', mode: 'now' });
    expect(s.sent).toHaveLength(2);
    await s.answer(refused(403));
    await s.advance(60);
    await s.car({ power: 'unplugged' });
    await s.advance(60);
    await s.car({ power: 'stopped' });
    expect(s.sent).toHaveLength(3);
  });

  it('no resend while Enode’s own window is open', async () => {
    const s = await stage();
    await s.order('car', { kind: 'mode', mode: 'now' });
    await s.accept();
    for (let n = 0; n < 29; n++) {
      await s.advance(60);
      await s.car();
    }
    expect(s.sent).toHaveLength(1);
    expect(s.cancels).toEqual([]);
  });
});
