// R9 against the simulated cloud: schedules and smart charging of Enode's, and hands that nobody here knows of.
import { afterEach, describe, expect, it } from 'vitest';
import { blue, garage, type WholeHouse, wholeHouse } from './support.ts';

let house: WholeHouse;
afterEach(async () => {
  const breaches = await house.verdict();
  await house.stop();
  expect(breaches).toEqual([]);
});

/** Somebody else's use of the same Enode client. */
async function api(method: string, path: string, body: unknown): Promise<Record<string, unknown>> {
  const ask = async (to: string, init: RequestInit): Promise<Record<string, unknown>> => {
    const answer = await house.simulator.app.request(`http://enode.test${to}`, init);
    if (!answer.ok) throw new Error(`${to}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  };
  const { access_token: token } = await ask('/oauth2/token', {
    method: 'POST',
    headers: {
      authorization: `Basic ${btoa('demo:demo-secret')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
  });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return ask(path, { method, headers, body: JSON.stringify(body) });
}

const toggle = (to: 'ON' | 'OFF'): Promise<void> => house.send(`enode2mqtt/vehicle/${blue}/charging/set`, to);
const asked = (part: string): number =>
  house.simulator.control.requests(0).filter(({ path, method }) => method === 'GET' && path.includes(part)).length;

describe('R9', () => {
  it('a schedule: 422, the schedules are read, the schedule is named and left to steer until it is switched off', async () => {
    house = await wholeHouse();
    await house.send(`enode2mqtt/vehicle/${blue}/mode/set`, 'now');
    await house.advance(600);
    const { id } = await api('POST', '/users/home/schedules', {
      isEnabled: true,
      defaultShouldCharge: false,
      rules: [],
      targetId: blue,
      targetType: 'vehicle',
      locationId: null,
    });
    await house.advance(600);
    await toggle('ON');
    await house.advance(60);
    expect(house.vehicle(blue)).toMatchObject({ command: 'refused', reason_code: 'handover_schedule' });
    expect(house.vehicle(blue).reason).toContain(`(${id})`);
    const sent = house.commands().length;
    await house.advance(1800);
    expect(house.commands()).toHaveLength(sent);
    await api('PUT', `/schedules/${id}`, { isEnabled: false });
    await house.advance(4500);
    expect(house.vehicle(blue)).toMatchObject({ charging: true, mode: 'now' });
  });

  it('smart charging that is on: its status is read and named; off again, the mode rules', async () => {
    house = await wholeHouse();
    await house.send(`enode2mqtt/vehicle/${blue}/mode/set`, 'off');
    await api('PUT', `/vehicles/${blue}/smart-charging-policy`, { isEnabled: true, deadline: '07:00' });
    await house.advance(1800);
    expect(asked('smart-charging-status')).toBeGreaterThan(0);
    expect(house.vehicle(blue).reason).toMatch(/^Enode's own smart charging steers this charge \(/);
    await api('PUT', `/vehicles/${blue}/smart-charging-policy`, { isEnabled: false });
    await house.advance(1800);
    expect(house.vehicle(blue).reason).toMatch(/^Mode off/);
  });

  it('twice switched by nobody here: told with the likely culprit, and the mode pauses until unplug', async () => {
    house = await wholeHouse();
    await house.send(`enode2mqtt/vehicle/${blue}/mode/set`, 'now');
    await house.advance(1800);
    expect(house.vehicle(blue).charging).toBe(true);
    for (const stopped of [true, false]) {
      await house.control('PATCH', `/vehicles/${blue}`, { stopped });
      await house.advance(1500);
    }
    expect(house.vehicle(blue).reason).toMatch(/perhaps a supplier's app or the car's timer/);
    const sent = house.commands().length;
    await house.control('PATCH', `/vehicles/${blue}`, { stopped: true });
    await house.advance(1500);
    expect(house.commands()).toHaveLength(sent);
    await house.control('PATCH', `/vehicles/${blue}`, { cable: null });
    await house.advance(1500);
    await house.control('PATCH', `/vehicles/${blue}`, { cable: garage });
    await house.advance(1800);
    expect(house.vehicle(blue).charging).toBe(true);
  });
});
