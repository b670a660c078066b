// R1: Enode's words for a charge, and what becomes of what it does not say.
import { describe, expect, it } from 'vitest';
import { instant } from '../../src/domain/instant.ts';
import { createOddities } from '../../src/enode/oddities.ts';
import { createRedact } from '../../src/enode/text.ts';
import { actionReport, chargerReport, vehicleReport } from '../../src/enode/translate.ts';
import { createWire } from '../../src/enode/wire.ts';
import { action, charger, NOON, vehicle } from './house.ts';

function reading() {
  const logs: string[] = [];
  const say = (text: string): void => void logs.push(text);
  const oddities = createOddities({ debug: say, info: say, warn: say, error: say });
  const wire = createWire(oddities);
  const around = { cloudNow: instant(NOON), oddities, redact: createRedact(() => ['hush-hush']) };
  return {
    logs,
    vehicle(raw: unknown) {
      const read = wire.vehicle(raw);
      return read.ok ? vehicleReport(read.value, read.value.userId ?? 'home', around) : null;
    },
    charger(raw: unknown) {
      const read = wire.charger(raw);
      return read.ok ? chargerReport(read.value, read.value.userId ?? 'home', around) : null;
    },
    action(raw: unknown) {
      const read = wire.action(raw);
      const asked = { target: 'car-1', targetKind: 'vehicle' as const, answeredAt: instant(NOON) };
      return read.ok ? actionReport(read.value, asked, around) : null;
    },
  };
}

describe('power states (R1)', () => {
  it.each([
    ['UNKNOWN', null],
    ['UNPLUGGED', 'unplugged'],
    ['PLUGGED_IN:INITIALIZING', 'initializing'],
    ['PLUGGED_IN:CHARGING', 'charging'],
    ['PLUGGED_IN:STOPPED', 'stopped'],
    ['PLUGGED_IN:COMPLETE', 'complete'],
    ['PLUGGED_IN:NO_POWER', 'no_power'],
    ['PLUGGED_IN:FAULT', 'fault'],
    ['PLUGGED_IN:DISCHARGING', 'discharging'],
    ['PLUGGED_IN:DREAMING', null],
    [null, null],
    [7, null],
  ])('%s is %s for both kinds', (powerDeliveryState, power) => {
    const { vehicle: car, charger: box } = reading();
    expect(car(vehicle({}, { powerDeliveryState }))?.charge.power).toBe(power);
    expect(box(charger({}, { powerDeliveryState }))?.charge.power).toBe(power);
  });

  it('a new word is seen in the log once', () => {
    const { vehicle: car, logs } = reading();
    for (let i = 0; i < 3; i++) car(vehicle({}, { powerDeliveryState: 'PLUGGED_IN:DREAMING' }));
    expect(logs).toHaveLength(1);
    expect(logs[0]).toContain('PLUGGED_IN:DREAMING');
  });
});

