import { describe, expect, it } from 'vitest';
import { type CableTruth, vehicleState, wallboxState, wallPower } from '../../../src/simulator/world/electrics.ts';

const none = { boxA: null, carA: null, boxKW: null };
const three = (amperes: number) => ({ phases: 3, amperes }) as const;
const one = (amperes: number) => ({ phases: 1, amperes }) as const;

describe('what a cable carries', () => {
  it.each([
    { box: three(16), car: three(16), limits: none, watts: 11_040 },
    { box: three(32), car: three(16), limits: none, watts: 11_040 },
    { box: three(16), car: one(32), limits: none, watts: 3680 },
    { box: one(32), car: three(16), limits: none, watts: 3680 },
    { box: three(16), car: three(16), limits: { ...none, boxA: 10 }, watts: 6900 },
    { box: three(16), car: three(16), limits: { ...none, carA: 6 }, watts: 4140 },
    { box: three(16), car: three(16), limits: { ...none, carA: 5 }, watts: 0 },
    { box: three(16), car: three(16), limits: { ...none, boxA: 0 }, watts: 0 },
    { box: three(16), car: three(16), limits: { ...none, boxKW: 6.9 }, watts: 6900 },
    { box: three(16), car: three(16), limits: { ...none, boxKW: 2 }, watts: 0 },
    { box: one(16), car: three(16), limits: { ...none, boxKW: 1.4 }, watts: 1400 },
  ])('$box.phases × $box.amperes A to $car.phases × $car.amperes A, limits $limits: $watts W', (row) => {
    expect(wallPower(row.box, row.car, row.limits)).toBeCloseTo(row.watts, 6);
  });
});

describe('states of both ends', () => {
  const charging: CableTruth = {
    plugged: true,
    fault: false,
    full: false,
    willing: true,
    offering: true,
    powered: true,
    flowing: true,
  };
  it.each([
    { change: {}, car: 'CHARGING', box: 'CHARGING' },
    { change: { flowing: false }, car: 'INITIALIZING', box: 'INITIALIZING' },
    { change: { willing: false, flowing: false }, car: 'STOPPED', box: 'NO_POWER' },
    { change: { offering: false, flowing: false }, car: 'NO_POWER', box: 'STOPPED' },
    { change: { willing: false, offering: false, flowing: false }, car: 'STOPPED', box: 'STOPPED' },
    { change: { full: true, flowing: false }, car: 'COMPLETE', box: 'NO_POWER' },
    { change: { powered: false, flowing: false }, car: 'NO_POWER', box: 'NO_POWER' },
    { change: { fault: true, flowing: false }, car: 'FAULT', box: 'FAULT' },
    { change: { plugged: false, flowing: false }, car: 'UNPLUGGED', box: 'UNPLUGGED' },
  ])('$change: car $car, wallbox $box', ({ change, car, box }) => {
    expect(vehicleState({ ...charging, ...change })).toBe(car);
    expect(wallboxState({ ...charging, ...change })).toBe(box);
  });
});
