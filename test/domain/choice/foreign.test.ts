// R9: foreign control is found, named with its likely culprit, and left to steer; unexplained transitions are told with "perhaps".
import { describe, expect, it } from 'vitest';
import { hours } from '../../../src/domain/instant.ts';
import { numbers } from '../../../src/domain/numbers.ts';
import { reason } from '../../../src/domain/telling/reason.ts';
import { languages, sentence } from '../../../src/words/sentence.ts';
import { readyPair, refused, type Stage, stage } from '../../support/stage.ts';

const schedulesRead = (s: Stage) => s.looks.filter(({ kind }) => kind === 'schedules');
const found = (s: Stage, by: 'schedule' | 'smart_charging', id: string, target = 'car') =>
  s.tell({ kind: 'foreign_control_reported', user: 'home', found: [{ target, by, id }] });

describe('R9 on 422, and while smartChargingPolicy is enabled', () => {
  it('422: the user’s schedules and the car’s smart-charging status are read, named, and handed over to', async () => {
    const s = await stage();
    await s.charging('start');
    await s.answer(refused(422));
    expect(schedulesRead(s)).toEqual([{ kind: 'schedules', user: 'home', vehicles: ['car'] }]);
    expect(s.state()).toMatchObject({ command: 'refused', reason_code: 'enode_422' });
    await found(s, 'schedule', 'evening');
    expect(s.state()).toMatchObject({ command: 'refused', reason_code: 'handover_schedule' });
    expect(s.state().reason).toMatch(
      /^A schedule at Enode \(evening\) steers this charge: only watching\. Switch it off there/,
    );
  });

  it('at a charger: its user’s schedules, no vehicle’s status', async () => {
    const s = await stage();
    await s.advance(1);
    await readyPair(s);
    await s.charging('start', { subject: 'box' });
    await s.answer(refused(422));
    expect(schedulesRead(s)).toEqual([{ kind: 'schedules', user: 'home', vehicles: [] }]);
    await found(s, 'schedule', 'evening', 'box');
    expect(s.loop.decision('car')?.reason.code).toBe('handover_schedule');
  });

  it('smart charging that is on: read hourly, named with what it does, with the step; over when the car says so', async () => {
    const s = await stage();
    await s.order('car', { kind: 'mode', mode: 'now' });
    const before = s.sent.length;
    await s.advance(1);
    await s.car({ smartChargingOn: true });
    expect(schedulesRead(s)).toEqual([{ kind: 'schedules', user: 'home', vehicles: ['car'] }]);
    expect(s.loop.decision('car')?.reason.code).toBe('handover_smart_charging');
    await found(s, 'smart_charging', 'PLAN:EXECUTING:STARTED');
    expect(s.loop.decision('car')?.reason).toEqual(reason('handover_smart_charging', { state: 'executing' }));
    for (let minute = 0; minute < 60; minute += 10) {
      await s.advance(600);
      await s.car({ smartChargingOn: true });
    }
    expect(schedulesRead(s)).toHaveLength(2);
    expect(s.sent).toHaveLength(before);
    await s.advance(10);
    await s.car({ smartChargingOn: false });
    expect(s.loop.decision('car')?.reason.code).not.toMatch(/^handover/);
  });

  it('a late word that a schedule is off ends nothing before the schedules were read anew', async () => {
    const s = await stage();
    await found(s, 'schedule', 'evening');
    await s.order('car', { kind: 'mode', mode: 'now' });
    const before = schedulesRead(s).length;
    await s.tell({ kind: 'schedule_seen', user: 'home', target: 'car', id: 'evening', on: false });
    expect(schedulesRead(s)).toHaveLength(before + 1);
    expect(s.loop.decision('car')?.reason.code).toBe('handover_schedule');
    expect(s.sent).toEqual([]);
    await s.tell({ kind: 'foreign_control_reported', user: 'home', found: [] });
    expect(s.told()).toEqual(['START car']);
  });

  it('of a schedule for a device of another kind nothing is kept', async () => {
    const s = await stage();
    for (const id of ['one', 'two'])
      await s.tell({ kind: 'schedule_seen', user: 'home', target: 'battery', id, on: true });
    expect(s.loop.view().get('user', 'home')?.foreign).toEqual([]);
    await s.tell({ kind: 'schedule_seen', user: 'home', target: 'car', id: 'evening', on: true });
    expect(s.loop.view().get('user', 'home')?.foreign).toHaveLength(1);
  });

  it('within the allowance: as a look of the last priority it waits when the day’s requests run short', async () => {
    const s = await stage({ settings: { requestsPerDay: 50 } });
    for (let n = 0; n < 46; n++)
      await s.tell({
        kind: 'request_ended',
        request: { kind: 'vehicles', ok: true, status: 200, cloudTime: s.now(), retryAt: null, why: null },
      });
    await s.charging('start');
    await s.answer(refused(422));
    expect(schedulesRead(s)).toEqual([]);
    await s.advance(hours(24) / 1000);
    expect(schedulesRead(s)).not.toEqual([]);
  });

  it.each([
    ['CONSIDERING', 'no plan yet'],
    ['PLAN:EXECUTING:STOPPED', 'its plan runs'],
    ['PLAN:EXECUTING:OVERRIDDEN', 'its plan is overridden'],
    ['PLAN:ENDED:FINISHED', 'its plan has ended'],
    ['FULLY_CHARGED', 'full'],
    ['A_NEW_WORD', null],
  ])('%s is said as "%s"', async (state, words) => {
    const s = await stage();
    await s.advance(1);
    await s.car({ smartChargingOn: true });
    await found(s, 'smart_charging', state);
    expect(s.state().reason).toContain(words === null ? 'this charge: only' : `this charge (${words}): only`);
  });
});

