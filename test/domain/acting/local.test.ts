// R5 `local` routing: which device is asked first, and the one change to the other after a definite failure.
import { describe, expect, it } from 'vitest';
import { instant } from '../../../src/domain/instant.ts';
import { numbers } from '../../../src/domain/numbers.ts';
import type { ActionReport, PowerState } from '../../../src/domain/report.ts';
import type { Settings } from '../../../src/domain/settings.ts';
import { cannot, charger, flags, type vehicle } from '../../support/reports.ts';
import { lostAnswer, refused, type Stage, stage, unsent } from '../../support/stage.ts';

type Car = Parameters<typeof vehicle>[0];
type Box = Parameters<typeof charger>[0];

/** Car and wallbox that Enode's ids name, while it is ours to choose between them. */
async function pair(
  car: PowerState,
  box: PowerState,
  more: { car?: Car; box?: Box; settings?: Partial<Settings> } = {},
): Promise<Stage> {
  const s = await stage({ settings: { control: 'local', ...more.settings } });
  await s.advance(1);
  await report(s, car, box, more);
  await s.tell({ kind: 'listed', assets: 'charger', users: ['home'], ids: ['box'] });
  return s;
}
async function report(s: Stage, car: PowerState, box: PowerState, more: { car?: Car; box?: Box } = {}): Promise<void> {
  await s.box({ pluggedInVehicleId: 'car', power: box, ...more.box });
  await s.car({ pluggedInChargerId: 'box', power: car, ...more.car });
}
const failed = { state: 'failed', failure: { type: 'NO_RESPONSE', detail: null } } as const;
const confirmed = { state: 'confirmed' } as const;
const cancelled = { state: 'cancelled', failure: { type: 'REQUESTED_CANCELLATION', detail: null } } as const;

/** The answer to the newest cancel: 200, or 409 with another end. */
async function cancelAnswered(s: Stage, action: ActionReport, end: Partial<ActionReport> = cancelled): Promise<void> {
  const { attempt, target } = s.cancels.at(-1)!;
  const ended = { ...action, updatedAt: s.now(), completedAt: s.now(), ...end };
  await s.tell({ kind: 'cancel_answered', attempt, target, answer: { kind: 'ended', action: ended } });
}
const none = 'charging';

/** Time passes while both go on reporting that it charges. */
async function charges(s: Stage, seconds: number): Promise<void> {
  await s.advance(Math.max(0, seconds - 30));
  await report(s, 'charging', none);
  await s.advance(Math.min(30, seconds));
}
/** The car was silent for once: it is not lately obedient. */
async function silenced(s: Stage): Promise<void> {
  await s.charging('stop');
  await s.action(await s.accept(), failed);
  await s.action(await s.accept(), confirmed);
  await s.advance(300);
}

describe('R5 local: START goes to the device that holds the stop', () => {
  it.each([
    ['charger', 'no_power', 'stopped', 'box'],
    ['vehicle', 'stopped', 'no_power', 'car'],
    ['both: the charger first', 'stopped', 'stopped', 'box'],
    ['neither: the vehicle', 'no_power', 'no_power', 'car'],
  ] as const)('%s', async (_name, car, box, first) => {
    const s = await pair(car, box);
    expect(await s.charging('start')).toMatchObject({ ok: true });
    expect(s.told()).toEqual([`START ${first}`]);
    expect(s.state()).toMatchObject({ command: 'requested', route: first === 'car' ? 'vehicle' : 'charger' });
  });

  it.each([
    ['the vehicle cannot', { car: { flags: flags({ start: cannot }) } }],
    ['the vehicle is out of reach', { car: { reachable: false } }],
  ] as const)('neither, and %s: its charger', async (_name, more) => {
    const s = await pair('no_power', 'no_power', more);
    await s.charging('start');
    expect(s.told()).toEqual(['START box']);
  });

  it('the charger holds it but cannot be reached: the vehicle', async () => {
    const s = await pair('no_power', 'stopped', { box: { reachable: false } });
    await s.charging('start');
    expect(s.told()).toEqual(['START car']);
  });
});

