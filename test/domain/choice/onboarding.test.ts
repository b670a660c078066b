import { describe, expect, it } from 'vitest';
import type { Mode } from '../../../src/domain/choice/mode.ts';
import { onboardingOf } from '../../../src/domain/choice/onboarding.ts';
import type { Policy } from '../../../src/domain/choice/policy.ts';
import { testBrands } from '../../support/brands.ts';
import { vehicleFirst } from '../../support/charger-cases.ts';
import { can, cannot, fixable, flags } from '../../support/reports.ts';
import { type Stage, stage } from '../../support/stage.ts';

/** A vehicle that was linked first, alone, and has reported; unplugged unless the test plugs it in. */
async function alone(
  over: Parameters<Stage['car']>[0] = {},
  options: { policy?: Policy; brand?: string } = {},
): Promise<Stage> {
  const s = await stage({ bare: true, settings: { brands: testBrands() } });
  const { policy, brand = '*' } = options;
  if (policy) await s.order('site', { kind: 'policy', brand, policy });
  await s.advance(1);
  await s.tell({ kind: 'listed', assets: 'charger', users: ['home'], ids: [] });
  await s.car(over);
  return s;
}
const word = (s: Stage) => onboardingOf(s.loop.view(), 'car')?.word ?? null;
const incapable = { flags: flags({ start: cannot }) };
const unreliable = { vendor: 'XPENG' };

async function linkCharger(s: Stage): Promise<void> {
  await s.advance(60);
  await s.box();
  await s.car({ flags: flags({ start: can }) });
}

describe('R10 recommended or required', () => {
  it.each([
    ['a capable vehicle', {}, 'optional', 'charger_recommended'],
    ['a capable vehicle', {}, 'mandatory_incapable', 'charger_recommended'],
    ['an unreliable one', unreliable, 'optional', 'charger_recommended'],
    ['an unreliable one', unreliable, 'mandatory_unreliable', 'charger_required'],
    ['an unreliable one', unreliable, 'mandatory_incapable', 'charger_required'],
    ['an incapable one', incapable, 'optional', 'charger_recommended'],
    ['an incapable one', incapable, 'mandatory_unreliable', 'charger_recommended'],
    ['an incapable one', incapable, 'mandatory_incapable', 'charger_required'],
    ['one without location', { flags: flags({ locate: cannot }) }, 'mandatory_incapable', 'charger_required'],
    [
      'one that a person can fix',
      { flags: flags({ start: fixable('terms') }) },
      'mandatory_incapable',
      'charger_recommended',
    ],
  ] as const)('%s %j under %s: %s', async (_name, over, policy, expected) => {
    expect(word(await alone(over, { policy }))).toBe(expected);
  });

  it('nothing is asked before it is known whether a charger is linked', async () => {
    const s = await stage({ bare: true });
    await s.car(incapable);
    expect(word(s)).toBeNull();
    expect(s.state().onboarding).toBeNull();
  });

  it('complete once the charger is linked; action_needed until then', async () => {
    const s = await alone(incapable);
    expect(s.state()).toMatchObject({ onboarding: 'charger_required', action_needed: true });
    await linkCharger(s);
    expect(s.state()).toMatchObject({ onboarding: 'complete', action_needed: false });
  });
});

describe('R10 prompts', () => {
  it('a recommendation can be dismissed: complete from then on, charging stays on', async () => {
    const s = await alone();
    expect((await s.order('car', { kind: 'dismiss_prompt' }, 'verb')).ok).toBe(true);
    expect(s.state().onboarding).toBe('complete');
    expect((await s.order('car', { kind: 'mode', mode: 'now' })).ok).toBe(true);
    await s.restart();
    expect(word(s)).toBe('complete');
  });
  it('every prompt can be dismissed under optional', async () => {
    const s = await alone(incapable, { policy: 'optional' });
    expect((await s.order('car', { kind: 'dismiss_prompt' })).ok).toBe(true);
    expect(word(s)).toBe('complete');
  });
  it('a requirement stays', async () => {
    const s = await alone(incapable);
    expect(await s.order('car', { kind: 'dismiss_prompt' })).toMatchObject({
      ok: false,
      reason: { code: 'refused_prompt_stays' },
    });
    expect(word(s)).toBe('charger_required');
  });
  it('a policy that becomes strict asks again, whatever was dismissed', async () => {
    const s = await alone({ ...incapable, power: 'unplugged' }, { policy: 'optional' });
    await s.order('car', { kind: 'dismiss_prompt' });
    await s.order('site', { kind: 'policy', brand: 'KIA', policy: 'mandatory_incapable' });
    expect(word(s)).toBe('charger_required');
  });
  it('"I have no compatible charger": it stays required, and says so in less room', async () => {
    const s = await alone(incapable);
    expect((await s.order('car', { kind: 'no_compatible_charger' })).ok).toBe(true);
    expect(word(s)).toBe('charger_required');
  });
  it('are about vehicles: told so at a charger, where another id is simply unknown', async () => {
    const s = await alone();
    const dismiss = () => s.order('box', { kind: 'dismiss_prompt' });
    expect(await dismiss()).toMatchObject({ ok: false, reason: { code: 'refused_unknown_asset' }, field: 'id' });
    await linkCharger(s);
    expect(await dismiss()).toMatchObject({ ok: false, reason: { code: 'refused_prompt_charger' }, field: 'id' });
  });
});

