// What the page is told of how this house is set up: above all, who consented to command chargers, and who chooses.
import { describe, expect, it } from 'vitest';
import { describeAbout } from '../../../src/domain/telling/about.ts';
import { at, vehicle } from '../../support/reports.ts';
import { testSite } from '../../support/site.ts';
import { stage } from '../../support/stage.ts';

describe('consent to command chargers (R5)', () => {
  it('is told with where it can be taken back', async () => {
    const given = testSite({ allowChargerCommands: true });
    expect(describeAbout(given.view)).toMatchObject({ chargerCommands: 'option', asksConsent: false });
    const house = await stage({ settings: { allowChargerCommands: false } });
    expect(describeAbout(house.loop.view()).chargerCommands).toBeNull();
    await house.order('site', { kind: 'allow_charger_commands', on: true }, 'page');
    expect(describeAbout(house.loop.view()).chargerCommands).toBe('person');
    await house.order('site', { kind: 'allow_charger_commands', on: false }, 'page');
    expect(describeAbout(house.loop.view()).chargerCommands).toBeNull();
  });

  it('is asked for once Enode was seen not to choose, and only where the choice is automatic', () => {
    const asked = (control: 'auto' | 'enode') => {
      const site = testSite({ allowChargerCommands: false, control });
      site.report(vehicle());
      const seen = { by: 'flags' as const, vehicle: 'car', at: at(1) };
      site.put('bridge', 'bridge', { ...site.view.get('bridge', 'bridge')!, unorchestrated: seen });
      const { asksConsent, chooser } = describeAbout(site.view);
      return { asksConsent, chooser };
    };
    expect(asked('auto')).toEqual({ asksConsent: true, chooser: 'enode' });
    expect(asked('enode')).toEqual({ asksConsent: false, chooser: 'enode' });
  });
});

it('the modes that can be chosen are those that are built', () => {
  expect(describeAbout(testSite().view).modes).toEqual(['manual', 'off', 'now']);
});
