// Linking (enode-api.md 2.3, 2.4): sessions, the Link UI clicked through, its failures, relinking, the quota.
import { describe, expect, it } from 'vitest';
import { CAR, MINUTE, stage } from './support.ts';

const wish = {
  scopes: ['vehicle:read:data', 'vehicle:read:location', 'vehicle:control:charging'],
  language: 'browser',
  redirectUri: 'https://app.example/back?x=1',
};

function walker(app: ReturnType<typeof stage>['app'], linkUrl: string) {
  const path = new URL(linkUrl).pathname;
  const see = () => app.request(path);
  const press = (step: string, form: Record<string, string> = {}) =>
    app.request(`${path}/${step}`, { method: 'POST', body: new URLSearchParams(form) });
  return { see, press };
}

describe('the Link UI', () => {
  it('goes from brand over login and consent back to the app, once', async () => {
    const { json, app } = stage({ linked: false });
    const { linkUrl, linkToken } = await json('POST', '/users/new/link', wish);
    expect(linkToken).toMatch(/^[A-Za-z0-9+/=]+$/);
    const { see, press } = walker(app, linkUrl);
    expect(await (await see()).text()).toContain('Choose your brand');
    expect((await press('brand', { vendor: 'KIA' })).status).toBe(303);
    expect(await (await see()).text()).toContain('type="password"');
    const wrong = await press('login', { username: 'kim', password: 'nope' });
    expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining('is wrong')]);
    expect((await press('login', { username: 'kim', password: 'kia-pass' })).status).toBe(303);
    expect(await (await see()).text()).toContain('Start and stop charging of your car');
    const done = await press('consent');
    expect([done.status, done.headers.get('location')]).toEqual([303, 'https://app.example/back?x=1']);
    expect((await json('GET', '/users/new/vehicles')).data).toMatchObject([{ id: CAR, scopes: wish.scopes }]);
    expect((await see()).status).toBe(410);
  });

  it('says so in the redirect when the user leaves', async () => {
    const { json, app } = stage({ linked: false });
    const { press } = walker(app, (await json('POST', '/users/new/link', wish)).linkUrl);
    const back = new URL((await press('leave')).headers.get('location') ?? '');
    expect(back.searchParams.get('x')).toBe('1');
    expect(back.searchParams.get('error')).toBeTruthy();
    expect(back.searchParams.get('error_message')).toContain('left');
  });

  it('shows a locked account and a vendor outage', async () => {
    const { json, app, control } = stage({ linked: false });
    const { press } = walker(app, (await json('POST', '/users/new/link', { ...wish, vendor: 'KIA' })).linkUrl);
    control.addFault({ kind: 'lockAccount', account: 'kia-1' });
    expect((await press('login', { username: 'kim', password: 'kia-pass' })).status).toBe(403);
    control.clearFaults();
    control.addFault({ kind: 'outage', vendor: 'KIA' });
    expect((await press('login', { username: 'kim', password: 'kia-pass' })).status).toBe(503);
    const health = (await json('GET', '/health/vehicles')) as { vendor: string; linkingStatus: string }[];
    expect(health.find((one) => one.vendor === 'KIA')?.linkingStatus).toBe('OUTAGE');
  });

  it('ends after 24 hours, and does not know foreign tokens', async () => {
    const { json, app, clock } = stage({ linked: false });
    const { see } = walker(app, (await json('POST', '/users/new/link', wish)).linkUrl);
    await clock.advance(24 * 60 * MINUTE);
    expect((await see()).status).toBe(410);
    expect((await app.request('/link/nonsense')).status).toBe(404);
  });
});

