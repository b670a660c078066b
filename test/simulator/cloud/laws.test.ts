// Laws of the cloud under any order of events, and under hostile input.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PowerState } from '../../../src/simulator/types.ts';
import { BOX, CAR, MINUTE, stage } from './support.ts';

const states: readonly PowerState[] = ['UNPLUGGED', 'STOPPED', 'CHARGING', 'COMPLETE', 'NO_POWER', 'UNKNOWN'];

const step = fc.oneof(
  fc.record({ do: fc.constant('car' as const), state: fc.constantFrom(...states), reachable: fc.boolean() }),
  fc.record({ do: fc.constant('box' as const), state: fc.constantFrom(...states), reachable: fc.boolean() }),
  fc.record({
    do: fc.constant('order' as const),
    target: fc.constantFrom(`/vehicles/${CAR}`, `/chargers/${BOX}`),
    action: fc.constantFrom('START', 'STOP'),
  }),
  fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 12 }) }),
);

describe('whatever happens', () => {
  it('a target has at most one open action, every action ends, and what ended stays', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const { call, carSays, boxSays, clock, control } = stage();
        control.setClient('client-1', { tokenSeconds: 1_000_000 });
        const ended = new Map<string, string>();
        for (const one of steps) {
          if (one.do === 'car') carSays({ powerState: one.state, reachable: one.reachable });
          else if (one.do === 'box') boxSays({ powerState: one.state, reachable: one.reachable });
          else if (one.do === 'wait') await clock.advance(one.minutes * MINUTE);
          else
            expect([200, 400]).toContain((await call('POST', `${one.target}/charging`, { action: one.action })).status);
          const targets = control.openActions().map(({ target }) => target);
          expect(new Set(targets).size).toBe(targets.length);
          for (const { actionId, targetKind } of control.commands()) {
            if (!actionId) continue;
            const action = await (await call('GET', `/${targetKind}s/actions/${actionId}`)).json();
            if (ended.has(actionId)) expect(action.state).toBe(ended.get(actionId));
            expect(action.state === 'PENDING').toBe(action.completedAt === null);
            if (action.state !== 'PENDING') ended.set(actionId, action.state);
          }
        }
        await clock.advance(31 * MINUTE);
        expect(control.openActions()).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('a pair is mutual and both are plugged in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const { carSays, boxSays, clock, control, car, box } = stage();
        for (const one of steps) {
          if (one.do === 'car') carSays({ powerState: one.state });
          else if (one.do === 'box') boxSays({ powerState: one.state });
          else if (one.do === 'wait') await clock.advance(one.minutes * MINUTE);
          const vehicle = control.shown(CAR) as { chargeState: { pluggedInChargerId: string | null } };
          const charger = control.shown(BOX) as { chargeState: { pluggedInVehicleId: string | null } };
          const paired = vehicle.chargeState.pluggedInChargerId === BOX;
          expect(charger.chargeState.pluggedInVehicleId).toBe(paired ? CAR : null);
          if (paired) expect([car.now.powerState, box.now.powerState]).not.toContain('UNPLUGGED');
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('hostile input', () => {
  const routes = [
    ['POST', `/vehicles/${CAR}/charging`],
    ['POST', `/chargers/${BOX}/max-current`],
    ['POST', `/chargers/${BOX}/charge-rate-limit`],
    ['PUT', `/chargers/${BOX}`],
    ['POST', '/users/house-1/link'],
    ['POST', `/assets/${CAR}/relink`],
    ['POST', '/users/house-1/locations'],
    ['PUT', '/tariffs/t-1'],
    ['POST', '/users/house-1/schedules'],
    ['PUT', `/vehicles/${CAR}/smart-charging-policy`],
    ['POST', '/webhooks'],
  ] as const;
  const words = [
    'action',
    'maxCurrent',
    'chargeRateLimit',
    'locationId',
    'scopes',
    'language',
    'redirectUri',
    'name',
    'latitude',
    'longitude',
    'timezoneName',
    'isEnabled',
    'rules',
    'targetId',
    'targetType',
    'defaultShouldCharge',
    'deadline',
    'url',
    'secret',
    'events',
    'authentication',
    'apiVersion',
    '__proto__',
    'constructor',
  ];
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom('START', CAR, 'Europe/Oslo', 'https://a.example/', 1e308, -1),
  );
  const body = fc.oneof(
    fc.jsonValue().map((one) => JSON.stringify(one)),
    fc.string(),
    fc.dictionary(fc.constantFrom(...words), value).map((one) => JSON.stringify(one)),
  );

  it.each(routes)('%s %s never breaks the cloud', async (method, path) => {
    const { call, clock } = stage();
    await fc.assert(
      fc.asyncProperty(body, async (text) => {
        const answer = await call(method, path, text);
        expect(answer.status).toBeLessThan(500);
        if (answer.status === 400) expect((await answer.json()).detail).toMatch(/./);
      }),
      { numRuns: 60 },
    );
    await clock.settle();
  });

  it('in queries is a 400 at most', async () => {
    const { call } = stage();
    const key = fc.constantFrom(
      'after',
      'before',
      'pageSize',
      'startDate',
      'endDate',
      'type',
      'resolution',
      'id',
      'language',
    );
    const path = fc.constantFrom(
      '/vehicles',
      '/locations',
      '/users/house-1/statistics/charging',
      '/interventions',
      '/integrations',
    );
    await fc.assert(
      fc.asyncProperty(path, fc.dictionary(key, fc.string()), async (at, query) => {
        expect((await call('GET', `${at}?${new URLSearchParams(query)}`)).status).toBeLessThan(500);
      }),
      { numRuns: 100 },
    );
  });
});
