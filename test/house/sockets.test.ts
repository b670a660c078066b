// The whole daemon over real HTTP and MQTT sockets: what a wire in memory cannot show.
import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../support/real/program.ts';
import { blue, garage, type WholeHouse, wholeHouse } from './support.ts';

let house: WholeHouse;
const ending = new AbortController();
let running: Promise<void>;
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
});