describe('R5 local: STOP goes to the vehicle first, by the same order', () => {
  it('capable, reachable and obedient', async () => {
    const s = await pair('charging', none);
    await s.charging('stop');
    expect(s.told()).toEqual(['STOP car']);
  });

  it.each([
    ['incapable', { car: { flags: flags({ stop: cannot }) } }],
    ['out of reach', { car: { reachable: false } }],
  ] as const)('%s: its charger', async (_name, more) => {
    const s = await pair('charging', none, more);
    await s.charging('stop');
    expect(s.told()).toEqual(['STOP box']);
  });

  it('not lately obedient: its charger, until the silence is long enough ago', async () => {
    const s = await pair('charging', none);
    await silenced(s);
    await report(s, 'charging', none);
    await s.charging('stop');
    expect(s.told().slice(2)).toEqual(['STOP box']);
    await s.action(await s.accept(), confirmed);
    await s.advance(numbers.silentRestMs / 1000);
    await report(s, 'charging', none);
    await s.charging('stop');
    expect(s.told().slice(3)).toEqual(['STOP car']);
  });
});

describe('R5 local: one fallback after a definite failure', () => {
  it('FAILED: the other device once, told with both; done', async () => {
    const s = await pair('charging', none);
    await s.charging('stop');
    await s.action(await s.accept(), failed);
    expect(s.told()).toEqual(['STOP car', 'STOP box']);
    expect(s.state()).toMatchObject({ command: 'requested', route: 'charger', charging: false });
    expect(s.state().reason).toMatch(/^The vehicle did not do it: asking the charger instead \(Easee Home\)/);
    await s.advance(5);
    await s.action(await s.accept(), confirmed);
    expect(s.state()).toMatchObject({ command: 'confirmed', charging: false, command_latency: 5 });
    expect(s.state().command_result).toMatch(
      /asked the charger instead \(Easee Home\): done, stop confirmed after 5 s/,
    );
  });

  it('the other device fails, too: told with both, and nothing more is asked', async () => {
    const s = await pair('charging', none);
    await s.charging('stop');
    await s.action(await s.accept(), failed);
    await s.action(await s.accept(), failed);
    expect(s.state()).toMatchObject({ command: 'failed', charging: true });
    expect(s.state().reason).toMatch(
      /^The vehicle did not do it, and the charger \(Easee Home\) did not stop.*NO_RESPONSE/,
    );
    await s.advance(3600);
    expect(s.sent).toHaveLength(2);
  });

  it('the charger was first: the vehicle is the other', async () => {
    const s = await pair('no_power', 'stopped');
    await s.charging('start');
    await s.action(await s.accept(), failed);
    expect(s.told()).toEqual(['START box', 'START car']);
  });

  it('pending without evidence: first 4 min; cancelled, 200 waited for, then the other', async () => {
    const s = await pair('charging', none);
    await s.charging('stop');
    const action = await s.accept();
    await charges(s, numbers.patienceFirstMs / 1000 - 1);
    expect(s.cancels).toEqual([]);
    await s.advance(1);
    expect(s.cancels).toMatchObject([{ target: 'car', action: action.id }]);
    expect(s.told()).toEqual(['STOP car']);
    await s.advance(20);
    expect(s.told()).toEqual(['STOP car']);
    await cancelAnswered(s, action);
    expect(s.told()).toEqual(['STOP car', 'STOP box']);
    await s.action(await s.accept(), confirmed);
    expect(s.state().command_result).toMatch(/^The vehicle did not answer; asked the charger instead/);
    expect(s.state()).toMatchObject({ obedience: 0 });
    expect(s.state('box')).toMatchObject({ obedience: 100 });
  });

  it.each([
    ['3 × the learnt latency', 100, 300],
    ['at least 2 min', 5, numbers.patienceLeastMs / 1000],
    ['at most 10 min', 590, numbers.patienceMostMs / 1000],
  ])('%s', async (_name, latency, patience) => {
    const s = await pair('charging', none);
    await s.charging('stop');
    const former = await s.accept();
    const completedAt = instant(former.createdAt + latency * 1000);
    await s.action(former, { ...confirmed, completedAt });
    expect(s.state().usual_latency).toBe(latency);
    await s.advance(400);
    await report(s, 'charging', none);
    await s.order('car', { kind: 'mode', mode: 'off' });
    expect(s.told()).toEqual(['STOP car', 'STOP car']);
    await s.accept();
    await charges(s, patience - 1);
    expect(s.cancels).toHaveLength(0);
    await s.advance(1);
    expect(s.cancels).toHaveLength(1);
  });

  it('patience that outlasts a person’s wish is no reason to take it back: the other would be asked too late', async () => {
    const s = await pair('charging', none);
    await s.charging('stop');
    const former = await s.accept();
    await s.action(former, { ...confirmed, completedAt: instant(former.createdAt + 590_000) });
    await s.advance(400);
    await report(s, 'charging', none);
    await s.charging('stop');
    const action = await s.accept();
    await s.advance(900);
    expect(s.cancels).toEqual([]);
    await s.action(action, failed);
    expect(s.told()).toEqual(['STOP car', 'STOP car']);
    expect(s.state().command).toBe('failed');
  });

  it('evidence while it is pending: nothing is cancelled', async () => {
    const s = await pair('charging', none);
    await s.charging('stop');
    await s.accept();
    await s.advance(60);
    await report(s, 'stopped', 'no_power');
    await s.advance(1200);
    expect([s.cancels, s.told()]).toEqual([[], ['STOP car']]);
    expect(s.state().command).toBe('confirmed');
  });

  it('a 409 with CONFIRMED ends it', async () => {
    const s = await pair('charging', none);
    await s.charging('stop');
    const action = await s.accept();
    await charges(s, 240);
    await cancelAnswered(s, action, confirmed);
    expect(s.state()).toMatchObject({ command: 'confirmed', charging: false });
    expect(s.state().command_result).toMatch(/^Done: stop confirmed/);
    await s.advance(1200);
    expect(s.told()).toEqual(['STOP car']);
  });

  it('a 409 with FAILED goes on to the other', async () => {
    const s = await pair('charging', none);
    await s.charging('stop');
    const action = await s.accept();
    await charges(s, 240);
    await cancelAnswered(s, action, failed);
    expect(s.told()).toEqual(['STOP car', 'STOP box']);
  });

  it('a cancel without an answer is asked again, and nothing else meanwhile; unknown to Enode it is doubt', async () => {
    const s = await pair('charging', none);
    await s.charging('stop');
    await s.accept();
    await charges(s, 240);
    const { attempt, target } = s.cancels[0]!;
    await s.tell({ kind: 'cancel_answered', attempt, target, answer: { kind: 'unanswered', why: 'reset' } });
    await s.advance(40);
    expect(s.cancels).toHaveLength(2);
    expect(s.told()).toEqual(['STOP car']);
    await s.tell({ kind: 'cancel_answered', attempt, target, answer: { kind: 'gone' } });
    await s.advance(600);
    expect(s.told()).toEqual(['STOP car']);
    expect(s.state()).toMatchObject({ command: 'failed' });
  });

  it('a 400 that is judged as "not so" is a definite no', async () => {
    const s = await pair('charging', none);
    await s.charging('stop');
    await s.answer(refused(400));
    await s.advance(1);
    await report(s, 'charging', none);
    expect(s.told()).toEqual(['STOP car', 'STOP box']);
  });

  it.each([403, 404, 422, 429])('a %i is none', async (status) => {
    const s = await pair('charging', none);
    await s.charging('stop');
    await s.answer(refused(status));
    expect(s.told()).toEqual(['STOP car']);
    expect(s.state().command).toBe(status === 429 ? 'requested' : 'refused');
  });

  it('a missing precondition is none: it may be the cable, of which nothing was heard yet', async () => {
    const s = await pair('no_power', 'no_power');
    await s.charging('start');
    const action = await s.accept();
    await s.advance(5);
    const detail = 'The vehicle was unplugged before the action could complete.';
    await s.action(action, { state: 'cancelled', failure: { type: 'FAILED_PRECONDITION', detail } });
    expect(s.told()).toEqual(['START car']);
    expect(s.state()).toMatchObject({ command: 'failed', reason_code: 'failed_precondition' });
  });

  it('nobody asks the other device for a car that is full, in fault or unplugged', async () => {
    for (const power of ['complete', 'fault'] as const) {
      const s = await pair('stopped', 'no_power');
      await s.charging('start');
      const action = await s.accept();
      await s.advance(30);
      await report(s, power, 'no_power');
      await s.action(action, { state: 'cancelled', failure: { type: 'FAILED_PRECONDITION', detail: null } });
      expect(s.told()).toEqual(['START car']);
    }
  });

  it('the other device is out of reach: no fallback', async () => {
    const s = await pair('charging', none, { box: { reachable: false } });
    await s.charging('stop');
    await s.action(await s.accept(), failed);
    expect(s.told()).toEqual(['STOP car']);
    expect(s.state()).toMatchObject({ command: 'failed' });
    expect(s.state().reason).toMatch(/^No response from/);
  });

  it('an automatic wish: once as well, whatever is tried after that', async () => {
    const s = await pair('no_power', 'stopped');
    await s.order('car', { kind: 'mode', mode: 'now' });
    for (let n = 0; n < 5; n++) {
      if (s.sent.length > n) await s.action(await s.accept(), failed);
      await s.advance(400);
      await report(s, 'no_power', 'stopped');
    }
    expect(s.told()).toEqual(['START box', 'START car', 'START car']);
    expect(s.loop.decision('car')?.reason.code).toBe('exhausted');
  });
});

