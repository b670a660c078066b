import { describe, expect, it } from 'vitest';
import { isMeasuredUnreliable, successOf } from '../../../src/domain/acting/success.ts';
import type { Direction } from '../../../src/domain/report.ts';
import { describeBrands } from '../../../src/domain/telling/brands.ts';
import { type ChargerCase, vehicleFirst } from '../../support/charger-cases.ts';
import { flags } from '../../support/reports.ts';
import { refused } from '../../support/stage.ts';

const capable = (over: Parameters<typeof vehicleFirst>[0] = {}) => vehicleFirst({ own: flags(), ...over });
const counted = (s: ChargerCase) => {
  const { before, after } = successOf(s.loop.view(), 'KIA');
  return { before: `${before.ok}/${before.tries}`, after: `${after.ok}/${after.tries}` };
};
const measured = (s: ChargerCase) => isMeasuredUnreliable(s.loop.view(), 'KIA', s.now());
const row = (s: ChargerCase) =>
  describeBrands(s.loop.view(), ({ code }) => code, s.now()).find(({ vendor }) => vendor === 'KIA')!;

/** A command to a car that stands otherwise, and how it ends. */
async function command(s: ChargerCase, ending: 'confirmed' | 'failed' | 'precondition', want: Direction = 'start') {
  await s.advance(600);
  await s.carSays({ power: want === 'start' ? 'stopped' : 'charging' });
  await s.charging(want);
  const action = await s.accept();
  if (ending === 'confirmed') await s.action(action, { state: 'confirmed' });
  else if (ending === 'failed')
    await s.action(action, { state: 'failed', failure: { type: 'NO_RESPONSE', detail: null } });
  else await s.action(action, { state: 'cancelled', failure: { type: 'FAILED_PRECONDITION', detail: null } });
}
async function commands(s: ChargerCase, ok: number, failed: number): Promise<void> {
  for (let n = 0; n < ok; n++) await command(s, 'confirmed');
  for (let n = 0; n < failed; n++) await command(s, 'failed');
}

describe('R10 success per brand, before and after a charger was linked', () => {
  it('counts how commands to its vehicles ended', async () => {
    const s = await capable();
    await s.plugIn();
    await commands(s, 2, 1);
    expect(counted(s)).toEqual({ before: '2/3', after: '0/0' });
    await s.linkBox();
    await commands(s, 3, 0);
    expect(counted(s)).toEqual({ before: '2/3', after: '3/3' });
    expect(row(s).success).toEqual({ before: { tries: 3, ok: 2 }, after: { tries: 3, ok: 3 } });
  });
  it('survives a restart, and the vehicle being forgotten', async () => {
    const s = await capable();
    await s.plugIn();
    await commands(s, 1, 1);
    await s.restart();
    await s.tell({ kind: 'listed', assets: 'vehicle', users: ['home'], ids: [] });
    await s.order('car', { kind: 'forget' });
    expect(counted(s).before).toBe('1/2');
  });
  it.each([
    ['422: somebody else steers', refused(422)],
    ['429', refused(429)],
    ['403: no permission', refused(403)],
    ['never sent', { kind: 'unsent', why: 'no network' }],
  ] as const)('%s does not count', async (_name, answer) => {
    const s = await capable();
    await s.plugIn();
    await s.charging('start');
    await s.answer(answer);
    await s.advance(3600);
    expect(counted(s).before).toBe('0/0');
  });
  it('nor do our own refusals, what was so already, and commands to an unplugged vehicle', async () => {
    const s = await vehicleFirst({});
    await s.plugIn();
    await s.charging('start');
    expect(counted(s).before).toBe('0/0');
    const t = await capable();
    await t.failToStart();
    expect(counted(t).before).toBe('0/0');
    await t.plugIn();
    await t.charging('start');
    const action = await t.accept();
    await t.action(action, { state: 'cancelled', failure: { type: 'UNNECESSARY', detail: null } });
    expect(counted(t).before).toBe('0/0');
  });
  it('a missing precondition counts: it was plugged in', async () => {
    const s = await capable();
    await s.plugIn();
    await command(s, 'precondition');
    expect(counted(s).before).toBe('0/1');
  });
  it('a command that succeeds at a further try succeeded, and is one', async () => {
    const s = await capable();
    await s.plugIn();
    await s.order('car', { kind: 'mode', mode: 'now' });
    expect(s.told()).toEqual(['START car']);
    await s.action(await s.accept(), { state: 'failed', failure: { type: 'NO_RESPONSE', detail: null } });
    expect(counted(s).before).toBe('0/1');
    await s.advance(60);
    expect(s.told()).toEqual(['START car', 'START car']);
    await s.action(await s.accept(), { state: 'confirmed' });
    expect(counted(s).before).toBe('1/1');
  });
});

