// What goes wrong around the daemon: one clear line each, and it heals by itself (issue "Done when" 4).
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { blue, garage, type WholeHouse, white, wholeHouse } from './support.ts';

let house: WholeHouse;
let folder: string | undefined;
afterEach(async () => {
  const breaches = await house.verdict();
  await house.stop();
  if (folder !== undefined) rmSync(folder, { recursive: true });
  folder = undefined;
  expect(breaches).toEqual([]);
});

const info = (): Record<string, unknown> =>
  JSON.parse(house.last('enode2mqtt/bridge/info') ?? '{}') as Record<string, unknown>;
const worries = (): string[] => house.lines.filter((line) => /^(WARN|ERROR)/.test(line));
const wish = (subject: string, want: 'START' | 'STOP'): Promise<unknown> =>
  house.control('POST', '/wishes', { subject, want, origin: 'person' });

describe('a cloud that is down for an hour', () => {
  it('is one line and a problem; values stay, and all heals by itself', async () => {
    house = await wholeHouse();
    await house.advance(60);
    const known = house.lines.length;
    const asked = house.simulator.control.requests(0).length;
    await house.control('POST', '/faults', { kind: 'down', seconds: 3600 });
    await house.advance(3600);
    expect(worries()).toHaveLength(1);
    expect(worries()[0]).toMatch(/Enode.*trying again by itself|Enode.*tried again by itself/);
    expect(info()).toMatchObject({ cloud: false, problem: true });
    expect(house.vehicle(blue)).toMatchObject({ battery: 52, plugged_in: true });
    expect(house.last(`enode2mqtt/vehicle/${blue}/availability`)).toBe('online');
    expect(house.simulator.control.requests(0).length - asked).toBeLessThan(40);
    await house.advance(900);
    expect(info()).toMatchObject({ cloud: true, problem: false, problem_text: null });
    expect(house.lines.slice(known)).toHaveLength(2);
    expect(house.lines.at(-1)).toBe('INFO  Enode cloud: connected');
  });

  it('R4: a toggle meanwhile is told as failed at its deadline, and not done late', async () => {
    house = await wholeHouse();
    await house.control('POST', '/faults', { kind: 'down', seconds: 3600 });
    await house.advance(600);
    await wish(blue, 'START');
    await house.send(`enode2mqtt/vehicle/${blue}/charging/set`, 'ON');
    await house.advance(1200);
    expect(house.vehicle(blue).command).toBe('failed');
    expect(house.vehicle(blue).charging).toBe(false);
    await house.advance(7200);
    expect(house.commands().filter(({ status }) => status === 200)).toEqual([]);
    expect(house.vehicle(blue).charging).toBe(false);
  });
});

describe('a cloud that stumbles', () => {
  it.each([
    ['503', { kind: 'status', status: 503, seconds: 300 }],
    ['429 with Retry-After', { kind: 'status', status: 429, retryAfter: 120, seconds: 300 }],
    ['malformed', { kind: 'malformed', seconds: 300 }],
    ['an expired token', { kind: 'expireTokens' }],
    ['words nobody knows', { kind: 'unknownValues', seconds: 1800 }],
  ])('%s: no crash, and it is well an hour later', async (_name, fault) => {
    house = await wholeHouse();
    await house.advance(60);
    await house.control('POST', '/faults', fault);
    await house.advance(3600);
    expect(info()).toMatchObject({ cloud: true, problem: false });
    expect(house.vehicle(blue)).toMatchObject({ charging_state: 'stopped', battery: 52 });
    expect(worries().length).toBeLessThanOrEqual(2);
    await wish(blue, 'START');
    await house.send(`enode2mqtt/vehicle/${blue}/charging/set`, 'ON');
    await house.advance(300);
    expect(house.vehicle(blue).command).toBe('confirmed');
  });

  it('loses the answer to a start: in doubt, and never a second start', async () => {
    house = await wholeHouse();
    await house.control('POST', '/faults', { kind: 'loseAction', count: 1 });
    await wish(blue, 'START');
    await house.send(`enode2mqtt/vehicle/${blue}/charging/set`, 'ON');
    await house.advance(1200);
    expect(house.vehicle(blue)).toMatchObject({ command: 'confirmed', charging: true });
  });
});

describe('a restart', () => {
  it('of the broker: everything is there again, and commands arrive', async () => {
    house = await wholeHouse();
    await house.restartBroker();
    await house.passWire(2_000);
    await house.advance(60);
    expect(house.last('enode2mqtt/bridge/state')).toBe('online');
    for (const id of [blue, white]) expect(house.vehicle(id).battery).toEqual(expect.any(Number));
    expect(house.charger(garage).charging_state).toBe('stopped');
    expect(house.heard.filter(({ topic }) => topic.endsWith('/config'))).toHaveLength(6);
    expect(worries()).toHaveLength(1);
    await wish(blue, 'START');
    await house.send(`enode2mqtt/vehicle/${blue}/charging/set`, 'ON');
    await house.advance(120);
    expect(house.vehicle(blue).command).toBe('confirmed');
  });

  it('of the daemon while a command is pending: it is followed to its end and not sent twice', async () => {
    folder = mkdtempSync(join(tmpdir(), 'enode2mqtt-house-'));
    house = await wholeHouse({ folder });
    await house.control('PATCH', `/vehicles/${blue}`, { behaviour: 'slow' });
    await wish(blue, 'START');
    await house.send(`enode2mqtt/vehicle/${blue}/charging/set`, 'ON');
    await house.advance(20);
    expect(house.vehicle(blue).command).toBe('pending');
    await house.restartDaemon();
    expect(house.last('enode2mqtt/bridge/state')).toBe('online');
    expect(house.vehicle(blue)).toMatchObject({ command: 'pending', charging: true });
    await house.advance(1800);
    expect(house.vehicle(blue)).toMatchObject({ command: 'confirmed', charging: true });
    expect(house.commands()).toHaveLength(1);
  });

  it('from a backup that is older than what ran since: said for a day, not for ever', async () => {
    folder = mkdtempSync(join(tmpdir(), 'enode2mqtt-house-'));
    const [data, backup] = [join(folder, 'data'), join(folder, 'backup')];
    house = await wholeHouse({ folder: data });
    await house.restartDaemon({}, () => cpSync(data, backup, { recursive: true }));
    await house.restartDaemon();
    expect(info()).toMatchObject({ run: 3, problem: false });
    await house.restartDaemon({}, () => {
      rmSync(data, { recursive: true });
      cpSync(backup, data, { recursive: true });
    });
    expect(info()).toMatchObject({ run: 4, problem: true });
    expect(info().problem_text).toMatch(/later run of this installation \(start 3, this one is 2\)/);
    await house.advance(25 * 3600);
    expect(info()).toMatchObject({ problem: false });
    await house.restartDaemon();
    expect(info()).toMatchObject({ run: 5, problem: false });
  });

  it('of the daemon keeps the mode and does not lose its ids', async () => {
    folder = mkdtempSync(join(tmpdir(), 'enode2mqtt-house-'));
    house = await wholeHouse({ folder });
    await house.send(`enode2mqtt/vehicle/${blue}/mode/set`, 'off');
    await house.send(`enode2mqtt/vehicle/${blue}/target/set`, '85');
    const { installation } = info();
    await house.restartDaemon();
    await house.advance(60);
    expect(house.vehicle(blue)).toMatchObject({ mode: 'off', target: 85 });
    expect(info().installation).toBe(installation);
  });
});
