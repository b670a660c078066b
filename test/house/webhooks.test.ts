// The whole house with Enode's webhooks: the subscription is made, kept, repaired and removed by itself, events become states, and
// what goes wrong on the way is told, covered by polling, and heals.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { blue, garage, type WholeHouse, wholeHouse } from './support.ts';

const webhookUrl = 'https://home.example/enode';
const hour = 3600;

let house: WholeHouse;
let folder: string | undefined;
afterEach(async () => {
  const breaches = await house.verdict();
  await house.stop();
  if (folder !== undefined) rmSync(folder, { recursive: true });
  folder = undefined;
  expect(breaches).toEqual([]);
});

const hearing = async (more: Partial<Parameters<typeof wholeHouse>[0]> = {}): Promise<void> => {
  house = await wholeHouse({ ...more, settings: { webhookUrl, ...more?.settings } });
  await house.advance(60);
};
const asked = (method: string, path: RegExp, after = 0) =>
  house.simulator.control.requests(after).filter((one) => one.method === method && path.test(one.path));
const subscriptions = (): readonly { id: string; url: string; isActive: boolean }[] =>
  (house.simulator.control.clients() as { webhooks: { id: string; url: string; isActive: boolean }[] }[])[0]!.webhooks;
/** Somebody at the client's dashboard, or another program, with its own token. */
async function atEnode(method: string, path: string, body?: object): Promise<Response> {
  const token = await house.simulator.app.request('http://enode.test/oauth2/token', {
    method: 'POST',
    headers: {
      authorization: `Basic ${btoa('demo:demo-secret')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
  });
  const { access_token } = (await token.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' };
  const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
  return house.simulator.app.request(`http://enode.test${path}`, init);
}

describe('the subscription', () => {
  it('is looked for, made and tested once, and then nothing is asked of it', async () => {
    await hearing();
    expect(house.bridge()).toMatchObject({ webhooks: true, problem: false });
    expect(subscriptions()).toMatchObject([{ url: webhookUrl, isActive: true }]);
    await house.advance(hour);
    expect(asked('GET', /^\/webhooks/)).toHaveLength(1);
    expect(asked('POST', /^\/webhooks$/).map(({ body }) => body)).toEqual([
      { url: webhookUrl, secret: '[secret]', events: ['*'], apiVersion: '2024-10-01' },
    ]);
    expect(asked('POST', /test$/)).toHaveLength(1);
    expect(house.lines.filter((line) => line.includes('Webhooks'))).toHaveLength(1);
  });

  it('is not made where no address is set, and the sensor says nothing then', async () => {
    house = await wholeHouse();
    await house.advance(hour);
    expect(asked('GET', /^\/webhooks/)).toEqual([]);
    expect(house.bridge().webhooks).toBeNull();
  });

  it('outlives a restart of the daemon with its secret: one test proves the way', async () => {
    folder = mkdtempSync(join(tmpdir(), 'e2m-webhooks-'));
    await hearing({ folder });
    const before = house.simulator.control.requests(0).length;
    await house.restartDaemon();
    await house.advance(60);
    expect(asked('POST', /^\/webhooks/, before).map(({ path }) => path)).toEqual([
      expect.stringMatching(/\/test$/) as string,
    ]);
    expect(asked('PATCH', /^\/webhooks/)).toEqual([]);
    expect(house.bridge().webhooks).toBe(true);
  });

  it('brings what happened while the daemon was away, and its secret and address are shown nowhere', async () => {
    folder = mkdtempSync(join(tmpdir(), 'e2m-webhooks-'));
    await hearing({ folder });
    await house.restartDaemon(undefined, () => {
      house.door.open = false;
      void house.control('PATCH', `/vehicles/${blue}`, { cable: null });
    });
    house.door.open = true;
    await house.advance(120);
    expect(house.vehicle(blue).plugged_in).toBe(false);
    await house.advance(hour);
    expect(house.bridge()).toMatchObject({ webhooks: true, problem: false });
    const diagnostics = JSON.stringify(await house.ask('diagnostics', {}));
    expect(diagnostics).toMatch(/"webhooks":\{"deliveries":\d+,"events":\d+,"repeated":\d+,"refused":\{\}\}/);
    const told = [diagnostics, ...house.lines, ...house.heard.map(({ payload }) => payload)].join('\n');
    expect(told).not.toMatch(/[0-9a-f]{64}|home\.example/);
  });

  it('made by a former life, whose secret is lost, is found and gets a fresh one', async () => {
    house = await wholeHouse();
    await house.advance(60);
    const made = await atEnode('POST', '/webhooks', {
      url: webhookUrl,
      secret: 'of a database that is gone',
      apiVersion: '2024-10-01',
    });
    expect(made.status).toBe(200);
    await house.restartDaemon({ webhookUrl });
    await house.advance(60);
    expect(subscriptions()).toHaveLength(1);
    expect(asked('PATCH', /^\/webhooks/)).toHaveLength(1);
    expect(house.bridge().webhooks).toBe(true);
  });

  it('leaves those of others alone, and removes its own twin of another version', async () => {
    house = await wholeHouse();
    await house.advance(60);
    await atEnode('POST', '/webhooks', { url: 'https://elsewhere.example/enode', secret: 'not of ours' });
    await atEnode('POST', '/webhooks', { url: webhookUrl, secret: 'of another version' });
    await house.restartDaemon({ webhookUrl });
    await house.advance(60);
    expect(
      subscriptions()
        .map(({ url }) => url)
        .sort(),
    ).toEqual(['https://elsewhere.example/enode', webhookUrl]);
    expect(house.bridge().webhooks).toBe(true);
  });

  it('is removed once when the address is emptied, and another takes its place when it is changed', async () => {
    folder = mkdtempSync(join(tmpdir(), 'e2m-webhooks-'));
    await hearing({ folder });
    const moved = 'https://home.example/other';
    await house.restartDaemon({ webhookUrl: moved });
    await house.advance(60);
    expect(subscriptions().map(({ url }) => url)).toEqual([moved]);
    await house.restartDaemon({ webhookUrl: null });
    await house.advance(60);
    expect(subscriptions()).toEqual([]);
    await house.restartDaemon({ webhookUrl: null });
    await house.advance(hour);
    expect(asked('DELETE', /^\/webhooks/)).toHaveLength(2);
    expect(house.bridge().webhooks).toBeNull();
  });

  it('deleted by somebody is made again: at the latest when the day’s look finds nothing', async () => {
    await hearing();
    await atEnode('DELETE', `/webhooks/${subscriptions()[0]!.id}`);
    await house.advance(2 * hour);
    expect(house.bridge()).toMatchObject({ webhooks: true, problem: false });
    expect(subscriptions()).toHaveLength(1);
  });
});

describe('events', () => {
  it('show a change within a second, long before a listing would', async () => {
    await hearing();
    const looks = asked('GET', /vehicles/).length;
    await house.control('PATCH', `/vehicles/${blue}`, { cable: null });
    await house.advance(60);
    expect(house.vehicle(blue).plugged_in).toBe(false);
    expect(house.charger(garage).plugged_in).toBe(false);
    expect(asked('GET', /vehicles/)).toHaveLength(looks);
  });
});

/** A daemon that gets its address while the way to it leads nowhere, or somewhere else. */
async function shut(how: 'open' | 'elsewhere'): Promise<void> {
  house = await wholeHouse();
  await house.advance(60);
  house.door[how] = how === 'elsewhere';
  await house.restartDaemon({ webhookUrl });
}

describe('a way that is closed', () => {
  it('from the start is a problem in words, and heals by itself', async () => {
    await shut('open');
    await house.advance(300);
    const { webhooks, problem, problem_text } = house.bridge();
    expect([webhooks, problem]).toEqual([false, true]);
    expect(problem_text).toMatch(/^Webhooks do not arrive: Enode tried webhook_url and connection refused\./);
    house.door.open = true;
    await house.advance(hour);
    expect(house.bridge()).toMatchObject({ webhooks: true, problem: false, problem_text: null });
  });

  it('later on is noticed by silence; Enode gives up, and is set going again', async () => {
    await hearing();
    await house.control('POST', '/clients/demo', { webhookPatienceSeconds: 300 });
    house.door.open = false;
    await house.control('PATCH', `/vehicles/${blue}`, { cable: null });
    await house.advance(1200);
    expect(subscriptions()[0]!.isActive).toBe(false);
    await house.advance(2 * hour);
    expect(house.bridge()).toMatchObject({ webhooks: false, problem: true });
    expect(house.vehicle(blue).plugged_in).toBe(false);
    house.door.open = true;
    await house.advance(7 * hour);
    expect(subscriptions()[0]!.isActive).toBe(true);
    expect(house.bridge()).toMatchObject({ webhooks: true, problem: false });
  });

  it('is asked about ever more rarely', async () => {
    await shut('open');
    await house.advance(24 * hour);
    expect(asked('POST', /test$/).length).toBeLessThan(16);
  });
});

describe('another server at our address', () => {
  it('is not taken for us, though Enode is content with it', async () => {
    await shut('elsewhere');
    await house.advance(300);
    expect(house.bridge()).toMatchObject({ webhooks: false, problem: true });
    expect(house.bridge().problem_text).toMatch(/another server answers at webhook_url/);
  });
});

describe('a secret that is wrong at Enode', () => {
  it('is noticed, and replaced by a fresh one', async () => {
    await hearing();
    await atEnode('PATCH', `/webhooks/${subscriptions()[0]!.id}`, { secret: 'by somebody else' });
    await house.advance(3 * hour);
    expect(house.bridge()).toMatchObject({ webhooks: true, problem: false });
    expect(asked('PATCH', /^\/webhooks/).length).toBe(2);
    expect(house.lines.filter((line) => line.includes('a signature that is not by our secret'))).toHaveLength(1);
  });
});

describe('while webhooks are heard', () => {
  const on = (id: string, payload = 'ON') => house.send(`enode2mqtt/vehicle/${id}/charging/set`, payload);
  const wish = (subject: string, want: string): Promise<unknown> => house.control('POST', '/wishes', { subject, want });
  const count = (path: RegExp, after: number): number => asked('GET', path, after).length;
  const now = (): number => house.simulator.control.requests(0).length;

  it('listings are a safety net: a handful a day where nothing happens', async () => {
    await hearing();
    await house.advance(hour);
    const before = now();
    await house.advance(24 * hour);
    expect(count(/\/vehicles/, before)).toBeLessThanOrEqual(8);
    expect(count(/\/chargers/, before)).toBeLessThanOrEqual(8);
    expect(house.simulator.control.requests(before).length).toBeLessThan(60);
  });

  it('a command is followed by events: one request, no question', async () => {
    await hearing();
    const before = now();
    await wish(blue, 'START');
    await on(blue);
    await house.advance(120);
    expect(house.vehicle(blue)).toMatchObject({ command: 'confirmed', charging: true });
    const paths = house.simulator.control.requests(before).map(({ method, path }) => `${method} ${path}`);
    expect(paths.filter((path) => !path.includes('/control/'))).toEqual([`POST /vehicles/${blue}/charging`]);
  });

  it.each(['late', 'twice', 'outOfOrder', 'lost'])('deliveries that come %s change no outcome', async (mode) => {
    await hearing();
    await house.control('POST', '/faults', { kind: 'webhooks', mode, delay: 300 });
    await wish(blue, 'START');
    await on(blue);
    await house.advance(600);
    expect(house.vehicle(blue)).toMatchObject({ command: 'confirmed', charging: true });
    await wish(blue, 'STOP');
    await on(blue, 'OFF');
    await house.advance(600);
    expect(house.vehicle(blue)).toMatchObject({ command: 'confirmed', charging: false });
    await house.control('PATCH', `/vehicles/${blue}`, { cable: null });
    await house.control('DELETE', '/faults');
    await house.advance(6 * hour);
    expect(house.vehicle(blue)).toMatchObject({ plugged_in: false, paired_charger_id: null });
    expect(house.story(blue, 'command').filter((word) => word === 'failed')).toEqual([]);
    expect(house.bridge()).toMatchObject({ webhooks: true, problem: false });
  });

  it('silence makes the daemon ask as often as without them, and their return ends that', async () => {
    await hearing();
    await house.control('POST', '/clients/demo', { webhookPatienceSeconds: 300 });
    house.door.open = false;
    await house.advance(3 * hour);
    let before = now();
    await house.advance(hour);
    expect(count(/\/vehicles/, before)).toBeGreaterThanOrEqual(5);
    house.door.open = true;
    await house.advance(7 * hour);
    before = now();
    await house.advance(4 * hour);
    expect(count(/\/vehicles/, before)).toBeLessThanOrEqual(2);
  });

  it('a mode that would act on an old report reads anew first, and then acts', async () => {
    await hearing({ settings: { control: 'enode' } });
    await house.send(`enode2mqtt/vehicle/${blue}/mode/set`, 'off');
    await house.advance(2 * hour);
    expect(house.vehicle(blue).reason_code).toBe('off');
    const before = now();
    await wish(blue, 'START');
    await house.send(`enode2mqtt/vehicle/${blue}/mode/set`, 'now');
    await house.advance(30);
    const order = house.simulator.control
      .requests(before)
      .map(({ method, path }) => `${method} ${path.replace(/\?.*/, '')}`)
      .filter((path) => !path.includes('/control/') && !path.includes('oauth2'));
    expect(order[0]).toBe('GET /users/home/vehicles');
    expect(order.indexOf(`POST /vehicles/${blue}/charging`)).toBeGreaterThan(0);
    await house.advance(300);
    expect(house.vehicle(blue).charging).toBe(true);
  });

  it('energy of a steady charge is counted whole, although nobody tells of it', async () => {
    await hearing();
    await wish(blue, 'START');
    await on(blue);
    await house.advance(300);
    const begun = Number(house.charger(garage).energy);
    const kw = Number(house.charger(garage).charge_power);
    await house.advance(2 * hour);
    const counted = Number(house.charger(garage).energy) - begun;
    expect(counted).toBeGreaterThan(kw * 1.5);
    expect(counted).toBeLessThan(kw * 2.2);
  });
});
