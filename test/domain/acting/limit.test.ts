// R11: limits in A and kW. Each asset's own current; a vehicle's power through the charger it is on; a person's value is left.
import { describe, expect, it } from 'vitest';
import type { LimitAnswer } from '../../../src/domain/fact.ts';
import { numbers } from '../../../src/domain/numbers.ts';
import type { LimitReport } from '../../../src/domain/report.ts';
import { can, flags } from '../../support/reports.ts';
import { readyPair, type Stage, stage } from '../../support/stage.ts';

const able = flags({ max_current: can, rate_limit: can });
const consented = { settings: { allowChargerCommands: true } } as const;

const ask = (at: Stage, limit: 'max_current' | 'rate_limit', value: number, subject = 'car') =>
  at.order(subject, { kind: 'limit', limit, value });

/** Answers the newest request for a limit. */
async function answer(at: Stage, given: LimitAnswer): Promise<void> {
  const { attempt, target, limit } = at.limits.at(-1)!;
  await at.tell({ kind: 'limit_answered', attempt, target, limit, answer: given });
}

const action = (at: Stage, over: Partial<LimitReport> = {}): LimitReport => {
  const { target, targetKind, limit } = at.limits.at(-1)!;
  const times = { createdAt: at.now(), updatedAt: at.now(), completedAt: null };
  return {
    id: `limit-${at.limits.length}`,
    target,
    targetKind,
    limit,
    state: 'pending',
    failure: null,
    ...times,
    ...over,
  };
};

const accept = (at: Stage, over: Partial<LimitReport> = {}) =>
  answer(at, { kind: 'accepted', action: action(at, over) });
const asked = (at: Stage): string[] => at.limits.map(({ target, limit, value }) => `${limit} ${target} ${value}`);

/** Car on its wallbox, both with limits. */
async function pair(over: Parameters<typeof stage>[0] = consented): Promise<Stage> {
  const at = await stage(over);
  await readyPair(at);
  await at.box({ pluggedInVehicleId: 'car', flags: able, rateLimit: 11, rateLimitRange: { min: 1.4, max: 22 } });
  await at.car({ pluggedInChargerId: 'box', flags: flags({ max_current: can }), charge: { maxCurrent: 32 } });
  return at;
}

describe('R11: maximum current is each asset’s own', () => {
  it('is asked of the vehicle itself, shown at once, confirmed by Enode, then as reported', async () => {
    const at = await pair();
    expect(at.state().max_current).toBe(32);
    expect((await ask(at, 'max_current', 16)).ok).toBe(true);
    expect(asked(at)).toEqual(['max_current car 16']);
    expect(at.state().max_current).toBe(16);
    await accept(at);
    expect(at.state().limit_result).toContain('16 A');
    await at.tell({ kind: 'limit_reported', action: action(at, { state: 'confirmed' }) });
    expect(at.state().max_current).toBe(16);
    expect(at.happenings).toContainEqual({ subject: 'car', type: 'command_confirmed', detail: 'max_current' });
    await at.advance(60);
    await at.car({ pluggedInChargerId: 'box', flags: flags({ max_current: can }), charge: { maxCurrent: 15 } });
    expect(at.state().max_current).toBe(15);
  });

  it('is asked of the charger by the charger’s own number', async () => {
    const at = await pair();
    await ask(at, 'max_current', 10, 'box');
    expect(asked(at)).toEqual(['max_current box 10']);
  });

  it('of an asset that cannot is refused, and nothing is sent', async () => {
    const at = await stage(consented);
    const { ok, sentence } = await ask(at, 'max_current', 16);
    expect([ok, at.limits]).toEqual([false, []]);
    expect(sentence).toContain('cannot be set here');
  });
});