describe('a vehicle', () => {
  it('comes through whole and says nothing in the log', () => {
    const { vehicle: car, logs } = reading();
    expect(car(vehicle())).toEqual({
      kind: 'vehicle',
      id: 'car-1',
      userId: 'home',
      vendor: 'KIA',
      brand: 'Kia',
      model: 'EV6',
      year: 2022,
      serial: 'VIN1',
      name: 'Blue car',
      lastSeen: Date.UTC(2026, 4, 2, 11, 41, 7),
      reachable: true,
      scopes: ['vehicle:read:data', 'vehicle:control:charging'],
      flags: {
        start: { capable: false, interventions: ['fix-1'] },
        stop: { capable: true, interventions: [] },
        locate: { capable: true, interventions: [] },
        smart_charge: { capable: true, interventions: [] },
        max_current: { capable: false, interventions: [] },
        rate_limit: null,
      },
      charge: {
        power: 'stopped',
        plugged: true,
        rate: null,
        maxCurrent: 16,
        at: Date.UTC(2026, 4, 2, 11, 41, 5),
        battery: 57,
        range: 243,
        capacity: 74,
        limit: 80,
        timeToFull: null,
      },
      pluggedInChargerId: null,
      smartChargingOn: false,
      position: { latitude: 59.91, longitude: 10.72, locationId: null, at: Date.UTC(2026, 4, 2, 10, 2, 11) },
      odometer: 41877,
      odometerAt: Date.UTC(2026, 4, 2, 10, 2, 11),
    });
    expect(logs).toEqual([]);
  });

  it('with nothing but nulls keeps its identity and knows nothing', () => {
    const { vehicle: car } = reading();
    const nothing = Object.fromEntries(Object.keys(vehicle().chargeState).map((key) => [key, null]));
    const bare = { id: 'car-1', userId: 'home', vendor: 'KIA', chargeState: nothing };
    const report = car(bare);
    expect(Object.values(report?.charge ?? {}).every((value) => value === null)).toBe(true);
    expect(Object.values(report?.flags ?? {}).every((value) => value === null)).toBe(true);
    expect(report).toMatchObject({
      id: 'car-1',
      reachable: null,
      lastSeen: null,
      scopes: null,
      name: null,
      odometer: null,
    });
  });

  it.each([
    ['batteryLevel', -1, 'battery'],
    ['batteryLevel', 111, 'battery'],
    ['batteryLevel', 'half', 'battery'],
    ['batteryLevel', Number.POSITIVE_INFINITY, 'battery'],
    ['range', -3, 'range'],
    ['chargeRate', 5_000, 'rate'],
    ['chargeLimit', 400, 'limit'],
    ['batteryCapacity', 0, 'capacity'],
    ['lastUpdated', '2027-05-02T11:41:05.000Z', 'at'],
    ['lastUpdated', 1_700_000_000, 'at'],
    ['isPluggedIn', 'yes', 'plugged'],
  ])('%s %s makes no sense: that field is null, the rest stands, the log says it once', (field, value, ours) => {
    const { vehicle: car, logs } = reading();
    const report = car(vehicle({}, { [field]: value }));
    car(vehicle({}, { [field]: value }));
    expect(report?.charge[ours as keyof typeof report.charge]).toBeNull();
    expect(report?.charge.power).toBe('stopped');
    expect(logs).toHaveLength(1);
    expect(logs[0]).toContain(`chargeState.${field}`);
  });

  it('a little over full is full', () => {
    expect(reading().vehicle(vehicle({}, { batteryLevel: 103 }))?.charge.battery).toBe(100);
  });

  it.each([
    [{ latitude: 0, longitude: 0 }],
    [{ latitude: 59.9, longitude: null }],
    [{ latitude: 91, longitude: 10 }],
    [{}],
    [null],
    ['here'],
  ])('position %o is none', (location) => {
    expect(reading().vehicle(vehicle({ location }))?.position).toMatchObject({ latitude: null, longitude: null });
  });

  it.each([
    ['id', undefined],
    ['id', 5],
    ['id', 'a/b'],
    ['id', ''],
    ['userId', 7],
    ['chargeState', undefined],
    ['chargeState', []],
  ])('without a sound %s (%s) its update is lost, and only that', (field, value) => {
    const { vehicle: car, logs } = reading();
    expect(car({ ...vehicle(), [field]: value })).toBeNull();
    expect(car(vehicle())).not.toBeNull();
    expect(logs).toHaveLength(1);
  });

  it('unknown fields pass and are named once, without their value', () => {
    const { vehicle: car, logs } = reading();
    const odd = vehicle({ mood: 'my private mood' }, { heater: { on: true } });
    expect(car(odd)).not.toBeNull();
    car(odd);
    expect(logs).toHaveLength(2);
    expect(logs.join()).toContain('vehicle.mood');
    expect(logs.join()).toContain('vehicle.chargeState.heater');
    expect(logs.join()).not.toContain('private');
  });

  it('very many oddities end in silence', () => {
    const { vehicle: car, logs } = reading();
    for (let i = 0; i < 2_000; i++) car(vehicle({ [`field${i}`]: 1 }));
    expect(logs.length).toBeLessThan(310);
  });

  it('a capability that cannot be read is unknown, never "not capable"', () => {
    const capabilities = {
      startCharging: { isCapable: false },
      stopCharging: { isCapable: 'no', interventionIds: [] },
    };
    expect(reading().vehicle(vehicle({ capabilities }))?.flags).toMatchObject({ start: null, stop: null });
  });

  it('Enode’s own smart charging shows', () => {
    const on = vehicle({ smartChargingPolicy: { isEnabled: true, deadline: '07:00', minimumChargeLimit: 0 } });
    expect(reading().vehicle(on)?.smartChargingOn).toBe(true);
  });
});

describe('a charger', () => {
  it('comes through whole', () => {
    const { charger: box, logs } = reading();
    expect(box(charger())).toMatchObject({
      kind: 'charger',
      serial: 'EH1',
      year: null,
      charge: { power: 'charging', plugged: true, rate: 7.2, maxCurrent: 32 },
      pluggedInVehicleId: 'car-1',
      locationId: 'place-1',
      rateLimit: null,
      rateLimitRange: { min: 1.4, max: 22 },
      flags: { start: { capable: true }, rate_limit: { capable: true }, locate: null, smart_charge: null },
    });
    expect(logs).toEqual([]);
  });

  it('a range that is upside down is none', () => {
    const limit = { isCapable: true, interventionIds: [], allowedRange: { kW: { min: 22, max: 1 } } };
    expect(reading().charger(charger({ capabilities: { setChargeRateLimit: limit } }))?.rateLimitRange).toBeNull();
  });
});

describe('an action', () => {
  it.each([
    ['PENDING', 'pending'],
    ['CONFIRMED', 'confirmed'],
    ['FAILED', 'failed'],
    ['CANCELLED', 'cancelled'],
    ['PONDERING', 'pending'],
  ])('%s is %s', (state, ours) => expect(reading().action(action({ state }))?.state).toBe(ours));

  it('tells why it failed in the cloud’s words, bounded and without secrets', () => {
    const detail = `hush-hush\n${'x'.repeat(500)}`;
    const failure = reading().action(
      action({ state: 'FAILED', failureReason: { type: 'NO_RESPONSE', detail } }),
    )?.failure;
    expect(failure?.type).toBe('NO_RESPONSE');
    expect(failure?.detail).toMatch(/^\[secret\] x+…$/);
    expect(failure?.detail).toHaveLength(300);
  });

  it('without a time was created when the cloud answered', () => {
    expect(reading().action(action({ createdAt: undefined }))?.createdAt).toBe(NOON);
  });

  it('without a target belongs to the asset that was asked', () => {
    expect(reading().action(action({ targetId: undefined, targetType: undefined }))).toMatchObject({
      target: 'car-1',
      targetKind: 'vehicle',
    });
  });

  it.each([
    ['a max-current action', { kind: undefined, targetState: { maxCurrent: 10 } }],
    ['one for a heat pump', { targetType: 'hvac' }],
  ])('%s is none of ours', (_, more) => expect(reading().action(action(more))).toBeNull());
});
