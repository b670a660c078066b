import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChargerCase, helps, vehicleFirst } from '../support/charger-cases.ts';
import { fixable, flags } from '../support/reports.ts';

/** Something is in the way of each capability, each something else. */
const blockers = { start: 'terms', stop: 'lock', locate: 'gps' } as const;
const own = flags({
  start: fixable('terms'),
  stop: fixable('lock'),
  locate: fixable('gps'),
  smart_charge: fixable('terms', 'lock', 'gps'),
});

const steps = ['link', 'drop', 'plug', 'unplug', 'fail', 'restart', ...helps] as const;
type Step = (typeof steps)[number];

/** Chance alone hardly ever comes to a pair that proves invalid by failures. */
const usual = fc.constantFrom<readonly Step[]>(['ids', 'link', 'on', 'fail', 'fail', 'fail'], ['fail', 'fail', 'fail']);

async function take(s: ChargerCase, step: Step): Promise<void> {
  switch (step) {
    case 'link':
      return s.linkBox();
    case 'drop':
      return s.dropBox();
    case 'plug':
      return s.plugIn();
    case 'unplug':
      return s.unplug();
    case 'fail':
      // An occasion of its own (R7).
      await s.failToStart();
      return s.advance(31 * 60);
    case 'restart':
      return s.restart();
    default:
      s.help = step;
      await s.advance(1);
      return s.carSays();
  }
}

describe('6.1, R7 interventions, whatever happens', () => {
  it('rest while a pair that holds provides their capability, and return when it ends; a restart changes nothing', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc
          .array(fc.oneof(...steps.map((step) => fc.constant(step)), usual), { maxLength: 12 })
          .map((parts) => parts.flat()),
        async (story) => {
          const s = await vehicleFirst({ own });
          let isLinked = false;
          let before: string | null = null;
          for (const step of story) {
            await take(s, step);
            if (step === 'link') isLinked = true;
            if (step === 'drop') isLinked = false;
            const state = s.state();
            seen.add(`${state.pairing}${s.help === 'on' && step === 'fail' ? ' by failures' : ''}`);
            const shown = typeof state.interventions === 'string' ? state.interventions.split(' · ') : [];
            for (const [name, blocker] of Object.entries(blockers))
              expect([name, shown.includes(blocker)]).toEqual([name, state[`can_${name}`] !== true]);
            const isProvided = Object.keys(blockers).some((name) => state[`can_${name}`] === true);
            if (isProvided) expect([isLinked, state.pairing]).not.toEqual([true, 'invalid']);
            if (isProvided) expect(isLinked).toBe(true);
            const now = JSON.stringify([
              state.pairing,
              shown,
              state.can_start_by,
              state.can_stop_by,
              state.can_locate_by,
            ]);
            if (step === 'restart' && before !== null) expect(now).toBe(before);
            before = now;
          }
        },
      ),
      { numRuns: 150, seed: 7 },
    );
    expect([...seen].sort()).toEqual([
      'activated',
      'activated by failures',
      'established',
      'established by failures',
      'invalid',
      'invalid by failures',
      'unpaired',
      'unpaired by failures',
    ]);
  });
});
