import { describe, expect, it } from 'vitest';
import type { Mode } from '../../../src/domain/choice/mode.ts';
import { numbers } from '../../../src/domain/numbers.ts';
import type { Direction, PowerState } from '../../../src/domain/report.ts';
import { at, vehicle } from '../../support/reports.ts';
import { type TestSite, testSite } from '../../support/site.ts';

function switched(mode: Mode, power: PowerState, last: Direction, switches = 1, over = {}): TestSite {
  const site = testSite();
  site.put('setting', 'car', { mode, target: 100, minimum: 0, departure: null, ...over });
  site.report(vehicle({ now: at(1), power }));
  site.put('track', 'car', { direction: last, at: at(1), day: '2026-06-15', switches });
  return site;
}
const dwellEnds = 1 + numbers.dwellMs / 60_000;

describe('R8 guards delay automatic wishes only', () => {
  it('an automatic start waits after a stop, and says until when', () => {
    const site = switched('now', 'stopped', 'stop');
    const decision = site.decision('car', at(2));
    expect(decision).toMatchObject({ should: 'leave', reviewAt: at(dwellEnds) });
    expect(decision.reason).toMatchObject({ code: 'guard_wait', params: { direction: 'start', until: '14:06' } });
    expect(site.verdict('car', at(dwellEnds))).toBe('start now_starting');
  });
  it('the same direction again need not wait', () => {
    expect(switched('now', 'stopped', 'start').verdict('car', at(2))).toBe('start now_starting');
  });
  it('never `off`', () => {
    expect(switched('off', 'charging', 'start', 99).verdict('car', at(2))).toBe('stop off_stopping');
  });
  it('never a person: an override goes at once, its day’s switches used up or not', () => {
    const site = switched('off', 'stopped', 'stop', 99);
    site.put('override', 'car', { want: 'start', since: at(1), plugin: site.get('plugin', 'car')!.id, wish: 'toggle' });
    expect(site.verdict('car', at(2))).toBe('start override_charge');
  });
  it('never a stop for a limit', () => {
    const site = switched('now', 'charging', 'start', 99, { target: 40 });
    expect(site.verdict('car', at(2))).toBe('stop target_reached');
  });
  it('the day’s budget holds a start until local midnight', () => {
    const site = switched('now', 'stopped', 'start', numbers.switchesPerDay);
    expect(site.decision('car', at(2)).reason).toMatchObject({ code: 'guard_wait', params: { until: '00:00' } });
    site.report(vehicle({ now: at(600), power: 'stopped' }));
    // 22:00 UTC is midnight in Amsterdam in summer.
    expect(site.verdict('car', at(599))).toBe('leave guard_wait');
    expect(site.verdict('car', at(600))).toBe('start now_starting');
  });
  it('what is so already waits for nothing', () => {
    expect(switched('now', 'charging', 'stop', 99).verdict('car', at(2))).toBe('start now_charging');
  });
});
