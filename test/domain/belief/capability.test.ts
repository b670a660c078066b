import { describe, expect, it } from 'vitest';
import { effective, openInterventions } from '../../../src/domain/belief/capability.ts';
import type { Flags } from '../../../src/domain/report.ts';
import { at, can, cannot, charger, fixable, flags, vehicle } from '../../support/reports.ts';
import { type TestSite, testSite } from '../../support/site.ts';

const car = (minute: number, over: Partial<Flags> = {}) => vehicle({ now: at(minute), flags: flags(over) });
const own = (site: TestSite) => site.get('vehicle', 'car')?.own;
const by = (site: TestSite) => effective(site.view, 'car', 'start');

describe('R5 own capability yes, no, unknown', () => {
  it('flags seen while certainly no charger is linked are the car’s own', () => {
    const site = testSite();
    site.report(car(1, { stop: cannot }));
    expect(own(site)).toMatchObject({ start: 'unknown', stop: 'no' });
    site.listed('charger', [], at(2));
    expect(own(site)).toMatchObject({ start: 'yes', stop: 'no' });
    expect(by(site)).toEqual({ can: true, by: 'vehicle' });
  });

  it('once Enode unlocks, flags say true for every car: unknown stays unknown, what was learnt is kept', () => {
    const unknown = testSite();
    unknown.report(charger({ now: at(1) }), car(1));
    unknown.listed('charger', ['box'], at(2));
    expect(own(unknown)?.start).toBe('unknown');
    expect(by(unknown)).toEqual({ can: true, by: null });
    const learnt = testSite();
    learnt.listed('charger', [], at(1));
    learnt.report(car(1, { start: cannot, stop: cannot }), charger({ now: at(5) }), car(6));
    expect(own(learnt)).toMatchObject({ start: 'no', stop: 'no' });
    expect(by(learnt)).toEqual({ can: true, by: 'charger' });
  });

  it('our list of chargers may be older than the link that unlocked the flags: an old one teaches nothing', () => {
    const site = testSite();
    site.listed('charger', [], at(0));
    site.report(car(0, { start: cannot, stop: cannot }));
    // Linked at minute 9; the vehicles are read before the chargers.
    site.report(car(10), charger({ now: at(11) }));
    expect(own(site)).toMatchObject({ start: 'no', stop: 'no' });
  });

  it('what Enode unlocked is not the car’s own once the charger is unlinked: a report from beside the charger teaches nothing', () => {
    const site = testSite();
    site.listed('charger', [], at(0));
    site.report(car(0, { start: cannot }));
    site.report(charger({ now: at(60) }), car(61));
    site.listed('charger', [], at(62));
    expect(own(site)?.start).toBe('no');
  });

  it('a flag that is false says no, charger or not', () => {
    const site = testSite();
    site.report(charger({ now: at(1) }), car(2, { start: cannot }));
    expect(own(site)?.start).toBe('no');
    // Its charger can.
    expect(by(site)).toEqual({ can: true, by: 'charger' });
  });

  it('what a person could fix, and perhaps fixed, is asked anew', () => {
    const site = testSite();
    site.report(charger({ now: at(1) }), car(2, { start: fixable('update') }));
    expect(own(site)?.start).toBe('no');
    site.report(car(3));
    expect(own(site)?.start).toBe('unknown');
  });
});

describe('R7 incapable and fixable', () => {
  it('interventions of what cannot be done are shown, each once; those of what can be done are not', () => {
    const site = testSite();
    site.report(car(1, { start: fixable('b', 'a'), stop: fixable('a'), locate: { ...can, interventions: ['z'] } }));
    expect(openInterventions(site.view, 'car')).toEqual(['a', 'b']);
  });
  it('a capability that nobody told of is unknown', () => {
    const site = testSite();
    site.report(car(1, { start: null }));
    expect(by(site)).toEqual({ can: null, by: null });
  });
});