describe('R4, R5 local: doubt is never a failure', () => {
  it('a lost answer leads to no fallback, and its end as lost neither', async () => {
    const s = await pair('charging', none);
    await s.charging('stop');
    await s.answer(lostAnswer);
    await s.advance(1500);
    expect(new Set(s.told())).toEqual(new Set(['STOP car']));
    expect(s.state().command).toBe('failed');
  });

  it('never sent is tried again at the same device', async () => {
    const s = await pair('charging', none);
    await s.charging('stop');
    await s.answer(unsent);
    await s.advance(60);
    expect(s.told()).toEqual(['STOP car', 'STOP car']);
  });

  it('an intent found at a start is doubt, however long it is pending', async () => {
    const s = await pair('charging', none);
    await s.charging('stop');
    await s.restart();
    await s.advance(1500);
    expect(new Set(s.told())).toEqual(new Set(['STOP car']));
    expect(s.cancels).toEqual([]);
  });
});

describe('R5 local: both hold the stop', () => {
  it('the charger, then the vehicle as soon as the charger did its part', async () => {
    const s = await pair('stopped', 'stopped');
    await s.charging('start');
    const action = await s.accept();
    await s.advance(10);
    await report(s, 'stopped', 'no_power');
    expect(s.cancels).toMatchObject([{ target: 'box' }]);
    expect(s.told()).toEqual(['START box']);
    await cancelAnswered(s, action);
    expect(s.told()).toEqual(['START box', 'START car']);
    await s.action(await s.accept(), confirmed);
    expect(s.state().command_result).toMatch(/^The charger has done its part; asked the vehicle instead/);
    expect(s.state('box').obedience).toBe(100);
  });
});