describe('a link session', () => {
  it.each([
    ['scopes', { ...wish, scopes: [] }],
    ['scopes', { ...wish, scopes: ['vehicle:control:charging'] }],
    ['scopes', { ...wish, scopes: ['car:drive'] }],
    ['language', { ...wish, language: 'xx' }],
    ['redirectUri', { ...wish, redirectUri: 'about:blank' }],
    ['redirectUri', { ...wish, redirectUri: `https://a.example/${'x'.repeat(500)}` }],
    ['redirectUri', { scopes: wish.scopes, language: 'en-US' }],
    ['colorScheme', { ...wish, colorScheme: 'pink' }],
    ['vendorType', { ...wish, vendorType: 'boat' }],
    ['vendor', { ...wish, vendor: 'HOVERCAR' }],
    ['vendor', { ...wish, vendor: 'EASEE' }],
  ])('is refused with 400 naming %s', async (field, body) => {
    const { call } = stage({ linked: false });
    const answer = await call('POST', '/users/new/link', body);
    expect([answer.status, (await answer.json()).detail]).toEqual([400, expect.stringContaining(field)]);
  });

  it('is refused with 403 at the quota', async () => {
    const { call } = stage({ client: { quota: 2 } });
    const answer = await call('POST', '/users/new/link', wish);
    expect([answer.status, await answer.json()]).toMatchObject([403, { title: 'Connections limit reached.' }]);
  });
});

describe('a brand that nobody switched on for the client', () => {
  it('is not offered, and refused when it is named', async () => {
    const { json, call, app, control } = stage({ linked: false });
    control.setClient('client-1', { inactiveVendors: ['KIA'] });
    const refused = await call('POST', '/users/new/link', { ...wish, vendor: 'KIA' });
    expect([refused.status, (await refused.json()).detail]).toEqual([400, expect.stringContaining('not activated')]);
    const { see } = walker(app, (await json('POST', '/users/new/link', wish)).linkUrl);
    expect(await (await see()).text()).not.toContain('value="KIA"');
    expect(() => control.setClient('client-1', { inactiveVendors: 'KIA' })).toThrow(/inactiveVendors/);
  });
});

describe('a device that leaves its vendor account, and one that comes to it later (2.1)', () => {
  it('disappears and appears by itself, for those who linked the account with its kind', async () => {
    const { json, control } = stage();
    const ids = async () => ((await json('GET', '/vehicles')).data as { id: string }[]).map(({ id }) => id);
    expect(await ids()).toContain(CAR);
    control.setInAccount(CAR, false);
    expect(await ids()).not.toContain(CAR);
    control.setInAccount(CAR, true);
    expect(await ids()).toContain(CAR);
  });
});

describe('invalid credentials', () => {
  it('keep the assets, ask for a relink, and end with it', async () => {
    const { json, call, app, control, carSays } = stage();
    expect((await call('POST', `/assets/${CAR}/relink`, { language: 'en-US', redirectUri: 'myapp://x' })).status).toBe(
      400,
    );
    control.addFault({ kind: 'credentials', account: 'kia-1' });
    const vehicle = await json('GET', `/vehicles/${CAR}`);
    const [intervention] = vehicle.capabilities.setMaxCurrent.interventionIds;
    expect((await json('GET', `/interventions/${intervention}`)).resolution.action).toBe('Link');
    expect((await call('POST', `/vehicles/${CAR}/charging`, { action: 'START' })).status).toBe(400);
    const { linkUrl } = await json('POST', `/assets/${CAR}/relink`, { language: 'en-US', redirectUri: 'myapp://x' });
    const { press } = walker(app, linkUrl);
    await press('login', { username: 'kim', password: 'kia-pass' });
    expect((await press('consent')).headers.get('location')).toBe('myapp://x');
    carSays({ batteryLevel: 60 });
    expect((await json('GET', `/vehicles/${CAR}`)).chargeState.batteryLevel).toBe(60);
  });
});

describe('interventions', () => {
  it('are filtered, speak languages, and fall back to English', async () => {
    const { json, call } = stage();
    const tesla = await json('GET', '/interventions?vendor=TESLA&language=de-DE');
    expect(tesla).toMatchObject([
      { id: '3b2891a9-5dcf-4691-b850-b5ea36b57c2e', resolution: { title: 'Telefonschlüssel hinzufügen' } },
    ]);
    expect((await json('GET', `/interventions/${tesla[0].id}?language=fi-FI`)).resolution.title).toBe(
      'Add a phone key',
    );
    const unknown = await call('GET', `/interventions/${CAR}`);
    expect([unknown.status, await unknown.text()]).toEqual([404, '']);
  });
});
