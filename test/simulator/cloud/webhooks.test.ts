// Webhooks (enode-api.md 12): subscriptions, signed batches, events, retries, giving up, heartbeat, faults.
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CAR, HOME, MINUTE, stage } from './support.ts';

const wish = { url: 'https://hook.example/enode', secret: 'a-long-secret' };

async function hooked(more: Record<string, unknown> = {}, stageWish: Parameters<typeof stage>[0] = {}) {
  const it = stage(stageWish);
  const webhook = await it.json('POST', '/webhooks', { ...wish, ...more });
  const names = () => it.delivered.flatMap(({ events }) => events.map((one) => one.event));
  return { ...it, webhook, names };
}

describe('subscriptions', () => {
  it('are made, listed, changed and deleted; the secret never comes back', async () => {
    const { json, call, webhook } = await hooked({ authentication: { headerName: 'x-key', headerValue: 'hidden' } });
    expect(webhook).toMatchObject({
      url: wish.url,
      events: ['*'],
      isActive: true,
      lastSuccess: webhook.createdAt,
      apiVersion: null,
      authentication: { headerName: 'x-key' },
    });
    expect(JSON.stringify(webhook)).not.toMatch(/a-long-secret|hidden/);
    const twin = await call('POST', '/webhooks', wish);
    expect([twin.status, (await twin.json()).title]).toEqual([400, 'Webhook already exists.']);
    expect((await json('GET', '/webhooks')).data.length).toBe(1);
    const patched = await json('PATCH', `/webhooks/${webhook.id}`, {
      events: ['user:vehicle:updated'],
      authentication: null,
    });
    expect(patched).toMatchObject({ events: ['user:vehicle:updated'], authentication: null, url: wish.url });
    expect((await call('DELETE', `/webhooks/${webhook.id}`)).status).toBe(204);
    const gone = await call('GET', `/webhooks/${webhook.id}`);
    expect([gone.status, (await gone.json()).title]).toEqual([404, 'Webhook not found']);
  });

  it.each([
    [{ ...wish, url: 'http://hook.example/' }, 'url'],
    [{ ...wish, secret: 'short' }, 'secret'],
    [{ ...wish, events: ['user:boat:updated'] }, 'events'],
    [{ ...wish, apiVersion: '1999-01-01' }, 'apiVersion'],
    [{ ...wish, authentication: { headerName: 'X Key', headerValue: 'v' } }, 'headerName'],
    [{ secret: wish.secret }, 'url'],
  ])('%j is refused naming %s', async (body, field) => {
    const { call } = stage();
    const answer = await call('POST', '/webhooks', body);
    expect([answer.status, (await answer.json()).detail]).toEqual([400, expect.stringContaining(field)]);
  });

  it('can be tested', async () => {
    const { json, webhook, receiver, names } = await hooked();
    expect(await json('POST', `/webhooks/${webhook.id}/test`)).toMatchObject({
      status: 'SUCCESS',
      response: { code: 200, body: 'ok' },
    });
    expect(names()).toEqual(['enode:webhook:test']);
    receiver.answer = () => new Response('no', { status: 500 });
    expect(await json('POST', `/webhooks/${webhook.id}/test`)).toMatchObject({
      status: 'FAILURE',
      response: { code: 500 },
    });
  });
});