describe('R5 local: both hold the stop, heard late', () => {
  it('the charger’s action ended for a missing precondition, and a report says what was missing: the vehicle', async () => {
    const s = await pair('stopped', 'stopped');
    await s.charging('start');
    const action = await s.accept();
    await s.advance(10);
    // In one look: the end of the action comes before the wish is looked at again.
    await s.tell(
      { kind: 'charger_reported', report: charger({ now: s.now(), power: 'no_power', pluggedInVehicleId: 'car' }) },
      {
        kind: 'action_reported',
        action: { ...action, state: 'cancelled', failure: { type: 'FAILED_PRECONDITION', detail: null } },
      },
    );
    expect(s.told()).toEqual(['START box', 'START car']);
  });
});

describe('R5 local: what stays as it is', () => {
  it('a charger’s own switch means the charger only', async () => {
    const s = await pair('charging', none);
    await s.charging('stop', { subject: 'box' });
    await s.action(await s.accept(), failed);
    await s.advance(1200);
    expect(s.told()).toEqual(['STOP box']);
    expect(s.state('box').command).toBe('failed');
  });

  it('a device that a person named is the only one', async () => {
    for (const [route, target] of [
      ['vehicle', 'car'],
      ['charger', 'box'],
    ] as const) {
      const s = await pair('charging', none);
      await s.order('car', { kind: 'charging', want: 'stop', anywhere: false, route }, 'verb');
      await s.action(await s.accept(), failed);
      await s.advance(1200);
      expect(s.told()).toEqual([`STOP ${target}`]);
    }
  });

  it('unplugged, or at another charger: the vehicle only, without fallback', async () => {
    for (const over of [
      { power: 'unplugged' as const, pluggedInChargerId: null },
      { power: 'charging' as const, pluggedInChargerId: null },
    ]) {
      const s = await pair('charging', none);
      await s.advance(60);
      await s.box({ power: 'unplugged', pluggedInVehicleId: null });
      await s.car(over);
      await s.charging('start');
      if (over.power === 'charging') await s.charging('stop');
      await s.action(await s.accept(), failed);
      await s.advance(1200);
      expect(s.told().every((line) => line.endsWith('car'))).toBe(true);
      expect(s.sent).toHaveLength(1);
    }
  });

  it('the cable goes out while the charger is asked: taken back, so that the next car does not get it', async () => {
    const s = await pair('no_power', 'stopped');
    await s.charging('start');
    const action = await s.accept();
    await s.advance(10);
    await s.box({ power: 'unplugged', pluggedInVehicleId: null });
    await s.car({ power: 'unplugged', pluggedInChargerId: null });
    expect(s.cancels).toMatchObject([{ target: 'box', action: action.id }]);
    await cancelAnswered(s, action);
    await s.advance(1200);
    expect(s.told()).toEqual(['START box']);
    expect(s.state()).toMatchObject({ command: 'cancelled', charging: false });
  });

  it('no word of the charger since: it is not asked before it is heard again', async () => {
    const s = await pair('charging', none);
    await s.charging('stop');
    await s.accept();
    await s.advance(400);
    expect(s.cancels).toEqual([]);
    await s.box({ power: none, pluggedInVehicleId: 'car' });
    expect(s.cancels).toHaveLength(1);
  });

  it('the pair ends on the way to its charger: nothing is sent there, and the first failure is told', async () => {
    const s = await pair('charging', none);
    await s.charging('stop');
    const action = await s.accept();
    await charges(s, 240);
    expect(s.cancels).toHaveLength(1);
    await s.box({ power: 'charging', pluggedInVehicleId: 'another' });
    await s.car({ power: 'charging', pluggedInChargerId: null });
    await cancelAnswered(s, action);
    await s.advance(1200);
    expect(s.told()).toEqual(['STOP car']);
    expect(s.state()).toMatchObject({ command: 'failed', reason_code: 'failed_both' });
  });

  it('the pair comes apart, or cannot be told, while the charger is asked: nothing else is asked beside it', async () => {
    for (const want of ['start', 'stop'] as const) {
      const s = await pair('no_power', 'stopped');
      await s.charging('start');
      const action = await s.accept();
      await s.advance(1);
      await s.box({ power: null });
      await s.car({ power: null });
      expect(s.state().plugged_in_charger_id).toBeNull();
      await s.advance(1);
      if (want === 'stop') await s.charging('stop');
      expect(s.told()).toEqual(['START box']);
      await s.restart();
      await s.advance(40);
      expect(s.told()).toEqual(['START box']);
      expect(s.cancels.length > 0).toBe(want === 'stop');
      await s.action(action, want === 'stop' ? cancelled : confirmed);
      expect(s.told()).toEqual(want === 'stop' ? ['START box', 'STOP car'] : ['START box']);
    }
  });

  it('the same when it was the charger’s own switch', async () => {
    const s = await pair('no_power', 'stopped');
    await s.charging('start', { subject: 'box' });
    const action = await s.accept();
    await s.advance(1);
    await s.box({ power: null });
    await s.car({ power: null });
    await s.charging('stop');
    expect(s.told()).toEqual(['START box']);
    expect(s.cancels).toMatchObject([{ target: 'box' }]);
    await s.action(action, cancelled);
    expect(s.told()).toEqual(['START box', 'STOP car']);
  });

  it('control: enode asks the Vehicle API and goes on to nobody', async () => {
    const s = await pair('charging', none, { settings: { control: 'enode' } });
    await s.charging('stop');
    await s.action(await s.accept(), failed);
    await s.advance(1200);
    expect(s.told()).toEqual(['STOP car']);
    expect(s.state().route).toBe('enode');
  });
});

