// R5: per device a record of outcomes and latency, bounded and kept.
import { describe, expect, it } from 'vitest';
import { numbers } from '../../../src/domain/numbers.ts';
import { readyPair, refused, type Stage, stage } from '../../support/stage.ts';

const tries = (s: Stage, id = 'car') => s.loop.view().get('obedience', id)?.tries ?? [];
const silent = { state: 'failed', failure: { type: 'NO_RESPONSE', detail: null } } as const;

/** A command and its end, `seconds` after its creation. */
async function commanded(s: Stage, end: 'obeyed' | 'silent', seconds: number, subject = 'car'): Promise<void> {
  const { sent } = s;
  const before = sent.length;
  await s.charging(before % 2 === 0 ? 'start' : 'stop', { subject });
  const action = await s.accept();
  await s.advance(seconds);
  await s.action(action, end === 'obeyed' ? { state: 'confirmed' } : silent);
  await s.advance(300);
}

describe('R5 the record of a device', () => {
  it('keeps outcome and latency by the cloud’s times, shows share and usual latency, and survives a restart', async () => {
    const s = await stage();
    expect(s.state()).toMatchObject({ obedience: null, usual_latency: null });
    await commanded(s, 'obeyed', 10);
    await commanded(s, 'obeyed', 30);
    await commanded(s, 'silent', 60);
    await commanded(s, 'obeyed', 20);
    expect(tries(s).map(({ obeyed, latency }) => [obeyed, latency])).toEqual([
      [true, 10],
      [true, 30],
      [false, null],
      [true, 20],
    ]);
    expect(s.state()).toMatchObject({ obedience: 75, usual_latency: 20 });
    await s.restart();
    expect(s.state()).toMatchObject({ obedience: 75, usual_latency: 20 });
  });

  it('is bounded, and forgets what is too old to tell of today', async () => {
    const s = await stage();
    for (let n = 0; n < numbers.triesKept + 3; n++) await commanded(s, 'obeyed', 5);
    expect(tries(s)).toHaveLength(numbers.triesKept);
    await s.advance(numbers.triesKeptMs / 1000);
    await s.car();
    expect(s.state()).toMatchObject({ obedience: null, usual_latency: null });
  });

  it('refusals, reversals, conflicts and missing preconditions say nothing of the device', async () => {
    const s = await stage();
    await s.charging('start');
    await s.answer(refused(422));
    await s.advance(60);
    for (const type of ['CONFLICT', 'UNNECESSARY', 'FAILED_PRECONDITION', 'REQUESTED_CANCELLATION']) {
      await s.charging('start');
      await s.action(await s.accept(), { state: 'cancelled', failure: { type, detail: null } });
      await s.advance(300);
    }
    expect(tries(s)).toEqual([]);
  });

  it('tells apart what Enode may have done through either device of a pair', async () => {
    const s = await stage();
    await s.advance(1);
    await readyPair(s);
    await commanded(s, 'obeyed', 10);
    await commanded(s, 'silent', 10, 'box');
    expect(tries(s)).toMatchObject([{ obeyed: true, orchestrated: true }]);
    expect(tries(s, 'box')).toMatchObject([{ obeyed: false, orchestrated: false }]);
    expect(s.state('box')).toMatchObject({ obedience: 0, usual_latency: null });
  });
});
