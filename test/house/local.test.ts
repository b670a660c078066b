// R5 `local` and `auto` routing against the simulated cloud, for clients with Enode's help on, with ids only, and without any.
import { afterEach, describe, expect, it } from 'vitest';
import type { PairView } from '../../src/domain/telling/pairs.ts';
import { idIn } from '../../src/simulator/scenarios/scenario.ts';
import { blue, carport, garage, type WholeHouse, white, wholeHouse } from './support.ts';

let house: WholeHouse;
afterEach(async () => {
  const breaches = await house.verdict();
  await house.stop();
  expect(breaches).toEqual([]);
  expect(house.lines.filter((line) => /Interlock|Bug/.test(line))).toEqual([]);
});

const clients = {
  on: {},
  'ids only': { unlocking: false, orchestration: false },
} as const;
const names = Object.keys(clients) as (keyof typeof clients)[];

async function local(client: keyof typeof clients): Promise<void> {
  house = await wholeHouse({ settings: { control: 'local' } });
  if (client !== 'on') await house.control('POST', '/clients/demo', clients[client]);
  await house.advance(60);
}
const toggle = (id: string, to: 'ON' | 'OFF', kind = 'vehicle'): Promise<void> =>
  house.send(`enode2mqtt/${kind}/${id}/charging/set`, to);
/** As the referee is told: who wants it, of what. */
const wish = (subject: string, want: 'START' | 'STOP'): Promise<unknown> =>
  house.control('POST', '/wishes', { subject, want, origin: 'person' });
const paths = (): string[] =>
  house.commands().map(({ path, body }) => `${(body as { action: string }).action} ${path.split('/')[1]}`);

const pairOf = (vehicle: string, charger: string): PairView | undefined =>
  (house.house().documents.pairs() as readonly PairView[]).find(
    (pair) => pair.vehicle.id === vehicle && pair.charger.id === charger,
  );

/** The blue car charging at its wallbox, by whichever way. */
async function charging(): Promise<void> {
  await wish(blue, 'START');
  await toggle(blue, 'ON');
  await house.advance(600);
  expect(house.vehicle(blue).charging).toBe(true);
}

