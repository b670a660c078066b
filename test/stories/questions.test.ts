// The answers of Enode's FAQ as stories, for clients with its help on, with ids only, and off. Where Enode answers "not yet" or "no",
// the story tells what this product does about it.
import { afterEach, describe, expect, it } from 'vitest';
import { idIn } from '../../src/simulator/scenarios/scenario.ts';
import { blue, carport, garage, white } from '../house/support.ts';
import { helps, type Story, storyOf } from './support.ts';

let house: Story;
afterEach(async () => {
  const breaches = await house.verdict();
  await house.stop();
  expect(breaches).toEqual([]);
});

describe('What if we already do our own pairing and command orchestration?', () => {
  it.each(['ids', 'off'] as const)(
    'Enode’s help %s: features released before still work, what is missing is said with whom to ask, and by consent we do the rest',
    async (help) => {
      house = await storyOf(help, { settings: { control: 'auto', allowChargerCommands: false } });
      await house.plugAnew(white, carport);
      // Enode's own flags stay false for this client; the partners are there, by its ids or by our matcher, and the charge rate.
      expect(house.vehicle(white)).toMatchObject({ plugged_in_charger_id: carport, pairing: 'activated' });
      expect(house.charger(carport)).toMatchObject({ plugged_in_vehicle_id: white });
      await house.set(white, 'charging', 'ON');
      await house.advance(60);
      expect(house.vehicle(white)).toMatchObject({ command: 'refused' });
      expect(house.vehicle(white).reason).toMatch(/Ask Enode support .* or choose control: local/);
      expect(house.asked()).toEqual([]);
      // Flags that stay false for so long tell that Enode will not choose (R5).
      await house.advance(5_400);
      await house.ask('allow_charger_commands', { on: true });
      await house.charge(white);
      expect(house.asked()).toEqual(['START chargers']);
      expect(house.vehicle(white)).toMatchObject({
        route: 'charger',
        charge_power: house.charger(carport).charge_power,
      });
    },
  );

  it('nothing is written to the Charger API before a person consents, although both are linked', async () => {
    house = await storyOf('on', { settings: { allowChargerCommands: false } });
    await house.set(garage, 'charging', 'ON', 'charger');
    await house.advance(60);
    expect(house.charger(garage).reason).toMatch(/need your consent, as Enode may then end its own orchestration/);
    expect(house.asked()).toEqual([]);
  });
});

describe.each(helps)('Commands directly to the charger, Enode’s help %s', (help) => {
  it('run on the charger only, and the vehicle shows the new state', async () => {
    house = await storyOf(help);
    await house.plugAnew(blue, garage);
    await house.charge(blue);
    const before = house.asked().length;
    await house.want(garage, 'STOP');
    await house.set(garage, 'charging', 'OFF', 'charger');
    await house.advance(600);
    expect(house.asked().slice(before)).toEqual(['STOP chargers']);
    expect(house.charger(garage)).toMatchObject({ charging: false, command: 'confirmed' });
    expect(house.vehicle(blue)).toMatchObject({ charging: false, command: 'confirmed', route: 'charger' });
  });
});

describe.each(helps)('Several vehicles and chargers, Enode’s help %s', (help) => {
  it('capabilities unlock for each combination of one user, and nothing reaches a charger before its vehicle is known', async () => {
    house = await storyOf(help, { scenario: 'two-cars-one-charger' });
    const [first, second, wallbox] = ['first', 'second', 'wallbox'].map((name) => idIn('two-cars-one-charger', name));
    await house.advance(900);
    for (const car of [first!, second!])
      expect(house.vehicle(car)).toMatchObject({ can_start: true, can_smart_charge: true });
    // Who hangs on it is not known: the cable went in before anybody looked.
    await house.set(second!, 'mode', 'now');
    await house.want(second!, 'START');
    await house.set(second!, 'charging', 'ON');
    await house.advance(900);
    expect(house.asked().filter((what) => what.endsWith('chargers'))).toEqual([]);
    expect(house.charger(wallbox!)).toMatchObject({ charging: false });
    await house.ask('cancel', { id: second! });
    await house.set(second!, 'mode', 'manual');
    // Plugged in before our eyes, it is.
    await house.plugAnew(first!, wallbox!);
    expect(house.charger(wallbox!)).toMatchObject({ plugged_in_vehicle_id: first });
    await house.charge(first!);
    expect(house.vehicle(second!)).toMatchObject({ charging: false, plugged_in_charger_id: null });
  });
});

describe.each(helps)('Improved charge rate and Enhanced Charge Rate Estimate, Enode’s help %s', (help) => {
  it('with the option set the charger’s rate is ignored', async () => {
    house = await storyOf(help, { settings: { enhancedChargeRate: true } });
    await house.control('POST', '/clients/demo', { enhancedChargeRate: true });
    await house.car(blue, { behaviour: 'no-charge-rate' });
    await house.plugAnew(blue, garage);
    await house.charge(blue);
    expect(house.charger(garage).charge_power).toBeGreaterThan(5);
    expect(house.vehicle(blue).charge_power_source).not.toBe('charger');
  });
});

describe.each(helps)('Do chargers report coordinates? Enode’s help %s', (help) => {
  it('no: where one stands is its owner’s word, never the address in the maker’s app', async () => {
    house = await storyOf(help, { settings: { chargerPlaces: {} } });
    // The cloud has a Location for it; that alone proves nothing.
    expect(house.charger(garage)).toMatchObject({ location: null });
    expect(house.last(`enode2mqtt/charger/${garage}/position`)).toBeUndefined();
    await house.ask('place_charger', { id: garage, place: 'home' });
    expect(house.charger(garage)).toMatchObject({ location: 'home' });
  });
});

describe.each(helps)('Why did it fail? Enode’s help %s', (help) => {
  it('in plain words, with the device it came from', async () => {
    house = await storyOf(help);
    await house.plugAnew(blue, garage);
    await house.charge(blue);
    await house.car(blue, { behaviour: 'deaf' });
    await house.box(garage, { behaviour: 'deaf' });
    await house.want(blue, 'STOP');
    await house.set(blue, 'charging', 'OFF');
    await house.advance(1_800);
    expect(house.vehicle(blue)).toMatchObject({ command: 'failed', charging: true });
    expect(house.vehicle(blue).command_result).toMatch(
      help === 'on' ? /^No response from the vehicle/ : /^The vehicle did not answer, and the charger .* either/,
    );
  });
});

describe.each(helps)('Session statistics for a pair, Enode’s help %s', (help) => {
  it('from the charger’s side, before losses, with the battery beside it', async () => {
    house = await storyOf(help);
    await house.plugAnew(blue, garage);
    const before = Number(house.vehicle(blue).battery);
    await house.charge(blue);
    await house.advance(3 * 3_600);
    const risen = ((Number(house.vehicle(blue).battery) - before) / 100) * Number(house.vehicle(blue).capacity);
    expect(house.charger(garage).session_energy).toBeGreaterThan(risen);
    expect(risen).toBeGreaterThan(5);
  });
});