describe('R5 local: consent', () => {
  const settings = { allowChargerCommands: false };

  it('a charger that alone can help is asked for its consent, not passed over', async () => {
    for (const [car, box, more] of [
      ['no_power', 'stopped', {}],
      ['no_power', 'no_power', { car: { flags: flags({ start: cannot }) } }],
    ] as const) {
      const s = await pair(car, box, { settings, ...more });
      expect(await s.charging('start')).toMatchObject({ ok: false, reason: { code: 'refused_consent' } });
      await s.order('site', { kind: 'allow_charger_commands', on: true });
      expect(await s.charging('start')).toMatchObject({ ok: true });
      expect(s.told()).toEqual(['START box']);
    }
  });

  it('without it the vehicle is asked, and nobody after it', async () => {
    const s = await pair('charging', none, { settings });
    await s.charging('stop');
    await s.action(await s.accept(), failed);
    await s.advance(1200);
    expect(s.told()).toEqual(['STOP car']);
  });

  it('withdrawn on the way to the charger: nothing is sent there', async () => {
    const s = await pair('charging', none, { settings });
    await s.order('site', { kind: 'allow_charger_commands', on: true });
    await s.charging('stop');
    const action = await s.accept();
    await charges(s, 240);
    await s.order('site', { kind: 'allow_charger_commands', on: false });
    await cancelAnswered(s, action);
    expect(s.told()).toEqual(['STOP car']);
    expect(s.state()).toMatchObject({ command: 'failed', reason_code: 'failed_both' });
    expect(s.state('bridge').problem).toBe(false);
  });

  it('a mode of a car that only its charger can help says the step', async () => {
    const s = await pair('no_power', 'stopped', { settings, car: { flags: flags({ start: cannot }) } });
    await s.order('car', { kind: 'mode', mode: 'now' });
    expect(s.state().reason).toMatch(/Set allow_charger_commands/);
    await s.order('site', { kind: 'allow_charger_commands', on: true });
    await s.advance(1);
    expect(s.told()).toEqual(['START box']);
  });
});

