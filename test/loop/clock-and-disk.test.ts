// A wrong wall clock and a disk that refuses: nothing is done on a guess, and it heals by itself.
import { describe, expect, it } from 'vitest';
import { instant } from '../../src/domain/instant.ts';
import { SimulatedClock } from '../../src/kernel/simulated-clock.ts';
import { memoryStore } from '../support/memory-store.ts';
import { answered, noon, vehicle } from '../support/reports.ts';
import { reported } from '../support/site.ts';
import { stage } from '../support/stage.ts';

describe('the wall clock', () => {
  const at1970 = async () => {
    const clock = new SimulatedClock(0);
    const s = await stage({ bare: true, clock });
    return s;
  };

  it('at 1970: no automatic decision until it agrees with the cloud; a person is obeyed', async () => {
    const s = await at1970();
    const cloudNow = () => instant(noon + s.now());
    await s.tell({ kind: 'request_ended', request: answered(cloudNow()) });
    await s.tell(reported(vehicle({ now: cloudNow() })));
    await s.tell({ kind: 'listed', assets: 'charger', users: ['home'], ids: [] });
    await s.order('car', { kind: 'mode', mode: 'now' });
    await s.advance(120);
    expect(s.sent).toEqual([]);
    expect(s.loop.decision('car')?.reason.code).toBe('clock_unchecked');
    await s.charging('start');
    expect(s.told()).toEqual(['START car']);
  });

  it.each([-3600, -61, 61, 3600])('%i s off: clock_unchecked and a problem; agreeing again: it acts', async (off) => {
    const s = await stage({ bare: true });
    const cloudNow = () => instant(s.now() - off * 1000);
    const compare = () => s.tell({ kind: 'request_ended', request: answered(cloudNow()) });
    await compare();
    await s.tell(reported(vehicle({ now: cloudNow() })));
    await s.order('car', { kind: 'mode', mode: 'now' });
    await s.advance(30);
    expect(s.sent).toEqual([]);
    expect(s.state('bridge').problem).toBe(true);
    await s.tell({ kind: 'request_ended', request: answered(s.now()) });
    await s.tell(reported(vehicle({ now: s.now() })));
    expect(s.told()).toEqual(['START car']);
  });

  it('within 60 s it agrees', async () => {
    const s = await stage({ bare: true });
    await s.tell({ kind: 'request_ended', request: answered(instant(s.now() - 59_000)) });
    await s.tell(reported(vehicle({ now: instant(s.now() - 59_000) })));
    await s.order('car', { kind: 'mode', mode: 'now' });
    expect(s.sent).toHaveLength(1);
  });

  it.each([
    ['forward', 3_600_000],
    ['back', -3_600_000],
  ])('a jump %s after suspend is noticed: nothing automatic until compared', async (_name, by) => {
    let steady = 0;
    const wire = { now: () => steady, alarm: () => () => {}, sleep: async () => {} };
    // The wall moves with the clock of the test; the jump is what the steady clock does not show.
    let jump = 0;
    const inner = new SimulatedClock(noon);
    const clock = Object.create(inner, {
      now: { value: () => inner.now() + jump },
      alarm: { value: (name: string, when: number, ring: () => void) => inner.alarm(name, when - jump, ring) },
      advance: {
        value: async (ms: number) => {
          for (let left = ms; left > 0; left -= 1000) {
            steady += Math.min(1000, left);
            await inner.advance(Math.min(1000, left));
          }
        },
      },
      settle: { value: () => inner.settle() },
      stir: { value: () => inner.stir() },
    }) as SimulatedClock;
    const s = await stage({ wire, watchJumps: true, clock });
    await s.advance(60);
    jump = by as number;
    s.looks.length = 0;
    await s.order('car', { kind: 'mode', mode: 'now' });
    expect(s.loop.decision('car')?.reason.code).toBe('clock_unchecked');
    expect(s.looks.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['vehicles', 'chargers']));
    await s.advance(30);
    expect(s.sent).toEqual([]);
    await s.tell({ kind: 'request_ended', request: answered(s.now()) });
    await s.tell(reported(vehicle({ now: s.now() })));
    // Back in time, the held report is from the future and stays: a newer one is waited for.
    expect(s.sent.length).toBe(by > 0 ? 1 : s.sent.length);
  });
});

describe('a disk that refuses', () => {
  it('nothing is sent, the person is told, and recovery works by itself', async () => {
    const store = memoryStore();
    const s = await stage({ store });
    store.full = true;
    expect(await s.charging('start')).toMatchObject({ ok: false, command: null, reason: { code: 'refused_storage' } });
    expect(s.sent).toEqual([]);
    expect(s.state()).toMatchObject({ command: 'idle', charging: false });
    store.full = false;
    expect(await s.charging('start')).toMatchObject({ ok: true });
    expect(s.sent).toHaveLength(1);
  });

  it('an automatic wish waits for the disk, not for a quarter of an hour', async () => {
    const store = memoryStore();
    const s = await stage({ store });
    await s.order('car', { kind: 'mode', mode: 'off' });
    store.full = true;
    await s.advance(5);
    await s.car({ power: 'charging' });
    expect(s.sent).toEqual([]);
    store.full = false;
    await s.advance(31);
    expect(s.loop.view().get('hold', 'car') ?? s.told()).toBeDefined();
  });

  it('facts that came meanwhile are believed all the same', async () => {
    const store = memoryStore();
    const s = await stage({ store });
    store.full = true;
    await s.advance(10);
    s.loop.tell(reported(vehicle({ now: s.now(), charge: { battery: 77 } })));
    await s.charging('start');
    expect(s.state().battery).toBe(77);
  });

  it('a store that throws is a store that refuses', async () => {
    const store = memoryStore();
    const throwing = {
      ...store,
      load: store.load,
      commit: (commit: Parameters<typeof store.commit>[0]) => {
        if (commit.durable && store.full) throw new Error('disk I/O error');
        return store.commit(commit);
      },
    };
    const s = await stage({ store: throwing });
    store.full = true;
    expect(await s.charging('start')).toMatchObject({ ok: false, reason: { code: 'refused_storage' } });
    expect(s.sent).toEqual([]);
  });
});
