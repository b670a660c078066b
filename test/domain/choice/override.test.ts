import { describe, expect, it } from 'vitest';
import type { Mode } from '../../../src/domain/choice/mode.ts';
import type { Order } from '../../../src/domain/fact.ts';
import type { Direction } from '../../../src/domain/report.ts';
import type { Settings } from '../../../src/domain/settings.ts';
import { at, charger, farPoint, vehicle } from '../../support/reports.ts';
import { type TestSite, testSite } from '../../support/site.ts';

const charging = (want: Direction, more: Partial<Extract<Order, { kind: 'charging' }>> = {}): Order => ({
  kind: 'charging',
  want,
  anywhere: false,
  route: null,
  ...more,
});

function car(mode: Mode, over: Parameters<typeof vehicle>[0] = {}, settings: Partial<Settings> = {}): TestSite {
  const site = testSite(settings);
  site.report(vehicle({ now: at(0), ...over }));
  site.order(at(0), 'car', { kind: 'mode', mode });
  return site;
}
const override = (site: TestSite) => site.get('override', 'car');

describe('R3 a toggle outside manual is an override until unplug', () => {
  it('in manual it is none', () => {
    const site = car('manual');
    site.order(at(1), 'car', charging('start'));
    expect(override(site)).toBeUndefined();
    expect(site.get('wish', 'car')).toMatchObject({ state: 'open', want: 'start' });
  });

  it('rules over the mode and survives a restart', () => {
    const site = car('off');
    site.order(at(1), 'car', charging('start'));
    expect(site.verdict('car', at(1))).toBe('start override_charge');
    site.tell(at(2), { kind: 'started', installation: 'test', instance: 'next' });
    expect(override(site)).toMatchObject({ want: 'start', plugin: site.get('plugin', 'car')!.id });
  });

  it('ends at unplug: the next plug-in follows the mode', () => {
    const site = car('off');
    site.order(at(1), 'car', charging('start'));
    site.report(vehicle({ now: at(10), power: 'unplugged' }));
    expect(override(site)).toBeUndefined();
    site.report(vehicle({ now: at(20) }));
    expect(site.verdict('car', at(20))).toBe('stop off');
  });

  it('given before the plug-in it belongs to the plug-in that follows, and ends with that', () => {
    const site = car('off', { power: 'unplugged' });
    site.order(at(1), 'car', charging('start'));
    expect(override(site)).toMatchObject({ plugin: null });
    site.report(vehicle({ now: at(5) }));
    expect(override(site)?.plugin).toBe(site.get('plugin', 'car')?.id);
    expect(site.verdict('car', at(5))).toBe('start override_charge');
    site.report(vehicle({ now: at(10), power: 'unplugged' }), vehicle({ now: at(20) }));
    expect(site.verdict('car', at(20))).toBe('stop off');
  });

  it('given before a plug-in elsewhere it commands nothing there', () => {
    const site = car('off', { power: 'unplugged' });
    site.order(at(1), 'car', charging('start'));
    site.report(vehicle({ now: at(5), position: farPoint, odometer: 1_005 }));
    expect(site.verdict('car', at(5))).toBe('leave away');
  });

  it('`resume` ends it, also while its command is still on its way', () => {
    const site = car('off');
    site.order(at(1), 'car', charging('start'));
    site.order(at(2), 'car', { kind: 'resume' });
    expect(override(site)).toBeUndefined();
    expect(site.verdict('car', at(2))).toBe('stop off');
    expect(site.get('wish', 'car')?.state).not.toBe('open');
  });

  it('choosing manual ends it', () => {
    const site = car('off');
    site.order(at(1), 'car', charging('start'));
    site.order(at(2), 'car', { kind: 'mode', mode: 'manual' });
    expect(override(site)).toBeUndefined();
  });

  it('the switch of the activated charger overrides the vehicle’s mode: one loadpoint', () => {
    const site = car('now', { pluggedInChargerId: 'box' });
    site.report(charger({ now: at(1), pluggedInVehicleId: 'car' }), vehicle({ now: at(1), pluggedInChargerId: 'box' }));
    site.order(at(2), 'box', charging('stop'));
    expect(override(site)).toMatchObject({ want: 'stop' });
    expect(site.get('override', 'box')).toBeUndefined();
    expect(site.verdict('car', at(2))).toBe('stop override_stop');
  });

  it('a refused toggle leaves no override', () => {
    const site = car('now', { position: farPoint });
    site.order(at(1), 'car', charging('stop'));
    expect(override(site)).toBeUndefined();
  });
});

describe('R3 the place of a direct command', () => {
  const refused = (site: TestSite, want: Direction, more = {}) => {
    site.order(at(1), 'car', charging(want, more));
    return site.get('command', 'car')?.result?.code === 'refused_away';
  };
  const away = { power: 'charging', position: farPoint } as const;
  const unknown = { power: 'charging', position: { latitude: null, longitude: null } } as const;

  it('STOP while away is refused', () => expect(refused(car('manual', away), 'stop')).toBe(true));
  it('STOP away with `anywhere` is obeyed', () =>
    expect(refused(car('manual', away), 'stop', { anywhere: true })).toBe(false));
  it('STOP away from the page is obeyed', () => {
    const site = car('manual', away);
    site.tell(at(1), { kind: 'commanded', transaction: 'p', subject: 'car', order: charging('stop'), from: 'page' });
    expect(site.get('wish', 'car')).toMatchObject({ state: 'open', want: 'stop' });
  });
  it('STOP away with the option stop_away is obeyed', () =>
    expect(refused(car('manual', away, { stopAway: true }), 'stop')).toBe(false));
  it('START away is obeyed', () => expect(refused(car('manual', { position: farPoint }), 'start')).toBe(false));
  it('STOP at home and STOP at an unknown place are obeyed', () => {
    expect(refused(car('manual', { power: 'charging' }), 'stop')).toBe(false);
    expect(refused(car('manual', unknown), 'stop')).toBe(false);
  });
  it('STOP of a charger marked elsewhere is refused, of an unmarked one obeyed', () => {
    const code = (chargerPlaces: Settings['chargerPlaces']) => {
      const site = testSite({ chargerPlaces });
      site.report(charger({ now: at(0), power: 'charging' }));
      site.order(at(1), 'box', charging('stop'));
      return site.get('command', 'box')?.result?.code ?? null;
    };
    expect(code({ box: 'elsewhere' })).toBe('refused_away');
    expect(code({})).not.toBe('refused_away');
  });
});

describe('R8 a person chooses', () => {
  it('modes that are not built yet are refused, and the former stays', () => {
    const site = car('off');
    site.order(at(1), 'car', { kind: 'mode', mode: 'solar' });
    expect(site.get('setting', 'car')?.mode).toBe('off');
  });
  it('settings survive listings and restarts', () => {
    const site = car('off');
    site.order(at(1), 'car', { kind: 'target', percent: 80 });
    site.order(at(1), 'car', { kind: 'minimum', percent: 20 });
    site.order(at(1), 'car', { kind: 'departure', at: at(600) });
    site.listed('vehicle', ['car'], at(2));
    site.tell(at(3), { kind: 'started', installation: 'test', instance: 'next' });
    expect(site.get('setting', 'car')).toMatchObject({ mode: 'off', target: 80, minimum: 20, departure: at(600) });
  });
});
