import { describe, expect, it } from 'vitest';
import { describeOnboarding } from '../../../src/domain/telling/onboarding.ts';
import { sentence } from '../../../src/words/sentence.ts';
import { testBrands } from '../../support/brands.ts';
import { at, cannot, charger, fixable, flags, vehicle } from '../../support/reports.ts';
import { type TestSite, testSite } from '../../support/site.ts';

const told = (site: TestSite, minute = 5) =>
  describeOnboarding(site.view, (reason) => sentence(reason, 'en'), at(minute));
const made = () => testSite({ brands: testBrands(), chargerPlaces: { box: 'home' } });
const row = (site: TestSite, vendor: string) => told(site).brands.find((brand) => brand.vendor === vendor);

describe('what the page shows of a user', () => {
  it('vehicles with their step, chargers with their place', () => {
    const site = made();
    site.listed('charger', [], at(0));
    site.report(vehicle({ now: at(1), flags: flags({ start: cannot }) }));
    expect(told(site).users).toMatchObject([
      {
        id: 'home',
        vehicles: [
          {
            id: 'car',
            name: 'Blue car',
            vendor: 'KIA',
            word: 'charger_required',
            sentence: expect.stringMatching(/^Link its charger: Blue car cannot be controlled by itself\./),
            prompt: 'shown',
            canDismiss: false,
            loginInvalid: false,
          },
        ],
        chargers: [],
      },
    ]);
    site.report(charger({ now: at(2), locationId: 'garage' }));
    const [user] = told(site).users;
    expect(user).toMatchObject({
      vehicles: [{ word: 'complete', prompt: 'none', canDismiss: false }],
      chargers: [{ id: 'box', place: 'home', locationId: 'garage', loginInvalid: false }],
    });
  });
  it('a prompt: shown, dismissed, small', () => {
    const site = made();
    site.listed('charger', [], at(0));
    site.report(vehicle({ now: at(1) }));
    const prompt = () => told(site).users[0]!.vehicles[0]!;
    expect(prompt()).toMatchObject({ word: 'charger_recommended', prompt: 'shown', canDismiss: true });
    site.order(at(2), 'car', { kind: 'no_compatible_charger' });
    expect(prompt()).toMatchObject({ word: 'charger_recommended', prompt: 'small', canDismiss: true });
    expect(prompt().sentence).toMatch(/used without a charger/);
    site.order(at(3), 'car', { kind: 'dismiss_prompt' });
    expect(prompt()).toMatchObject({ word: 'complete', prompt: 'none', canDismiss: false });
  });
  it('a vehicle that is only watched: told so under the mildest policy, and with "I have no compatible charger"', () => {
    const site = made();
    site.listed('charger', [], at(0));
    site.report(vehicle({ now: at(1), power: 'unplugged', flags: flags({ start: cannot }) }));
    const sentenceNow = () => told(site).users[0]!.vehicles[0]!.sentence;
    site.order(at(2), 'car', { kind: 'no_compatible_charger' });
    expect(told(site).users[0]!.vehicles[0]).toMatchObject({ word: 'charger_required', prompt: 'small' });
    expect(sentenceNow()).toMatch(/only watched, as there is no compatible charger/);
    site.put('prompt', 'car', null);
    site.order(at(3), 'site', { kind: 'policy', brand: '*', policy: 'optional' });
    expect(sentenceNow()).toMatch(/only watched: it cannot be controlled by itself/);
    site.report(charger({ now: at(4), power: 'unplugged' }));
    expect(sentenceNow()).toMatch(/the policy of its brand lets it only be watched/);
  });
  it('R7 interventions with Enode’s title and description, who must act, and the link step', () => {
    const site = made();
    site.report(vehicle({ now: at(1), flags: flags({ start: fixable('key', 'odd') }) }));
    const text = {
      title: 'Add a phone key',
      description: 'On the phone.',
      agent: 'User',
      access: 'Physical',
      action: 'Link',
    };
    site.tell(at(1), { kind: 'interventions_reported', language: 'en', texts: [{ id: 'key', ...text }] });
    expect(told(site).users[0]!.vehicles[0]!.interventions).toEqual([
      {
        id: 'key',
        title: 'Add a phone key',
        description: 'On the phone.',
        agent: 'User',
        access: 'Physical',
        link: true,
      },
      { id: 'odd', title: 'odd', description: '', agent: null, access: null, link: false },
    ]);
  });
  it('invalid logins by vendor', () => {
    const site = made();
    site.report(vehicle({ now: at(1) }), charger({ now: at(1) }));
    site.tell(at(2), { kind: 'user_reported', user: 'home', invalidVendors: ['KIA'], known: true });
    expect(told(site).users[0]).toMatchObject({
      vehicles: [{ loginInvalid: true }],
      chargers: [{ loginInvalid: false }],
    });
  });
});

