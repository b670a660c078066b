// The considerations of Enode's guide as stories of one home, by requests alone, for clients with Enode's help on, ids only, and off.
import { afterEach, describe, expect, it } from 'vitest';
import type { Brand } from '../../src/domain/choice/brand.ts';
import { nothingKnown } from '../../src/domain/choice/brand.ts';
import { instant } from '../../src/domain/instant.ts';
import type { OnboardingView } from '../../src/domain/telling/onboarding.ts';
import { describeOnboarding } from '../../src/domain/telling/onboarding.ts';
import { sentence } from '../../src/words/sentence.ts';
import { blue, carport, garage, white } from '../house/support.ts';
import { type Help, helps, type Story, storyOf } from './support.ts';

let house: Story;
afterEach(() => house.stop());

const mazda: Brand = { vendor: 'MAZDA', kind: 'vehicle', name: 'Mazda', ...nothingKnown, start: 'no', stop: 'no' };
const brands = { date: '2026-06-01', brands: [mazda] };
async function newcomer(help: Help): Promise<void> {
  house = await storyOf(help, { scenario: 'newcomer', settings: { brands } });
}
const refusal = () =>
  (JSON.parse(house.last('enode2mqtt/bridge/response/error') ?? '{}') as { error?: { code: string } }).error?.code;
const view = (): OnboardingView =>
  describeOnboarding(house.house().loop.view(), (reason) => sentence(reason, 'en'), instant(house.clock.now()));
const shown = (id: string) => view().users[0]!.vehicles.find((vehicle) => vehicle.id === id)!;
const stops = () => house.asked().filter((what) => what.startsWith('STOP'));
const abilities = (id: string) => {
  const { can_start, can_stop, can_locate, can_smart_charge, can_start_by } = house.vehicle(id);
  return { can_start, can_stop, can_locate, can_smart_charge, can_start_by };
};
const lent = { can_start: true, can_stop: true, can_locate: true, can_smart_charge: true, can_start_by: 'charger' };

describe.each(helps)('Scenario A, Example A: an incapable vehicle, Enode’s help %s', (help) => {
  it('is told upfront, asked for its charger until it is linked, enrolled from then on, and asked again once it is unlinked', async () => {
    await newcomer(help);
    // Before anything is linked.
    expect(view().brands.find(({ vendor }) => vendor === 'MAZDA')).toMatchObject({
      expectation: 'charger_must',
      sentence: expect.stringMatching(/charger must be linked/),
    });
    // The vehicle first: the prompt stays, charging is blocked.
    await house.link('vehicle', 'MAZDA');
    expect(shown(white)).toMatchObject({ word: 'charger_required', prompt: 'shown', canDismiss: false });
    expect(house.vehicle(white)).toMatchObject({ onboarding: 'charger_required', action_needed: true });
    expect((await house.ask('dismiss_prompt', { id: white })).error.code).toBe('refused_prompt_stays');
    await house.set(white, 'mode', 'now');
    expect(refusal()).toBe('refused_charger_required');
    await house.set(white, 'charging', 'ON');
    expect(house.vehicle(white)).toMatchObject({ command: 'refused', mode: 'manual' });
    expect(house.commands()).toEqual([]);
    // Then its charger: capabilities are there without a plug-in.
    await house.link('charger', 'ZAPTEC');
    expect(house.vehicle(white)).toMatchObject({ onboarding: 'complete', action_needed: false });
    expect(abilities(white)).toMatchObject(lent);
    await house.set(white, 'mode', 'now');
    expect(house.vehicle(white)).toMatchObject({ mode: 'now' });
    expect(house.vehicle(white).smart_charging).toMatch(/enrolled|waiting/);
    // They persist away from home, and over a restart.
    await house.car(white, { cable: null, away: true });
    await house.advance(1_800);
    expect(house.vehicle(white)).toMatchObject({ ...lent, smart_charging: 'waiting' });
    await house.restartDaemon();
    await house.advance(60);
    expect(house.vehicle(white)).toMatchObject({ ...lent, smart_charging: 'waiting', onboarding: 'complete' });
    // Unlinking: the consequence first, then the prompt is back and nothing is stopped.
    const told = await house.ask('unlink', { id: carport });
    expect(told.error.message).toMatch(/Smart charging goes off for White car/);
    await house.ask('unlink', { id: carport, confirm: true });
    expect(house.vehicle(white)).toMatchObject({
      onboarding: 'charger_required',
      smart_charging: 'blocked',
      mode: 'now',
    });
    expect(shown(white)).toMatchObject({ prompt: 'shown' });
    expect(stops()).toEqual([]);
    expect(await house.verdict()).toEqual([]);
  });
});

