// While webhooks are heard: when a listing is read all the same, and what an event of an action means.
import { describe, expect, it } from 'vitest';
import { levelOf } from '../../../src/domain/acting/attention.ts';
import { heardListDue, worryOf } from '../../../src/domain/acting/safety-net.ts';
import type { Setting } from '../../../src/domain/choice/setting.ts';
import { type Instant, instant } from '../../../src/domain/instant.ts';
import type { View } from '../../../src/domain/site.ts';
import { at, noon, vehicle } from '../../support/reports.ts';
import { testSite } from '../../support/site.ts';
import { readyPair, refused, type Stage, stage } from '../../support/stage.ts';

const webhookUrl = 'https://home.example/enode';
const heard = async (): Promise<Stage> => {
  const s = await stage({ settings: { webhookUrl } });
  await s.tell({ kind: 'webhook_found', id: 'hook', active: true, twins: [] });
  await s.tell({ kind: 'webhook_secured', id: 'hook' }, { kind: 'webhook_heard', beatAt: null });
  return s;
};
const whyOf = (view: View, now: Instant): string | null =>
  worryOf(view, 'car', levelOf(view, 'car', now), now)?.why ?? null;
const worry = (s: Stage): string | null => whyOf(s.loop.view(), s.now());

describe('a listing is read all the same', () => {
  it('while a command waits for evidence, and soon where a refusal waits for a report', async () => {
    const s = await heard();
    expect(worry(s)).toBeNull();
    await s.charging('start');
    expect(worry(s)).toBe('pending');
    await s.answer(refused(400));
    expect(worry(s)).toBe('judging');
  });

  it('while energy is counted', async () => {
    const s = await heard();
    await s.car({ power: 'charging' });
    expect(worry(s)).toBe('charging');
  });

  it('when a mode would act on an old report, not when all is as it wishes', async () => {
    const s = await heard();
    await s.order('car', { kind: 'mode', mode: 'off' });
    await s.advance(3_600);
    await s.tell({ kind: 'webhook_heard', beatAt: null });
    expect([worry(s), s.loop.decision('car')?.reason.code]).toEqual([null, 'off']);
    await s.order('car', { kind: 'mode', mode: 'now' });
    expect([worry(s), s.loop.decision('car')?.reason.code]).toEqual(['deciding', 'stale']);
    expect(s.sent).toEqual([]);
    await s.car();
    expect(s.told()).toEqual(['START car']);
  });

  it.each<[string, Partial<Setting>]>([
    ['in manual', { mode: 'manual' }],
    ['unplugged', { mode: 'now' }],
  ])('but not %s', (_name, over) => {
    const site = testSite({ webhookUrl });
    site.report(vehicle({ power: 'unplugged' }));
    site.put('setting', 'car', { mode: 'manual', target: 100, minimum: 0, departure: null, ...over } as Setting);
    expect(whyOf(site.view, at(120))).toBeNull();
  });

  const due = (since: Partial<Record<string, Instant>>, failures = 0): number => {
    const site = testSite({ webhookUrl });
    site.put('look', 'vehicles', { askedAt: noon, endedAt: noon, okAt: noon, failures });
    return (heardListDue(site.view, 'vehicles', (why) => since[why] ?? null, 1) - noon) / 60_000;
  };
  it('some hours after the last one, sooner when that failed or something hangs on it', () => {
    expect(due({})).toBe(240);
    expect(due({}, 1)).toBe(15);
    expect(due({ pending: at(100) })).toBe(103);
    expect(due({ pending: at(-100) })).toBe(3);
    expect(due({ charging: at(30), confirming: at(200) })).toBe(90);
    expect(due({ deciding: instant(0) })).toBe(10);
    const site = testSite({ webhookUrl });
    expect(heardListDue(site.view, 'vehicles', () => null, 1)).toBe(0);
  });
});

describe('an event of our action', () => {
  it('counts by its id, also where Enode names the other device of the pair', async () => {
    const s = await heard();
    await readyPair(s);
    await s.charging('start');
    const action = await s.accept();
    await s.action(action, { target: 'box', targetKind: 'charger', state: 'failed' });
    expect(s.state().command).toBe('failed');
    expect(s.loop.site().attempt.get('car')?.outcome).toBe('failed');
  });

  it('of somebody else’s action at the same device ends nothing', async () => {
    const s = await heard();
    await s.charging('start');
    const action = await s.accept();
    await s.action(action, { id: 'another', state: 'failed' });
    expect(s.state().command).toBe('pending');
  });
});
