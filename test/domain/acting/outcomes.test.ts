// R4: how a command ends, and what a refusal of the cloud means.
import { describe, expect, it } from 'vitest';
import { instant } from '../../../src/domain/instant.ts';
import { numbers } from '../../../src/domain/numbers.ts';
import { answered, fixable, flags } from '../../support/reports.ts';
import { refused, stage } from '../../support/stage.ts';

describe('R4 the words of command', () => {
  it('requested, pending, confirmed, with the latency', async () => {
    const s = await stage();
    await s.charging('start');
    expect(s.state().command).toBe('requested');
    const action = await s.accept();
    expect(s.state()).toMatchObject({ command: 'pending', charging: true });
    await s.advance(12);
    await s.action(action, { state: 'confirmed' });
    expect(s.state()).toMatchObject({ command: 'confirmed', command_latency: 12, charging: true });
    expect(s.happenings.map(({ type }) => type)).toContain('command_confirmed');
  });

  it('FAILED with NO_RESPONSE: the switch returns and the reason names what to do', async () => {
    const s = await stage();
    await s.charging('start');
    await s.action(await s.accept(), {
      state: 'failed',
      failure: { type: 'NO_RESPONSE', detail: 'The vehicle did not respond.' },
    });
    expect(s.state()).toMatchObject({ command: 'failed', charging: false, reason_code: 'no_response' });
  });

  it('the device is what detail says; else Enode did not say which', async () => {
    for (const [detail, said] of [
      ['The charger did not respond in time.', 'the charger'],
      ['The vehicle did not respond in time.', 'the vehicle'],
      ['Timed out.', 'Enode did not say which'],
      ['Vehicle or charger did not respond.', 'Enode did not say which'],
    ] as const) {
      const s = await stage();
      await s.charging('start');
      await s.action(await s.accept(), { state: 'failed', failure: { type: 'NO_RESPONSE', detail } });
      expect(s.state().reason).toContain(said);
    }
  });

  it('a creation may answer with an action already CANCELLED', async () => {
    const s = await stage();
    await s.charging('start');
    await s.accept({
      state: 'cancelled',
      failure: { type: 'FAILED_PRECONDITION', detail: 'The vehicle is not plugged in.' },
    });
    expect(s.state()).toMatchObject({ command: 'failed', reason_code: 'failed_precondition' });
  });

  it('CONFLICT that we did not cause: somebody else commands with our client, and that is said', async () => {
    const s = await stage();
    await s.charging('start');
    const action = await s.accept();
    await s.action(action, { state: 'cancelled', failure: { type: 'CONFLICT', detail: null } });
    expect(s.state().command).toBe('superseded');
    expect(s.loop.view().get('bridge', 'bridge')?.double).toMatchObject({ where: 'cloud' });
    expect(s.state('bridge')).toMatchObject({ problem: true });
    expect(s.state('bridge').problem_text).toMatch(/perhaps a second enode2mqtt/);
  });

  it('CONFLICT after our own cancel says nothing of others', async () => {
    const s = await stage();
    await s.charging('start');
    const action = await s.accept();
    await s.charging('stop');
    await s.tell({
      kind: 'cancel_answered',
      attempt: s.cancels[0]!.attempt,
      target: 'car',
      answer: { kind: 'ended', action: { ...action, state: 'cancelled', failure: { type: 'CONFLICT', detail: null } } },
    });
    expect(s.loop.view().get('bridge', 'bridge')?.double).toBeNull();
  });

  it('UNNECESSARY is confirmed, CONFLICT is superseded', async () => {
    for (const [type, word] of [
      ['UNNECESSARY', 'confirmed'],
      ['CONFLICT', 'superseded'],
      ['REQUESTED_CANCELLATION', 'cancelled'],
    ] as const) {
      const s = await stage();
      await s.charging('start');
      await s.action(await s.accept(), { state: 'cancelled', failure: { type, detail: null } });
      expect(s.state().command).toBe(word);
    }
  });
});

