// Laws of belief: facts are the cloud's, so the order in which they happen to arrive must not matter. Legal is any order in which
// the reports of one asset may come late (they are dropped by their own time), and reports of different assets may cross.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeOfVehicle } from '../../src/domain/belief/place.ts';
import type { ChargerReport, PowerState, VehicleReport } from '../../src/domain/report.ts';
import { at, charger, farPoint, homePoint, vehicle } from '../support/reports.ts';
import { reported, testSite } from '../support/site.ts';

const power = fc.constantFrom<PowerState | null>(
  'unplugged',
  'charging',
  'stopped',
  'complete',
  'no_power',
  'fault',
  null,
);

/** Reports of each asset at strictly rising times of the cloud's. */
const history = fc.array(
  fc.record({
    who: fc.constantFrom('car', 'car2', 'box'),
    power,
    id: fc.constantFrom(null, 'box'),
    named: fc.constantFrom(null, 'car', 'car2'),
    rate: fc.constantFrom(null, 3, 11),
    battery: fc.integer({ min: 40, max: 60 }),
    spot: fc.constantFrom(homePoint, farPoint),
    odometer: fc.integer({ min: 1_000, max: 1_003 }),
    reachable: fc.constantFrom(true, true, false, null),
  }),
  { minLength: 1, maxLength: 14 },
);
type Told = VehicleReport | ChargerReport;
const reportsOf = (entries: typeof history extends fc.Arbitrary<infer E> ? E : never): Told[] =>
  entries.map(({ who, power, id, named, rate, battery, spot, odometer, reachable }, i) =>
    who === 'box'
      ? charger({ now: at(i), power, pluggedInVehicleId: named, charge: { rate } })
      : vehicle({
          id: who,
          now: at(i),
          power,
          reachable,
          pluggedInChargerId: id,
          charge: { rate, battery },
          position: spot,
          odometer,
        }),
  );

const now = at(30);
/** All three were listed before: what an asset said of one that was not linked yet cannot be known. */
const linked: readonly Told[] = [
  vehicle({ now: at(-5), power: 'unplugged' }),
  vehicle({ id: 'car2', now: at(-5), power: 'unplugged' }),
  charger({ now: at(-5), power: 'unplugged' }),
];
function beliefAfter(reports: readonly Told[], settings = {}) {
  const site = testSite(settings);
  site.tell(now, ...linked.map(reported));
  site.tell(now, ...reports.map(reported));
  const shown = ['car', 'car2', 'box'].map((id) => {
    const { known: _known, ...fused } = site.get('fused', id) ?? { known: null };
    const { word, charger: partner, lingering, evidence } = site.get('pairing', id) ?? {};
    return { id, fused, pairing: { word, partner, lingering, evidence }, report: site.get('vehicle', id)?.report };
  });
  const places = ['car', 'car2'].map((id) => placeOfVehicle(site.view, id, now));
  return { shown, places, occupant: site.get('occupant', 'box') };
}

/** Keeps the order within each asset, crosses assets by a list of draws. */
function crossed(reports: readonly Told[], draws: readonly number[]): Told[] {
  const queues = ['car', 'car2', 'box'].map((id) => reports.filter((report) => report.id === id));
  const out: Told[] = [];
  for (let i = 0; queues.some((queue) => queue.length > 0); i++) {
    const open = queues.filter((queue) => queue.length > 0);
    out.push(open[(draws[i % Math.max(1, draws.length)] ?? 0) % open.length]!.shift()!);
  }
  return out;
}

describe('laws of belief', () => {
  it('the same facts in another legal order give the same belief', () => {
    fc.assert(
      fc.property(history, fc.array(fc.nat(10), { minLength: 1, maxLength: 20 }), (entries, draws) => {
        const reports = reportsOf(entries);
        const [one, other] = [beliefAfter(reports), beliefAfter(crossed(reports, draws))];
        expect(other.shown).toEqual(one.shown);
        expect(other.occupant).toEqual(one.occupant);
        // A plug-in begins with the first evidence that arrived; a position near that moment may be less sure, never contrary.
        one.places.forEach(({ word }, i) => {
          const also = other.places[i]!.word;
          if (word !== 'unknown' && also !== 'unknown') expect(also).toBe(word);
        });
      }),
      { numRuns: 600 },
    );
  });

  it('a report that comes again, or late, changes no belief', () => {
    fc.assert(
      fc.property(history, fc.nat(20), (entries, which) => {
        const reports = reportsOf(entries);
        const again = reports[which % reports.length]!;
        expect(beliefAfter([...reports, again])).toEqual(beliefAfter(reports));
      }),
      { numRuns: 200 },
    );
  });

  it('at most one vehicle is believed on a charger, and both ends agree', () => {
    fc.assert(
      fc.property(history, (entries) => {
        const { shown, occupant } = beliefAfter(reportsOf(entries));
        const on = shown.filter(({ pairing }) => pairing.word === 'activated').map(({ id }) => id);
        expect(on.length).toBeLessThanOrEqual(1);
        expect(occupant?.vehicle).toBe(on[0]);
      }),
      { numRuns: 300 },
    );
  });
});