describe('R9 two unexplained transitions in one plug-in', () => {
  /** `charging` and `stopped` in turn, nobody here asked for any of it. */
  async function moved(s: Stage, times: number): Promise<void> {
    for (let n = 0; n < times; n++) {
      await s.advance(1200);
      await s.car({ power: n % 2 === 0 ? 'stopped' : 'charging' });
    }
  }
  async function charging(): Promise<Stage> {
    const s = await stage();
    await s.order('car', { kind: 'mode', mode: 'now' });
    await s.action(await s.accept(), { state: 'confirmed' });
    await s.advance(60);
    await s.car({ power: 'charging' });
    return s;
  }

  it('"someone else: perhaps a supplier’s app or the car’s timer"; automatic modes pause until unplug', async () => {
    const s = await charging();
    await moved(s, 2);
    expect(s.state().reason_code).toBe('foreign_control');
    expect(s.state().reason).toMatch(/perhaps a supplier's app or the car's timer/);
    const sent = s.sent.length;
    await moved(s, 3);
    expect(s.sent).toHaveLength(sent);
    await s.advance(60);
    await s.car({ power: 'unplugged' });
    await s.advance(60);
    await s.car({ power: 'stopped' });
    expect(s.told().slice(sent)).toEqual(['START car']);
  });

  it('a person’s toggle is obeyed meanwhile', async () => {
    const s = await charging();
    await moved(s, 2);
    const sent = s.sent.length;
    await s.charging('stop');
    expect(s.told().slice(sent)).toEqual(['STOP car']);
  });

  it('what our fallback did through the other device is explained', async () => {
    const s = await stage({ settings: { control: 'local' } });
    await s.advance(1);
    await readyPair(s);
    const both = async (power: 'charging' | 'stopped', box: 'charging' | 'no_power' | 'stopped') => {
      await s.box({ power: box, pluggedInVehicleId: 'car' });
      await s.car({ power, pluggedInChargerId: 'box' });
    };
    await both('charging', 'charging');
    await s.order('car', { kind: 'mode', mode: 'off' });
    await s.action(await s.accept(), { state: 'failed', failure: { type: 'NO_RESPONSE', detail: null } });
    await s.action(await s.accept(), { state: 'confirmed' });
    await s.advance(numbers.explainsMs / 1000 - 60);
    await both('charging', 'stopped');
    expect(s.loop.view().get('hold', 'car')).toBeUndefined();
    expect(s.loop.view().get('plugin', 'car')?.unexplained).toBe(0);
  });
});

describe('R9 another client is invisible to us: "perhaps", never "is"', () => {
  it.each(['foreign_control', 'problem_double_cloud'] as const)('%s', (code) => {
    for (const language of languages) {
      const said = sentence(reason(code), language);
      expect(said).toMatch(/perhaps|vielleicht/);
      expect(said).not.toMatch(/\bis (a supplier|another|a second)|\bist (ein|die App)/);
    }
  });
});
