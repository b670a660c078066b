// A toggle, from the MQTT topic to the cloud and back, through the whole daemon (issue "Done when" 2).
import { afterEach, describe, expect, it } from 'vitest';
import { idIn } from '../../src/simulator/scenarios/scenario.ts';
import { blue, carport, garage, type WholeHouse, white, wholeHouse } from './support.ts';

let house: WholeHouse;
afterEach(async () => {
  const breaches = await house.verdict();
  await house.stop();
  expect(breaches).toEqual([]);
});

const traveller = idIn('public-charging', 'traveller');
const toggle = (id: string, to: 'ON' | 'OFF', kind = 'vehicle'): Promise<void> =>
  house.send(`enode2mqtt/${kind}/${id}/charging/set`, to);
const wish = (subject: string, want: 'START' | 'STOP', anywhere = false): Promise<unknown> =>
  house.control('POST', '/wishes', { subject, want, origin: 'person', anywhere });

describe('ON', () => {
  it('for the capable car: one POST, requested, pending, confirmed with latency, then power and a rising battery', async () => {
    house = await wholeHouse();
    await wish(blue, 'START');
    await toggle(blue, 'ON');
    await house.advance(120);
    expect(house.commands()).toEqual([{ path: `/vehicles/${blue}/charging`, body: { action: 'START' }, status: 200 }]);
    expect(house.story(blue, 'command')).toEqual(['idle', 'requested', 'pending', 'confirmed']);
    expect(house.story(blue, 'charging')).toEqual([false, true]);
    expect(house.vehicle(blue).command_latency).toBeGreaterThan(0);
    await house.advance(1800);
    expect(house.vehicle(blue).charge_power).toBeGreaterThan(5);
    expect(house.vehicle(blue).battery).toBeGreaterThan(55);
    const events = house.heard.filter(({ topic }) => topic === `enode2mqtt/vehicle/${blue}/event`);
    expect(
      events.map(({ payload, retained }) => [(JSON.parse(payload) as { event_type: string }).event_type, retained]),
    ).toEqual(
      expect.arrayContaining([
        ['command_confirmed', false],
        ['charging_started', false],
      ]),
    );
  });

  it('for the deaf car: failed, the switch returns, and the reason names the device and what to do', async () => {
    house = await wholeHouse();
    await house.control('PATCH', `/vehicles/${blue}`, { behaviour: 'deaf' });
    await wish(blue, 'START');
    await toggle(blue, 'ON');
    await house.advance(3600 - 120);
    expect(house.story(blue, 'command')).toEqual(['idle', 'requested', 'pending', 'failed']);
    expect(house.story(blue, 'charging')).toEqual([false, true, false]);
    expect(house.vehicle(blue).command_result).toMatch(
      /No response from the vehicle \(Blue car\)\. See whether it is online/,
    );
    expect(house.story(blue, 'reason')).toContain(house.vehicle(blue).command_result);
    expect(house.commands()).toHaveLength(1);
  });

  it('for the incapable car on its activated charger: Enode takes the charger', async () => {
    house = await wholeHouse();
    await wish(white, 'START');
    await toggle(white, 'ON');
    await house.advance(300);
    expect(house.vehicle(white)).toMatchObject({ command: 'confirmed', charging: true, route: 'enode' });
    expect(house.commands().map(({ path }) => path)).toEqual([`/vehicles/${white}/charging`]);
  });

  it('R5: for a car known to be incapable, without an activated charger: refused with the step to take, nothing sent', async () => {
    house = await wholeHouse();
    await house.control('POST', '/clients/demo', { unlocking: false });
    await house.control('PATCH', `/vehicles/${white}`, { cable: null });
    await house.advance(1800);
    await toggle(white, 'ON');
    await house.advance(60);
    expect(house.vehicle(white)).toMatchObject({ command: 'refused', charging: false, can_start_by: 'charger' });
    expect(house.vehicle(white).reason).toMatch(/^Refused: .* Plug in at its linked charger/);
    expect(house.commands()).toEqual([]);
    const said = JSON.parse(house.last('enode2mqtt/bridge/response/error')!) as { error: { code: string } };
    expect(said.error.code).toBe('refused_incapable');
  });

  it.each(['refuse', 'action'])(
    'R5: for an incapable car nobody has known yet, without an activated charger: the step is named, and known from then on (%s)',
    async (preconditions) => {
      house = await wholeHouse();
      await house.control('POST', '/clients/demo', { detects: false, preconditions });
      await house.control('PATCH', `/vehicles/${white}`, { cable: null });
      await house.advance(1800);
      await house.control('PATCH', `/vehicles/${white}`, { cable: carport, stopped: true });
      await house.advance(1800);
      await wish(white, 'START');
      await toggle(white, 'ON');
      await house.advance(600);
      expect(house.vehicle(white).charging).toBe(false);
      expect(house.vehicle(white).reason).toMatch(/Plug in at its linked charger|Ask Enode support/);
      const sent = house.commands().length;
      await toggle(white, 'ON');
      await house.advance(600);
      expect(house.vehicle(white).command).toBe('refused');
      expect(house.commands()).toHaveLength(sent);
    },
  );

  it('twice in a row is one wish and one POST', async () => {
    house = await wholeHouse();
    await wish(blue, 'START');
    await toggle(blue, 'ON');
    await toggle(blue, 'ON');
    await house.advance(300);
    expect(house.commands()).toHaveLength(1);
  });

  it('reversed at once: our action is cancelled first, and never two opposite ones are open', async () => {
    house = await wholeHouse();
    await house.control('PATCH', `/vehicles/${blue}`, { behaviour: 'slow' });
    await wish(blue, 'START');
    await toggle(blue, 'ON');
    await house.advance(10);
    await wish(blue, 'STOP');
    await toggle(blue, 'OFF');
    await house.advance(1800);
    const paths = house.simulator.control.requests(0).map(({ path }) => path);
    expect(paths.some((path) => path.endsWith('/cancel'))).toBe(true);
    expect(house.vehicle(blue).charging).toBe(false);
  });

  it('R5: at the charger of a pair commands the charger, with consent; without it nothing is sent', async () => {
    house = await wholeHouse();
    await wish(garage, 'START');
    await toggle(garage, 'ON', 'charger');
    await house.advance(120);
    expect(house.commands()).toEqual([
      { path: `/chargers/${garage}/charging`, body: { action: 'START' }, status: 200 },
    ]);
    await house.restartDaemon({ allowChargerCommands: false });
    await house.advance(30);
    await toggle(carport, 'ON', 'charger');
    await house.advance(60);
    expect(house.charger(carport).reason).toMatch(/consent.*allow_charger_commands/);
    expect(house.commands()).toHaveLength(1);
  });

  it('while only watching is refused, and says how to let it act', async () => {
    house = await wholeHouse({ settings: { observeOnly: true } });
    await toggle(blue, 'ON');
    await house.advance(60);
    expect(house.vehicle(blue)).toMatchObject({ command: 'refused', charging: false });
    expect(house.vehicle(blue).reason).toMatch(/"observe only" off/);
    expect(house.commands()).toEqual([]);
  });
});

