// Laws of webhooks: Enode promises neither order nor "once" (enode-api.md 12.2), so neither may matter.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Instant, instant } from '../../src/domain/instant.ts';
import { eventsIn, factsOf } from '../../src/enode/webhooks/events.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { NOON, charger as wireCharger, vehicle as wireVehicle } from '../enode/house.ts';
import { iso, plainReading } from '../enode/webhooks/support.ts';
import { testSite } from '../support/site.ts';
import { stage } from '../support/stage.ts';

const ours = ['car-1', 'box-1'] as const;
const change = fc.record({
  who: fc.constantFrom(...ours),
  what: fc.constantFrom('updated', 'updated', 'updated', 'updated', 'deleted', 'discovered'),
  /** The device itself said something new; else only Enode did. */
  isFresh: fc.boolean(),
  isTimed: fc.constantFrom(true, true, true, false),
  power: fc.constantFrom('UNPLUGGED', 'PLUGGED_IN:CHARGING', 'PLUGGED_IN:STOPPED', 'UNKNOWN'),
  level: fc.integer({ min: 10, max: 90 }),
  smart: fc.boolean(),
});
type Change = typeof change extends fc.Arbitrary<infer C> ? C : never;

/** A history as the cloud tells it: its own times only ever rise, and each event shows the whole device as of then. */
function eventsOf(changes: readonly Change[]): object[] {
  const seen = new Map<string, number>(ours.map((id) => [id, NOON]));
  return changes.map(({ who, what, isFresh, isTimed, power, level, smart }, i) => {
    const at = NOON + (i + 1) * 1_000;
    if (isFresh) seen.set(who, at);
    const lastUpdated = isTimed ? iso(seen.get(who)!) : null;
    const state = { powerDeliveryState: power, lastUpdated };
    const common = { createdAt: iso(at), version: '2024-10-01', user: { id: 'home' } };
    const lastSeen = iso(seen.get(who)!);
    if (who === 'box-1') {
      const charger = wireCharger({ id: who, lastSeen }, { ...state, pluggedInVehicleId: null });
      return { ...common, event: `user:charger:${what}`, charger };
    }
    const smartChargingPolicy = { isEnabled: smart, deadline: null, minimumChargeLimit: 0 };
    const vehicle = wireVehicle({ id: who, lastSeen, smartChargingPolicy }, { ...state, batteryLevel: level });
    return { ...common, event: `user:vehicle:${what}`, vehicle };
  });
}

const reading = plainReading(silentLog);

/** What is believed after these deliveries, none of which is known as a repeated one. */
function beliefAfter(deliveries: readonly (readonly object[])[]) {
  const site = testSite();
  const now = instant(NOON + 3_600_000);
  for (const events of [...ours.map((who) => eventsOf([firstOf(who)])), ...deliveries])
    for (const event of eventsIn(events, null)!) for (const fact of factsOf(event, reading)) site.tell(now, fact);
  return ours.map((id) => {
    const held = site.get('vehicle', id) ?? site.get('charger', id)!;
    const isGone = held.goneSince !== null;
    const { known: _known, ...fused } = site.get('fused', id)!;
    return { id, isGone, ...(isGone ? {} : { report: held.report, fused }) };
  });
}

/** Both are linked before anything else happens. */
const firstOf = (who: (typeof ours)[number]): Change => ({
  who,
  what: 'discovered',
  isFresh: false,
  isTimed: true,
  power: 'PLUGGED_IN:STOPPED',
  level: 50,
  smart: false,
});

describe('order and repetition of events', () => {
  it('never change what is believed', () => {
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 10 }),
        fc.array(fc.nat(1_000), { minLength: 20, maxLength: 20 }),
        fc.integer({ min: 1, max: 4 }),
        (changes, draws, size) => {
          const told = eventsOf(changes);
          const inOrder = beliefAfter(told.map((event) => [event]));
          // Shuffled by the draws, some twice, in deliveries of any size.
          const mixed = [...told, ...told.filter((_, i) => draws[i]! % 3 === 0)]
            .map((event, i) => ({ event, place: draws[i % draws.length]! * 31 + i }))
            .sort((a, b) => a.place - b.place)
            .map(({ event }) => event);
          const deliveries = mixed.flatMap((_, i) => (i % size === 0 ? [mixed.slice(i, i + size)] : []));
          expect(beliefAfter(deliveries)).toEqual(inOrder);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('never change what became of a command', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(['pending', 'confirmed', 'pending', 'confirmed', 'pending'] as const, { minLength: 2 }),
        async (states) => {
          if (!states.includes('confirmed')) return;
          const s = await stage();
          await s.charging('start');
          const action = await s.accept();
          await s.advance(5);
          for (const state of states) await s.action(action, { state });
          expect(s.state()).toMatchObject({ command: 'confirmed' });
          expect(s.told()).toEqual(['START car']);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('what a person hears of a deletion', () => {
  const at = (second: number): Instant => instant(NOON + second * 1_000);
  it('does not depend on whether the listing before it comes late', () => {
    const [deleted] = eventsOf([{ ...firstOf('car-1'), what: 'deleted' }]);
    expect(beliefAfter([[deleted!]])[0]).toEqual({ id: 'car-1', isGone: true });
    const site = testSite();
    const [found] = eventsIn(eventsOf([firstOf('car-1')]), null)!;
    for (const fact of factsOf(found!, reading)) site.tell(at(0), fact);
    // Composed before it was linked, read after: what came up since is not on it.
    const listed = { kind: 'listed', assets: 'vehicle', users: ['home'], ids: [] } as const;
    site.tell(at(10), { ...listed, said: { from: at(-5), to: at(-4) } });
    expect(site.get('vehicle', 'car-1')?.goneSince).toBeNull();
    site.tell(at(20), { ...listed, said: { from: at(15), to: at(16) } });
    expect(site.get('vehicle', 'car-1')?.goneSince).toBe(at(20));
  });
});
