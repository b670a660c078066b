import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { energyAfter, fromWall, intoCells, timeToReach, wallEnergy } from '../../../src/simulator/world/battery.ts';

const pack = { capacity: 60_000, efficiency: 0.9, overhead: 200 };
const HOUR = 3_600_000;

describe('filling a battery', () => {
  it.each([
    { wall: 0, into: 0 },
    { wall: 200, into: 0 },
    { wall: 1380, into: 1062 },
    { wall: 11_040, into: 9756 },
  ])('half full takes from $wall W $into W into the cells', ({ wall, into }) => {
    expect(intoCells(pack, 30_000, wall)).toBeCloseTo(into, 6);
  });

  it('tapers near the top and never stops of itself below full', () => {
    const levels = [0.5, 0.9, 0.95, 0.99, 1].map((share) => intoCells(pack, share * pack.capacity, 11_040));
    expect(levels).toEqual([...levels].sort((a, b) => b - a));
    expect(levels[0]).toBeCloseTo(9756, 6);
    expect(levels[4]).toBeCloseTo(1800, 6);
  });

  it('one hour below the knee is power times time', () => {
    expect(energyAfter(pack, 20_000, 11_040, HOUR)).toBeCloseTo(29_756, 6);
    expect(wallEnergy(pack, 9756, HOUR)).toBeCloseTo(11_040, 6);
  });

  it('nothing flows in from less than the overhead, for ever', () => {
    expect(energyAfter(pack, 20_000, 150, 100 * HOUR)).toBe(20_000);
    expect(timeToReach(pack, 20_000, 150, 20_001)).toBe(Number.POSITIVE_INFINITY);
    expect(timeToReach(pack, 20_000, 11_040, 100_000)).toBe(Number.POSITIVE_INFINITY);
    expect(timeToReach(pack, 20_000, 11_040, 10_000)).toBe(0);
  });

  const energies = fc.double({ min: 0, max: 60_000, noNaN: true });
  const walls = fc.double({ min: 1380, max: 22_000, noNaN: true });

  it('the closed form is what small steps would give', () => {
    fc.assert(
      fc.property(energies, walls, fc.integer({ min: 1, max: 600 }), (energy, wall, minutes) => {
        let stepped = energy;
        for (let i = 0; i < minutes * 6; i++) stepped += intoCells(pack, stepped, wall) / 360;
        expect(Math.abs(energyAfter(pack, energy, wall, minutes * 60_000) - stepped)).toBeLessThan(40);
      }),
      { numRuns: 60 },
    );
  });

  it('two stretches are one, and the time to reach is the inverse of the energy after', () => {
    fc.assert(
      fc.property(energies, walls, fc.double({ min: 0, max: 1, noNaN: true }), (energy, wall, cut) => {
        const ms = timeToReach(pack, energy, wall, 59_900);
        if (energy < 59_900) expect(energyAfter(pack, energy, wall, ms)).toBeCloseTo(59_900, 3);
        const halfway = energyAfter(pack, energy, wall, ms * cut);
        expect(energyAfter(pack, halfway, wall, ms * (1 - cut))).toBeCloseTo(energyAfter(pack, energy, wall, ms), 3);
      }),
    );
  });

  it('the wall gives more than arrives', () => {
    fc.assert(
      fc.property(energies, walls, (energy, wall) => {
        expect(fromWall(pack, energy, wall)).toBeGreaterThan(intoCells(pack, energy, wall));
        expect(fromWall(pack, energy, wall)).toBeLessThanOrEqual(wall + 1e-6);
      }),
    );
  });
});
