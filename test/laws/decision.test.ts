// Laws of belief-to-decision, for any report the cloud might give: nothing throws, every decision has its reason in both languages,
// and nothing unknown, stale or away leads to a command of ours.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reconcile } from '../../src/domain/acting/reconcile.ts';
import { placeOfCharger, placeOfVehicle } from '../../src/domain/belief/place.ts';
import { decide } from '../../src/domain/choice/decide.ts';
import { Draft } from '../../src/domain/draft.ts';
import { numbers } from '../../src/domain/numbers.ts';
import type { PowerState } from '../../src/domain/report.ts';
import { describe as portray } from '../../src/domain/telling/describe.ts';
import { reasonCodes } from '../../src/domain/telling/reason.ts';
import { sentence } from '../../src/words/sentence.ts';
import {
  answered,
  at,
  can,
  cannot,
  charger,
  farPoint,
  fixable,
  flags,
  homePoint,
  vehicle,
} from '../support/reports.ts';
import { reported, testSite } from '../support/site.ts';

const power = fc.constantFrom<PowerState | null>(
  'unplugged',
  'initializing',
  'charging',
  'stopped',
  'complete',
  'no_power',
  'fault',
  'discharging',
  null,
);
const minute = fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: -300, max: 60 }));
const flag = fc.constantFrom(can, cannot, fixable('i-1'), null);
const someFlags = fc.oneof(
  { weight: 12, arbitrary: fc.constant(flags()) },
  { weight: 1, arbitrary: fc.record({ start: flag, stop: flag, smart_charge: flag }).map(flags) },
);
const spot = fc.constantFrom(homePoint, homePoint, homePoint, farPoint, { latitude: null, longitude: null });
const number = (max: number) => fc.option(fc.double({ min: 0, max, noNaN: true }));
const maybeAt = fc.option(minute.map(at), { freq: 8 });

// Mostly reported with the rest: else nearly everything is stale and the laws speak of nothing.
const chargeOver = fc
  .tuple(
    fc.record({
      battery: fc.oneof(fc.constantFrom(50, 51, 52), number(100)),
      rate: number(350),
      capacity: number(200),
      limit: number(100),
    }),
    fc.option(maybeAt, { freq: 1, nil: undefined }),
  )
  .map(([charge, time]) => (time === undefined ? charge : { ...charge, at: time }));
const vehicleReport = fc
  .record({
    id: fc.constantFrom('car', 'car2'),
    now: minute.map(at),
    power,
    charge: chargeOver,
    position: fc.tuple(spot, maybeAt, fc.constantFrom(null, 'place')).map(([point, time, locationId]) => ({
      ...point,
      at: time,
      locationId,
    })),
    flags: someFlags,
    odometer: fc.constantFrom(1_000, 1_000, 1_000, 1_020, null),
    odometerAt: maybeAt,
    reachable: fc.constantFrom(true, false, null),
    pluggedInChargerId: fc.constantFrom(null, 'box', 'stranger'),
    smartChargingOn: fc.constantFrom(...Array(9).fill(false), true),
  })
  .map((over) => reported(vehicle(over)));
const chargerReport = fc
  .record({
    now: minute.map(at),
    power,
    charge: fc.record({ rate: number(350), at: maybeAt }),
    flags: someFlags,
    reachable: fc.constantFrom(true, false, null),
    pluggedInVehicleId: fc.constantFrom(null, 'car', 'car2', 'stranger'),
  })
  .map((over) => reported(charger(over)));
const setting = fc.record({
  mode: fc.constantFrom('manual', 'off', 'off', 'now', 'now', 'schedule', 'solar', 'min_solar'),
  target: fc.integer({ min: 0, max: 100 }),
  minimum: fc.integer({ min: 0, max: 100 }),
  departure: maybeAt,
});
const scene = fc.record({
  reports: fc.array(fc.oneof(vehicleReport, vehicleReport, chargerReport), { maxLength: 12 }),
  setting,
  override: fc.constantFrom('start', 'stop', null),
  offset: fc.constantFrom(0, 0, 0, 0, 0, 59, 61, -4_000, null),
  places: fc.constantFrom({}, { box: 'home' }, { box: 'elsewhere' }),
  paused: fc.constantFrom(false, false, true),
  observeOnly: fc.constantFrom(false, false, true),
  hearing: fc.boolean(),
});
type Scene = typeof scene extends fc.Arbitrary<infer S> ? S : never;

