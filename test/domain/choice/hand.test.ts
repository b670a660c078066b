import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../../src/domain/acting/attempt.ts';
import type { Mode } from '../../../src/domain/choice/mode.ts';
import type { Direction, PowerState } from '../../../src/domain/report.ts';
import { at, charger, vehicle } from '../../support/reports.ts';
import { type TestSite, testSite } from '../../support/site.ts';

/** A car at home in a mode, plugged in at minute 0. */
function begun(mode: Mode, ...powers: readonly (readonly [number, PowerState | null])[]): TestSite {
  const site = testSite();
  site.put('setting', 'car', { mode, target: 100, minimum: 0, departure: null });
  site.report(vehicle({ now: at(-1), power: 'unplugged' }));
  go(site, ...powers);
  return site;
}
function go(site: TestSite, ...powers: readonly (readonly [number, PowerState | null])[]): void {
  for (const [minute, power] of powers) site.report(vehicle({ now: at(minute), power }));
}
const attempt = (direction: Direction, endedAt: number | null): Attempt => ({
  id: 'a',
  wish: 'w',
  subject: 'car',
  target: 'car',
  targetKind: 'vehicle',
  direction,
  state: endedAt === null ? 'accepted' : 'ended',
  intendedAt: at(0),
  intendedCloudTime: at(0),
  action: 'action',
  actionCreatedAt: at(0),
  answeredAt: at(0),
  endedAt: endedAt === null ? null : at(endedAt),
  outcome: endedAt === null ? null : 'confirmed',
  failure: null,
  refusal: null,
  why: null,
  cancel: 'no',
  cancelAskedAt: null,
  repeats: 0,
});

describe('R8 a hand on the car', () => {
  it('stopped while the mode wants charging: yields until unplug, "stopped at the car"', () => {
    const site = begun('now', [0, 'charging'], [20, 'stopped']);
    expect(site.verdict('car', at(20))).toBe('leave hand_stopped');
    go(site, [30, 'stopped'], [40, 'unplugged'], [50, 'stopped']);
    expect(site.verdict('car', at(50))).toBe('start now_starting');
  });
  it('started while the mode is off: yields until unplug', () => {
    const site = begun('off', [0, 'stopped'], [20, 'charging']);
    expect(site.verdict('car', at(20))).toBe('leave hand_started');
  });
  it('started although the target is reached: yields', () => {
    const site = begun('now', [0, 'stopped']);
    site.put('setting', 'car', { mode: 'now', target: 40, minimum: 0, departure: null });
    go(site, [20, 'charging']);
    expect(site.verdict('car', at(20))).toBe('leave hand_started');
  });
  it('with what the mode wants it is no contradiction', () => {
    const site = begun('now', [0, 'stopped'], [20, 'charging']);
    expect(site.verdict('car', at(20))).toBe('start now_charging');
  });
  it('against an override: the newer word of a person counts', () => {
    const site = begun('off', [0, 'charging']);
    site.put('override', 'car', { want: 'start', since: at(0), plugin: site.get('plugin', 'car')!.id, wish: 'toggle' });
    go(site, [20, 'stopped']);
    expect(site.get('override', 'car')).toBeUndefined();
    expect(site.verdict('car', at(20))).toBe('leave hand_stopped');
  });
  it('an unknown state in between hides nothing', () => {
    const site = begun('now', [0, 'charging'], [10, null], [20, 'stopped']);
    expect(site.verdict('car', at(20))).toBe('leave hand_stopped');
  });
  it('resume, or a mode chosen anew, ends it', () => {
    for (const order of [{ kind: 'resume' }, { kind: 'mode', mode: 'now' }] as const) {
      const site = begun('now', [0, 'charging'], [20, 'stopped']);
      site.order(at(21), 'car', order);
      expect(site.verdict('car', at(21))).toBe('start now_starting');
    }
  });
});

describe('R8 what is no hand', () => {
  it('a car that starts by itself when the cable goes in', () => {
    for (const powers of [
      [[0, 'charging']],
      [
        [0, 'stopped'],
        [7, 'charging'],
      ],
    ] as const) {
      const site = begun('off', ...(powers as readonly (readonly [number, PowerState])[]));
      expect(site.verdict('car', at(8))).toBe('stop off_stopping');
    }
  });
  it('a handshake that ends in a stop', () => {
    const site = begun('now', [0, 'initializing'], [2, 'stopped']);
    expect(site.verdict('car', at(2))).toBe('start now_starting');
  });
  it('a full battery, a fault, lost power', () => {
    for (const power of ['complete', 'fault', 'no_power'] as const) {
      const site = begun('now', [0, 'charging'], [20, power]);
      expect(site.get('hold', 'car')).toBeUndefined();
    }
  });
  it('what an action of ours did, pending or lately ended', () => {
    for (const endedAt of [null, 18]) {
      const site = begun('now', [0, 'charging']);
      site.put('attempt', 'car', attempt('stop', endedAt));
      go(site, [20, 'stopped']);
      expect(site.get('hold', 'car')).toBeUndefined();
    }
  });
  it('what a command to the charger of the pair did', () => {
    const site = begun('now');
    const both = (minute: number, power: PowerState) => {
      site.report(charger({ now: at(minute), power, pluggedInVehicleId: 'car' }));
      site.report(vehicle({ now: at(minute), power, pluggedInChargerId: 'box' }));
    };
    both(0, 'charging');
    site.put('attempt', 'box', { ...attempt('stop', 19), target: 'box', targetKind: 'charger' });
    both(20, 'stopped');
    expect(site.get('hold', 'car')).toBeUndefined();
  });
  it('long after an action ended it is one again', () => {
    const site = begun('now', [0, 'charging']);
    site.put('attempt', 'car', attempt('stop', 5));
    go(site, [40, 'stopped']);
    expect(site.verdict('car', at(40))).toBe('leave hand_stopped');
  });
  it('anything in manual', () => {
    const site = begun('manual', [0, 'charging'], [20, 'stopped'], [30, 'charging'], [40, 'stopped']);
    expect(site.verdict('car', at(40))).toBe('leave manual_idle');
    site.order(at(41), 'car', { kind: 'mode', mode: 'now' });
    expect(site.verdict('car', at(41))).toBe('start now_starting');
  });
});

describe('R8 a hand on a pair', () => {
  it('stopped at the car: the charger sees NO_POWER first', () => {
    const site = begun('now');
    const car = (minute: number, power: PowerState) =>
      site.report(vehicle({ now: at(minute), power, pluggedInChargerId: 'box' }));
    const box = (minute: number, power: PowerState) =>
      site.report(charger({ now: at(minute), power, pluggedInVehicleId: 'car' }));
    box(0, 'charging');
    car(0, 'charging');
    box(20, 'no_power');
    car(22, 'stopped');
    expect(site.verdict('car', at(22))).toBe('leave hand_stopped');
  });
});

describe('R9 two unexplained transitions in one plug-in', () => {
  it('"someone else": automatic modes pause until unplug', () => {
    const site = begun('now', [0, 'charging'], [20, 'stopped'], [30, 'charging']);
    expect(site.verdict('car', at(30))).toBe('leave foreign_control');
    go(site, [40, 'unplugged'], [50, 'stopped']);
    expect(site.verdict('car', at(50))).toBe('start now_starting');
  });
  it('one in each of two plug-ins is not', () => {
    const site = begun('now', [0, 'charging'], [20, 'stopped'], [30, 'unplugged'], [40, 'charging'], [60, 'stopped']);
    expect(site.verdict('car', at(60))).toBe('leave hand_stopped');
  });
});
