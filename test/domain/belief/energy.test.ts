import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PowerState } from '../../../src/domain/report.ts';
import { at, charger, vehicle } from '../../support/reports.ts';
import { testSite } from '../../support/site.ts';

const charging = (minute: number, rate: number | null, battery: number | null = 50) =>
  vehicle({ now: at(minute), power: 'charging', charge: { rate, battery, capacity: 60 } });
const stopped = (minute: number, battery: number | null = 50) =>
  vehicle({ now: at(minute), power: 'stopped', charge: { battery, capacity: 60 } });
const total = (site: ReturnType<typeof testSite>, id = 'car') => site.get('energy', id)?.total;

describe('energy', () => {
  it('the power of the earlier report holds until the later one', () => {
    const site = testSite();
    site.report(stopped(0), charging(10, 6), charging(20, 12), stopped(30));
    expect(total(site)).toBeCloseTo(1 + 2);
  });

  it('the session counts from the plug-in, the total goes on', () => {
    const site = testSite();
    site.report(charging(0, 6), stopped(10), vehicle({ now: at(20), power: 'unplugged' }));
    expect(site.get('energy', 'car')).toMatchObject({ session: 1, total: 1 });
    site.report(charging(30, 6), charging(40, 6));
    expect(site.get('energy', 'car')).toMatchObject({ session: 1, total: 2, sessionStarted: at(30) });
  });

  it('a long gap without SoC counts as its cap', () => {
    const site = testSite();
    site.report(charging(0, 6, null), stopped(600, null));
    expect(total(site)).toBeCloseTo(3);
  });

  it('over a long gap SoC tells better than the cap', () => {
    const site = testSite();
    site.report(charging(0, 11, 50), charging(10, 11, 50), stopped(240, 94));
    // 44 % of 60 kWh from the grid; what was counted since SoC last changed is part of it.
    expect(total(site)).toBeCloseTo((0.44 * 60) / 0.88);
  });

  it('a report out of order changes nothing', () => {
    const site = testSite();
    site.report(charging(0, 6), charging(20, 6));
    const before = site.get('energy', 'car');
    site.report(charging(10, 600));
    expect(site.get('energy', 'car')).toEqual(before);
  });

  it('survives a restart: no jump back, no double count', () => {
    const site = testSite();
    site.report(charging(0, 6), charging(10, 6));
    site.tell(at(15), { kind: 'started', installation: 'test', instance: 'next' });
    site.report(charging(10, 6), charging(20, 6));
    expect(total(site)).toBeCloseTo(2);
  });

  it('a car that tells no power is counted by SoC and capacity, from the report before it began', () => {
    const site = testSite();
    site.report(stopped(0, 50), charging(20, null, 52), charging(40, null, 60), stopped(60, 61));
    expect(total(site)).toBeCloseTo((0.11 * 60) / 0.88);
  });

  it('an activated pair whose car tells no power: the charger’s reports in between count', () => {
    const site = testSite();
    const box = (minute: number, rate: number) =>
      charger({ now: at(minute), power: 'charging', pluggedInVehicleId: 'car', charge: { rate } });
    const car = (minute: number, power: PowerState) =>
      vehicle({ now: at(minute), power, pluggedInChargerId: 'box', charge: { battery: null } });
    site.report(box(0, 6), car(0, 'charging'), box(10, 12), box(20, 6), box(30, 6), car(31, 'charging'));
    expect(total(site)).toBeCloseTo(1 + 2 + 1 + 0.1);
    expect(total(site, 'box')).toBeCloseTo(4.1);
  });

  it('law: only ever grows, for any reports in any order', () => {
    const report = fc.record({
      minute: fc.integer({ min: 0, max: 3_000 }),
      power: fc.constantFrom<PowerState | null>(
        'charging',
        'stopped',
        'unplugged',
        'discharging',
        'initializing',
        null,
      ),
      rate: fc.option(fc.double({ min: -20, max: 350, noNaN: true })),
      battery: fc.option(fc.double({ min: 0, max: 100, noNaN: true })),
    });
    fc.assert(
      fc.property(fc.array(report, { maxLength: 30 }), (reports) => {
        const site = testSite();
        let last = 0;
        for (const { minute, power, rate, battery } of reports) {
          site.report(vehicle({ now: at(minute), power, charge: { rate, battery } }));
          const now = total(site) ?? 0;
          expect(now).toBeGreaterThanOrEqual(last);
          expect(site.get('energy', 'car')?.session ?? 0).toBeLessThanOrEqual(now);
          last = now;
        }
      }),
      { numRuns: 150 },
    );
  });
});