describe.each(names)('R5 local, client with Enode’s help %s', (client) => {
  it('a deaf vehicle: its charger obeys, once; the next time the charger is asked at once', async () => {
    await local(client);
    await charging();
    await house.control('PATCH', `/vehicles/${blue}`, { behaviour: 'deaf' });
    const before = house.commands().length;
    await wish(blue, 'STOP');
    await toggle(blue, 'OFF');
    await house.advance(900);
    expect(paths().slice(before)).toEqual(['STOP vehicles', 'STOP chargers']);
    expect(house.vehicle(blue)).toMatchObject({ command: 'confirmed', charging: false, route: 'charger' });
    expect(house.vehicle(blue).command_result).toMatch(/^The vehicle did not answer; asked the charger instead.*done/);
    expect(house.lines.filter((line) => line.includes('asking the charger instead'))).toHaveLength(1);
    await wish(blue, 'START');
    await toggle(blue, 'ON');
    await house.advance(600);
    await wish(blue, 'STOP');
    await toggle(blue, 'OFF');
    await house.advance(600);
    expect(paths().slice(before + 2)).toEqual(['START chargers', 'STOP chargers']);
    expect(house.vehicle(blue)).toMatchObject({ command: 'confirmed', charging: false });
  });

  it('its charger offline: the vehicle', async () => {
    await local(client);
    await charging();
    await house.control('PATCH', `/chargers/${garage}`, { reachable: false });
    await house.advance(60);
    const before = house.commands().length;
    await wish(blue, 'STOP');
    await toggle(blue, 'OFF');
    await house.advance(900);
    expect(paths().slice(before)).toEqual(['STOP vehicles']);
    expect(house.vehicle(blue)).toMatchObject({ command: 'confirmed', charging: false });
  });

  it('an incapable car: its charger does it, and the car shows the result', async () => {
    await local(client);
    await wish(white, 'START');
    await toggle(white, 'ON');
    await house.advance(600);
    expect(paths()).toEqual(['START chargers']);
    expect(house.vehicle(white)).toMatchObject({ command: 'confirmed', charging: true, route: 'charger' });
    expect(house.charger(carport).charging).toBe(true);
  });

  it('unplugged: nothing reaches a charger', async () => {
    await local(client);
    await house.control('PATCH', `/vehicles/${blue}`, { cable: null });
    await house.advance(1800);
    await wish(blue, 'START');
    await toggle(blue, 'ON');
    await house.advance(1800);
    expect(paths().filter((path) => path.endsWith('chargers'))).toEqual([]);
    expect(house.vehicle(blue)).toMatchObject({ charging: false, pairing: 'established' });
  });

  it('a guest on the charger: a car’s wish never reaches it, nor does the charger’s own mode', async () => {
    await local(client);
    await house.control('PATCH', `/vehicles/${blue}`, { cable: null });
    await house.advance(1800);
    await house.control('PATCH', `/chargers/${garage}`, { guest: true });
    await house.advance(1800);
    await house.send(`enode2mqtt/charger/${garage}/mode/set`, 'off');
    await house.send(`enode2mqtt/vehicle/${blue}/mode/set`, 'now');
    await wish(blue, 'START');
    await toggle(blue, 'ON');
    await house.advance(1800);
    expect(paths().filter((path) => path.endsWith('chargers'))).toEqual([]);
    expect(house.charger(garage).reason).toMatch(/own mode is held/);
  });

  it('both switches at once: one after the other, never two opposite in flight', async () => {
    await local(client);
    await wish(blue, 'START');
    await toggle(blue, 'ON');
    await house.advance(1);
    await wish(garage, 'STOP');
    await toggle(garage, 'OFF', 'charger');
    await house.advance(1800);
    expect(house.charger(garage)).toMatchObject({ command: 'confirmed', charging: false });
    expect(house.vehicle(blue).charging).toBe(false);
  });

  it('a wish reversed while the first device is being given up', async () => {
    await local(client);
    await charging();
    await house.control('PATCH', `/vehicles/${blue}`, { behaviour: 'deaf' });
    await wish(blue, 'STOP');
    await toggle(blue, 'OFF');
    await house.advance(241);
    await wish(blue, 'START');
    await toggle(blue, 'ON');
    await house.advance(1800);
    expect(house.vehicle(blue).charging).toBe(true);
    expect(house.vehicle(blue).command).toBe('confirmed');
  });

  it('both hold the stop: the charger first, then the vehicle', async () => {
    await local(client);
    await house.control('PATCH', `/chargers/${garage}`, { stopped: true });
    await house.advance(900);
    await wish(blue, 'START');
    await toggle(blue, 'ON');
    await house.advance(900);
    expect(paths()).toEqual(['START chargers', 'START vehicles']);
    expect(house.vehicle(blue)).toMatchObject({ command: 'confirmed', charging: true });
  });

  it('killed while the fallback is on its way: it goes on, once', async () => {
    await local(client);
    await charging();
    await house.control('PATCH', `/vehicles/${blue}`, { behaviour: 'deaf' });
    const before = house.commands().length;
    await wish(blue, 'STOP');
    await toggle(blue, 'OFF');
    await house.advance(239);
    await house.restartDaemon();
    await house.advance(5);
    await house.restartDaemon();
    await house.advance(600);
    expect(paths().slice(before)).toEqual(['STOP vehicles', 'STOP chargers']);
    expect(house.vehicle(blue)).toMatchObject({ command: 'confirmed', charging: false });
  });
});

