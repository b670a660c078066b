// Pairing (enode-api.md 8): established at link, activated by evidence, orchestrated, ended by unplugging.
import { describe, expect, it } from 'vitest';
import { BOX, BOX2, CAR, CAR2, HOME, MINUTE, never, stage } from './support.ts';

describe('established', () => {
  it('unlocks what the car lacks, and hides its interventions', async () => {
    const { json, car } = stage();
    car.own = {
      ...car.own,
      startCharging: never,
      stopCharging: never,
      location: { capable: false, interventions: ['x'] },
    };
    const { capabilities } = await json('GET', `/vehicles/${CAR}`);
    for (const key of ['startCharging', 'stopCharging', 'location', 'smartCharging'])
      expect(capabilities[key]).toEqual({ isCapable: true, interventionIds: [] });
  });

  it('unlocks nothing for a client without unlocking, or without a charger', async () => {
    const locked = stage({ client: { unlocking: false } });
    locked.car.own = { ...locked.car.own, startCharging: never };
    expect((await locked.json('GET', `/vehicles/${CAR}`)).capabilities.startCharging.isCapable).toBe(false);
    const alone = stage({ kinds: ['vehicle'] });
    alone.car.own = { ...alone.car.own, startCharging: never };
    expect((await alone.json('GET', `/vehicles/${CAR}`)).capabilities.startCharging.isCapable).toBe(false);
  });
});

describe('activated', () => {
  it('after the detection time from the later report', async () => {
    const { json, clock, carSays, boxSays } = stage();
    await clock.advance(MINUTE);
    boxSays({ powerState: 'STOPPED' });
    await clock.advance(3 * MINUTE);
    carSays({ powerState: 'STOPPED' });
    await clock.advance(59_000);
    expect((await json('GET', `/vehicles/${CAR}`)).chargeState.pluggedInChargerId).toBeNull();
    await clock.advance(2_000);
    const vehicle = await json('GET', `/vehicles/${CAR}`);
    const charger = await json('GET', `/chargers/${BOX}`);
    expect(vehicle.chargeState.pluggedInChargerId).toBe(BOX);
    expect(charger.chargeState.pluggedInVehicleId).toBe(CAR);
    expect(vehicle.location.id).toBe(charger.location.id);
    expect(vehicle.location.id).not.toBeNull();
  });

  it('never for a client that does not detect, until it does', async () => {
    const { json, pairUp, control, clock } = stage({ client: { detects: false } });
    await pairUp();
    expect((await json('GET', `/vehicles/${CAR}`)).chargeState.pluggedInChargerId).toBeNull();
    control.setClient('client-1', { detects: true });
    await clock.advance(2 * MINUTE);
    expect((await json('GET', `/vehicles/${CAR}`)).chargeState.pluggedInChargerId).toBe(BOX);
  });

  it('not for cables that went in an hour apart', async () => {
    const { json, clock, carSays, boxSays } = stage();
    await clock.advance(MINUTE);
    carSays({});
    boxSays({ powerState: 'STOPPED' });
    await clock.advance(60 * MINUTE);
    carSays({});
    await clock.advance(MINUTE);
    carSays({ powerState: 'STOPPED' });
    await clock.advance(10 * MINUTE);
    expect((await json('GET', `/vehicles/${CAR}`)).chargeState.pluggedInChargerId).toBeNull();
  });

  it('not for a car that stands elsewhere', async () => {
    const { json, clock, carSays, boxSays } = stage();
    await clock.advance(MINUTE);
    boxSays({ powerState: 'STOPPED' });
    const position = { latitude: HOME.latitude + 0.1, longitude: HOME.longitude };
    carSays({ powerState: 'STOPPED', position, positionUpdated: clock.now() });
    await clock.advance(10 * MINUTE);
    expect((await json('GET', `/vehicles/${CAR}`)).chargeState.pluggedInChargerId).toBeNull();
  });

  it('not for two cars plugged in at once, until the start of charging tells them apart', async () => {
    const { json, clock, car, car2, box, box2, carSays, boxSays } = stage({ second: true });
    await clock.advance(MINUTE);
    boxSays({ powerState: 'STOPPED' }, box);
    boxSays({ powerState: 'STOPPED' }, box2);
    carSays({ powerState: 'STOPPED' }, car);
    carSays({ powerState: 'STOPPED' }, car2);
    await clock.advance(20 * MINUTE);
    expect((await json('GET', `/vehicles/${CAR}`)).chargeState.pluggedInChargerId).toBeNull();
    for (const one of [car, car2]) carSays({}, one);
    for (const one of [box, box2]) boxSays({}, one);
    await clock.advance(MINUTE);
    boxSays({ powerState: 'CHARGING' }, box2);
    carSays({ powerState: 'CHARGING' }, car);
    await clock.advance(2 * MINUTE);
    expect((await json('GET', `/vehicles/${CAR}`)).chargeState.pluggedInChargerId).toBe(BOX2);
    expect((await json('GET', `/vehicles/${CAR2}`)).chargeState.pluggedInChargerId).toBe(BOX);
  });

  it('shows the charger rate when the car has none, unless the client estimates by itself', async () => {
    const { json, pairUp, carSays, boxSays, control } = stage();
    await pairUp();
    carSays({ powerState: 'CHARGING', chargeRate: null });
    boxSays({ powerState: 'CHARGING', chargeRate: 7.2 });
    expect((await json('GET', `/vehicles/${CAR}`)).chargeState.chargeRate).toBe(7.2);
    control.setClient('client-1', { enhancedChargeRate: true });
    expect((await json('GET', `/vehicles/${CAR}`)).chargeState.chargeRate).toBeNull();
  });

  it('ends when the cable comes out, whoever says so first', async () => {
    const first = stage();
    await first.pairUp();
    first.boxSays({ powerState: 'UNPLUGGED' });
    expect((await first.json('GET', `/vehicles/${CAR}`)).chargeState.pluggedInChargerId).toBeNull();
    const second = stage();
    await second.pairUp();
    second.carSays({ powerState: 'UNPLUGGED' });
    expect((await second.json('GET', `/chargers/${BOX}`)).chargeState.pluggedInVehicleId).toBeNull();
  });

  it('shows what the charger tells sooner than the car', async () => {
    const { json, pairUp, clock, boxSays } = stage();
    await pairUp();
    await clock.advance(MINUTE);
    boxSays({ powerState: 'CHARGING', chargeRate: 7 });
    expect((await json('GET', `/vehicles/${CAR}`)).chargeState).toMatchObject({
      powerDeliveryState: 'PLUGGED_IN:CHARGING',
      isCharging: true,
      chargeRate: 7,
    });
  });
});

