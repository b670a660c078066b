// What people say of a cable reaches the demo's referee: a guest's car by the charger's own mode is in order, until it is unplugged.
import { afterEach, expect, it } from 'vitest';
import { demoSettings } from '../../src/cli/demo-settings.ts';
import { type SimulatedHouse, simulatedHouse } from '../../src/cli/simulated-house.ts';
import { createLog } from '../../src/kernel/log.ts';
import { SimulatedClock } from '../../src/kernel/simulated-clock.ts';
import { scenarioOf } from '../../src/simulator/scenarios/catalogue.ts';
import { blue, carport, garage, white } from '../house/support.ts';

let home: SimulatedHouse;
afterEach(() => home.stop());

const clock = new SimulatedClock(Date.UTC(2026, 5, 15, 6));
const minutes = (count: number) => clock.advance(count * 60_000);
const verdict = () => home.simulator.stage.referee.verdict();
const asked = () =>
  home.simulator.control
    .commands()
    .filter(({ kind }) => kind === 'START' || kind === 'STOP')
    .map(({ kind, target }) => `${kind} ${target}`);
const say = async (verb: string, body: object): Promise<void> => {
  home.publish(`enode2mqtt/bridge/request/${verb}`, JSON.stringify(body));
  await clock.settle();
};

/** One car leaves its wallbox and a visitor's car takes its place. */
async function visited(charger: string, owner: string, to: 'elsewhere' | null): Promise<void> {
  home = await simulatedHouse({
    scenario: 'home',
    seed: 1,
    clock,
    log: createLog({ level: 'info', now: () => clock.now(), write: () => {} }),
    settings: { ...demoSettings(scenarioOf('home')), control: 'local' },
  });
  await home.control('/control/clients/demo', { detects: false, unlocking: false, orchestration: false }, 'POST');
  await minutes(5);
  await home.control(`/control/vehicles/${owner}`, { cable: to });
  await minutes(40);
  await home.control(`/control/chargers/${charger}`, { guest: true });
  await minutes(40);
}

it('R5 `guest` and the charger’s own mode: commanded without a breach, held again for the next guest', async () => {
  await visited(garage, blue, 'elsewhere');
  home.publish(`enode2mqtt/charger/${garage}/mode/set`, 'off');
  await minutes(20);
  expect(asked()).toEqual([]);
  await say('guest', { charger: garage });
  await minutes(20);
  expect(asked()).toEqual([`STOP ${garage}`]);
  expect(verdict()).toEqual({ breaches: [], unjudged: [] });
  await home.control(`/control/chargers/${garage}`, { guest: false });
  await minutes(60);
  await home.control(`/control/chargers/${garage}`, { guest: true });
  await minutes(60);
  expect(asked()).toEqual([`STOP ${garage}`]);
});

it('`confirm_pair` makes the person answer for whose cable it is', async () => {
  await visited(carport, white, null);
  await say('confirm_pair', { vehicle: white, charger: carport });
  home.publish(`enode2mqtt/vehicle/${white}/charging/set`, 'OFF');
  await minutes(20);
  expect(asked()).toEqual([`STOP ${carport}`]);
  expect(verdict()).toEqual({ breaches: [], unjudged: [] });
});

it('what was said ends with the cable: the next visitor’s car is nobody’s', async () => {
  await visited(garage, blue, 'elsewhere');
  await say('guest', { charger: garage });
  await home.control(`/control/chargers/${garage}`, { guest: false });
  await home.control(`/control/chargers/${garage}`, { guest: true });
  await minutes(31);
  const { referee, world } = home.simulator.stage;
  referee.wish({
    subject: garage,
    want: 'any',
    origin: 'automatic',
    from: clock.now(),
    until: Number.POSITIVE_INFINITY,
    anywhere: false,
    untilUnplug: false,
  });
  const taken = {
    client: 'demo',
    target: garage,
    targetKind: 'charger',
    status: 200,
    actionId: 'a',
    token: 1,
  } as const;
  world.commandTaken({ ...taken, n: 1, at: clock.now(), kind: 'STOP' });
  expect(verdict().breaches).toMatchObject([{ code: 'wrong_car' }]);
});
