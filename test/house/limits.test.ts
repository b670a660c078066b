// R11: a limit in A or kW, from the MQTT topic to the simulated cloud and back, through the whole daemon.
import { afterEach, describe, expect, it } from 'vitest';
import { carport, type WholeHouse, white, wholeHouse } from './support.ts';

let house: WholeHouse;
afterEach(async () => {
  const breaches = await house.verdict();
  await house.stop();
  expect(breaches).toEqual([]);
});

const set = (kind: 'vehicle' | 'charger', id: string, key: 'max_current' | 'rate_limit', value: string) =>
  house.send(`enode2mqtt/${kind}/${id}/${key}/set`, value);
const limits = () =>
  house.simulator.control
    .requests(0)
    .filter(({ method, path }) => method === 'POST' && /(max-current|charge-rate-limit)$/.test(path))
    .map(({ path, body }) => ({ path, body }));

describe('R11: the power of a vehicle', () => {
  it('is limited at the charger that it is on, confirmed by its report, and the charge gets slower', async () => {
    house = await wholeHouse();
    await house.advance(600);
    expect(house.vehicle(white)).toMatchObject({ can_rate_limit: true, can_rate_limit_by: 'charger' });
    await house.control('POST', '/wishes', { subject: white, want: 'START', origin: 'person', anywhere: false });
    await house.send(`enode2mqtt/vehicle/${white}/charging/set`, 'ON');
    await house.advance(900);
    const before = Number(house.charger(carport).charge_power);
    await set('vehicle', white, 'rate_limit', '3.6');
    await house.advance(1_200);
    expect(limits()).toEqual([{ path: `/chargers/${carport}/charge-rate-limit`, body: { chargeRateLimit: 3.6 } }]);
    expect([house.vehicle(white).rate_limit, house.charger(carport).rate_limit]).toEqual([3.6, 3.6]);
    expect(house.vehicle(white).limit_result).toBe('Done: the power limit is 3.6 kW.');
    expect(before).toBeGreaterThan(4);
    expect(Number(house.charger(carport).charge_power)).toBeLessThanOrEqual(3.7);
  });

  it('outside of the range is refused with the range, and nothing is asked', async () => {
    house = await wholeHouse();
    await house.advance(600);
    await set('vehicle', white, 'rate_limit', '50');
    await house.advance(60);
    expect(limits()).toEqual([]);
    const { error } = JSON.parse(house.last('enode2mqtt/bridge/response/error')!) as { error: Record<string, string> };
    expect(error).toMatchObject({ code: 'refused_limit_range', field: 'rate_limit' });
  });

  it('changed in the app of the charger is shown, not fought', async () => {
    house = await wholeHouse();
    await house.advance(600);
    await set('charger', carport, 'rate_limit', '7.4');
    await house.advance(1_200);
    expect(house.charger(carport).rate_limit).toBe(7.4);
    await house.control('PATCH', `/chargers/${carport}`, { rateLimit: 5 });
    await house.advance(3_600);
    expect(house.charger(carport).rate_limit).toBe(5);
    expect(limits()).toHaveLength(1);
  });
});

describe('R11: maximum current', () => {
  it('of a Tesla is set at the vehicle itself', async () => {
    house = await wholeHouse({ scenario: 'tesla' });
    await house.advance(600);
    const [vehicle] = [...house.simulator.world.vehicles().keys()];
    expect(house.vehicle(vehicle!).can_max_current).toBe(true);
    await set('vehicle', vehicle!, 'max_current', '10');
    await house.advance(1_200);
    expect(limits()).toEqual([{ path: `/vehicles/${vehicle}/max-current`, body: { maxCurrent: 10 } }]);
    expect(house.vehicle(vehicle!)).toMatchObject({
      max_current: 10,
      limit_result: 'Done: the maximum current is 10 A.',
    });
  });

  it('of a device that cannot is refused in words', async () => {
    house = await wholeHouse();
    await house.advance(600);
    await set('vehicle', white, 'max_current', '10');
    await house.advance(60);
    expect(limits()).toEqual([]);
    expect(house.last('enode2mqtt/bridge/response/error')).toContain('cannot be set here');
  });
});