describe('R5 local without any help of Enode', () => {
  const nothing = { detects: false, unlocking: false, orchestration: false };
  const alone = async (): Promise<void> => {
    house = await wholeHouse({ settings: { control: 'local' }, client: nothing });
    await house.advance(60);
  };
  it('the pair of our matcher: the incapable car charges by its charger, asked once', async () => {
    await alone();
    await house.control('PATCH', `/vehicles/${white}`, { cable: null });
    await house.advance(1800);
    await house.control('PATCH', `/vehicles/${white}`, { cable: carport });
    await house.control('PATCH', `/chargers/${carport}`, { stopped: true });
    await house.advance(1800);
    expect(pairOf(white, carport)).toMatchObject({ word: 'activated', by: 'matcher' });
    await wish(white, 'START');
    await toggle(white, 'ON');
    await house.advance(900);
    expect(paths()).toEqual(['START chargers']);
    expect(house.vehicle(white)).toMatchObject({ command: 'confirmed', charging: true, route: 'charger' });
  });

  it('in doubt nothing reaches a charger; the pair a person confirmed: once', async () => {
    const scenario = 'two-cars-one-charger';
    const [first, wallbox] = [idIn(scenario, 'first'), idIn(scenario, 'wallbox')];
    house = await wholeHouse({ scenario, settings: { control: 'local' }, client: nothing });
    await house.control('PATCH', `/chargers/${wallbox}`, { stopped: true });
    await house.advance(900);
    const start = async (): Promise<void> => {
      await wish(first, 'START');
      await toggle(first, 'ON');
      await house.advance(900);
    };
    expect(pairOf(first, wallbox)).toMatchObject({ word: 'established', by: null, correctable: true });
    await start();
    expect(paths()).toEqual(['START vehicles']);
    expect(await house.ask('confirm_pair', { vehicle: first, charger: wallbox })).toMatchObject({ status: 'ok' });
    expect(pairOf(first, wallbox)).toMatchObject({ word: 'activated', by: 'person' });
    await start();
    expect(paths().slice(1)).toEqual(['START chargers']);
    expect(house.vehicle(first)).toMatchObject({ command: 'confirmed', charging: true, route: 'charger' });
  });

  it('a guest’s car, said to be one: the charger’s own mode acts at home, and is held again after the unplug', async () => {
    await alone();
    await house.control('PATCH', `/vehicles/${white}`, { cable: 'elsewhere' });
    await house.advance(2400);
    await house.control('PATCH', `/chargers/${carport}`, { guest: true, stopped: true });
    await house.advance(1800);
    await house.send(`enode2mqtt/charger/${carport}/mode/set`, 'now');
    await house.advance(900);
    expect(house.charger(carport).reason).toMatch(/own mode is held/);
    expect(house.commands()).toEqual([]);
    await house.control('POST', '/wishes', { subject: carport, want: 'any', origin: 'automatic' });
    house.simulator.stage.referee.say(carport, null);
    expect(await house.ask('guest', { charger: carport })).toMatchObject({ status: 'ok' });
    await house.advance(900);
    expect(paths()).toEqual(['START chargers']);
    expect(house.charger(carport)).toMatchObject({ charging: true });
    await house.control('PATCH', `/chargers/${carport}`, { guest: false });
    await house.advance(1800);
    await house.control('PATCH', `/chargers/${carport}`, { guest: true, stopped: true });
    await house.advance(1800);
    expect(house.charger(carport).reason).toMatch(/own mode is held/);
    expect(paths()).toEqual(['START chargers']);
  });

  it('no ids, and nobody sure of the pair: the vehicle only', async () => {
    house = await wholeHouse({ settings: { control: 'local' } });
    await house.control('POST', '/clients/demo', { ...clients['ids only'], detects: false });
    await house.control('PATCH', `/vehicles/${white}`, { cable: null });
    await house.advance(1800);
    await wish(white, 'START');
    await toggle(white, 'ON');
    await house.advance(60);
    expect(house.vehicle(white)).toMatchObject({ command: 'refused' });
    expect(house.vehicle(white).reason).toMatch(/Plug in at its linked charger/);
    expect(house.commands()).toEqual([]);
  });
});

describe('R5 auto', () => {
  it('ids only: says so once and asks; consented, the incapable car charges through its wallbox', async () => {
    house = await wholeHouse({ settings: { control: 'auto', allowChargerCommands: false } });
    await house.control('POST', '/clients/demo', clients['ids only']);
    await house.advance(600);
    await toggle(white, 'ON');
    await house.advance(60);
    expect(house.vehicle(white).reason).toMatch(/Ask Enode support .* or choose control: local/);
    await house.advance(5400);
    const asked = house.lines.filter((line) => /Enode does not choose between White car and its charger/.test(line));
    expect(asked).toHaveLength(1);
    expect(house.commands()).toEqual([]);
    await house.ask('allow_charger_commands', { on: true });
    await wish(white, 'START');
    await toggle(white, 'ON');
    await house.advance(600);
    expect(paths()).toEqual(['START chargers']);
    expect(house.vehicle(white)).toMatchObject({ command: 'confirmed', charging: true, route: 'charger' });
  });

  it('with Enode’s help it stays Enode’s, however long', async () => {
    house = await wholeHouse({ settings: { control: 'auto' } });
    await house.advance(7200);
    await wish(white, 'START');
    await toggle(white, 'ON');
    await house.advance(600);
    expect(paths()).toEqual(['START vehicles']);
    expect(house.vehicle(white)).toMatchObject({ command: 'confirmed', route: 'enode' });
  });
});
