// OAuth and the door of the API (enode-api.md 1.2, 1.3, 14).
import { describe, expect, it } from 'vitest';
import { MINUTE, stage } from './support.ts';

describe('token endpoint', () => {
  it('gives a bearer token for an hour', async () => {
    const { token } = stage();
    const answer = await token();
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ expires_in: 3599, scope: '', token_type: 'bearer' });
  });

  it('refuses a wrong secret with an OAuth error', async () => {
    const { token } = stage();
    const answer = await token('client-1', 'wrong');
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ error: 'invalid_client' });
  });

  it('can give shorter tokens', async () => {
    const { token, control } = stage();
    control.setClient('client-1', { tokenSeconds: 30 });
    expect(await (await token()).json()).toMatchObject({ expires_in: 30 });
  });

  it('refuses another grant type and another body', async () => {
    const { app } = stage();
    const authorization = `Basic ${Buffer.from('client-1:client-secret').toString('base64')}`;
    const form = { authorization, 'content-type': 'application/x-www-form-urlencoded' };
    const grant = await app.request('/oauth2/token', { method: 'POST', headers: form, body: 'grant_type=password' });
    expect([grant.status, await grant.json()]).toMatchObject([400, { error: 'unsupported_grant_type' }]);
    const json = { authorization, 'content-type': 'application/json' };
    const body = await app.request('/oauth2/token', { method: 'POST', headers: json, body: '{}' });
    expect(body.status).toBe(400);
  });
});

describe('the API', () => {
  it('asks for a token, except for health and integrations', async () => {
    const { app } = stage();
    const missing = await app.request('/vehicles');
    expect(missing.status).toBe(401);
    expect(missing.headers.get('date')).toBe('Mon, 04 May 2026 18:00:00 GMT');
    expect(await missing.json()).toMatchObject({
      type: 'https://developers.enode.com/api/problems/unauthorized',
      title: 'Unauthorized',
    });
    expect((await app.request('/health/ready')).status).toBe(204);
    expect((await app.request('/health/vehicles')).status).toBe(200);
    expect((await app.request('/integrations')).status).toBe(200);
  });

  it('does not take an expired token', async () => {
    const { call, clock } = stage();
    expect((await call('GET', '/vehicles')).status).toBe(200);
    await clock.advance(60 * MINUTE);
    expect((await call('GET', '/vehicles')).status).toBe(401);
  });

  it('tells the time of the world', async () => {
    const { call, clock } = stage();
    await clock.advance(5 * MINUTE);
    const answer = await call('GET', '/vehicles');
    expect(answer.headers.get('date')).toBe('Mon, 04 May 2026 18:05:00 GMT');
  });

  it('names a route it does not know', async () => {
    const { call } = stage();
    const answer = await call('PATCH', '/chargers/x');
    expect([answer.status, await answer.json()]).toMatchObject([404, { title: 'Route not found' }]);
  });

  it('keeps clients apart', async () => {
    const { json, login } = stage();
    await login('client-2', 'other-secret');
    expect((await json('GET', '/vehicles')).data).toEqual([]);
  });

  it('refuses the retired user header', async () => {
    const { app, token } = stage();
    const { access_token } = (await (await token()).json()) as { access_token: string };
    const headers = { authorization: `Bearer ${access_token}`, 'enode-user-id': 'house-1' };
    expect((await app.request('/vehicles', { headers })).status).toBe(400);
  });
});
