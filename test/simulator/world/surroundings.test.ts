import { describe, expect, it } from 'vitest';
import { SimulatedClock } from '../../../src/kernel/simulated-clock.ts';
import { Agenda } from '../../../src/simulator/world/agenda.ts';
import { lastSlot, nextSlot } from '../../../src/simulator/world/cadence.ts';
import { uuidOf } from '../../../src/simulator/world/chance.ts';
import { housePower } from '../../../src/simulator/world/house.ts';
import { sunPower, type Weather } from '../../../src/simulator/world/sun.ts';
import { HOUR, START } from './support.ts';

const plant = { peak: 5000, place: { latitude: 52, longitude: 5 }, seed: 1 };
const clear: Weather = { cloud: 0, pattern: 'steady' };
const dayEnergy = (day: number, weather: Weather, of = plant) =>
  Array.from({ length: 288 }, (_, i) => sunPower(of, weather, day + i * 300_000) / 12).reduce((a, b) => a + b, 0);
const JUNE = Date.UTC(2026, 5, 21);
const DECEMBER = Date.UTC(2026, 11, 21);

describe('the sun', () => {
  it('is highest at noon, gone at night, and never above the peak', () => {
    const noon = sunPower(plant, clear, JUNE + 12 * HOUR);
    expect(noon).toBeGreaterThan(4000);
    expect(noon).toBeLessThanOrEqual(5000);
    expect(sunPower(plant, clear, JUNE + 8 * HOUR)).toBeLessThan(noon);
    expect(sunPower(plant, clear, JUNE)).toBe(0);
  });
  it('knows season and latitude', () => {
    expect(dayEnergy(JUNE, clear)).toBeGreaterThan(4 * dayEnergy(DECEMBER, clear));
    const north = { ...plant, place: { latitude: 69, longitude: 19 } };
    expect(dayEnergy(DECEMBER, clear, north)).toBe(0);
    expect(sunPower(north, clear, JUNE - HOUR)).toBeGreaterThan(0);
  });
  it('knows the weather: overcast gives little, passing clouds much and little in turn', () => {
    expect(dayEnergy(JUNE, { cloud: 1, pattern: 'steady' })).toBeLessThan(0.2 * dayEnergy(JUNE, clear));
    const passing: Weather = { cloud: 0.5, pattern: 'passing' };
    const noons = Array.from({ length: 20 }, (_, i) => sunPower(plant, passing, JUNE + 12 * HOUR + i * 180_000));
    expect(Math.max(...noons)).toBeGreaterThan(3 * Math.min(...noons));
    expect(dayEnergy(JUNE, passing)).toBe(dayEnergy(JUNE, passing));
  });
});

describe('the house', () => {
  it('never sleeps, and takes more in the evening than at night', () => {
    const mean = (from: number) =>
      Array.from({ length: 24 }, (_, i) =>
        housePower({ base: 250, longitude: 0, seed: 1 }, JUNE + from * HOUR + i * 300_000),
      ).reduce((a, b) => a + b, 0) / 24;
    expect(mean(2)).toBeGreaterThan(200);
    expect(mean(18)).toBeGreaterThan(mean(2) + 500);
  });
});

describe('the grid of polls', () => {
  it('is spread by id, and next follows last by exactly one step', () => {
    const slots = ['a', 'b', 'c', 'd'].map((id) => lastSlot(id, HOUR, START));
    expect(new Set(slots).size).toBe(4);
    for (const slot of slots) {
      expect(slot).toBeLessThanOrEqual(START);
      expect(START - slot).toBeLessThan(HOUR);
    }
    expect(nextSlot('a', HOUR, START)).toBe(lastSlot('a', HOUR, START) + HOUR);
  });
});

describe('names become ids', () => {
  it('stable, distinct and shaped like a UUID', () => {
    expect(uuidOf('home/blue')).toBe(uuidOf('home/blue'));
    expect(uuidOf('home/blue')).not.toBe(uuidOf('home/white'));
    expect(uuidOf('home/blue')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

describe('the agenda', () => {
  it('keeps times, then the order of asking; what was cancelled does not happen; one alarm holds them all', async () => {
    const clock = new SimulatedClock(0);
    const agenda = new Agenda(clock);
    const seen: string[] = [];
    const note = (name: string) => () => void seen.push(`${name}@${clock.now()}`);
    agenda.at(30, note('late'));
    agenda.at(20, note('first'));
    agenda.at(20, note('second'));
    agenda.at(10, note('cancelled'))();
    agenda.at(20, () => agenda.at(25, note('nested')));
    expect(clock.pending().filter((name) => name === 'simulated world')).toHaveLength(1);
    await clock.advance(100);
    expect(seen).toEqual(['first@20', 'second@20', 'nested@25', 'late@30']);
    agenda.at(200, note('never'));
    agenda.stop();
    await clock.advance(500);
    expect(seen).toHaveLength(4);
    expect(clock.pending()).toEqual([]);
  });
});
