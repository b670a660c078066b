// Laws of what may reach a charger, with random cables, guests, clients and hands: judged by what was asked, and by the referee.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Effect } from '../../src/domain/acting/effect.ts';
import { pairedCharger } from '../../src/domain/belief/pairing.ts';
import type { View } from '../../src/domain/site.ts';
import type { StorePort } from '../../src/loop/ports.ts';
import { idIn } from '../../src/simulator/scenarios/scenario.ts';
import { memoryStore } from '../support/memory-store.ts';
import { blue, garage, modes, play, restarts, type Step, step } from '../support/random-home.ts';
import { at, charger, vehicle } from '../support/reports.ts';
import { reported, testSite } from '../support/site.ts';

const white = idIn('home', 'white');
const carport = idIn('home', 'carport');
const hand = (path: string, body: Readonly<Record<string, unknown>>): Step => ({
  kind: 'hand',
  method: 'PATCH',
  path,
  body,
});
const cables = fc.constantFrom(
  ...[blue, white].flatMap((car) =>
    [garage, carport, null].map((cable) => hand(`/vehicles/${car}`, { cable, away: false })),
  ),
  hand(`/vehicles/${blue}`, { away: true, cable: 'elsewhere' }),
  hand(`/chargers/${garage}`, { guest: true }),
  hand(`/chargers/${garage}`, { guest: false }),
  hand(`/chargers/${garage}`, { stopped: true }),
  hand(`/vehicles/${blue}`, { behaviour: 'deaf' }),
);
const people = fc
  .record({ subject: fc.constantFrom(blue, white, garage, carport), want: fc.constantFrom('start', 'stop') })
  .map((toggle) => ({ kind: 'toggle', ...toggle }) as Step);
const clients = fc.constantFrom(
  {},
  { unlocking: false, orchestration: false },
  { unlocking: false, orchestration: false, detects: false },
);

describe('a charger', () => {
  it('nothing reaches a charger unless a vehicle of ours is confirmed on it, or a person used its own switch', async () => {
    const reached = { own: 0, lent: 0 };
    await fc.assert(
      fc.asyncProperty(
        clients,
        fc.constantFrom('enode', 'local', 'auto'),
        fc.array(step([people, cables, cables, modes, restarts]), { minLength: 3, maxLength: 14 }),
        async (client, control, steps) => {
          let held: (() => View) | null = null;
          const wrong: unknown[] = [];
          const kept = memoryStore();
          const store: StorePort = {
            load: kept.load,
            commit: (made) => {
              if (held !== null) {
                // What is decided now is not in the site before it is committed.
                const site = held();
                const news = new Map(made.changes.map(({ table, id, record }) => [`${table} ${id}`, record]));
                const get = ((table, id) => news.get(`${table} ${id}`) ?? site.get(table, id)) as View['get'];
                for (const entry of made.entries) {
                  const effect = entry.kind === 'asked' ? (entry.effect as Effect) : null;
                  if (effect?.kind !== 'send' || effect.request.targetKind !== 'charger') continue;
                  const { target } = effect.request;
                  const subject = get('attempt', target)?.subject ?? '';
                  const isOwn = subject === target && get('wish', subject)?.origin === 'person';
                  reached[isOwn ? 'own' : 'lent']++;
                  if (!isOwn && pairedCharger({ ...site, get }, subject) !== target) wrong.push({ subject, target });
                }
              }
              return kept.commit(made);
            },
          };
          const settings = { control, chargerPlaces: { [garage]: 'home', [carport]: 'home' } } as const;
          const { home } = await play(steps, {
            store,
            settings,
            tellsWishes: true,
            before: async (begun) => {
              held = () => begun.loop.view();
              await begun.control('POST', '/control/clients/demo', client);
            },
          });
          await home.advance(1_800);
          expect(wrong).toEqual([]);
          expect(await home.verdict()).toEqual([]);
          expect(home.loop.view().get('bridge', 'bridge')?.latched ?? null).toBeNull();
          await home.stop();
        },
      ),
      { numRuns: 12, seed: 20_260_702 },
    );
    expect(reached.own).toBeGreaterThan(5);
    expect(reached.lent).toBeGreaterThan(5);
  }, 60_000);
});

describe('R6 users', () => {
  const users = { car: 'home', guests: 'guest', box: 'home', theirs: 'guest' } as const;
  const cars = ['car', 'guests'] as const;
  const boxes = ['box', 'theirs'] as const;
  const power = fc.constantFrom('unplugged', 'charging', 'stopped', 'no_power');
  const history = fc.array(
    fc.record({
      who: fc.constantFrom(...cars, ...boxes),
      power,
      names: fc.constantFrom(null, 0, 1),
      rate: fc.constantFrom(null, 3, 11),
      minutes: fc.integer({ min: 0, max: 30 }),
    }),
    { minLength: 1, maxLength: 20 },
  );

  it('devices of two users never pair, whatever the cloud says of them', () => {
    let activated = 0;
    fc.assert(
      fc.property(history, (entries) => {
        const site = testSite({ users: ['home', 'guest'], chargerPlaces: { box: 'home', theirs: 'home' } });
        const report = (who: (typeof entries)[number]['who'], now: ReturnType<typeof at>, more: object) =>
          who === 'car' || who === 'guests'
            ? vehicle({ id: who, userId: users[who], now, ...more })
            : charger({ id: who, userId: users[who], now, ...more });
        let minute = 0;
        for (const who of [...cars, ...boxes]) site.tell(at(0), reported(report(who, at(0), { power: 'unplugged' })));
        for (const { who, power, names, rate, minutes } of entries) {
          minute += minutes;
          const isCar = who === 'car' || who === 'guests';
          const named = names === null ? null : (isCar ? boxes : cars)[names]!;
          const ids = isCar ? { pluggedInChargerId: named } : { pluggedInVehicleId: named };
          site.tell(at(minute), reported(report(who, at(minute), { power, ...ids, charge: { rate } })));
          for (const id of cars) {
            const { word, charger: partner } = site.get('pairing', id) ?? { word: 'unpaired', charger: null };
            if (partner !== null) expect([id, users[partner as keyof typeof users]]).toEqual([id, users[id]]);
            if (word === 'activated') activated++;
          }
          for (const id of boxes) {
            const on = site.get('occupant', id)?.vehicle;
            if (on !== undefined) expect([id, users[on as keyof typeof users]]).toEqual([id, users[id]]);
          }
        }
      }),
      { numRuns: 120, seed: 11 },
    );
    expect(activated).toBeGreaterThan(50);
  });
});