describe('R3 while the charger is required', () => {
  const required = () => alone({ flags: flags({ start: cannot, stop: can }) });

  it('ON is refused, naming the step', async () => {
    const s = await required();
    for (const from of ['switch', 'verb', 'page'] as const)
      expect(await s.charging('start', { from, anywhere: true })).toMatchObject({
        ok: false,
        command: 'refused',
        reason: { code: 'refused_charger_required' },
        sentence: expect.stringMatching(/Link it/),
      });
    expect(s.sent).toEqual([]);
  });
  it('OFF is obeyed if the vehicle can', async () => {
    const s = await required();
    await s.car({ power: 'charging', flags: flags({ start: cannot, stop: can }) });
    expect((await s.charging('stop')).ok).toBe(true);
    expect(s.told()).toEqual(['STOP car']);
    const t = await alone({ power: 'charging', flags: flags({ stop: cannot }) });
    expect(await t.charging('stop')).toMatchObject({ ok: false, reason: { code: 'refused_incapable' } });
  });
  it('modes other than manual and off are refused, these two are not', async () => {
    const s = await required();
    for (const mode of ['now', 'schedule', 'solar', 'min_solar'] satisfies Mode[])
      expect(await s.order('car', { kind: 'mode', mode })).toMatchObject({
        ok: false,
        reason: { code: 'refused_charger_required' },
        field: 'mode',
      });
    for (const mode of ['off', 'manual'] satisfies Mode[])
      expect((await s.order('car', { kind: 'mode', mode })).ok).toBe(true);
  });
  it('an earlier mode is kept and resumes after linking; smart charging is blocked until then', async () => {
    const s = await alone({ ...incapable, power: 'unplugged' }, { policy: 'optional' });
    await s.tell({
      kind: 'request_ended',
      request: { kind: 'vehicles', ok: true, status: 200, cloudTime: s.now(), retryAt: null, why: null },
    });
    await s.order('car', { kind: 'mode', mode: 'now' });
    await s.order('site', { kind: 'policy', brand: '*', policy: 'mandatory_incapable' });
    await s.advance(1);
    await s.car(incapable);
    expect(s.state()).toMatchObject({ mode: 'now', smart_charging: 'blocked', reason_code: 'charger_required' });
    expect(s.sent).toEqual([]);
    await s.advance(60);
    await s.box({ pluggedInVehicleId: 'car' });
    await s.car({ pluggedInChargerId: 'box' });
    expect(s.state()).toMatchObject({ mode: 'now', smart_charging: 'enrolled' });
    expect(s.told()).toEqual(['START car']);
  });
  it('a running charge is left alone, in mode off, too', async () => {
    const s = await alone({ power: 'charging', flags: flags({ start: cannot, stop: can }) });
    await s.tell({
      kind: 'request_ended',
      request: { kind: 'vehicles', ok: true, status: 200, cloudTime: s.now(), retryAt: null, why: null },
    });
    await s.order('car', { kind: 'mode', mode: 'off' });
    await s.advance(3600);
    expect(s.sent).toEqual([]);
    expect(s.state().reason_code).toBe('charger_required');
  });
  it('the charger’s own switch is exempt', async () => {
    const s = await required();
    await s.box({ id: 'other', userId: 'neighbour' });
    await s.restart({ users: ['home', 'neighbour'] });
    await s.box({ id: 'other', userId: 'neighbour' });
    expect((await s.charging('start', { subject: 'other' })).ok).toBe(true);
    expect(s.told()).toEqual(['START other']);
  });
  it('is said first (R8), in manual, too', async () => {
    expect((await required()).state().reason_code).toBe('charger_required');
  });
});

describe('R10 eligible', () => {
  const paired = async (policy: Policy) => {
    const s = await vehicleFirst({ policy });
    await s.linkBox();
    await s.order('car', { kind: 'mode', mode: 'now' });
    await s.plugIn();
    return s;
  };
  it.each(['optional', 'mandatory_unreliable'] as const)(
    '%s: an incapable car is only watched, paired or not',
    async (policy) => {
      const s = await paired(policy);
      expect(s.state()).toMatchObject({
        smart_charging: 'blocked',
        reason_code: 'not_eligible',
        onboarding: 'complete',
      });
      expect(s.state().reason).toMatch(/set the policy to mandatory_incapable/);
      expect(s.sent).toEqual([]);
      // A person's own toggle goes through the pair all the same (R5).
      expect((await s.charging('start')).ok).toBe(true);
    },
  );
  it('mandatory_incapable: eligible when paired', async () => {
    const s = await paired('mandatory_incapable');
    expect(s.state().smart_charging).toBe('enrolled');
    expect(s.told()).toEqual(['START car']);
  });
  it('becomes eligible at once, also during a plug-in, and ceases to be with the next one', async () => {
    const s = await paired('optional');
    await s.advance(60);
    await s.order('site', { kind: 'policy', brand: 'KIA', policy: 'mandatory_incapable' });
    expect(s.state().smart_charging).toBe('enrolled');
    await s.advance(60);
    await s.order('site', { kind: 'policy', brand: 'KIA', policy: 'optional' });
    expect(s.state().smart_charging).toBe('enrolled');
    await s.unplug();
    expect(s.state().smart_charging).toBe('blocked');
  });
  it('without a charger the step is to link one, under the mildest policy, too', async () => {
    const s = await vehicleFirst({ policy: 'optional' });
    await s.order('car', { kind: 'mode', mode: 'now' });
    await s.plugIn();
    expect(s.state()).toMatchObject({ smart_charging: 'blocked', reason_code: 'incapable' });
    expect(s.state().reason).toMatch(/Link its charger/);
  });
});
