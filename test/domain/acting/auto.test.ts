// R5 `auto`: leaves it to Enode until evidence says that Enode does not choose for this client; then it asks, and with consent does it.
import { describe, expect, it } from 'vitest';
import { numbers } from '../../../src/domain/numbers.ts';
import type { Settings } from '../../../src/domain/settings.ts';
import { at, can, cannot, charger, flags, vehicle } from '../../support/reports.ts';
import { testSite } from '../../support/site.ts';
import { refused, type Stage, stage } from '../../support/stage.ts';

type Car = Parameters<typeof vehicle>[0];
const failed = { state: 'failed', failure: { type: 'NO_RESPONSE', detail: null } } as const;
const both = (s: Stage) => s.loop.view().get('bridge', 'bridge')?.unorchestrated;

/** Both linked from the first moment, activated by Enode's ids, charging. */
async function pair(car: Car = {}, settings: Partial<Settings> = {}): Promise<Stage> {
  const s = await stage({ bare: true, settings: { allowChargerCommands: false, ...settings } });
  await s.advance(1);
  await seen(s, car);
  await s.tell({ kind: 'listed', assets: 'charger', users: ['home'], ids: ['box'] });
  return s;
}
async function seen(s: Stage, car: Car = {}): Promise<void> {
  await s.box({ power: 'charging', pluggedInVehicleId: 'car' });
  await s.car({ power: 'charging', pluggedInChargerId: 'box', ...car });
}
async function silence(s: Stage): Promise<void> {
  await s.charging('stop');
  await s.action(await s.accept(), failed);
  await s.advance(300);
  await seen(s);
}
const locked = { flags: flags({ start: cannot, stop: cannot }) };
const asked =
  /^Enode does not choose between Blue car and its charger: .*Ask Enode support.*set allow_charger_commands/;

describe('R5 auto: the evidence', () => {
  it('both linked, and the flags stay false', async () => {
    const s = await pair(locked);
    await s.advance(numbers.unlockMs / 1000 - 60);
    await seen(s, locked);
    expect(s.state('bridge').problem).toBe(false);
    await s.advance(60);
    await seen(s, locked);
    expect(s.state('bridge')).toMatchObject({ problem: true, problem_text: expect.stringMatching(asked) });
    expect(both(s)).toMatchObject({ by: 'flags', vehicle: 'car' });
  });

  it('but not while its login is invalid, nor when flags that were true are withdrawn from a car that is not activated (R7)', async () => {
    const s = await pair(locked);
    await s.tell({ kind: 'user_reported', user: 'home', invalidVendors: ['KIA'], known: true });
    await s.advance(numbers.unlockMs / 1000);
    await seen(s, locked);
    expect(both(s)).toBeUndefined();
    // Withdrawn: while it is activated that is no invalid pair, else it may be.
    for (const isActivated of [false, true]) {
      const other = await pair();
      await other.advance(60);
      for (let n = 0; n < 3; n++) {
        if (isActivated) await seen(other, locked);
        else await other.car({ power: 'stopped', ...locked });
        await other.advance(numbers.unlockMs / 1000);
      }
      expect(both(other) !== undefined).toBe(isActivated);
    }
  });

  it('a car that was kept by an earlier version is watched from its first report on', () => {
    const site = testSite();
    site.report(charger({ now: at(0) }), vehicle({ now: at(0), ...locked }));
    const { locked: _locked, ...former } = site.get('vehicle', 'car')!;
    site.put('vehicle', 'car', former);
    site.report(vehicle({ now: at(10), ...locked }));
    expect(site.get('vehicle', 'car')?.locked).toEqual({ since: at(10), withdrawn: false });
    site.report(vehicle({ now: at(10 + numbers.unlockMs / 60_000), ...locked }));
    expect(site.get('bridge', 'bridge')?.unorchestrated).toMatchObject({ by: 'flags' });
  });

  it('it goes when Enode unlocks after all', async () => {
    const s = await pair(locked);
    await s.advance(numbers.unlockMs / 1000);
    await seen(s, locked);
    await s.advance(60);
    await seen(s, { flags: flags({ start: can, stop: can }) });
    expect(both(s)).toBeUndefined();
    expect(s.state('bridge').problem).toBe(false);
  });

  it('an orchestrated command fails as incapable while activated', async () => {
    for (const end of ['400', 'precondition']) {
      const s = await pair();
      await s.charging('stop');
      if (end === '400') await s.answer(refused(400));
      const action = end === '400' ? null : await s.accept();
      await s.advance(30);
      await seen(s);
      if (action)
        await s.action(action, { state: 'cancelled', failure: { type: 'FAILED_PRECONDITION', detail: null } });
      expect(both(s)).toMatchObject({ by: 'incapable' });
      expect(s.state()).toMatchObject({ command: 'refused', reason_code: 'enode_incapable' });
      expect(s.state().reason).toMatch(/Ask Enode support to enable EV charger pairing, or choose control: local/);
    }
  });

  it('two NO_RESPONSE while activated with its charger within reach; one, or with the charger away, says nothing', async () => {
    const s = await pair();
    await silence(s);
    expect(both(s)).toBeUndefined();
    await silence(s);
    expect(both(s)).toMatchObject({ by: 'silent' });
    const away = await pair();
    for (let n = 0; n < 3; n++) {
      await away.box({ power: 'charging', pluggedInVehicleId: 'car', reachable: false });
      await away.charging('stop');
      await away.action(await away.accept(), failed);
      await away.advance(300);
      await away.car({ power: 'charging', pluggedInChargerId: 'box' });
    }
    expect(both(away)).toBeUndefined();
  });
});

describe('R5 auto: what follows', () => {
  const evident = async (settings: Partial<Settings> = {}): Promise<Stage> => {
    const s = await pair({}, settings);
    await silence(s);
    await silence(s);
    return s;
  };

  it('without consent nothing changes: the Vehicle API alone', async () => {
    const s = await evident();
    await s.charging('stop');
    expect(s.sent.at(-1)).toMatchObject({ target: 'car' });
    expect(s.state().route).toBe('enode');
    await s.action(await s.accept(), failed);
    await s.advance(600);
    expect(s.told()).toEqual(['STOP car', 'STOP car', 'STOP car']);
  });

  it('consent given by verb: it is ours to choose from then on, over restarts too; withdrawn, it is Enode’s again', async () => {
    const s = await evident();
    await s.order('site', { kind: 'allow_charger_commands', on: true }, 'verb');
    expect(s.state('bridge').problem).toBe(false);
    await s.restart();
    await s.advance(5);
    await seen(s);
    await s.charging('stop');
    // The car was silent lately.
    expect(s.told().slice(2)).toEqual(['STOP box']);
    expect(s.state().route).toBe('charger');
    await s.action(await s.accept(), { state: 'confirmed' });
    await s.order('site', { kind: 'allow_charger_commands', on: false }, 'verb');
    await s.advance(300);
    await seen(s);
    await s.charging('stop');
    expect(s.told().slice(3)).toEqual(['STOP car']);
    expect(s.state('bridge').problem).toBe(true);
  });

  it('consent alone is no evidence', async () => {
    const s = await pair({}, { allowChargerCommands: true });
    await s.charging('stop');
    expect(s.state().route).toBe('enode');
  });

  it('control: enode is a person’s word: nothing is asked, nothing changes', async () => {
    const s = await evident({ control: 'enode', allowChargerCommands: true });
    expect(s.state('bridge').problem).toBe(false);
    await s.charging('stop');
    expect(s.told().at(-1)).toBe('STOP car');
  });
});
