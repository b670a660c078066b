import { describe, expect, it } from 'vitest';
import type { Mode } from '../../../src/domain/choice/mode.ts';
import type { Setting } from '../../../src/domain/choice/setting.ts';
import type { PowerState } from '../../../src/domain/report.ts';
import type { Settings } from '../../../src/domain/settings.ts';
import { answered, at, cannot, charger, farPoint, flags, noon, vehicle } from '../../support/reports.ts';
import { type TestSite, testSite } from '../../support/site.ts';

const nowhere = { latitude: null, longitude: null, at: null };

/** A plugged car at home, as last reported at minute 1, in a mode. */
function plugged(
  mode: Mode,
  over: Parameters<typeof vehicle>[0] = {},
  setting: Partial<Setting> = {},
  settings: Partial<Settings> = {},
): TestSite {
  const site = testSite(settings);
  site.put('setting', 'car', { mode, target: 100, minimum: 0, departure: null, ...setting });
  site.report(vehicle({ now: at(1), ...over }));
  return site;
}
const says = (site: TestSite, minute = 1) => site.verdict('car', at(minute));
const overridden = (site: TestSite, want: 'start' | 'stop') =>
  site.put('override', 'car', { want, since: at(1), plugin: site.get('plugin', 'car')?.id ?? null, wish: 'toggle' });

describe('R8 in order, first match: blocked', () => {
  it('not linked any more', () => {
    const site = plugged('now');
    site.listed('vehicle', [], at(1));
    expect(says(site)).toBe('leave not_linked');
  });
  it('incapable, with the step to take', () => {
    const incapable = { flags: flags({ start: cannot }) };
    const site = plugged('now', incapable);
    expect(site.decision('car', at(1)).reason).toMatchObject({ code: 'incapable', params: { step: 'link_charger' } });
    site.report(charger({ now: at(1) }));
    expect(site.decision('car', at(1)).reason.params.step).toBe('plug_in');
  });
  it('incapable does not matter while its charger provides it', () => {
    const site = plugged('now', { flags: flags({ start: cannot }) });
    site.report(charger({ now: at(2) }), vehicle({ now: at(2), pluggedInChargerId: 'box' }));
    expect(says(site, 2)).toBe('start now_starting');
  });
  it('incapable although activated, where Enode does not unlock: asking would be refused for ever', () => {
    const site = plugged('now', { flags: flags({ start: cannot }) });
    site.report(charger({ now: at(2) }));
    site.report(vehicle({ now: at(2), pluggedInChargerId: 'box', flags: flags({ start: cannot }) }));
    expect(site.decision('car', at(2)).reason).toMatchObject({ code: 'incapable', params: { step: 'ask_enode' } });
  });
  it('is said in manual too', () => {
    expect(says(plugged('manual', { flags: flags({ stop: cannot }) }))).toBe('leave incapable');
  });
});

describe('R8, R9 hand-over', () => {
  const foreign = (site: TestSite, by: 'schedule' | 'smart_charging') =>
    site.tell(at(1), { kind: 'foreign_control_reported', user: 'home', found: [{ target: 'car', by, id: 's-1' }] });
  it('an enabled schedule at Enode is named, and observed', () => {
    const site = plugged('now');
    foreign(site, 'schedule');
    expect(site.decision('car', at(1))).toMatchObject({
      should: 'leave',
      reason: { code: 'handover_schedule', params: { id: 's-1' } },
    });
    site.tell(at(2), { kind: 'foreign_control_reported', user: 'home', found: [] });
    expect(says(site)).toBe('start now_starting');
  });
  it('Enode’s own smart charging steers', () => {
    expect(says(plugged('now', { smartChargingOn: true }))).toBe('leave handover_smart_charging');
    const site = plugged('off', { power: 'charging' });
    foreign(site, 'smart_charging');
    expect(says(site)).toBe('leave handover_smart_charging');
  });
  it('comes before the place, and before an override', () => {
    const site = plugged('now', { smartChargingOn: true, position: farPoint });
    overridden(site, 'start');
    expect(says(site)).toBe('leave handover_smart_charging');
  });
});

