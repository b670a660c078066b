// The beginning and the end of a cloud, late devices, shared cars, and a real socket.

import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { describe, expect, it } from 'vitest';
import { BOX, CAR, MINUTE, stage } from './support.ts';

describe('the beginning', () => {
  it('can have a pair that is activated already', async () => {
    const { json } = stage({ pairs: [{ vehicle: CAR, charger: BOX }], client: { detects: false } });
    expect((await json('GET', `/vehicles/${CAR}`)).chargeState.pluggedInChargerId).toBe(BOX);
  });

  it('lets a device appear that comes to a linked account later', async () => {
    const { json, arrive, carSays } = stage();
    const late = arrive('00000000-0000-4000-8000-00000000abcd');
    carSays({}, late);
    expect((await json('GET', '/users/house-1/vehicles')).data.length).toBe(2);
  });

  it('gives a second user of one car an asset of their own', async () => {
    const { json, app } = stage();
    const { linkUrl } = await json('POST', '/users/house-2/link', {
      scopes: ['vehicle:read:data'],
      language: 'en-US',
      redirectUri: 'https://app.example/',
      vendor: 'KIA',
    });
    const path = new URL(linkUrl).pathname;
    await app.request(`${path}/login`, {
      method: 'POST',
      body: new URLSearchParams({ username: 'kim', password: 'kia-pass' }),
    });
    await app.request(`${path}/consent`, { method: 'POST' });
    const [mine] = (await json('GET', '/users/house-2/vehicles')).data;
    expect(mine.id).not.toBe(CAR);
    expect(mine.information.vin).toBe((await json('GET', `/vehicles/${CAR}`)).information.vin);
  });
});

describe('the end', () => {
  it('leaves nothing on the clock, and is deaf', async () => {
    const { json, carSays, clock, stop, control, delivered, car } = stage();
    await json('POST', '/webhooks', { url: 'https://hook.example/', secret: 'secret-1' });
    carSays({ powerState: 'STOPPED' });
    await json('POST', `/vehicles/${CAR}/charging`, { action: 'START' });
    expect(clock.pending().length).toBeGreaterThan(0);
    stop();
    expect(clock.pending()).toEqual([]);
    carSays({ powerState: 'CHARGING' });
    await clock.advance(60 * MINUTE);
    expect([car.sent.length, delivered.length, control.openActions().length]).toEqual([1, 0, 1]);
  });
});

describe('behind a node server', () => {
  it('a fault that hangs up destroys the socket; all else arrives with the date of the world', async () => {
    const { app, control, clock } = stage();
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
    await new Promise((resolve) => server.once('listening', resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      const answer = await fetch(`${base}/health/vehicles`);
      expect(answer.headers.get('date')).toBe(new Date(clock.now()).toUTCString());
      control.addFault({ kind: 'down', count: 1 });
      await expect(fetch(`${base}/health/vehicles`)).rejects.toThrow();
      expect((await fetch(`${base}/health/ready`)).status).toBe(204);
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });
});
