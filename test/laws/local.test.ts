// Laws of `local` routing (R5), with random people, clouds, devices and cables: judged by what was really asked, and by the referee.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Attempt, isOpen } from '../../src/domain/acting/attempt.ts';
import type { Effect } from '../../src/domain/acting/effect.ts';
import type { Wish } from '../../src/domain/acting/wish.ts';
import type { StorePort } from '../../src/loop/ports.ts';
import { memoryStore } from '../support/memory-store.ts';
import { behaviours, blue, faults, garage, modes, play, restarts, type Step, step } from '../support/random-home.ts';

const hand = (path: string, body: Readonly<Record<string, unknown>>, method: 'PATCH' | 'POST' = 'PATCH'): Step => ({
  kind: 'hand',
  method,
  path,
  body,
});
const car = (body: Readonly<Record<string, unknown>>): Step => hand(`/vehicles/${blue}`, body);
const box = (body: Readonly<Record<string, unknown>>): Step => hand(`/chargers/${garage}`, body);

const cars = [
  car({ reachable: false }),
  car({ reachable: true }),
  car({ stopped: true }),
  car({ capabilities: { startCharging: false, stopCharging: false } }),
];
const cables = [car({ cable: null }), car({ cable: garage }), box({ guest: true }), box({ guest: false })];
const boxes = [
  box({ reachable: false }),
  box({ reachable: true }),
  box({ stopped: true }),
  ...['good', 'deaf', 'slow'].map((behaviour) => box({ behaviour })),
];
/** Answers that come, sooner or later, or a request that never left. */
const plain = faults.filter(({ fault }) => ['status', 'down', 'unknownValues'].includes(fault.kind as string));
/** Beside them answers that are lost: then a silent charger may hold an action that nobody can take back, so chargers behave. */
const lossy = faults.filter(({ fault }) => !['slow', 'malformed'].includes(fault.kind as string));
const anyHand = fc.constantFrom(...cars, ...boxes);
const carHand = fc.constantFrom(...cars, box({ stopped: true }));
const clients = fc.constantFrom({}, { unlocking: false, orchestration: false }, { orchestration: false });

/** What became of each wish: the device asked, or that it was opened anew to undo a late execution of its opposite (R4). */
type Told = Map<string, { readonly hops: Set<string>; readonly asked: (string | null)[] }>;

const isNothing = ({ outcome, refusal, endedAt }: Attempt): boolean =>
  endedAt !== null && (outcome === 'unsent' || (outcome === 'refused' && refusal?.status !== 400));

/** Hears what is stored and asked. */
function listener(kept: StorePort): { readonly store: StorePort; readonly told: Told } {
  const told: Told = new Map();
  const states = new Map<string, Wish['state']>();
  const of = (wish: string) => {
    const one = told.get(wish) ?? { hops: new Set<string>(), asked: [] };
    told.set(wish, one);
    return one;
  };
  const commit: StorePort['commit'] = (made) => {
    for (const { table, record } of made.changes) {
      // What the cloud did not take (busy, no access, never sent) went nowhere: the next try may find another device better.
      if (table === 'attempt' && record !== null && isNothing(record)) of(record.wish).asked.pop();
      if (table !== 'wish' || record === null) continue;
      const { id, state, hop } = record;
      if (state === 'open' && (states.get(id) ?? 'open') !== 'open') of(id).asked.push(null);
      if (hop) of(id).hops.add(`${hop.from} to ${hop.to}`);
      states.set(id, state);
    }
    for (const entry of made.entries) {
      const effect = entry.kind === 'asked' ? (entry.effect as Effect) : null;
      if (effect?.kind !== 'send') continue;
      const { attempt, target } = effect.request;
      const { asked } = of(attempt.slice(0, attempt.lastIndexOf('/')));
      if (asked.at(-1) !== target) asked.push(target);
    }
    return kept.commit(made);
  };
  return { store: { load: kept.load, commit }, told };
}

/** Changes of the device between two openings of a wish. */
const changesOf = (asked: readonly (string | null)[]): number =>
  asked.filter((target, at) => at > 0 && target !== null && asked[at - 1] !== null).length;

async function lawfulLife(client: object, steps: readonly { step: Step; seconds: number }[]): Promise<void> {
  const { store, told } = listener(memoryStore());
  const settings = { control: 'local', chargerPlaces: { [garage]: 'home' } } as const;
  const before = (home: Parameters<NonNullable<NonNullable<Parameters<typeof play>[1]>['before']>>[0]) =>
    home.control('POST', '/control/clients/demo', client).then(() => {});
  const { home, orders } = await play(steps, { store, settings, before, tellsWishes: true });
  home.order(blue, { kind: 'mode', mode: 'manual' });
  await home.control('DELETE', '/control/faults');
  await home.advance(4500);
  // Never two opposite in flight, no wrong car, nothing repeated, late, or for a car that is away.
  expect(await home.verdict()).toEqual([]);
  // No check of the interlock was needed: nothing for a charger without a car of ours confirmed on it, nothing beside another.
  expect(home.loop.view().get('bridge', 'bridge')?.latched ?? null).toBeNull();
  // One fallback per wish at most.
  for (const [wish, { hops, asked }] of told) {
    expect([wish, hops.size <= 1]).toEqual([wish, true]);
    expect([wish, changesOf(asked)]).toEqual([wish, Math.min(changesOf(asked), hops.size)]);
  }
  expect(home.replies).toHaveLength(orders + 1);
  for (const attempt of home.loop.site().attempt.values()) expect(isOpen(attempt)).toBe(false);
  await home.stop();
}

const runs = { numRuns: 12, seed: 20_260_701 };

describe('R5 local: never two opposite in flight, one fallback per wish, nothing for a charger without a car of ours on it', () => {
  it('whatever people ask and devices do', async () => {
    const steps = fc.array(step([plain, behaviours, anyHand, anyHand]), { minLength: 2, maxLength: 12 });
    await fc.assert(fc.asyncProperty(clients, steps, lawfulLife), runs);
  }, 60_000);

  it('with answers that are lost', async () => {
    const steps = fc.array(step([lossy, behaviours, carHand]), { minLength: 2, maxLength: 12 });
    await fc.assert(fc.asyncProperty(clients, steps, lawfulLife), runs);
  }, 60_000);

  it('with modes that change, and restarts in between', async () => {
    const steps = fc.array(step([plain, behaviours, anyHand, modes, restarts]), { minLength: 2, maxLength: 12 });
    await fc.assert(fc.asyncProperty(clients, steps, lawfulLife), runs);
  }, 60_000);

  // What moved some seconds ago nobody has heard of yet, and the referee sees it at once: such a life would be blamed for it.
  it('with cables that move, and guests', async () => {
    const steps = fc.array(step([plain, behaviours, anyHand, fc.constantFrom(...cables)]), {
      minLength: 2,
      maxLength: 12,
    });
    await fc.assert(fc.asyncProperty(clients, steps, lawfulLife), { ...runs, seed: 7 });
  }, 60_000);
});
