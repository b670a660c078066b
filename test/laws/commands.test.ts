// Laws of commanding, tried with random people and a random cloud: judged by what the cloud was really asked.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpen } from '../../src/domain/acting/attempt.ts';
import { reconcile } from '../../src/domain/acting/reconcile.ts';
import { decide } from '../../src/domain/choice/decide.ts';
import { Draft } from '../../src/domain/draft.ts';
import { instant } from '../../src/domain/instant.ts';
import { numbers } from '../../src/domain/numbers.ts';
import { behaviours, blue, faults, garage, modes, play, restarts, type Step, step } from '../support/random-home.ts';
import { type SimulatedHome, simulatedHome } from '../support/simulated-home.ts';

const lawful = async (home: SimulatedHome, orders: number): Promise<void> => {
  await home.control('DELETE', '/control/faults');
  await home.advance(4500);
  expect(await home.verdict()).toEqual([]);
  expect(home.loop.view().get('bridge', 'bridge')?.latched ?? null).toBeNull();
  expect(home.replies.map(({ transaction }) => transaction).sort()).toEqual(
    [...new Set(home.replies.map(({ transaction }) => transaction))].sort(),
  );
  expect(home.replies).toHaveLength(orders);
  for (const attempt of home.loop.site().attempt.values()) expect(isOpen(attempt)).toBe(false);
};

describe('never two opposite commands in flight for one loadpoint', () => {
  it('whatever people toggle on both switches, and whatever the cloud does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step([faults, behaviours]), { minLength: 2, maxLength: 10 }), async (steps) => {
        const { home, orders } = await play(steps);
        await lawful(home, orders);
        await home.stop();
      }),
      { numRuns: 25, seed: 20_260_615 },
    );
  }, 60_000);

  it('also with modes that change, and with restarts in between', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step([faults, modes, restarts]), { minLength: 2, maxLength: 10 }), async (steps) => {
        const { home, orders } = await play(steps, { tellsWishes: true });
        home.order(blue, { kind: 'mode', mode: 'manual' });
        await home.control('DELETE', '/control/faults');
        await home.advance(4500);
        expect(await home.verdict()).toEqual([]);
        expect(home.loop.view().get('bridge', 'bridge')?.latched ?? null).toBeNull();
        expect(home.replies).toHaveLength(orders + 1);
        await home.stop();
      }),
      { numRuns: 20, seed: 20_260_616 },
    );
  }, 60_000);
});

describe('webhooks that come late, twice, out of order or not at all', () => {
  it('break no law either, though nothing else is looked at much', async () => {
    const hooks = fc
      .record({
        kind: fc.constant('webhooks'),
        mode: fc.constantFrom('late', 'twice', 'outOfOrder', 'lost'),
        delay: fc.integer({ min: 1, max: 900 }),
        seconds: fc.integer({ min: 10, max: 2_000 }),
      })
      .map((one): Step => ({ kind: 'fault', fault: one }));
    const webhookUrl = 'https://home.example/enode';
    await fc.assert(
      fc.asyncProperty(fc.array(step([hooks, faults, restarts]), { minLength: 2, maxLength: 10 }), async (steps) => {
        const { home, orders } = await play(steps, { settings: { webhookUrl } });
        await lawful(home, orders);
        await home.stop();
      }),
      { numRuns: 10, seed: 20_260_617 },
    );
  }, 60_000);
});

describe('reconcile is level-triggered', () => {
  it('asked twice with nothing changed it asks nothing new', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step([faults, modes]), { minLength: 1, maxLength: 6 }), async (steps) => {
        const { home } = await play(steps);
        const now = instant(Math.floor(home.clock.now()));
        const draft = new Draft(home.loop.site());
        const effects = () =>
          [blue, garage].flatMap((id) =>
            decide(draft, [id], now).flatMap((decision) => reconcile(draft, decision, now).effects),
          );
        // The first may have a step left that a review was set for; after it there is none.
        effects();
        effects();
        const changes = draft.changes().length;
        expect(effects()).toEqual([]);
        expect(draft.changes().length).toBe(changes);
        await home.stop();
      }),
      { numRuns: 20, seed: 20_260_617 },
    );
  }, 60_000);
});

describe('a wish survives a restart at any point', () => {
  it('and is never executed past its deadline; spent ones are never issued again', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('start' as const, 'stop' as const),
        fc.constantFrom('obedient', 'slow', 'deaf'),
        fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        async (want, behaviour, pauses, isDown) => {
          const home = await simulatedHome();
          await home.control('PATCH', `/control/vehicles/${blue}`, { behaviour });
          await home.advance(60);
          const asked = home.clock.now();
          await home.control('POST', '/control/wishes', {
            subject: blue,
            want: want.toUpperCase(),
            until: asked + numbers.wishDeadlineMs,
          });
          if (isDown) await home.control('POST', '/control/faults', { kind: 'down', seconds: 200 });
          home.charging(blue, want);
          for (const seconds of pauses) {
            await home.advance(seconds);
            await home.restart();
          }
          await home.advance(4500);
          expect(await home.verdict()).toEqual([]);
          const last = Math.max(0, ...home.commands().map(({ at }) => at));
          expect(last).toBeLessThanOrEqual(asked + numbers.wishDeadlineMs);
          const end = home.portraits.get(blue)!.state.command;
          expect(['confirmed', 'failed']).toContain(end);
          const sent = home.commands().length;
          await home.restart();
          await home.advance(3600);
          expect(home.commands()).toHaveLength(sent);
          await home.stop();
        },
      ),
      { numRuns: 25, seed: 20_260_618 },
    );
  }, 60_000);
});
