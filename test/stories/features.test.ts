// What the guide promises of a linked charger: better data, unlocked capabilities, unified control; for clients with Enode's help on,
// with ids only, and off, where the promise is kept by us.
import { afterEach, describe, expect, it } from 'vitest';
import { blue, carport, garage, white } from '../house/support.ts';
import { helps, type Story, storyOf } from './support.ts';

let house: Story;
afterEach(async () => {
  const breaches = await house.verdict();
  await house.stop();
  expect(breaches).toEqual([]);
});

describe.each(helps)('Better vehicle data, Enode’s help %s', (help) => {
  it('the vehicle names the charger it is plugged into, the charger its vehicle, and neither once it is unplugged', async () => {
    house = await storyOf(help);
    await house.plugAnew(blue, garage);
    expect(house.vehicle(blue)).toMatchObject({
      plugged_in_charger_id: garage,
      paired_charger: 'Easee Home',
      pairing: 'activated',
      pairing_evidence: expect.stringMatching(help === 'off' ? /^Both cables went in/ : /^Enode names/),
    });
    expect(house.charger(garage)).toMatchObject({ plugged_in_vehicle_id: blue, pairing: 'activated' });
    await house.car(blue, { cable: null });
    await house.advance(900);
    expect(house.vehicle(blue)).toMatchObject({ plugged_in_charger_id: null, pairing: 'established' });
    expect(house.charger(garage)).toMatchObject({ plugged_in_vehicle_id: null });
  });

  it('charge rate: the charger’s where the vehicle reports none', async () => {
    house = await storyOf(help);
    await house.car(blue, { behaviour: 'no-charge-rate' });
    await house.plugAnew(blue, garage);
    await house.charge(blue);
    expect(house.vehicle(blue).charge_power).toBe(house.charger(garage).charge_power);
    expect(house.vehicle(blue).charge_power).toBeGreaterThan(5);
  });

  it('a plug-in shows before a sleeping vehicle reports it', async () => {
    house = await storyOf(help);
    await house.car(blue, { behaviour: 'sleepy', cable: null });
    await house.advance(1_500);
    await house.car(blue, { cable: garage });
    await house.advance(300);
    expect(house.charger(garage)).toMatchObject({ plugged_in: true });
  });
});

describe.each(helps)('Unlocked capabilities, Enode’s help %s', (help) => {
  it('start, stop, location and smart charging, by the charger, for a vehicle that can do none of it', async () => {
    house = await storyOf(help, { scenario: 'newcomer' });
    await house.car(white, { capabilities: { location: false } });
    await house.link('vehicle', 'MAZDA');
    const flags = () => {
      const { can_start, can_stop, can_locate, can_smart_charge } = house.vehicle(white);
      return [can_start, can_stop, can_locate, can_smart_charge];
    };
    expect(flags()).toEqual([false, false, false, false]);
    await house.link('charger', 'ZAPTEC');
    expect(flags()).toEqual([true, true, true, true]);
    for (const key of ['start', 'stop', 'locate', 'smart_charge'])
      expect(house.vehicle(white)[`can_${key}_by`]).toBe('charger');
    // It was ineligible; now a mode steers it, once it is plugged in there.
    await house.plugAnew(white, carport);
    expect(house.vehicle(white)).toMatchObject({ home: true, home_source: 'charger' });
    await house.want(white, 'START');
    await house.set(white, 'mode', 'now');
    await house.advance(600);
    expect(house.vehicle(white)).toMatchObject({ charging: true, smart_charging: 'enrolled' });
    expect(house.charger(carport)).toMatchObject({ charging: true });
  });
});

describe.each(helps)('Unified control, Enode’s help %s', (help) => {
  it('a command to the vehicle reaches the right device: the charger of a vehicle that cannot by itself', async () => {
    house = await storyOf(help);
    await house.plugAnew(white, carport);
    await house.charge(white);
    expect(house.charger(carport)).toMatchObject({ charging: true });
    expect(house.asked()).toEqual([help === 'on' ? 'START vehicles' : 'START chargers']);
  });

  it('a vehicle that is offline is stopped through its charger', async () => {
    house = await storyOf(help);
    await house.plugAnew(blue, garage);
    await house.charge(blue);
    await house.car(blue, { behaviour: 'deaf' });
    await house.want(blue, 'STOP');
    await house.set(blue, 'charging', 'OFF');
    await house.advance(1_800);
    expect(house.vehicle(blue)).toMatchObject({ charging: false, command: 'confirmed' });
    expect(house.asked().slice(1)).toEqual(help === 'on' ? ['STOP vehicles'] : ['STOP vehicles', 'STOP chargers']);
  });

  it.each([
    ['unplugged', { cable: null }],
    ['at a charger elsewhere', { away: true, cable: 'elsewhere', stopped: true }],
  ])('%s: commands go to the vehicle only', async (_where, hand) => {
    house = await storyOf(help);
    await house.plugAnew(blue, garage);
    await house.car(blue, { cable: null });
    await house.advance(900);
    await house.car(blue, hand);
    await house.advance(1_800);
    await house.want(blue, 'START');
    await house.set(blue, 'charging', 'ON');
    await house.advance(900);
    expect(house.asked().filter((what) => what.endsWith('chargers'))).toEqual([]);
    expect(house.asked()[0]).toBe('START vehicles');
    expect(house.charger(garage)).toMatchObject({ charging: false });
  });

  it('smart charging by mode uses the charger’s control by itself', async () => {
    house = await storyOf(help);
    await house.plugAnew(white, carport);
    await house.want(white, 'START');
    await house.set(white, 'mode', 'now');
    await house.advance(900);
    expect(house.charger(carport)).toMatchObject({ charging: true });
    await house.want(white, 'STOP');
    await house.set(white, 'mode', 'off');
    await house.advance(900);
    expect(house.charger(carport)).toMatchObject({ charging: false });
    expect(house.vehicle(white)).toMatchObject({ charging: false });
  });
});

describe('Schedules (Enode’s own, in the simulated cloud: the local ones come later)', () => {
  it('use the charger’s control when they execute, and we leave the vehicle to them', async () => {
    house = await storyOf('on');
    await house.set(white, 'mode', 'off');
    const { id } = await house.api('POST', '/users/home/schedules', {
      isEnabled: true,
      defaultShouldCharge: true,
      rules: [],
      targetId: white,
      targetType: 'vehicle',
      locationId: null,
    });
    await house.advance(900);
    expect(house.charger(carport)).toMatchObject({ charging: true, plugged_in_vehicle_id: white });
    expect(house.vehicle(white)).toMatchObject({ charging: true });
    expect(house.asked()).toEqual([]);
    await house.set(white, 'charging', 'OFF');
    await house.advance(60);
    expect(house.vehicle(white)).toMatchObject({ command: 'refused', reason_code: 'handover_schedule' });
    expect(house.vehicle(white).reason).toContain(String(id));
    expect(house.vehicle(white)).toMatchObject({ charging: true });
  });
});
