import { describe, expect, it } from 'vitest';
import type { CommandState, CommandWord } from '../../../src/domain/acting/command.ts';
import type { Mode } from '../../../src/domain/choice/mode.ts';
import type { Direction } from '../../../src/domain/report.ts';
import { describeBridge, describeSite } from '../../../src/domain/telling/describe-house.ts';
import { stateKeys } from '../../../src/surface/keys.ts';
import { at, cannot, charger, farPoint, fixable, flags, vehicle } from '../../support/reports.ts';
import { type TestSite, testSite } from '../../support/site.ts';

const keysOf = (state: object) => Object.keys(state).sort();
const blank = {
  brand: null,
  model: null,
  name: null,
  lastSeen: null,
  reachable: null,
  flags: { start: null, stop: null, locate: null, smart_charge: null, max_current: null, rate_limit: null },
};

describe('7.2 portraits: every key always there, no other', () => {
  it('of vehicle and charger, with everything known and with nothing known', () => {
    const full = testSite();
    full.report(charger({ now: at(1), pluggedInVehicleId: 'car' }), vehicle({ now: at(1), pluggedInChargerId: 'box' }));
    const empty = testSite();
    const nothing = { battery: null, range: null, capacity: null, plugged: null, at: null };
    const position = { latitude: null, longitude: null, at: null };
    const bare = { odometer: null, odometerAt: null, power: null };
    empty.tell(at(1), {
      kind: 'vehicle_reported',
      report: vehicle({ ...blank, ...bare, charge: nothing, position, now: at(1) }),
    });
    empty.tell(at(1), { kind: 'charger_reported', report: charger({ ...blank, power: null, charge: { at: null } }) });
    for (const site of [full, empty]) {
      expect(keysOf(site.portrait('car', at(1)).state)).toEqual([...stateKeys.vehicle].sort());
      expect(keysOf(site.portrait('box', at(1)).state)).toEqual([...stateKeys.charger].sort());
    }
    const { charging, plugged_in, charging_state, charge_power, home, battery } = empty.portrait('car', at(1)).state;
    expect([charging, plugged_in, charging_state, charge_power, home, battery]).toEqual(Array(6).fill(null));
    expect(empty.portrait('car', at(1)).device.name).toBe('KIA');
  });

  it('of site and bridge', () => {
    const site = testSite();
    expect(keysOf(describeSite(site.view).state)).toEqual([...stateKeys.site].sort());
    expect(keysOf(describeBridge(site.view, '1.0.0', ({ code }) => code, at(0)).state)).toEqual(
      [...stateKeys.bridge].sort(),
    );
  });

  it('an asset that is no longer linked is shown as unavailable; a sleeping one is available', () => {
    const site = testSite();
    site.report(vehicle({ now: at(1), reachable: false }));
    expect(site.portrait('car', at(1)).available).toBe(true);
    site.listed('vehicle', [], at(2));
    expect(site.portrait('car', at(2)).available).toBe(false);
    expect(site.portrait('car', at(2)).state.reason_code).toBe('not_linked');
  });
});

describe('R7 smart_charging', () => {
  const shown = (mode: Mode, over: Parameters<typeof vehicle>[0] = {}) => {
    const site = testSite();
    site.put('setting', 'car', { mode, target: 100, minimum: 0, departure: null });
    site.report(vehicle({ now: at(1), ...over }));
    return site.portrait('car', at(1)).state.smart_charging;
  };
  it('enrolled: can_smart_charge and a mode other than manual and off', () => expect(shown('now')).toBe('enrolled'));
  it.each(['manual', 'off'] as const)('off in %s', (mode) => expect(shown(mode)).toBe('off'));
  it('waiting while unplugged, away, or at an unknown place', () => {
    expect(shown('now', { power: 'unplugged' })).toBe('waiting');
    expect(shown('now', { position: farPoint })).toBe('waiting');
    expect(shown('now', { position: { latitude: null, longitude: null } })).toBe('waiting');
  });
  it('blocked without the capability', () => {
    expect(shown('now', { flags: flags({ smart_charge: cannot }) })).toBe('blocked');
  });
  it('independent of the decision of the moment', () => {
    const site = testSite();
    site.put('setting', 'car', { mode: 'now', target: 100, minimum: 0, departure: null });
    site.report(vehicle({ now: at(1) }));
    site.tell(at(2), { kind: 'started', installation: 'test', instance: 'next' });
    expect(site.portrait('car', at(2)).state).toMatchObject({ reason_code: 'starting_up', smart_charging: 'enrolled' });
    site.order(at(2), 'site', { kind: 'pause', on: true });
    expect(site.portrait('car', at(2)).state.smart_charging).toBe('enrolled');
  });
});

