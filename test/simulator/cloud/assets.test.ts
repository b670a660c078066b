// Lists, single reads, refresh hints, users and unlinking (enode-api.md 2, 3, 4, 5).
import { describe, expect, it } from 'vitest';
import { BOX, CAR, HOME, MINUTE, stage } from './support.ts';

describe('lists', () => {
  it('are paged forth and back by opaque cursors', async () => {
    const { json } = stage({ crowd: 120 });
    const seen: string[] = [];
    let page = await json('GET', '/vehicles');
    expect([page.data.length, page.pagination.before]).toEqual([50, null]);
    for (;;) {
      seen.push(...page.data.map((one: { id: string }) => one.id));
      if (!page.pagination.after) break;
      page = await json('GET', `/vehicles?after=${page.pagination.after}`);
    }
    expect([seen.length, new Set(seen).size]).toEqual([121, 121]);
    const back = await json('GET', `/vehicles?before=${page.pagination.before}&pageSize=7`);
    expect(back.data.map((one: { id: string }) => one.id)).toEqual(seen.slice(93, 100));
  });

  it('refuse two cursors, foreign cursors and odd page sizes', async () => {
    const { call } = stage();
    for (const query of ['after=YQ&before=YQ', 'after=nonsense', 'pageSize=0', 'pageSize=x', 'pageSize=1.5'])
      expect((await call('GET', `/vehicles?${query}`)).status).toBe(400);
  });

  it('of an unknown user are empty, the user itself is 404', async () => {
    const { json, call } = stage();
    expect(await json('GET', '/users/nobody/vehicles')).toEqual({
      data: [],
      pagination: { after: null, before: null },
    });
    const answer = await call('GET', '/users/nobody');
    expect([answer.status, (await answer.json()).title]).toEqual([404, 'User does not exist']);
  });
});

describe('a vehicle', () => {
  it('has every field of the document', async () => {
    const { json, carSays, clock } = stage({ kinds: ['vehicle'] });
    await clock.advance(MINUTE);
    carSays({
      powerState: 'CHARGING',
      chargeRate: 7.2,
      chargeTimeRemaining: 90,
      position: HOME,
      positionUpdated: clock.now(),
    });
    const vehicle = await json('GET', `/vehicles/${CAR}`);
    expect(vehicle).toMatchObject({
      id: CAR,
      userId: 'house-1',
      vendor: 'KIA',
      lastSeen: '2026-05-04T18:01:00.000Z',
      isReachable: true,
      chargeState: {
        batteryLevel: 57,
        isPluggedIn: true,
        isCharging: true,
        isFullyCharged: false,
        chargeRate: 7.2,
        chargeTimeRemaining: 90,
        powerDeliveryState: 'PLUGGED_IN:CHARGING',
        pluggedInChargerId: null,
        lastUpdated: '2026-05-04T18:01:00.000Z',
      },
      smartChargingPolicy: { isEnabled: false, deadline: null, minimumChargeLimit: 0 },
      location: HOME,
      odometer: { distance: 41877 },
    });
    expect(vehicle.location.id).toMatch(/^[0-9a-f-]{36}$/);
    carSays({ powerState: 'UNKNOWN', reachable: null });
    expect(await json('GET', `/vehicles/${CAR}`)).toMatchObject({
      isReachable: null,
      chargeState: { isPluggedIn: null, isCharging: null, chargeRate: null, chargeTimeRemaining: null },
    });
  });

  it('takes a refresh hint without a promise', async () => {
    const { call, car } = stage();
    expect((await call('POST', `/vehicles/${CAR}/refresh-hint`)).status).toBe(204);
    expect(car.hints).toBe(1);
    const unknown = await call('POST', '/vehicles/nobody/refresh-hint');
    expect([unknown.status, await unknown.text()]).toEqual([404, '']);
  });
});

describe('a charger', () => {
  it('never shows COMPLETE, and has its range', async () => {
    const { json, boxSays } = stage();
    boxSays({ powerState: 'COMPLETE', chargeRate: 1 });
    const charger = await json('GET', `/chargers/${BOX}`);
    expect(charger.chargeState).toMatchObject({ powerDeliveryState: 'PLUGGED_IN:NO_POWER', chargeRate: null });
    expect(charger.capabilities.setChargeRateLimit.allowedRange.kW).toEqual({ min: 1.4, max: 22 });
  });

  it('can be put at a location, at none, and not at a stranger', async () => {
    const { json, call } = stage();
    const [place] = (await json('GET', '/users/house-1/locations')).data;
    expect((await json('PUT', `/chargers/${BOX}`, { locationId: null })).location.id).toBeNull();
    expect((await json('PUT', `/chargers/${BOX}`, { locationId: place.id })).location.id).toBe(place.id);
    expect((await call('PUT', `/chargers/${BOX}`, { locationId: CAR })).status).toBe(400);
    expect((await call('PUT', `/chargers/${BOX}`, {})).status).toBe(400);
  });
});

describe('users', () => {
  it('show their vendors and lose them one by one', async () => {
    const { json, call } = stage();
    expect((await json('GET', '/users')).data).toMatchObject([{ id: 'house-1', scopes: ['all'] }]);
    expect((await json('GET', '/users/house-1')).linkedVendors).toEqual([
      { vendor: 'KIA', vendorType: 'vehicle', isValid: true },
      { vendor: 'EASEE', vendorType: 'charger', isValid: true },
    ]);
    expect((await call('DELETE', '/users/house-1/vendors/EASEE/charger')).status).toBe(204);
    expect((await call('DELETE', '/users/house-1/vendors/EASEE')).status).toBe(404);
    expect((await json('GET', '/chargers')).data).toEqual([]);
    expect((await call('DELETE', '/users/house-1')).status).toBe(204);
    expect((await json('GET', '/vehicles')).data).toEqual([]);
    expect((await json('GET', '/locations')).data).toEqual([]);
  });

  it('keep data when only the authorization goes, but hear nothing new', async () => {
    const { json, call, carSays } = stage();
    expect((await call('DELETE', '/users/house-1/authorization')).status).toBe(204);
    carSays({ batteryLevel: 99 });
    const vehicle = await json('GET', `/vehicles/${CAR}`);
    expect([vehicle.chargeState.batteryLevel, vehicle.isReachable]).toEqual([57, false]);
    expect((await json('GET', '/users/house-1')).linkedVendors[0].isValid).toBe(false);
  });
});

describe('a crowd', () => {
  it('of 20,000 links at once, and a report costs the same as in a small home', async () => {
    const { json, clock, carSays, vehicles, control } = stage({ crowd: 20_000, client: { quota: 100_000 } });
    expect(clock.pending()).toEqual([]);
    const one = [...vehicles.values()].at(-1)!;
    for (let i = 0; i < 2_000; i++) carSays({ batteryLevel: i % 100 }, one);
    expect(control.shown(one.identity.id)).toMatchObject({ chargeState: { batteryLevel: 99 } });
    expect((await json('GET', '/vehicles?pageSize=500')).data.length).toBe(500);
  });
});
