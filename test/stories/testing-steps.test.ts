// Enode's own six steps to try charger pairing in its sandbox (EVP-T), played by hand at the simulated home: links, `/control`, MQTT.
import { afterEach, describe, expect, it } from 'vitest';
import { blue, garage } from '../house/support.ts';
import { helps, type Story, storyOf } from './support.ts';

let house: Story;
afterEach(async () => {
  const breaches = await house.verdict();
  await house.stop();
  expect(breaches).toEqual([]);
});

type Side = { readonly id: string; readonly truth: { readonly isCharging: boolean } };
const truths = async (): Promise<boolean[]> => {
  const { vehicles, chargers } = (await house.control('GET', '/state')) as { vehicles: Side[]; chargers: Side[] };
  return [vehicles.find(({ id }) => id === blue)!, chargers.find(({ id }) => id === garage)!].map(
    ({ truth }) => truth.isCharging,
  );
};

describe.each(helps)('Enode’s six testing steps, its help %s', (help) => {
  it('link, switch off, link the charger, established, pair, command', async () => {
    // 1. A virtual account with a car, and one with a charger.
    house = await storyOf(help, { scenario: 'newcomer', settings: { chargerPlaces: {} } });
    await house.car(blue, { cable: null });
    const flags = () =>
      ['can_start', 'can_stop', 'can_locate', 'can_smart_charge'].map((key) => house.vehicle(blue)[key]);
    // 2. Link the car, and switch its control of charging and its location off.
    await house.link('vehicle', 'KIA');
    expect(flags()).toEqual([true, true, true, true]);
    await house.car(blue, {
      behaviour: 'no-location',
      capabilities: { startCharging: false, stopCharging: false, location: false },
    });
    await house.refresh();
    expect(flags()).toEqual([false, false, false, false]);
    expect(house.vehicle(blue)).toMatchObject({ pairing: 'unpaired', onboarding: 'charger_required' });
    // 3. Link the charger to the same user; here a person says where it stands, too: no charger tells it.
    await house.link('charger', 'EASEE');
    await house.ask('place_charger', { id: garage, place: 'home' });
    // 4. "Pairing established": the capabilities are true without a plug-in.
    await house.refresh();
    expect(house.vehicle(blue)).toMatchObject({ pairing: 'established', onboarding: 'complete', plugged_in: false });
    expect(flags()).toEqual([true, true, true, true]);
    // 5. "Pair": the car is plugged in at the charger, and the pair is activated.
    await house.plugAnew(blue, garage);
    expect(house.vehicle(blue)).toMatchObject({
      pairing: 'activated',
      paired_charger_id: garage,
      plugged_in_charger_id: garage,
      home: true,
    });
    expect(house.charger(garage)).toMatchObject({ pairing: 'activated', plugged_in_vehicle_id: blue });
    // 6. Start, stop, unplug: both devices change, in the world and as shown.
    await house.charge(blue);
    expect(await truths()).toEqual([true, true]);
    expect(house.charger(garage)).toMatchObject({ charging: true });
    await house.want(blue, 'STOP');
    await house.set(blue, 'charging', 'OFF');
    await house.advance(900);
    expect(await truths()).toEqual([false, false]);
    expect([house.vehicle(blue).charging, house.charger(garage).charging]).toEqual([false, false]);
    await house.car(blue, { cable: null });
    await house.advance(1_500);
    expect([house.vehicle(blue).plugged_in, house.charger(garage).plugged_in]).toEqual([false, false]);
    expect(house.vehicle(blue)).toMatchObject({ pairing: 'established' });
    expect(flags()).toEqual([true, true, true, true]);
  });
});