describe('R7 what a person must fix', () => {
  it('is shown by its title, and needs action', () => {
    const site = testSite();
    site.report(vehicle({ now: at(1), flags: flags({ start: fixable('i-1'), locate: fixable('i-2') }) }));
    site.tell(at(1), {
      kind: 'interventions_reported',
      language: 'en',
      texts: [
        { id: 'i-1', title: 'Update the car', description: 'In its menu', agent: 'User', access: null, action: null },
      ],
    });
    expect(site.portrait('car', at(1)).state).toMatchObject({
      interventions: 'Update the car · i-2',
      action_needed: true,
      can_start: false,
    });
  });
});

describe('6.3 the switch that never lies', () => {
  function commanded(word: CommandWord, want: Direction, on = 'car'): TestSite {
    const site = testSite();
    site.report(charger({ now: at(1), pluggedInVehicleId: 'car' }), vehicle({ now: at(1), pluggedInChargerId: 'box' }));
    const command: CommandState = {
      word,
      wish: 'w',
      want,
      origin: 'person',
      at: at(2),
      changedAt: at(2),
      cloudTime: at(2),
      result: { code: word === 'failed' ? 'no_response' : 'pending', params: {} },
      latency: null,
      sent: [],
      route: 'vehicle',
    };
    site.put('command', on, command);
    return site;
  }
  const shown = (site: TestSite, minute: number, id = 'car') => site.portrait(id, at(minute)).state.charging;

  it.each(['requested', 'pending'] as const)('shows the wish while %s', (word) => {
    expect(shown(commanded(word, 'start'), 2)).toBe(true);
  });
  it('on both switches of an activated pair, whichever was used', () => {
    for (const on of ['car', 'box']) {
      const site = commanded('pending', 'start', on);
      expect([shown(site, 2), shown(site, 2, 'box')]).toEqual([true, true]);
    }
  });
  it('once confirmed, only evidence newer than the command counts', () => {
    const site = commanded('confirmed', 'start');
    expect(shown(site, 3)).toBe(true);
    site.report(vehicle({ now: at(1.5), pluggedInChargerId: 'box' }));
    expect(shown(site, 3)).toBe(true);
    site.report(vehicle({ now: at(3), pluggedInChargerId: 'box' }));
    expect(shown(site, 3)).toBe(false);
  });
  it('a confirmation without evidence is not believed for ever', () => {
    expect(shown(commanded('confirmed', 'start'), 10)).toBe(false);
  });
  it('on failure it returns, with the reason; the reason goes once it is so after all', () => {
    const site = commanded('failed', 'start');
    expect(site.portrait('car', at(3)).state).toMatchObject({ charging: false, reason_code: 'no_response' });
    site.report(vehicle({ now: at(4), power: 'charging', pluggedInChargerId: 'box' }));
    expect(site.portrait('car', at(4)).state).toMatchObject({ charging: true, reason_code: 'manual_charging' });
  });
  it('unknown is null, never a guess', () => {
    const site = commanded('idle', 'start');
    site.report(vehicle({ now: at(3), power: null, pluggedInChargerId: 'box' }));
    site.report(charger({ now: at(3), power: null, pluggedInVehicleId: 'car' }));
    expect(shown(site, 3)).toBeNull();
  });
});