describe('R4, R5 local: a reversed wish during the fallback', () => {
  it('while the first is being cancelled: the other is never asked, and the reversal only after the end is known', async () => {
    const s = await pair('charging', none);
    await s.charging('stop');
    const action = await s.accept();
    await s.advance(240);
    await s.charging('start');
    expect(s.told()).toEqual(['STOP car']);
    await cancelAnswered(s, action);
    await s.advance(600);
    expect(s.told().filter((line) => line.startsWith('STOP'))).toEqual(['STOP car']);
    expect(s.state()).toMatchObject({ command: 'confirmed', charging: true });
  });

  it('while the other is pending: that one is cancelled first', async () => {
    const s = await pair('charging', none);
    await s.charging('stop');
    await s.action(await s.accept(), failed);
    const second = await s.accept();
    await s.advance(1);
    await s.charging('start');
    expect(s.told()).toEqual(['STOP car', 'STOP box']);
    expect(s.cancels).toMatchObject([{ target: 'box', action: second.id }]);
  });

  it('after it: the first device, cancelled for its silence, may obey late; that is undone once (R4)', async () => {
    const s = await pair('no_power', 'stopped');
    await silencedStart(s);
    await s.charging('stop');
    await s.action(await s.accept(), confirmed);
    await s.advance(60);
    await report(s, 'stopped', 'stopped');
    const before = s.sent.length;
    await s.advance(300);
    await report(s, 'charging', 'charging');
    expect(s.told().slice(before)).toEqual(['STOP box']);
    // It alone is asked, and only once.
    await s.action(await s.accept(), failed);
    await s.advance(1200);
    await report(s, 'charging', 'charging');
    expect(s.told().slice(before)).toEqual(['STOP box']);
  });
});

/** START: the charger is silent, is cancelled, the vehicle does it. */
async function silencedStart(s: Stage): Promise<void> {
  await s.charging('start');
  const action = await s.accept();
  await s.advance(240);
  await cancelAnswered(s, action);
  await s.action(await s.accept(), confirmed);
  await s.advance(60);
  await report(s, 'charging', 'charging');
}

describe('R4, R5 local: a restart at any step of the fallback', () => {
  it('goes on where it was: one request to each device', async () => {
    const s = await pair('charging', none);
    await s.charging('stop');
    const action = await s.accept();
    await s.restart();
    await charges(s, 240);
    expect(s.cancels).toHaveLength(1);
    await s.restart();
    await s.advance(31);
    expect(s.cancels).toHaveLength(2);
    await cancelAnswered(s, action);
    await report(s, 'charging', none);
    expect(s.told()).toEqual(['STOP car', 'STOP box']);
    const second = await s.accept();
    await s.restart();
    await s.advance(30);
    await s.action(second, failed);
    await s.advance(1200);
    expect(s.told()).toEqual(['STOP car', 'STOP box']);
    expect(s.state().command).toBe('failed');
  });
});
