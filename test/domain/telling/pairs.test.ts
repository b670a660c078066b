// What the page shows of pairs: all of a user's, those on one cable with their certainty, evidence and figures.
import { expect, it } from 'vitest';
import { describePairs } from '../../../src/domain/telling/pairs.ts';
import { sentence } from '../../../src/words/sentence.ts';
import { at, charger, vehicle } from '../../support/reports.ts';
import { testSite } from '../../support/site.ts';

it('every vehicle of a user is shown with every charger, the one on its cable as such', () => {
  const site = testSite();
  site.report(
    charger({ now: at(1), pluggedInVehicleId: 'car' }),
    charger({ now: at(1), id: 'other' }),
    vehicle({ now: at(2), pluggedInChargerId: 'box' }),
  );
  const pairs = describePairs(site.view, (reason) => sentence(reason, 'en'), at(3));
  expect(pairs.map(({ vehicle: car, charger: box, word, by }) => [car.id, box.id, word, by])).toEqual([
    ['car', 'box', 'activated', 'enode'],
    ['car', 'other', 'established', null],
  ]);
  expect(pairs[0]).toMatchObject({
    user: 'home',
    certainty: 100,
    evidence: [expect.stringMatching(/Enode names/)],
    since: expect.stringMatching(/^20/),
    session: { chargerKwh: expect.any(Number), batteryTo: 50 },
  });
  expect(pairs[1]).toMatchObject({ certainty: 0, evidence: [], since: null, session: null });
});

it('a user without a charger has no pair', () => {
  const site = testSite();
  site.report(vehicle());
  expect(describePairs(site.view, () => '', at(1))).toEqual([]);
});