describe('orchestration', () => {
  const START_BODY = { action: 'START' };

  it('sends to the charger when the car is incapable', async () => {
    const { call, json, pairUp, car, box, boxSays, clock } = stage();
    car.own = { ...car.own, startCharging: never, stopCharging: never };
    await pairUp();
    const action = await json('POST', `/vehicles/${CAR}/charging`, START_BODY);
    expect([car.sent, box.sent]).toEqual([[], [{ kind: 'START' }]]);
    await clock.advance(1000);
    boxSays({ powerState: 'CHARGING', chargeRate: 7 });
    expect(await json('GET', `/vehicles/actions/${action.id}`)).toMatchObject({
      state: 'CONFIRMED',
      targetType: 'vehicle',
    });
    expect((await call('GET', `/chargers/actions/${action.id}`)).status).toBe(404);
  });

  it('sends to the charger when the car cannot be reached', async () => {
    const { json, pairUp, car, box, carSays } = stage();
    await pairUp();
    carSays({ reachable: false });
    await json('POST', `/vehicles/${CAR}/charging`, START_BODY);
    expect([car.sent.length, box.sent.length]).toEqual([0, 1]);
  });

  it('falls to the charger when the car does not react', async () => {
    const { json, pairUp, car, box, clock } = stage();
    await pairUp();
    await json('POST', `/vehicles/${CAR}/charging`, START_BODY);
    await clock.advance(4.5 * MINUTE);
    expect([car.sent.length, box.sent.length]).toEqual([5, 0]);
    await clock.advance(2 * MINUTE);
    expect(box.sent.length).toBeGreaterThan(0);
  });

  it('sends nothing to a charger when only established, or when switched off', async () => {
    const { json, carSays, clock, car, box } = stage();
    car.own = { ...car.own, startCharging: never };
    carSays({ powerState: 'STOPPED' });
    const action = await json('POST', `/vehicles/${CAR}/charging`, START_BODY);
    await clock.advance(11 * MINUTE);
    expect([car.sent, box.sent]).toEqual([[], []]);
    expect(await json('GET', `/vehicles/actions/${action.id}`)).toMatchObject({
      state: 'CANCELLED',
      failureReason: { type: 'FAILED_PRECONDITION' },
    });
    const off = stage({ client: { orchestration: false } });
    await off.pairUp();
    await off.json('POST', `/vehicles/${CAR}/charging`, START_BODY);
    await off.clock.advance(8 * MINUTE);
    expect(off.box.sent).toEqual([]);
  });
});