describe('R8 away, unknown, unproven: leave alone', () => {
  it('away', () => expect(says(plugged('now', { position: farPoint }))).toBe('leave away'));
  it('unknown', () =>
    expect(says(plugged('off', { power: 'charging', position: nowhere }))).toBe('leave place_unknown'));
  it('away comes before an override', () => {
    const site = plugged('now', { position: farPoint });
    overridden(site, 'start');
    expect(says(site)).toBe('leave away');
  });
  it('unplugged: automatic modes send nothing', () => {
    expect(says(plugged('now', { power: 'unplugged' }))).toBe('leave unplugged');
  });
  it('an unknown state', () => expect(says(plugged('now', { power: null }))).toBe('leave stale'));
  it('a stale report, by the cloud’s clock', () => {
    const site = plugged('now');
    expect(says(site, 41)).toBe('start now_starting');
    expect(says(site, 42)).toBe('leave stale');
  });
  it('starting up: nothing heard of it in this run yet', () => {
    const site = plugged('now');
    site.tell(at(2), { kind: 'started', installation: 'test', instance: 'next' });
    site.tell(at(2), { kind: 'request_ended', request: answered(at(2)) });
    expect(says(site, 2)).toBe('leave starting_up');
    site.tell(at(3), { kind: 'vehicle_reported', report: vehicle({ now: at(1) }) });
    expect(says(site, 3)).toBe('start now_starting');
  });
  it('a clock that was not compared yet, or is more than 60 s off', () => {
    const site = plugged('now');
    const cloud = (seconds: number) =>
      site.tell(at(1), { kind: 'request_ended', request: answered(at(1), { cloudTime: at(1 - seconds / 60) }) });
    cloud(61);
    expect(says(site)).toBe('leave clock_unchecked');
    cloud(60);
    expect(says(site)).toBe('start now_starting');
    site.tell(at(1), { kind: 'clock_jumped' });
    expect(says(site)).toBe('leave clock_unchecked');
  });
});

describe('R8 override, pause, minimum, departure, limits, mode', () => {
  it('an override rules over pause and mode, both ways', () => {
    const site = plugged('off', { charge: { battery: 90 } }, { target: 80 });
    site.order(noon, 'site', { kind: 'pause', on: true });
    overridden(site, 'start');
    expect(says(site)).toBe('start override_charge');
    const other = plugged('now', { power: 'charging' });
    overridden(other, 'stop');
    expect(says(other)).toBe('stop override_stop');
  });
  it('the site’s pause rules over minimum and mode', () => {
    const site = plugged('now', { charge: { battery: 10 } }, { minimum: 30 });
    site.order(noon, 'site', { kind: 'pause', on: true });
    expect(says(site)).toBe('leave paused');
  });
  it('below the minimum it charges, whatever the mode', () => {
    expect(says(plugged('off', { charge: { battery: 29 } }, { minimum: 30 }))).toBe('start below_minimum');
    expect(says(plugged('off', { charge: { battery: 30 } }, { minimum: 30 }))).toBe('stop off');
  });
  it('a departure that is due charges, whatever the mode', () => {
    // 10 % of 60 kWh at 3.5 kW: 2 h 14 min with losses and margin.
    const due = (hours: number) => says(plugged('off', {}, { target: 60, departure: at(1 + hours * 60) }));
    expect(due(2)).toBe('start departure_due');
    expect(due(3)).toBe('stop off');
    expect(says(plugged('off', { charge: { battery: 60 } }, { target: 60, departure: at(61) }))).toBe('stop off');
    expect(says(plugged('off', {}, { target: 60, departure: at(0) }))).toBe('stop off');
  });
  it('a decision before a departure looks again when it becomes due', () => {
    const site = plugged('off', {}, { target: 60, departure: at(1 + 140) });
    const { reviewAt } = site.decision('car', at(1));
    expect(reviewAt).toBeLessThan(at(16));
    expect(site.verdict('car', reviewAt)).toBe('start departure_due');
  });
  it('begun for a departure it goes on, although it turns out faster than thought', () => {
    const site = plugged('off', {}, { target: 60, departure: at(120) });
    const plugin = site.get('plugin', 'car')!.id;
    site.put('wish', 'car', {
      id: 'w',
      subject: 'car',
      want: 'start',
      origin: 'mode',
      from: 'mode',
      at: at(1),
      deadline: at(30),
      anywhere: false,
      route: null,
      plugin,
      attempts: 1,
      notBefore: null,
      state: 'met',
      why: 'departure_due',
    });
    const fast = (minute: number, battery: number) =>
      site.report(vehicle({ now: at(minute), power: 'charging', charge: { battery, rate: 11 } }));
    fast(5, 52);
    expect(says(site, 5)).toBe('start departure_due');
    fast(30, 60);
    expect(says(site, 30)).toBe('stop off_stopping');
  });

  it.each<[number, PowerState, string]>([
    [76, 'stopped', 'start now_starting'],
    [77, 'stopped', 'stop target_reached'],
    [79, 'charging', 'start now_charging'],
    [80, 'charging', 'stop target_reached'],
  ])('target 80 at %s %% while %s: %s (standby loss does not start it again)', (battery, power, verdict) => {
    expect(says(plugged('now', { power, charge: { battery } }, { target: 80 }))).toBe(verdict);
  });
  it('target 100 is the car’s own business', () => {
    expect(says(plugged('now', { power: 'charging', charge: { battery: 100 } }))).toBe('start now_charging');
  });
  it('the vehicle’s limit: nothing is started at it, above it is stopped', () => {
    const limited = (battery: number, power: PowerState) =>
      says(plugged('now', { power, charge: { battery, limit: 80 } }));
    expect(limited(80, 'stopped')).toBe('stop vehicle_limit_reached');
    expect(limited(80, 'charging')).toBe('start now_charging');
    expect(limited(83, 'charging')).toBe('stop vehicle_limit_reached');
  });
  it('off stops what charges and leaves what does not', () => {
    expect(says(plugged('off', { power: 'charging' }))).toBe('stop off_stopping');
    expect(says(plugged('off'))).toBe('stop off');
  });
});