describe.each(helps)('Scenario B, Example B: a capable vehicle, Enode’s help %s', (help) => {
  it('is asked once, charges without its charger, and is not asked again after it was unlinked', async () => {
    await newcomer(help);
    await house.link('vehicle', 'KIA');
    expect(shown(blue)).toMatchObject({ word: 'charger_recommended', prompt: 'shown', canDismiss: true });
    expect(shown(blue).sentence).toMatch(/plugging in shows sooner.*vehicle is offline.*power is known/);
    // Charging stays on while the prompt is there, and after it was dismissed.
    await house.set(blue, 'charging', 'ON');
    await house.advance(120);
    expect(house.vehicle(blue)).toMatchObject({ charging: true, command: 'confirmed', route: 'vehicle' });
    expect((await house.ask('dismiss_prompt', { id: blue })).status).toBe('ok');
    expect(house.vehicle(blue)).toMatchObject({ onboarding: 'complete', charging: true });
    expect(shown(blue).prompt).toBe('none');
    // Linked again through settings, then unlinked: less reliable, and no more prompts.
    await house.link('charger', 'EASEE');
    expect(house.vehicle(blue)).toMatchObject({ onboarding: 'complete', can_start_by: 'vehicle' });
    expect((await house.ask('unlink', { id: garage })).error.message).toMatch(/less reliable/i);
    await house.ask('unlink', { id: garage, confirm: true });
    await house.advance(60);
    expect(shown(blue)).toMatchObject({ word: 'complete', prompt: 'none' });
    expect(house.vehicle(blue)).toMatchObject({ can_smart_charge: true, charging: true });
    expect(stops()).toEqual([]);
    expect(await house.verdict()).toEqual([]);
  });
});

describe('Rollout: each phase builds on the previous one', () => {
  it('phases 1 to 3, by policy', async () => {
    await newcomer('on');
    await house.link('vehicle', 'KIA');
    await house.link('vehicle', 'MAZDA');
    const words = () => [house.vehicle(blue).onboarding, house.vehicle(white).onboarding];
    // Phase 1: optional for everybody; what cannot be controlled is only watched, with or without a charger.
    await house.ask('set_policy', { brand: '*', policy: 'optional' });
    await house.car(white, { cable: null });
    await house.car(blue, { cable: null });
    await house.advance(480);
    await house.refresh();
    expect(words()).toEqual(['charger_recommended', 'charger_recommended']);
    await house.set(white, 'mode', 'now');
    expect(house.vehicle(white)).toMatchObject({ mode: 'now', smart_charging: 'blocked', reason_code: 'incapable' });
    // Phase 2: unreliable vehicles need theirs; brand by brand.
    await house.ask('set_policy', { brand: 'KIA', policy: 'mandatory_unreliable' });
    expect(words()).toEqual(['charger_recommended', 'charger_recommended']);
    // Phase 3: incapable ones need theirs, too, and become eligible with it.
    await house.link('charger', 'ZAPTEC');
    expect(house.vehicle(white)).toMatchObject({ smart_charging: 'blocked', reason_code: 'not_eligible' });
    await house.ask('set_policy', { brand: 'MAZDA', policy: 'mandatory_incapable' });
    expect(house.vehicle(white)).toMatchObject({ smart_charging: 'waiting', onboarding: 'complete' });
    const asked = (await house.ask('onboarding', {})).data as unknown as OnboardingView;
    expect(asked.users[0]!.vehicles.map(({ name, word }) => `${name} ${word}`)).toEqual([
      'White car complete',
      'Blue car complete',
    ]);
    expect(asked.brands.find(({ vendor }) => vendor === 'MAZDA')).toMatchObject({ policy: 'mandatory_incapable' });
    const answer = await house.ask('set_policy', { brand: 'HOVERCAR', policy: 'optional' });
    expect(answer.error.code).toBe('refused_unknown_brand');
  });
});