describe('R10 brands, before anything of them is linked', () => {
  it('has the day of the book, the default policy, and a row for each brand of it and of what is linked', () => {
    const site = made();
    site.report(vehicle({ now: at(1), vendor: 'ODD' }));
    const { brands, brandsDate, defaultPolicy } = told(site);
    expect({ brandsDate, defaultPolicy }).toEqual({ brandsDate: '2026-06-01', defaultPolicy: 'mandatory_incapable' });
    expect(brands.map(({ vendor, kinds }) => [vendor, kinds])).toEqual([
      ['BMW', ['vehicle']],
      ['EASEE', ['charger']],
      ['JEEP', ['vehicle']],
      ['KIA', ['vehicle']],
      ['ODD', ['vehicle']],
      ['XPENG', ['vehicle']],
    ]);
  });
  it.each([
    ['BMW', 'mandatory_incapable', 'charger_may'],
    ['JEEP', 'mandatory_incapable', 'charger_must'],
    ['JEEP', 'optional', 'charger_may'],
    ['XPENG', 'mandatory_unreliable', 'charger_must'],
    ['XPENG', 'optional', 'charger_may'],
    ['KIA', 'mandatory_incapable', 'unknown'],
    ['KIA', 'mandatory_unreliable', 'unknown'],
    ['KIA', 'optional', 'charger_may'],
  ] as const)('%s under %s: %s', (vendor, policy, expectation) => {
    const site = made();
    site.order(at(1), 'site', { kind: 'policy', brand: '*', policy });
    expect(row(site, vendor)).toMatchObject({ policy, expectation });
  });
  it('unknown is said: we will know after linking; the charger may then be required', () => {
    expect(row(made(), 'KIA')?.sentence).toMatch(/know after linking.*may then be required/);
  });
  it('what Enode does not list for this client is said, with where to switch it on', () => {
    const site = made();
    const listed = { vendor: 'BMW', name: 'BMW', kinds: ['vehicle'], linking: 'ready' } as const;
    site.tell(at(1), { kind: 'vendors_reported', vendors: [listed] });
    expect(row(site, 'JEEP')).toMatchObject({ linking: null, sentence: expect.stringMatching(/Enode's dashboard/) });
    expect(row(site, 'BMW')).toMatchObject({ linking: 'ready', sentence: expect.stringMatching(/works by itself/) });
  });
  it('the owner of vehicles that were there before is asked once', () => {
    const site = made();
    site.put('policy', '*', null);
    site.report(vehicle({ now: at(1) }));
    site.tell(at(2), { kind: 'started', installation: 'test', instance: 'next' });
    expect(row(site, 'KIA')).toMatchObject({ policy: 'optional', proposal: 'mandatory_incapable' });
    site.order(at(3), 'site', { kind: 'policy', brand: 'KIA', policy: 'mandatory_incapable' });
    expect(row(site, 'KIA')).toMatchObject({ policy: 'mandatory_incapable', proposal: null });
  });
});