describe('R1, R8 a START that cannot help, or must not be, is not asked', () => {
  const cases: [PowerState, string][] = [
    ['discharging', 'leave now_blocked_no_power'],
    ['fault', 'leave now_blocked_fault'],
    ['no_power', 'leave now_blocked_no_power'],
    ['complete', 'leave complete'],
  ];
  it.each(cases)('%s: by mode, minimum, departure or override: %s', (power, verdict) => {
    expect(says(plugged('now', { power }))).toBe(verdict);
    expect(says(plugged('off', { power }, { minimum: 90 }))).toBe(verdict);
    expect(says(plugged('off', { power }, { departure: at(60) }))).toBe(verdict);
    const site = plugged('off', { power });
    overridden(site, 'start');
    expect(says(site)).toBe(verdict);
  });
  it('R1 charger NO_POWER means that the car takes none: a START to the car helps', () => {
    const site = plugged('now', { pluggedInChargerId: 'box' });
    site.report(charger({ now: at(2), power: 'no_power', pluggedInVehicleId: 'car' }));
    site.report(vehicle({ now: at(2), power: 'stopped', pluggedInChargerId: 'box' }));
    expect(says(site, 2)).toBe('start now_starting');
  });
  it('car NO_POWER while its charger holds the stop: a START helps', () => {
    const site = plugged('now', { pluggedInChargerId: 'box' });
    site.report(charger({ now: at(2), power: 'stopped', pluggedInVehicleId: 'car' }));
    site.report(vehicle({ now: at(2), power: 'no_power', pluggedInChargerId: 'box' }));
    expect(says(site, 2)).toBe('start now_starting');
  });
});

describe('R8 manual: no automatic wish', () => {
  it('target, minimum and departure do nothing', () => {
    const set = { target: 60, minimum: 90, departure: at(30) };
    expect(says(plugged('manual', { charge: { battery: 10 } }, set))).toBe('leave manual_idle');
    expect(says(plugged('manual', { power: 'charging', charge: { battery: 95 } }, set))).toBe('leave manual_charging');
    expect(says(plugged('manual', { power: 'complete' }))).toBe('leave complete');
    expect(says(plugged('manual', { power: 'unplugged' }))).toBe('leave unplugged');
  });
});

describe('R5 a charger’s own mode', () => {
  function boxIn(mode: Mode, withCar: boolean): TestSite {
    const site = testSite({ chargerPlaces: { box: 'home' } });
    if (withCar) site.report(vehicle({ now: at(1), power: 'unplugged' }));
    site.put('setting', 'box', { mode, target: 100, minimum: 0, departure: null });
    site.report(charger({ now: at(1) }));
    return site;
  }
  it('acts when its user has no vehicle linked', () => {
    const site = boxIn('now', false);
    site.listed('vehicle', [], at(1));
    expect(site.verdict('box', at(1))).toBe('start now_starting');
  });
  it('is held while nobody knows yet whether a vehicle is linked', () => {
    expect(boxIn('now', false).verdict('box', at(1))).toBe('leave charger_held');
  });
  it('is held, and says so, while a vehicle is linked', () => {
    expect(boxIn('now', true).verdict('box', at(1))).toBe('leave charger_held');
  });
  it('sleeps while its vehicle is activated on it, and names the vehicle', () => {
    const site = boxIn('now', true);
    site.report(vehicle({ now: at(2), pluggedInChargerId: 'box' }));
    expect(site.decision('box', at(2)).reason).toEqual({ code: 'charger_sleeps', params: { name: 'Blue car' } });
  });
  it('occupied but not activated: the vehicle’s mode does not reach it', () => {
    const site = boxIn('manual', true);
    site.put('setting', 'car', { mode: 'now', target: 100, minimum: 0, departure: null });
    site.report(vehicle({ now: at(2) }), charger({ now: at(2), power: 'stopped' }));
    expect(site.decision('car', at(2)).lead).toBe('car');
    expect(site.verdict('box', at(2))).toBe('leave manual_idle');
  });
});

describe('observe only', () => {
  it('decides, and says what it would do', () => {
    const site = plugged('now', {}, {}, { observeOnly: true });
    expect(site.decision('car', at(1))).toMatchObject({
      should: 'leave',
      reason: { code: 'observe_only', params: { direction: 'start' } },
    });
  });
});
