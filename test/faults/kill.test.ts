// `kill -9` of the daemon at the worst and at any moment: nothing is sent twice, nothing is forgotten (R4, issue "Done when" 3).
import { afterEach, describe, expect, it } from 'vitest';
import { seededEntropy } from '../../src/kernel/entropy.ts';
import { realWire } from '../../src/kernel/real-clock.ts';
import { blue, type Household, household } from './support.ts';

let home: Household;
afterEach(() => home.remove());

const command = (): unknown => home.vehicle(blue).command;
const isOver = (): boolean => !['requested', 'pending'].includes(String(command()));

/** ms of real time: a reversed wish may wait two minutes for what the car does, twice over. */
const PATIENCE = 240_000;

describe('kill -9', () => {
  it('while a command is pending: it is followed to its end, not sent twice, and the referee finds nothing', async () => {
    home = await household();
    await home.start();
    await home.toggle('ON');
    await home.soon('pending', () => command() === 'pending');
    await home.daemon().stop('SIGKILL');
    await home.soon('the will is heard', () => home.bridgeState() === 'offline');
    await home.start();
    expect(home.vehicle(blue)).toMatchObject({ command: 'pending', charging: true });
    await home.soon('confirmed', () => command() === 'confirmed', 60_000);
    expect(home.vehicle(blue).charging).toBe(true);
    expect(await home.commands()).toHaveLength(1);
    expect(await home.verdict()).toEqual([]);
  });

  it('while the cloud has not answered yet: adopted or repeated once, and the car charges', async () => {
    home = await household();
    await home.start();
    await home.control('POST', '/faults', { kind: 'slow', seconds: 3, path: `/vehicles/${blue}/charging`, count: 1 });
    await home.toggle('ON');
    await realWire.sleep('the request is on its way', 700);
    await home.daemon().stop('SIGKILL');
    await home.start();
    await home.soon('the car charges', () => home.vehicle(blue).charging === true && isOver(), 120_000);
    expect(command()).toBe('confirmed');
    expect((await home.commands()).length).toBeLessThanOrEqual(2);
    expect(await home.verdict()).toEqual([]);
  });

  it('at twenty random moments: each start is a good one, nothing is sent without its wish', {
    timeout: 900_000,
  }, async () => {
    home = await household();
    const dice = seededEntropy(20);
    let sent = 0;
    for (let round = 0; round < 20; round++) {
      await home.start();
      const wanted = dice.next() < 0.5 ? 'ON' : 'OFF';
      await home.toggle(wanted);
      sent++;
      // A toggle that a daemon is killed before reading is the broker's to lose: the former wish stands, and the referee cannot know.
      await home.soon('the wish is taken', () => home.vehicle(blue).charging === (wanted === 'ON'));
      await realWire.sleep('until the kill', dice.next() ** 2 * 4_000);
      await home.daemon().stop('SIGKILL');
    }
    await home.start();
    await home.soon('all is over', isOver, PATIENCE);
    expect(home.output()).not.toMatch(/ERROR|damaged|already running/);
    expect(await home.verdict()).toEqual([]);
    const asked = (await home.commands()).length;
    // Few: a changed mind is a cancel first, and waits for what the car does before anything else is sent.
    expect(asked).toBeGreaterThan(1);
    expect(asked).toBeLessThanOrEqual(2 * sent);
    await home.toggle('ON');
    await home.soon('the last wish is carried out', () => home.vehicle(blue).charging === true && isOver(), PATIENCE);
    await home.toggle('OFF');
    await home.soon('and the next', () => home.vehicle(blue).charging === false && isOver(), PATIENCE);
    expect(home.vehicle(blue).command).toBe('confirmed');
    expect(await home.verdict()).toEqual([]);
  });

  it('keeps settings', async () => {
    home = await household();
    await home.start();
    await home.send(`enode2mqtt/vehicle/${blue}/target/set`, '85');
    await home.send(`enode2mqtt/vehicle/${blue}/mode/set`, 'off');
    await home.soon('taken', () => home.vehicle(blue).target === 85 && home.vehicle(blue).mode === 'off');
    const { installation } = home.info();
    await realWire.sleep('the group of commits', 5_500);
    await home.daemon().stop('SIGKILL');
    await home.start();
    expect(home.vehicle(blue)).toMatchObject({ target: 85, mode: 'off' });
    expect(home.info().installation).toBe(installation);
  });
});