describe('R4 refusals', () => {
  it('400 with the wish already met, by a report as new as the answer: confirmed', async () => {
    const s = await stage();
    await s.advance(600);
    await s.charging('start');
    await s.advance(2);
    await s.answer(refused(400, { title: 'Bad request', detail: 'Already in the desired state.' }));
    expect(s.state().command).toBe('pending');
    await s.advance(5);
    await s.car({ power: 'charging' });
    expect(s.state()).toMatchObject({ command: 'confirmed', charging: true });
    expect(s.told()).toEqual(['START car']);
  });

  it('400 with an old belief is not judged by it: a capable car is not learnt as incapable', async () => {
    const s = await stage();
    await s.advance(600);
    await s.charging('start');
    await s.answer(refused(400));
    await s.advance(200);
    expect(s.state()).toMatchObject({ command: 'failed' });
    expect(s.loop.view().get('vehicle', 'car')?.own.start).toBe('yes');
    expect(s.state().command_result).toContain('A detail.');
  });

  it('400 where the belief of some seconds ago contradicts it: a report from after it decides', async () => {
    for (const [power, command] of [
      ['stopped', 'confirmed'],
      ['charging', 'failed'],
    ] as const) {
      const s = await stage();
      await s.car({ power: 'charging' });
      await s.charging('stop');
      await s.answer(refused(400, { title: 'Bad request', detail: 'Already in the desired state.' }));
      expect(s.state().command).toBe('pending');
      await s.advance(2);
      await s.car({ power });
      expect(s.state()).toMatchObject({ command });
    }
  });

  it('400 with a fresh report and nothing else in the way: not capable, learnt, and told with the step', async () => {
    const s = await stage({ bare: true });
    await s.tell({ kind: 'request_ended', request: answered(s.now()) });
    await s.box();
    await s.tell({ kind: 'listed', assets: 'charger', users: ['home'], ids: ['box'] });
    await s.car();
    await s.charging('start');
    await s.answer(refused(400));
    expect(s.state()).toMatchObject({ command: 'pending', reason_code: 'judging' });
    await s.advance(1);
    await s.car();
    expect(s.state()).toMatchObject({ command: 'refused', reason_code: 'enode_incapable' });
    expect(s.loop.view().get('vehicle', 'car')?.own.start).toBe('no');
  });

  it('400 that no report followed teaches nothing, however fresh the one before it was', async () => {
    const s = await stage({ bare: true });
    await s.tell({ kind: 'request_ended', request: answered(s.now()) });
    await s.box();
    await s.tell({ kind: 'listed', assets: 'charger', users: ['home'], ids: ['box'] });
    await s.car();
    await s.advance(5);
    await s.charging('start');
    await s.answer(refused(400));
    await s.advance(numbers.judgeAfterMs / 1000 + 1);
    expect(s.state()).toMatchObject({ command: 'failed', reason_code: 'enode_400' });
    expect(s.loop.view().get('vehicle', 'car')?.own.start).toBe('unknown');
  });

  it('400 while the vendor login is invalid teaches nothing about the car', async () => {
    const s = await stage({ bare: true });
    await s.box();
    await s.car();
    await s.tell({ kind: 'user_reported', user: 'home', invalidVendors: ['KIA'], known: true });
    await s.charging('start');
    await s.answer(refused(400));
    await s.advance(1);
    await s.car();
    expect(s.state().command).toBe('failed');
    expect(s.loop.view().get('vehicle', 'car')?.own.start).toBe('unknown');
  });

  it('400 with a fixable intervention at a car that reports it cannot: the step is the fix', async () => {
    const s = await stage();
    await s.advance(1);
    await s.car({ flags: flags({ start: fixable('terms') }) });
    expect(await s.charging('start')).toMatchObject({
      ok: false,
      reason: { code: 'refused_incapable', params: { step: 'fix' } },
    });
    expect(s.sent).toEqual([]);
  });

  it.each([
    [403, 'enode_403'],
    [404, 'enode_404'],
    [422, 'enode_422'],
    [409, 'enode_other'],
  ] as const)('%i has its own sentence and is not asked again', async (status, code) => {
    const s = await stage();
    await s.charging('start');
    await s.answer(refused(status));
    await s.advance(1800);
    expect(s.state()).toMatchObject({ command: 'refused', reason_code: code });
    expect(s.told()).toEqual(['START car']);
  });

  it('403 says scope where the missing scope is known', async () => {
    const s = await stage();
    await s.advance(1);
    await s.car({ scopes: ['vehicle:read:data'] });
    await s.charging('start');
    await s.answer(refused(403));
    expect(s.state().command_result).toContain('scope');
  });

  it('404: both lists are read again at once', async () => {
    const s = await stage();
    await s.advance(30);
    const before = s.looks.length;
    await s.charging('start');
    await s.answer(refused(404));
    expect(s.looks.slice(before).map(({ kind }) => kind)).toEqual(expect.arrayContaining(['vehicles', 'chargers']));
  });

  it('422: the schedules are read at once, even if they were just read', async () => {
    const s = await stage();
    for (const round of [1, 2]) {
      const before = s.looks.length;
      await s.charging('start');
      await s.answer(refused(422));
      expect([round, s.looks.slice(before).map(({ kind }) => kind)]).toEqual([round, ['schedules']]);
      await s.advance(45);
    }
  });

  it('422 leads to hand-over, and when that ends a mode acts again', async () => {
    const s = await stage();
    await s.order('car', { kind: 'mode', mode: 'now' });
    await s.answer(refused(422));
    await s.tell({
      kind: 'foreign_control_reported',
      user: 'home',
      found: [{ target: 'car', by: 'schedule', id: 'evening' }],
    });
    // 422 names the foreign schedule, once it was found.
    expect(s.state()).toMatchObject({ reason_code: 'handover_schedule', command: 'refused' });
    expect(s.state().reason).toContain('evening');
    expect(s.loop.decision('car')?.reason.code).toBe('handover_schedule');
    await s.advance(600);
    await s.car();
    expect(s.told()).toEqual(['START car']);
    await s.tell({ kind: 'foreign_control_reported', user: 'home', found: [] });
    expect(s.told()).toEqual(['START car', 'START car']);
  });

  it('429: the same wish is tried again after Retry-After, not sooner', async () => {
    const s = await stage();
    await s.charging('start');
    await s.answer(refused(429, { retryAt: instant(s.now() + 120_000) }));
    expect(s.state()).toMatchObject({ command: 'requested', reason_code: 'enode_429' });
    await s.advance(119);
    expect(s.sent).toHaveLength(1);
    await s.advance(2);
    expect(s.sent).toHaveLength(2);
  });

  it('429 with a Retry-After beyond the deadline: failed, told, not sent late', async () => {
    const s = await stage();
    await s.charging('start');
    await s.answer(refused(429, { retryAt: instant(s.now() + 3_600_000) }));
    expect(s.state()).toMatchObject({ command: 'failed', reason_code: 'enode_429' });
    await s.advance(7200);
    expect(s.sent).toHaveLength(1);
  });
});
