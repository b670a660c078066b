// An exception in a look, before the start, after the stop: nothing else is lost by it.
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/domain/fact.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { SimulatedClock } from '../../src/kernel/simulated-clock.ts';
import { createLoop } from '../../src/loop/loop.ts';
import { memoryStore } from '../support/memory-store.ts';
import { noon, vehicle } from '../support/reports.ts';
import { testSettings } from '../support/settings.ts';
import { reported } from '../support/site.ts';
import { stage } from '../support/stage.ts';

/** A report whose reading throws, as a bug of ours would make it. */
const poisoned = (): Fact => {
  const report = vehicle({ id: 'bad' });
  return reported({
    ...report,
    get charge(): never {
      throw new Error('poison');
    },
  });
};

describe('an exception in a look', () => {
  it('costs only the fact that made it: the rest of the batch is learnt, and the bug is logged', async () => {
    const s = await stage();
    await s.advance(10);
    await s.tell(
      reported(vehicle({ now: s.now(), charge: { battery: 61 } })),
      poisoned(),
      reported(vehicle({ id: 'second', serial: 'VIN2', now: s.now() })),
    );
    expect(s.state().battery).toBe(61);
    expect(s.state('second').charging_state).toBe('stopped');
    expect(s.errors).toHaveLength(1);
    expect(s.errors[0]).toMatch(/vehicle_reported.*poison/s);
  });

  it('a person’s command in the same batch is still carried out, and answered once', async () => {
    const s = await stage();
    s.loop.tell(poisoned());
    await s.charging('start');
    expect(s.sent).toHaveLength(1);
  });

  it('a command that is itself the bad fact gets an answer', async () => {
    const s = await stage();
    const order = {
      get kind(): never {
        throw new Error('poison');
      },
    } as unknown as { kind: 'resume' };
    expect(await s.order('car', order)).toMatchObject({ ok: false, command: null });
    expect(s.errors).toHaveLength(1);
  });

  it('an asset that cannot be decided is left alone; the others go on', async () => {
    const s = await stage();
    await s.tell(reported(vehicle({ id: 'second', serial: 'VIN2' })));
    const broken = {
      mode: 'now',
      minimum: 0,
      departure: null,
      get target(): never {
        throw new Error('poison');
      },
    };
    (s.loop.site().setting as Map<string, unknown>).set('second', broken);
    await s.order('car', { kind: 'mode', mode: 'now' });
    await s.advance(240);
    expect(s.told()).toEqual(['START car']);
    expect(s.errors.every((line) => line.includes('second, left alone'))).toBe(true);
    expect(s.errors.length).toBeLessThan(10);
  });

  it('whoever only shows cannot stop what follows', async () => {
    const s = await stage({
      show: {
        show: () => {
          throw new Error('no paper');
        },
      },
    });
    await s.charging('start');
    expect(s.sent).toHaveLength(1);
    expect(s.replies).toHaveLength(1);
  });

  it('a port that throws: doubtful, never sent as if nothing had happened', async () => {
    const s = await stage({
      wrap: (ports) => ({
        ...ports,
        send: (request) => {
          ports.send(request);
          throw new Error('socket');
        },
      }),
    });
    await s.charging('start');
    expect(s.state()).toMatchObject({ command: 'pending', reason_code: 'doubtful' });
  });
});

describe('before the start and after the stop', () => {
  it('what a former run only intended may have left: it is doubtful, before anything else is looked at', async () => {
    const s = await stage();
    await s.charging('start');
    await s.restart();
    expect(s.loop.view().get('attempt', 'car')).toMatchObject({ state: 'doubtful' });
    expect(s.sent).toHaveLength(1);
  });

  it('nothing told before the start is lost, and nothing is looked at before', async () => {
    const clock = new SimulatedClock(noon);
    const store = memoryStore();
    const shown: string[] = [];
    const replies: string[] = [];
    const loop = createLoop({
      settings: testSettings(),
      store,
      commands: { send: () => {}, limit: () => {}, cancel: () => {} },
      looks: { look: () => {} },
      show: {
        show: ({ id }) => void shown.push(id),
        retire: () => {},
        happened: () => {},
        reply: ({ transaction }) => void replies.push(transaction),
      },
      world: clock,
      wire: { now: () => 0, alarm: () => () => {}, sleep: async () => {} },
      watchJumps: false,
      say: ({ code }) => code,
      version: 'test',
      log: silentLog,
    });
    loop.tell(reported(vehicle()));
    loop.tell({ kind: 'commanded', transaction: 'early', subject: 'car', order: { kind: 'resume' }, from: 'verb' });
    await clock.settle();
    expect([shown, replies, store.entries]).toEqual([[], [], []]);
    loop.start({ installation: 'test', instance: 'run' });
    await clock.settle();
    expect(shown).toContain('car');
    expect(replies).toEqual(['early']);
    expect(store.entries[0]).toMatchObject({ kind: 'told', fact: { kind: 'started' } });
  });

  it('after the stop a command is stored and answered, but not sent; the next run carries it out', async () => {
    const s = await stage();
    s.loop.stop();
    expect(await s.charging('start')).toMatchObject({ ok: true, command: 'requested' });
    expect(s.sent).toEqual([]);
    await s.restart();
    await s.advance(1);
    expect(s.told()).toEqual(['START car']);
  });
});

describe('replies', () => {
  it('each command gets exactly one, in its own words', async () => {
    const s = await stage();
    const all = [
      await s.charging('start'),
      await s.charging('start'),
      await s.charging('stop'),
      await s.order('nobody', { kind: 'resume' }),
      await s.order('car', { kind: 'mode', mode: 'solar' }),
      await s.order('site', { kind: 'pause', on: true }),
      await s.order('site', { kind: 'refresh' }),
    ];
    await s.advance(3600);
    expect(s.replies).toHaveLength(all.length);
    expect(all.map(({ ok }) => ok)).toEqual([true, true, true, false, false, true, true]);
    expect(all.filter(({ ok }) => !ok).every(({ sentence, field }) => sentence !== null && field !== null)).toBe(true);
  });
});