describe('R11: the power of a vehicle', () => {
  it('goes to the charger it is on, and is shown at the vehicle', async () => {
    const at = await pair();
    expect([at.state().rate_limit, at.state().can_rate_limit, at.state().can_rate_limit_by]).toEqual([
      11,
      true,
      'charger',
    ]);
    await ask(at, 'rate_limit', 3.7);
    expect(asked(at)).toEqual(['rate_limit box 3.7']);
    expect([at.state().rate_limit, at.state('box').rate_limit]).toEqual([3.7, 3.7]);
  });

  it('goes to the Vehicle API once that knows it', async () => {
    const at = await pair();
    await at.car({ pluggedInChargerId: 'box', flags: able });
    await ask(at, 'rate_limit', 3.7);
    expect(asked(at)).toEqual(['rate_limit car 3.7']);
  });

  it('needs consent and a confirmed charger', async () => {
    const without = await pair({ settings: { allowChargerCommands: false } });
    expect((await ask(without, 'rate_limit', 3.7)).reason?.code).toBe('refused_consent');
    const alone = await stage(consented);
    expect((await ask(alone, 'rate_limit', 3.7)).sentence).toContain('Plug in at its linked charger');
    expect([...without.limits, ...alone.limits]).toEqual([]);
  });

  it('outside of the range that Enode tells is refused with the range', async () => {
    const at = await pair();
    const { reason, field } = await ask(at, 'rate_limit', 30);
    expect([reason?.code, reason?.params, field]).toEqual([
      'refused_limit_range',
      { limit: 'rate_limit', min: 1.4, max: 22 },
      'rate_limit',
    ]);
  });

  it('"Route not found" is taken as not capable from then on', async () => {
    const at = await pair();
    await ask(at, 'rate_limit', 3.7, 'box');
    await answer(at, { kind: 'refused', status: 404, title: 'Route not found', detail: null, retryAt: null });
    expect((await ask(at, 'rate_limit', 4, 'box')).ok).toBe(false);
    expect(at.limits).toHaveLength(1);
  });
});

describe('R11: a limit changed elsewhere', () => {
  it('is shown, not fought', async () => {
    const at = await pair();
    await ask(at, 'max_current', 16);
    await accept(at, { state: 'confirmed' });
    await at.advance(3_600);
    await at.car({ pluggedInChargerId: 'box', flags: flags({ max_current: can }), charge: { maxCurrent: 8 } });
    await at.advance(7_200);
    expect(at.state().max_current).toBe(8);
    expect(at.limits).toHaveLength(1);
  });

  it('a person’s stays over the unplugging', async () => {
    const at = await pair();
    await ask(at, 'max_current', 16);
    await accept(at, { state: 'confirmed' });
    await at.car({ power: 'unplugged', flags: flags({ max_current: can }), charge: { maxCurrent: 16 } });
    await at.advance(3_600);
    expect(at.limits).toHaveLength(1);
  });
});

