// R4: a request whose answer was lost.
import { describe, expect, it } from 'vitest';
import { instant } from '../../../src/domain/instant.ts';
import { numbers } from '../../../src/domain/numbers.ts';
import type { ActionReport } from '../../../src/domain/report.ts';
import { answered } from '../../support/reports.ts';
import { lostAnswer, readyPair, refused, stage, unsent } from '../../support/stage.ts';

describe('R4 doubt', () => {
  const doubtful = async (direction: 'start' | 'stop' = 'start') => {
    const s = await stage();
    await s.advance(1);
    if (direction === 'stop') await s.car({ power: 'charging' });
    await s.advance(60);
    await s.charging(direction);
    await s.answer(lostAnswer);
    return s;
  };

  it('is never a definite failure: the command stays pending and says so', async () => {
    const s = await doubtful();
    expect(s.state()).toMatchObject({ command: 'pending', charging: true, reason_code: 'doubtful' });
  });

  it('a 5xx is doubt too, with its own sentence', async () => {
    const s = await stage();
    await s.charging('start');
    await s.answer({ kind: 'doubtful', why: 'the cloud answered HTTP 503', status: 503 });
    expect(s.state()).toMatchObject({ command: 'pending', reason_code: 'enode_5xx' });
    expect(s.state().reason).toContain('503');
  });

  it('(a) ends by a report newer by the cloud’s time that shows the wish met', async () => {
    const s = await doubtful();
    await s.advance(5);
    await s.car({ power: 'charging' });
    expect(s.state().command).toBe('confirmed');
    await s.advance(1200);
    expect(s.told()).toEqual(['START car']);
  });

  it('(a) begun confirms the command, but until it charges the lost action may be open: its opposite waits', async () => {
    const s = await doubtful();
    await s.advance(5);
    await s.car({ power: 'initializing' });
    expect(s.state().command).toBe('confirmed');
    await s.charging('stop');
    expect(s.told()).toEqual(['START car']);
    await s.advance(5);
    await s.car({ power: 'charging' });
    expect(s.told()).toEqual(['START car', 'STOP car']);
  });

  it('(a) not by an older one', async () => {
    const s = await doubtful();
    await s.advance(5);
    await s.car({ power: 'charging' }, 30);
    expect(s.state().command).toBe('pending');
  });

  it('(c) not repeated when the loadpoint has had its share of an hour: that would trip the interlock', async () => {
    const s = await stage();
    for (let i = 1; i <= numbers.commandsPerHour; i++) {
      const want = i % 2 ? 'start' : 'stop';
      await s.advance(20);
      expect((await s.charging(want)).ok).toBe(true);
      if (i === numbers.commandsPerHour) break;
      await s.action(await s.accept(), { state: 'confirmed' });
      await s.advance(1);
      await s.car({ power: want === 'start' ? 'charging' : 'stopped' });
    }
    await s.answer(lostAnswer);
    await s.advance(60);
    await s.car({ power: 'charging' });
    await s.advance(600);
    expect([s.sent.length, s.errors]).toEqual([numbers.commandsPerHour, []]);
  });

  it('(b) an action with the same target and kind, created after the intent, is adopted and followed', async () => {
    const s = await doubtful();
    const action: ActionReport = {
      id: 'found',
      target: 'car',
      targetKind: 'vehicle',
      kind: 'start',
      state: 'pending',
      createdAt: s.now(),
      updatedAt: s.now(),
      completedAt: null,
      failure: null,
    };
    await s.tell({ kind: 'action_reported', action });
    await s.advance(600);
    expect(s.told()).toEqual(['START car']);
    expect(s.looks.some((look) => look.kind === 'action' && look.id === 'found')).toBe(true);
    await s.action(action, { state: 'confirmed' });
    expect(s.state().command).toBe('confirmed');
  });

  it.each([
    ['older than the intent', { createdAt: -60_000 }],
    ['at another device', { target: 'other' }],
    ['of the charger kind', { targetKind: 'charger' as const }],
  ])('(b) not one %s', async (_name, over) => {
    const s = await doubtful();
    const { createdAt = 0, ...rest } = over as { createdAt?: number } & Partial<ActionReport>;
    const action = { id: 'found', target: 'car', targetKind: 'vehicle', kind: 'start', state: 'confirmed' } as const;
    await s.tell({
      kind: 'action_reported',
      action: {
        ...action,
        createdAt: instant(s.now() + createdAt),
        updatedAt: null,
        completedAt: null,
        failure: null,
        ...rest,
      },
    });
    expect(s.state().command).toBe('pending');
  });

  it('(c) a vehicle gets one repeat, 20 s later, through the interlock; then no more', async () => {
    const s = await doubtful();
    await s.advance(19);
    expect(s.sent).toHaveLength(1);
    await s.advance(2);
    expect(s.sent).toHaveLength(2);
    expect(s.sent[1]!.attempt).toBe(s.sent[0]!.attempt);
    await s.answer(lostAnswer);
    await s.advance(3600);
    expect(s.sent).toHaveLength(2);
    expect(s.state('bridge').problem).toBe(false);
  });

  it('(c) not when the wish no longer stands', async () => {
    const s = await doubtful();
    await s.order('car', { kind: 'cancel' });
    await s.advance(900);
    expect(s.sent).toHaveLength(1);
  });

  it('(c) not when somebody asked the contrary since', async () => {
    const s = await doubtful();
    const action = { id: 'theirs', target: 'car', targetKind: 'vehicle', kind: 'stop', state: 'pending' } as const;
    await s.tell({
      kind: 'action_reported',
      action: { ...action, createdAt: s.now(), updatedAt: null, completedAt: null, failure: null },
    });
    await s.advance(900);
    expect(s.sent).toHaveLength(1);
  });

  it('(c) not when the cable was moved since', async () => {
    const s = await doubtful();
    await s.advance(5);
    await s.car({ power: 'unplugged' });
    await s.advance(900);
    expect(s.sent).toHaveLength(1);
  });

  it('(c) after a restart only once a report arrived', async () => {
    const s = await doubtful();
    await s.restart();
    await s.advance(120);
    expect(s.sent).toHaveLength(1);
    await s.car();
    expect(s.sent).toHaveLength(2);
  });

  it('(c) an intent older than 10 min is not repeated', async () => {
    const s = await doubtful();
    await s.restart();
    await s.advance(601);
    await s.car();
    await s.advance(60);
    expect(s.sent).toHaveLength(1);
  });

  it('a repeat that never left, or met too many requests, says nothing of the first: doubt goes on and ends', async () => {
    for (const answer of [unsent, refused(429)]) {
      const s = await doubtful();
      await s.advance(21);
      await s.answer(answer);
      expect(s.state().command).toBe('pending');
      await s.advance(900);
      expect(s.state()).toMatchObject({ command: 'failed', reason_code: 'lost' });
      expect(s.sent).toHaveLength(2);
    }
  });

  it('(d) a charger is repeated only when a report newer than the intent is still contrary after 5 min', async () => {
    const s = await stage();
    await readyPair(s);
    await s.advance(10);
    await s.charging('start', { subject: 'box' });
    await s.answer(lostAnswer);
    await s.advance(120);
    expect(s.sent).toHaveLength(1);
    await s.box({ pluggedInVehicleId: 'car' });
    await s.advance(179);
    expect(s.sent).toHaveLength(1);
    await s.advance(2);
    expect(s.told()).toEqual(['START box', 'START box']);
  });

  it('(d) a charger without any newer report is never repeated', async () => {
    const s = await stage();
    await readyPair(s);
    await s.advance(10);
    await s.charging('start', { subject: 'box' });
    await s.answer(lostAnswer);
    await s.advance(3600);
    expect(s.sent).toHaveLength(1);
  });

  it('(e) else ended as lost, and told', async () => {
    const s = await doubtful();
    await s.advance(1000);
    expect(s.state()).toMatchObject({ command: 'failed', reason_code: 'lost', charging: false });
  });

  it('a request that never left is tried again, and says why', async () => {
    const s = await stage();
    await s.charging('start');
    await s.answer(unsent);
    expect(s.state()).toMatchObject({ command: 'requested', reason_code: 'unsent' });
    await s.advance(31);
    expect(s.sent).toHaveLength(2);
    expect(s.sent[1]!.attempt).not.toBe(s.sent[0]!.attempt);
  });

  it('an answer that never comes home does not block for ever', async () => {
    const s = await stage();
    await s.charging('start');
    await s.advance(1000);
    expect(s.state()).toMatchObject({ command: 'failed', reason_code: 'lost' });
    expect(s.sent).toHaveLength(1);
    await s.charging('start');
    expect(s.sent).toHaveLength(2);
  });

  it('with our clock an hour off and not compared yet, an old report proves nothing', async () => {
    const s = await stage({ bare: true });
    const cloud = (ms = 0) => instant(s.now() + 3_600_000 + ms);
    await s.car({ now: cloud(-60_000), power: 'stopped' });
    await s.charging('start');
    await s.answer(lostAnswer);
    await s.tell({ kind: 'request_ended', request: answered(cloud()) });
    await s.advance(5);
    await s.car({ now: cloud(-30_000), power: 'charging' });
    expect(s.state().command).toBe('pending');
    await s.car({ now: cloud(), power: 'charging' });
    expect(s.state().command).toBe('confirmed');
  });
});
