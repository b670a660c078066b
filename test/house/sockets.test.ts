// The whole daemon over real HTTP and MQTT sockets: what a wire in memory cannot show.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../support/real/free-port.ts';
import { until } from '../support/real/program.ts';
import { blue, garage, type WholeHouse, wholeHouse } from './support.ts';

let house: WholeHouse;
let ending: AbortController;
let running: Promise<void>;
beforeEach(() => {
  ending = new AbortController();
});
afterEach(async () => {
  ending.abort();
  await running;
  await house.stop();
});

const soon = (what: string, check: () => boolean): Promise<unknown> =>
  until(check, () => `${what}\n${house.lines.join('\n')}`, 15_000, 20);

describe('over real sockets', () => {
  it('shows the home, takes a toggle to the cloud once, and comes back after the broker was gone', async () => {
    house = await wholeHouse({ sockets: true });
    running = house.clock.run(() => 60, ending.signal);
    await soon(
      'the car is shown',
      () => house.vehicle(blue).battery === 52 && house.charger(garage).charging_state === 'stopped',
    );
    await house.send(`enode2mqtt/vehicle/${blue}/charging/set`, 'ON');
    await soon('confirmed', () => house.vehicle(blue).command === 'confirmed');
    expect(house.story(blue, 'command')).toEqual(['idle', 'requested', 'pending', 'confirmed']);
    expect(house.commands()).toEqual([{ path: `/vehicles/${blue}/charging`, body: { action: 'START' }, status: 200 }]);
    await soon('power flows', () => Number(house.vehicle(blue).charge_power) > 5);
    expect(await house.verdict()).toEqual([]);

    await house.restartBroker();
    await soon(
      'back',
      () => house.last('enode2mqtt/bridge/state') === 'online' && house.vehicle(blue).command === 'confirmed',
    );
    expect(house.lines.filter((line) => line.startsWith('WARN'))).toHaveLength(1);
  });

  it('tells Enode a place and unlinks: methods and empty answers that only the network shows', async () => {
    house = await wholeHouse({ sockets: true });
    running = house.clock.run(() => 1, ending.signal);
    await soon('the charger is shown', () => house.charger(garage).plugged_in === true);
    const answer = async (verb: string, data: object): Promise<{ status?: string }> => {
      const transaction = verb;
      await house.send(`enode2mqtt/bridge/request/${verb}`, JSON.stringify({ ...data, transaction }));
      const read = () => JSON.parse(house.last(`enode2mqtt/bridge/response/${verb}`) ?? '{}') as { status?: string };
      await soon(`the answer to ${verb}`, () => read().status !== undefined);
      return read();
    };
    expect(await answer('place_charger', { id: garage, place: 'home' })).toMatchObject({ status: 'ok' });
    expect(await answer('link', { type: 'charger' })).toMatchObject({
      status: 'ok',
      data: { link_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/link\//) },
    });
    expect(await answer('unlink', { id: garage, confirm: true })).toMatchObject({ data: { unlinked: [garage] } });
    await soon('it is gone', () => house.last(`enode2mqtt/charger/${garage}/state`) === '');
    const asked = house.simulator.control.requests(0).filter(({ method }) => method === 'PUT' || method === 'DELETE');
    expect(asked.map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual([
      `PUT /chargers/${garage} 200`,
      'DELETE /users/home/vendors/EASEE/charger 204',
    ]);
  });

  it('takes webhooks at a port of its own, and shows what they tell', async () => {
    const webhookUrl = `http://127.0.0.1:${await freePort()}/enode`;
    house = await wholeHouse({ sockets: true, settings: { webhookUrl } });
    running = house.clock.run(() => 60, ending.signal);
    await soon('webhooks are heard', () => house.bridge().webhooks === true);
    const before = house.simulator.control.requests(0).length;
    await house.control('PATCH', `/vehicles/${blue}`, { cable: null });
    await soon('the cable is out', () => house.vehicle(blue).plugged_in === false);
    const asked = house.simulator.control.requests(before).map(({ method, path }) => `${method} ${path}`);
    expect(asked.filter((path) => path.startsWith('GET /users'))).toEqual([]);
    const browser = await fetch(webhookUrl);
    expect([browser.status, await browser.text()]).toEqual([
      405,
      'enode2mqtt, for webhooks of Enode: a method other than POST\n',
    ]);
  });
});