describe('R10 unreliable, as measured', () => {
  it.each([
    [7, 3, true],
    [8, 2, false],
    [6, 3, false],
    [0, 10, true],
    [16, 4, false],
  ])('%i obeyed and %i not: %s', async (ok, failed, expected) => {
    const s = await capable();
    await s.plugIn();
    await commands(s, ok, failed);
    expect(measured(s)).toBe(expected);
  });
  it('only of vehicles on their own, within reach', async () => {
    const unreachable = await capable({ car: { reachable: false } });
    await unreachable.plugIn();
    await commands(unreachable, 0, 12);
    expect(measured(unreachable)).toBe(false);
    const orchestrated = await capable({ settings: { control: 'enode' } });
    await orchestrated.linkBox();
    await orchestrated.plugIn();
    await commands(orchestrated, 0, 12);
    expect(counted(orchestrated).after).toBe('0/12');
    expect(measured(orchestrated)).toBe(false);
  });
  it('within 30 days', async () => {
    const s = await capable();
    await s.plugIn();
    await commands(s, 0, 12);
    await s.advance(29 * 86_400);
    expect(measured(s)).toBe(true);
    await s.advance(86_400);
    expect(measured(s)).toBe(false);
  });
  it('is a proposal only: nothing changes until a person says yes, and then not during a plug-in', async () => {
    const s = await capable();
    await s.plugIn();
    await commands(s, 0, 12);
    expect(row(s).proposal).toBe('mandatory_incapable');
    expect(s.state().onboarding).toBe('charger_recommended');
    await s.unplug();
    expect(s.state().onboarding).toBe('charger_recommended');
    await s.plugIn();
    const answer = await s.order('site', { kind: 'policy', brand: 'KIA', policy: 'mandatory_incapable' });
    expect(answer).toMatchObject({ ok: true, reason: { code: 'policy_waits' } });
    expect(row(s)).toMatchObject({ proposal: null, expectation: 'charger_must' });
    expect(s.state().onboarding).toBe('charger_recommended');
    expect((await s.charging('start')).ok).toBe(true);
    await s.unplug();
    expect(s.state().onboarding).toBe('charger_required');
    // It stays agreed although nothing is measured any more.
    await s.advance(40 * 86_400);
    await s.carSays();
    expect(s.state().onboarding).toBe('charger_required');
    await s.order('site', { kind: 'policy', brand: 'KIA', policy: 'optional' });
    expect(s.state().onboarding).toBe('charger_recommended');
  });
  it('of a brand under a milder policy the stricter one is proposed', async () => {
    const s = await capable({ policy: 'optional' });
    await s.plugIn();
    await commands(s, 0, 12);
    expect(row(s).proposal).toBe('mandatory_unreliable');
    // Other brands are no matter of it.
    await s.order('site', { kind: 'policy', brand: '*', policy: 'mandatory_unreliable' });
    expect(row(s)).toMatchObject({ policy: 'mandatory_unreliable', proposal: 'mandatory_unreliable' });
    await s.unplug();
    expect(s.state().onboarding).toBe('charger_recommended');
  });
});
