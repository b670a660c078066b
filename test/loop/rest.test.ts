// Looks end, and assets that are gone are taken away.
import { describe, expect, it } from 'vitest';
import { instant } from '../../src/domain/instant.ts';
import { numbers } from '../../src/domain/numbers.ts';
import { ready, stage, unsent } from '../support/stage.ts';

describe('looks end', () => {
  it('an idle home rings a few alarms an hour, whatever is open', async () => {
    const s = await stage();
    await s.charging('start');
    await s.accept();
    await s.charging('stop');
    expect(s.loop.site().wish.get('car')?.want).toBe('stop');
    const before = s.clock.pending().length;
    await s.advance(7200);
    expect(s.clock.pending().length).toBeLessThanOrEqual(before + 1);
    expect(s.errors).toEqual([]);
    expect(s.state().command).toBe('failed');
  });

  it('a watch that ran out while a wish is open does not spin', async () => {
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
    await s.advance(numbers.reversalWatchMs / 1000 - 5);
    await s.car();
    await s.charging('start');
    await s.answer(unsent);
    await s.advance(3600);
    expect(s.loop.view().get('watch', 'car')).toBeUndefined();
    expect(s.errors).toEqual([]);
  });

  it('a look at the very deadline of a wish does not spin', async () => {
    const s = await stage();
    await s.charging('start');
    await s.answer({ kind: 'refused', status: 429, title: null, detail: null, retryAt: instant(s.now() + 599_999) });
    await s.advance(600);
    await s.advance(60);
    expect(s.errors).toEqual([]);
  });
});

describe('assets that are gone', () => {
  it('are taken away after the grace time, not before, with all that was kept of them', async () => {
    const s = await stage();
    await s.tell({ kind: 'listed', assets: 'vehicle', users: ['home'], ids: [] });
    await s.advance(numbers.retireAfterMs / 1000 - 60);
    expect(s.state()).toBeDefined();
    expect(s.loop.view().get('vehicle', 'car')).toBeDefined();
    await s.advance(1000);
    expect(() => s.state()).toThrow();
    expect(s.loop.view().get('vehicle', 'car')).toBeUndefined();
    expect(s.loop.view().get('fused', 'car')).toBeUndefined();
  });

  it('named again within it, they stay', async () => {
    const s = await stage();
    await s.tell({ kind: 'listed', assets: 'vehicle', users: ['home'], ids: [] });
    await s.advance(3600);
    await ready(s);
    await s.advance(numbers.retireAfterMs / 1000);
    expect(s.state()).toBeDefined();
  });

  it('a command to one that is gone is not sent', async () => {
    const s = await stage();
    await s.tell({ kind: 'asset_deleted', id: 'car' });
    expect(await s.charging('start')).toMatchObject({ ok: false, reason: { code: 'not_linked' } });
    expect(s.sent).toEqual([]);
    expect(s.state('bridge').problem).toBe(false);
  });

  it('nor is one that waited when it went', async () => {
    const s = await stage();
    await s.charging('start');
    await s.answer(unsent);
    await s.tell({ kind: 'asset_deleted', id: 'car' });
    await s.advance(60);
    expect(s.sent).toHaveLength(1);
    expect(s.state()).toMatchObject({ command: 'refused', reason_code: 'not_linked' });
    expect(s.state('bridge').problem).toBe(false);
  });

  it('forget takes it away at once, but not one that is linked', async () => {
    const s = await stage();
    expect(await s.order('car', { kind: 'forget' })).toMatchObject({ ok: false });
    await s.tell({ kind: 'asset_deleted', id: 'car' });
    expect(await s.order('car', { kind: 'forget' })).toMatchObject({ ok: true });
    expect(() => s.state()).toThrow();
  });
});