describe('deliveries', () => {
  it('are signed over the raw body, with a delivery id and the own header', async () => {
    const { carSays, clock, delivered } = await hooked({
      authentication: { headerName: 'x-key', headerValue: 'value' },
    });
    carSays({ batteryLevel: 58 });
    await clock.advance(MINUTE);
    const [first] = delivered;
    const signature = createHmac('sha1', wish.secret).update(first!.body).digest('hex');
    expect(first!.headers).toMatchObject({ 'x-enode-signature': `sha1=${signature}`, 'x-key': 'value' });
    expect(first!.headers['x-enode-delivery']).toMatch(/^[0-9a-f-]{36}$/);
    expect(first!.events).toMatchObject([
      {
        event: 'user:vehicle:updated',
        version: '2024-10-01',
        createdAt: '2026-05-04T18:00:00.000Z',
        user: { id: 'house-1' },
        vehicle: { id: CAR, chargeState: { batteryLevel: 58 } },
        updatedFields: ['chargeState.batteryLevel'],
      },
    ]);
  });

  it('hold at most 100 events', async () => {
    const { carSays, clock, delivered } = await hooked();
    for (let i = 0; i < 250; i++) carSays({ batteryLevel: i % 99 });
    await clock.advance(MINUTE);
    expect(delivered.map(({ events }) => events.length)).toEqual([100, 100, 50]);
  });

  it('are not made without a change', async () => {
    const { carSays, clock, delivered } = await hooked();
    await clock.advance(MINUTE);
    carSays({});
    await clock.advance(MINUTE);
    expect(delivered).toEqual([]);
  });

  it('are tried again at growing intervals, until the receiver answers', async () => {
    const { carSays, clock, delivered, receiver, json, webhook } = await hooked();
    receiver.answer = () => new Response('', { status: 503 });
    carSays({ batteryLevel: 58 });
    await clock.advance(5 * MINUTE);
    const tries = delivered.length;
    expect(tries).toBeGreaterThan(3);
    receiver.answer = () => new Response('');
    await clock.advance(10 * MINUTE);
    expect(delivered.length).toBe(tries + 1);
    const now = await json('GET', `/webhooks/${webhook.id}`);
    expect(Date.parse(now.lastSuccess)).toBeGreaterThan(Date.parse(now.createdAt));
  });

  it('end after the patience of the environment; a change of the webhook begins anew', async () => {
    const { carSays, clock, receiver, json, webhook, delivered, control } = await hooked();
    control.setClient('client-1', { webhookPatienceSeconds: 300 });
    receiver.answer = () => new Response('', { status: 500 });
    carSays({ batteryLevel: 58 });
    await clock.advance(20 * MINUTE);
    expect((await json('GET', `/webhooks/${webhook.id}`)).isActive).toBe(false);
    const before = delivered.length;
    carSays({ batteryLevel: 59 });
    await clock.advance(5 * MINUTE);
    expect(delivered.length).toBe(before);
    receiver.answer = () => new Response('');
    expect((await json('PATCH', `/webhooks/${webhook.id}`, {})).isActive).toBe(true);
    carSays({ batteryLevel: 60 });
    await clock.advance(MINUTE);
    expect(delivered.length).toBe(before + 1);
  });

  it('that wait survive a change of the webhook', async () => {
    const { carSays, clock, receiver, json, webhook, delivered } = await hooked();
    receiver.answer = () => new Response('', { status: 500 });
    carSays({ batteryLevel: 58 });
    await clock.advance(MINUTE);
    receiver.answer = () => new Response('');
    await json('PATCH', `/webhooks/${webhook.id}`, { url: 'https://new.example/enode' });
    await clock.advance(2000);
    expect(delivered.at(-1)).toMatchObject({
      url: 'https://new.example/enode',
      events: [{ event: 'user:vehicle:updated' }],
    });
  });

  it('count as failed when there is no answer within 5 seconds', async () => {
    const { receiver, wireAlarms, json, webhook } = await hooked();
    receiver.answer = () => new Promise(() => {});
    const test = json('POST', `/webhooks/${webhook.id}/test`);
    while (!wireAlarms.length) await new Promise((resolve) => setImmediate(resolve));
    wireAlarms[0]!();
    expect(await test).toMatchObject({ status: 'FAILURE', response: null });
  });

  it('come with a heartbeat', async () => {
    const { clock, delivered } = await hooked({ events: ['user:charger:updated'] });
    await clock.advance(31 * MINUTE);
    expect(delivered.map(({ events }) => events)).toMatchObject([[{ event: 'system:heartbeat', pendingEvents: 0 }]]);
  });
});

describe('events', () => {
  it('tell of linking, unlinking, actions and credentials', async () => {
    const { call, json, carSays, clock, names, control } = await hooked();
    carSays({ powerState: 'STOPPED' });
    await json('POST', `/vehicles/${CAR}/charging`, { action: 'START' });
    carSays({ powerState: 'CHARGING' });
    await clock.advance(MINUTE);
    expect(names()).toEqual([
      'user:vehicle:updated',
      'user:vendor-action:updated',
      'user:charge-action:updated',
      'user:vehicle:updated',
    ]);
    control.addFault({ kind: 'credentials', account: 'easee-1' });
    await call('DELETE', '/users/house-1/vendors/KIA');
    await clock.advance(MINUTE);
    expect(names().slice(4)).toContain('user:credentials:invalidated');
    expect(names().slice(4)).toContain('user:vehicle:deleted');
  });

  it('tell of a pair by ordinary updates', async () => {
    const { pairUp, clock, delivered } = await hooked();
    await pairUp();
    await clock.advance(MINUTE);
    const fields = delivered.flatMap(({ events }) => events.flatMap((one) => one.updatedFields as string[]));
    expect(fields).toContain('chargeState.pluggedInChargerId');
    expect(fields).toContain('chargeState.pluggedInVehicleId');
  });

  it('respect the chosen names', async () => {
    const { carSays, boxSays, clock, names } = await hooked({ events: ['user:charger:updated'] });
    carSays({ batteryLevel: 1, position: HOME, positionUpdated: clock.now() });
    boxSays({ maxCurrent: 6 });
    await clock.advance(MINUTE);
    expect(names()).toEqual(['user:charger:updated']);
  });
});

describe('webhook faults', () => {
  it('late, twice, out of order, lost', async () => {
    const { carSays, clock, delivered, control } = await hooked();
    control.addFault({ kind: 'webhooks', mode: 'late', delay: 300, count: 1 });
    carSays({ batteryLevel: 10 });
    await clock.advance(4 * MINUTE);
    expect(delivered.length).toBe(0);
    await clock.advance(2 * MINUTE);
    expect(delivered.length).toBe(1);
    control.addFault({ kind: 'webhooks', mode: 'twice', count: 1 });
    carSays({ batteryLevel: 11 });
    await clock.advance(MINUTE);
    expect(delivered[1]!.headers['x-enode-delivery']).toBe(delivered[2]!.headers['x-enode-delivery']);
    control.addFault({ kind: 'webhooks', mode: 'outOfOrder', count: 1 });
    carSays({ batteryLevel: 12 });
    await clock.advance(1000);
    carSays({ batteryLevel: 13 });
    await clock.advance(MINUTE);
    const created = delivered[3]!.events.map((one) => String(one.createdAt));
    expect(created).toEqual([...created].sort().reverse());
    control.addFault({ kind: 'webhooks', mode: 'lost', count: 1 });
    carSays({ batteryLevel: 14 });
    await clock.advance(MINUTE);
    expect(delivered.length).toBe(4);
  });
});