describe('OFF for a car at a public charger', () => {
  it('R3: is refused with the reason', async () => {
    house = await wholeHouse({ scenario: 'public-charging' });
    await toggle(traveller, 'OFF');
    await house.advance(60);
    expect(house.vehicle(traveller)).toMatchObject({ command: 'refused', charging: true, home: false });
    expect(house.vehicle(traveller).reason).toMatch(/not at home.*anywhere/);
    expect(house.commands()).toEqual([]);
  });

  it('R3: is obeyed by a verb with "anywhere", which answers with its transaction', async () => {
    house = await wholeHouse({ scenario: 'public-charging' });
    await wish(traveller, 'STOP', true);
    const answer = await house.ask('command', { id: traveller, command: 'stop', anywhere: true, transaction: 7 });
    expect(answer).toMatchObject({ status: 'ok', data: { command: 'requested' }, transaction: 7 });
    await house.advance(300);
    expect(house.vehicle(traveller)).toMatchObject({ command: 'confirmed', charging: false });
    expect(house.commands()).toHaveLength(1);
  });

  it('R3: is obeyed with the option stop_away', async () => {
    house = await wholeHouse({ scenario: 'public-charging', settings: { stopAway: true } });
    await wish(traveller, 'STOP', true);
    await toggle(traveller, 'OFF');
    await house.advance(300);
    expect(house.vehicle(traveller)).toMatchObject({ command: 'confirmed', charging: false });
  });
});
