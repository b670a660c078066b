// Laws of our own matcher, on generated households: it would rather activate nobody than the wrong one.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chancesOf } from '../../src/domain/belief/pairing-assign.ts';
import { difficulties } from '../support/households/difficulty.ts';
import { judge, noVerdict } from '../support/households/judge.ts';
import { at, charger, vehicle } from '../support/reports.ts';
import { reported, testSite } from '../support/site.ts';

describe('generated households', () => {
  it.each([0, 1] as const)('some hundred plug-ins at difficulty %i: no false activation', (n) => {
    const verdict = noVerdict();
    const told: string[] = [];
    for (let seed = 1; seed <= 3; seed++)
      judge(n * 100_000 + seed, difficulties[n]!, 14, verdict, (text) => told.push(text));
    expect(told.filter((text) => !text.startsWith('missed'))).toEqual([]);
    expect(verdict.plugIns).toBeGreaterThan(60);
    expect(verdict.inTime / verdict.pairs).toBeGreaterThan(0.9);
  });
});

describe('two users in one house', () => {
  const told = fc.array(
    fc.record({
      who: fc.constantFrom('a', 'b', 'box-a', 'box-b'),
      power: fc.constantFrom('unplugged', 'charging', 'stopped' as const),
      named: fc.constantFrom(null, 'a', 'b', 'box-a', 'box-b'),
      after: fc.integer({ min: 1, max: 30 }),
    }),
    { minLength: 2, maxLength: 24 },
  );
  it('never pair with each other’s devices', () => {
    fc.assert(
      fc.property(told, (entries) => {
        const site = testSite({ users: ['u-a', 'u-b'] });
        let minute = 0;
        for (const { who, power, named, after } of entries) {
          minute += after;
          const userId = `u-${who.at(-1)}`;
          const common = { id: who, userId, now: at(minute), power } as const;
          const report = who.startsWith('box')
            ? charger({ ...common, pluggedInVehicleId: named })
            : vehicle({ ...common, pluggedInChargerId: named });
          site.tell(at(minute), reported(report));
          for (const id of ['a', 'b']) {
            const partner = site.get('pairing', id)?.charger ?? null;
            if (partner !== null) expect(partner).toBe(`box-${id}`);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

it('the chances of a group are those of counting every way to assign it', () => {
  const weight = fc.double({ min: 0, max: 500, noNaN: true });
  const table = fc.array(fc.array(weight, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(table, (pairs) => {
      const cars = pairs.map((_, n) => n);
      const exact = pairs.map((row) => row.map(() => 0));
      let all = 0;
      const assign = (car: number, taken: readonly (number | null)[], odds: number): void => {
        if (car === pairs.length) {
          all += odds;
          for (const [n, box] of taken.entries()) if (box !== null) exact[n]![box]! += odds;
          return;
        }
        assign(car + 1, [...taken, null], odds);
        for (const box of [0, 1, 2])
          if (!taken.includes(box)) assign(car + 1, [...taken, box], odds * pairs[car]![box]!);
      };
      assign(0, [], 1);
      const odds = { pairs, elsewhere: cars.map(() => 1), others: [1, 1, 1] };
      for (const [n, row] of chancesOf({ cars, boxes: [0, 1, 2] }, odds).entries())
        for (const [k, chance] of row.entries()) expect(chance).toBeCloseTo(exact[n]![k]! / all, 9);
    }),
    { numRuns: 100 },
  );
});