describe('R4 for limits', () => {
  it('already so, by a fresh report: nothing is sent', async () => {
    const at = await pair();
    await ask(at, 'max_current', 32);
    expect(at.limits).toEqual([]);
    expect(at.state().limit_result).toContain('32 A');
  });

  it('a 400 while it is reported so is success; else Enode’s words', async () => {
    const at = await pair();
    await ask(at, 'max_current', 16);
    await at.car({ pluggedInChargerId: 'box', flags: flags({ max_current: can }), charge: { maxCurrent: 16 } });
    await answer(at, { kind: 'refused', status: 400, title: 'No', detail: 'Not now.', retryAt: null });
    expect(at.state().limit_result).toContain('Done');
    await at.advance(60);
    await ask(at, 'max_current', 20);
    await answer(at, { kind: 'refused', status: 400, title: 'No', detail: 'Not now.', retryAt: null });
    expect(at.state().limit_result).toContain('Not now');
    expect(at.state().max_current).toBe(16);
  });

  it('a lost answer is doubt: looked for, repeated once when a report stays contrary, and then lost', async () => {
    const at = await pair();
    await ask(at, 'max_current', 16);
    await answer(at, { kind: 'doubtful', why: 'reset' });
    expect(at.limits).toHaveLength(1);
    await at.advance(30);
    await at.car({ pluggedInChargerId: 'box', flags: flags({ max_current: can }), charge: { maxCurrent: 32 } });
    expect(at.limits).toHaveLength(1);
    await at.advance(numbers.doubtContraryMs / 1000);
    expect(asked(at)).toEqual(['max_current car 16', 'max_current car 16']);
    await answer(at, { kind: 'doubtful', why: 'reset' });
    await at.advance(numbers.doubtLostMs / 1000);
    expect(at.limits).toHaveLength(2);
    expect(at.state().limit_result).toContain('not known whether');
  });

  it('a wish survives a restart: what was only intended is doubtful, what was accepted is followed, and nothing is sent twice', async () => {
    const at = await pair();
    await ask(at, 'max_current', 16);
    await at.restart();
    expect(at.limits).toHaveLength(1);
    await at.tell({ kind: 'limit_reported', action: action(at, { state: 'pending' }) });
    await at.restart();
    await at.tell({ kind: 'limit_reported', action: action(at, { state: 'confirmed' }) });
    expect([at.limits.length, at.state().limit_result]).toEqual([1, 'Done: the maximum current is 16 A.']);
  });

  it('a newer value waits until the former request is answered, then takes its place', async () => {
    const at = await pair();
    await ask(at, 'max_current', 16);
    const { attempt, target, limit } = at.limits[0]!;
    await ask(at, 'max_current', 10);
    expect(at.limits).toHaveLength(1);
    await at.tell({ kind: 'limit_answered', attempt, target, limit, answer: { kind: 'accepted', action: action(at) } });
    expect(asked(at)).toEqual(['max_current car 16', 'max_current car 10']);
    expect(at.state().max_current).toBe(10);
  });

  it('waits while a start or stop of the loadpoint is under way, and never longer than its time', async () => {
    const at = await pair();
    await at.charging('start');
    await ask(at, 'max_current', 16);
    expect(at.limits).toEqual([]);
    await at.accept({ state: 'confirmed' });
    expect(at.limits).toHaveLength(1);
  });

  it('failed: told with Enode’s reason, and the reported value is back', async () => {
    const at = await pair();
    await ask(at, 'max_current', 16);
    await accept(at);
    await at.tell({
      kind: 'limit_reported',
      action: action(at, { state: 'failed', failure: { type: 'NO_RESPONSE', detail: 'The vehicle was silent.' } }),
    });
    expect(at.state().max_current).toBe(32);
    expect(at.happenings).toContainEqual({ subject: 'car', type: 'command_failed', detail: 'no_response' });
  });

  it('an automation without end gets its share of an hour and of a day, for the loadpoint as a whole, and trips no interlock', async () => {
    const at = await pair();
    const turn = async (amps: number, subject: string): Promise<string> => {
      const before = at.limits.length;
      const { reason } = await ask(at, 'max_current', amps, subject);
      if (at.limits.length > before) await accept(at, { state: 'confirmed' });
      return reason?.code ?? 'taken';
    };
    const codes: string[] = [];
    for (let i = 0; i < 40; i++) {
      codes.push(await turn(6 + (i % 10), i % 2 ? 'box' : 'car'));
      await at.advance(60);
    }
    expect(codes.filter((code) => code === 'taken')).toHaveLength(numbers.commandsPerHour);
    expect(codes.at(-1)).toBe('guard_wait');
    for (let i = 0; i < 220; i++) {
      codes.push(await turn(6 + (i % 10), 'box'));
      await at.advance(240);
    }
    expect(codes.filter((code) => code === 'taken')).toHaveLength(numbers.commandsPerDay);
    expect([at.limits.length, at.errors]).toEqual([numbers.commandsPerDay, []]);
  });

  it('only watching: refused, nothing is sent', async () => {
    const at = await pair({ settings: { observeOnly: true } });
    expect((await ask(at, 'max_current', 16)).reason?.code).toBe('refused_observe_only');
    expect(at.limits).toEqual([]);
  });
});