describe.each(helps)('Repeated failed commands while unplugged, Enode’s help %s', (help) => {
  it('what the charger lent goes, what is to be fixed shows again, and both turn when the car is linked anew', async () => {
    await newcomer(help);
    // It cannot stop until its owner does something; nobody needs to, once the charger does it.
    const terms = 'c1b8a5de-2f43-4f0b-8f59-0b6d3f0c9a21';
    await house.car(blue, { cable: null, capabilities: { stopCharging: { capable: false, interventions: [terms] } } });
    await house.link('vehicle', 'KIA');
    expect(house.vehicle(blue)).toMatchObject({ can_stop: false, interventions: 'Accept the terms' });
    await house.link('charger', 'EASEE');
    await house.advance(600);
    const held = { can_stop: true, can_stop_by: 'charger', can_smart_charge: true, interventions: null };
    expect(house.vehicle(blue)).toMatchObject({ ...held, pairing: 'established' });
    await house.car(blue, { away: true });
    await house.advance(1_800);
    expect(house.vehicle(blue)).toMatchObject(held);
    await house.control('POST', '/faults', { kind: 'failAction', count: 3 });
    for (const occasion of [1, 2, 3]) {
      await house.set(blue, 'charging', 'ON');
      await house.advance(2_400);
      expect([occasion, house.vehicle(blue).command]).toEqual([occasion, 'failed']);
      expect([occasion, house.vehicle(blue).can_stop]).toEqual([occasion, occasion < 3]);
    }
    expect(house.vehicle(blue)).toMatchObject({
      pairing: 'invalid',
      can_smart_charge: false,
      interventions: 'Accept the terms',
    });
    expect(house.vehicle(blue).pairing_evidence).toMatch(/commands failed again and again while unplugged/);
    await house.ask('unlink', { id: garage, confirm: true });
    await house.link('charger', 'EASEE');
    expect(house.vehicle(blue)).toMatchObject({ ...held, pairing: 'established' });
  });
});

describe('A pair that proves invalid', () => {
  it('Enode takes back what it unlocked: the capabilities go, with the reason, until the car is plugged in there', async () => {
    await newcomer('on');
    await house.link('vehicle', 'MAZDA');
    await house.link('charger', 'ZAPTEC');
    await house.car(white, { cable: null });
    await house.advance(480);
    await house.refresh();
    expect(house.vehicle(white)).toMatchObject({ ...lent, pairing: 'established', plugged_in: false });
    await house.control('POST', '/clients/demo', { unlocking: false });
    await house.refresh();
    expect(house.vehicle(white)).toMatchObject({
      can_start: false,
      can_smart_charge: false,
      pairing: 'invalid',
      reason_code: 'pairing_invalid',
      onboarding: 'charger_required',
    });
    await house.restartDaemon();
    await house.advance(60);
    expect(house.vehicle(white)).toMatchObject({ can_start: false, pairing: 'invalid' });
    await house.car(white, { cable: carport });
    await house.advance(900);
    await house.refresh();
    expect(house.vehicle(white)).toMatchObject({ ...lent, pairing: 'activated', onboarding: 'complete' });
  });
});