const now = at(61);
const assets = ['car', 'car2', 'box'];

function sited(made: Scene) {
  const { observeOnly, hearing } = made;
  const url = 'https://home.example/enode';
  const webhookUrl = hearing ? url : null;
  const site = testSite({ chargerPlaces: made.places as Record<string, 'home'>, observeOnly, webhookUrl }, at(0));
  if (hearing) site.tell(at(0), { kind: 'webhook_heard', beatAt: null });
  site.tell(now, ...made.reports);
  for (const id of assets) {
    site.put('setting', id, made.setting as never);
    const plugin = site.get('plugin', id)?.id ?? null;
    if (made.override)
      site.put('override', id, { want: made.override as 'start', since: at(1), plugin, wish: 'toggle' });
  }
  site.order(now, 'site', { kind: 'pause', on: made.paused });
  if (made.offset === null) site.tell(now, { kind: 'clock_jumped' });
  else site.tell(now, { kind: 'request_ended', request: answered(now, { cloudTime: at(61 - made.offset / 60) }) });
  return site;
}

describe('laws of deciding', () => {
  it('no decision for any report throws, and each has a reason with a sentence in both languages', () => {
    fc.assert(
      fc.property(scene, (made) => {
        const site = sited(made);
        for (const decision of decide(site.view, assets, now)) {
          expect(reasonCodes).toContain(decision.reason.code);
          expect(decision.reviewAt).toBeGreaterThan(now);
          for (const language of ['en', 'de'] as const)
            expect(sentence(decision.reason, language)).toMatch(/^\S.{3,}[.!]$/su);
        }
        for (const id of assets) expect(() => portray(site.view, id, null, (reason) => reason.code, now)).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });

  it('unknown, stale, away or unproven never leads to a command of ours', () => {
    let commands = 0;
    let old = 0;
    fc.assert(
      fc.property(scene, (made) => {
        const site = sited(made);
        for (const decision of decide(site.view, assets, now)) {
          const { lead, should } = decision;
          if (should === 'leave') continue;
          commands++;
          const place = site.get('vehicle', lead)
            ? placeOfVehicle(site.view, lead, now)
            : placeOfCharger(site.view, lead);
          const fused = site.get('fused', lead)!;
          expect(place.word).toBe('home');
          expect(fused.plugged).toBe(true);
          expect(fused.state).not.toBeNull();
          const isOld = fused.at === null || now - fused.at > numbers.staleAfterMs + numbers.clockAgreementMs;
          if (isOld) {
            // Heard of no change: it may stay as it is, and nothing is asked for that.
            old++;
            expect([made.hearing, fused.charging]).toEqual([true, should === 'start']);
            expect(reconcile(new Draft(site.site), decision, now).effects).toEqual([]);
          }
          expect([0, 59]).toContain(made.offset);
          if (should === 'start') {
            expect(fused.power).not.toBe('discharging');
            expect(['fault', 'complete']).not.toContain(fused.state);
          }
          if (made.observeOnly) expect(fused.charging).toBe(should === 'start');
        }
      }),
      { numRuns: 500 },
    );
    // The law would hold of nothing, too.
    expect(commands).toBeGreaterThan(20);
    expect(old).toBeGreaterThan(0);
  });

  it('deciding twice decides the same, and writes nothing', () => {
    fc.assert(
      fc.property(scene, (made) => {
        const site = sited(made);
        const draft = new Draft(site.site);
        const first = decide(draft, assets, now);
        expect(decide(draft, assets, now)).toEqual(first);
        expect(draft.changes()).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
