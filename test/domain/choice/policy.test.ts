import { describe, expect, it } from 'vitest';
import { type Policy, policyFor, policyOf } from '../../../src/domain/choice/policy.ts';
import { testBrands } from '../../support/brands.ts';
import { at, vehicle } from '../../support/reports.ts';
import { type TestSite, testSite } from '../../support/site.ts';

const set = (site: TestSite, minute: number, brand: string, policy: Policy) =>
  site.order(at(minute), 'site', { kind: 'policy', brand, policy });
const forCar = (site: TestSite) => policyFor(site.view, 'car');

describe('R10 policy', () => {
  it('of a new installation: mandatory_incapable', () => {
    expect(policyOf(testSite().view, 'KIA')).toBe('mandatory_incapable');
  });
  it('vehicles present at an upgrade start in optional, and the owner is asked', () => {
    const site = testSite();
    site.put('policy', '*', null);
    site.report(vehicle({ now: at(1) }));
    site.tell(at(2), { kind: 'started', installation: 'test', instance: 'next' });
    expect([policyOf(site.view, 'KIA'), policyOf(site.view, 'JEEP')]).toEqual(['optional', 'mandatory_incapable']);
    expect(site.get('policy', 'KIA')?.ask).toBe(true);
    set(site, 3, 'KIA', 'optional');
    expect(site.get('policy', 'KIA')?.ask).toBe(false);
    // Asked once, not at each start.
    site.tell(at(4), { kind: 'started', installation: 'test', instance: 'third' });
    expect(site.get('policy', 'KIA')?.ask).toBe(false);
  });
  it('* counts for every brand without its own', () => {
    const site = testSite({ brands: testBrands() });
    set(site, 1, 'KIA', 'mandatory_unreliable');
    set(site, 2, '*', 'optional');
    expect([policyOf(site.view, 'KIA'), policyOf(site.view, 'JEEP')]).toEqual(['mandatory_unreliable', 'optional']);
  });
  it('never stricter during a plug-in, milder at once', () => {
    const site = testSite();
    site.report(vehicle({ now: at(1), power: 'unplugged' }));
    set(site, 1, 'KIA', 'optional');
    site.report(vehicle({ now: at(2) }));
    set(site, 3, 'KIA', 'mandatory_incapable');
    expect(forCar(site)).toBe('optional');
    set(site, 4, 'KIA', 'mandatory_unreliable');
    expect(forCar(site)).toBe('optional');
    site.report(vehicle({ now: at(5), power: 'unplugged' }));
    expect(forCar(site)).toBe('mandatory_unreliable');
    site.report(vehicle({ now: at(6) }));
    set(site, 7, 'KIA', 'optional');
    expect(forCar(site)).toBe('optional');
    // To and fro within one plug-in does not make it strict again.
    set(site, 8, 'KIA', 'mandatory_unreliable');
    expect(forCar(site)).toBe('optional');
  });
});
