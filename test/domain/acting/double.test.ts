// Another program with our Enode client (issue 3, section 4): noticed by actions at the cloud that are none of ours.
import { describe, expect, it } from 'vitest';
import { instant } from '../../../src/domain/instant.ts';
import type { ActionReport } from '../../../src/domain/report.ts';
import { type Stage, stage } from '../../support/stage.ts';

const doubleOf = (s: Stage) => s.loop.view().get('bridge', 'bridge')?.double ?? null;

/** An action of the car, as an event of the cloud tells it. */
const event = (s: Stage, over: Partial<ActionReport> = {}) => {
  const at = instant(s.now() - 1000);
  const action: ActionReport = {
    id: 'not-ours',
    target: 'car',
    targetKind: 'vehicle',
    kind: 'start',
    state: 'confirmed',
    createdAt: at,
    updatedAt: at,
    completedAt: at,
    failure: null,
    ...over,
  };
  return s.tell({ kind: 'action_reported', action });
};

describe('an action that is none of ours', () => {
  it('says that somebody else commands with our client', async () => {
    const s = await stage();
    await s.advance(600);
    await event(s);
    expect(doubleOf(s)).toMatchObject({ where: 'cloud', detail: 'not-ours' });
    expect(s.state('bridge').problem_text).toMatch(/same Enode client/);
  });

  it.each<[string, Partial<ActionReport>]>([
    ['before this run: a former one may have forgotten it', { createdAt: instant(0) }],
    ['for a device that is not ours', { target: 'somebody-elses' }],
  ])('says nothing when it is from %s', async (_what, over) => {
    const s = await stage();
    await s.advance(600);
    await event(s, over);
    expect(doubleOf(s)).toBeNull();
  });

  it('says nothing before the clocks were compared', async () => {
    const s = await stage({ bare: true });
    await s.car();
    await s.advance(600);
    await event(s);
    expect(doubleOf(s)).toBeNull();
  });

  it('says nothing where a schedule or a plan at Enode steers the car (R9)', async () => {
    const scheduled = await stage();
    const found = [{ target: 'car', by: 'schedule', id: 'night' }] as const;
    await scheduled.tell({ kind: 'foreign_control_reported', user: 'home', found });
    const planned = await stage();
    await planned.car({ smartChargingOn: true });
    for (const s of [scheduled, planned]) {
      await s.advance(600);
      await event(s);
      expect(doubleOf(s)).toBeNull();
    }
  });

  it('says nothing of ours: known by its id, on its way, or never answered', async () => {
    const s = await stage();
    await s.advance(600);
    await s.charging('start');
    // The event may overtake the answer.
    await event(s, { createdAt: s.now(), state: 'pending', id: 'action-1' });
    expect(doubleOf(s)).toBeNull();
    await s.accept({ id: 'action-1' });
    await event(s, { createdAt: s.now(), state: 'pending', id: 'action-1' });
    expect(doubleOf(s)).toBeNull();
    await s.charging('stop');
    await s.advance(600);
    await event(s, { createdAt: s.now(), state: 'pending', id: 'strange' });
    expect(doubleOf(s)).not.toBeNull();
  });

  it('R4: a request in doubt that was given up may still turn up, by event or as the answer to the next one', async () => {
    const s = await stage();
    await s.advance(600);
    await s.charging('start');
    const sentAt = s.now();
    await s.answer({ kind: 'doubtful', why: 'timeout' });
    await s.advance(910);
    expect(s.state().command).toBe('failed');
    await event(s, { id: 'late', state: 'pending', createdAt: instant(sentAt + 5_000) });
    expect(doubleOf(s)).toBeNull();
    await s.charging('start');
    await s.accept({ id: 'late', createdAt: instant(sentAt + 5_000) });
    expect(doubleOf(s)).toBeNull();
  });

  it('R4: also when it was on its way at a crash', async () => {
    const s = await stage();
    await s.charging('start');
    const sentAt = s.now();
    await s.restart();
    await s.advance(900);
    expect(s.state().command).toBe('failed');
    await s.charging('start');
    await s.accept({ id: 'late', createdAt: instant(sentAt + 5_000) });
    expect(doubleOf(s)).toBeNull();
  });
});
