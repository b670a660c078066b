// Short stories through the simulated home, where a rule spans cloud and loop.
import { afterEach, describe, expect, it } from 'vitest';
import { idIn } from '../../../src/simulator/scenarios/scenario.ts';
import { type SimulatedHome, simulatedHome } from '../../support/simulated-home.ts';

let home: SimulatedHome;
afterEach(async () => {
  expect(await home.verdict()).toEqual([]);
  await home.stop();
});

const blue = idIn('home', 'blue');
const garage = idIn('home', 'garage');
const shown = (id: string) => home.portraits.get(id)!.state;
const patch = (id: string, body: object) => home.control('PATCH', `/control/vehicles/${id}`, body);
const minutes = (count: number) => home.advance(count * 60);
const asked = () => home.commands().map(({ body }) => (body as { action: string }).action);

describe('R3 a car at a public charger', () => {
  const car = idIn('public-charging', 'traveller');
  it('STOP is refused with the reason; with `anywhere` it is obeyed', async () => {
    home = await simulatedHome({ scenario: 'public-charging' });
    await minutes(20);
    expect(shown(car)).toMatchObject({ charging: true, home: false });
    home.charging(car, 'stop');
    await minutes(1);
    expect(home.replies.at(-1)).toMatchObject({ ok: false, reason: { code: 'refused_away' } });
    expect(home.commands()).toEqual([]);
    expect(shown(car)).toMatchObject({ charging: true, command: 'refused', reason_code: 'refused_away' });
    await home.control('POST', '/control/wishes', { subject: car, want: 'STOP', anywhere: true });
    home.charging(car, 'stop', { anywhere: true });
    await minutes(5);
    expect(asked()).toEqual(['STOP']);
    expect(shown(car)).toMatchObject({ charging: false, command: 'confirmed' });
  });
  it('R8 mode off leaves it alone: away', async () => {
    home = await simulatedHome({ scenario: 'public-charging' });
    await minutes(20);
    home.order(car, { kind: 'mode', mode: 'off' });
    await minutes(30);
    expect(home.commands()).toEqual([]);
    expect(shown(car)).toMatchObject({ charging: true, reason_code: 'away', smart_charging: 'off' });
  });
});

describe('R8 modes at home', () => {
  it('now starts, off stops at once although it just started, and nothing latches', async () => {
    home = await simulatedHome();
    await minutes(15);
    home.order(blue, { kind: 'mode', mode: 'now' });
    await minutes(3);
    expect(shown(blue)).toMatchObject({ charging: true });
    home.order(blue, { kind: 'mode', mode: 'off' });
    await minutes(15);
    expect(asked()).toEqual(['START', 'STOP']);
    expect(shown(blue)).toMatchObject({ charging: false, reason_code: 'off' });
    expect(home.portraits.get('bridge')!.state.problem).toBe(false);
  });

  it('manual decides nothing: target and minimum change nothing', async () => {
    home = await simulatedHome();
    home.order(blue, { kind: 'minimum', percent: 90 });
    home.order(blue, { kind: 'target', percent: 40 });
    await minutes(60);
    expect(home.commands()).toEqual([]);
    expect(shown(blue)).toMatchObject({ reason_code: 'manual_idle', minimum: 90, target: 40 });
  });

  it('an override lasts until unplug; the next plug-in follows the mode', async () => {
    home = await simulatedHome();
    await minutes(15);
    home.order(blue, { kind: 'mode', mode: 'off' });
    await minutes(1);
    home.charging(blue, 'start');
    await minutes(30);
    expect(shown(blue)).toMatchObject({ charging: true, reason_code: 'override_charge' });
    await home.restart();
    await minutes(30);
    expect(shown(blue)).toMatchObject({ charging: true, reason_code: 'override_charge' });
    await patch(blue, { cable: null });
    await minutes(30);
    expect(shown(blue)).toMatchObject({ plugged_in: false, reason_code: 'unplugged' });
    await patch(blue, { cable: garage });
    await minutes(40);
    expect(shown(blue)).toMatchObject({ plugged_in: true, charging: false, reason_code: 'off' });
  });

  it('a departure in mode off: charges in time to its target, with one start and one stop', async () => {
    home = await simulatedHome();
    await minutes(15);
    home.order(blue, { kind: 'mode', mode: 'off' });
    home.order(blue, { kind: 'target', percent: 60 });
    home.order(blue, { kind: 'departure', at: (home.clock.now() + 6 * 3_600_000) as never });
    await minutes(6 * 60);
    expect(Number(shown(blue).battery)).toBeGreaterThanOrEqual(60);
    expect(asked()).toEqual(['START', 'STOP']);
  });
});

describe('happenings and counters over a restart', () => {
  it('nothing is told twice, energy goes on', async () => {
    home = await simulatedHome();
    await minutes(15);
    home.charging(blue, 'start');
    await minutes(30);
    const [told, energy] = [home.happenings.length, Number(shown(blue).energy)];
    expect(energy).toBeGreaterThan(1);
    await home.restart();
    await minutes(4);
    expect(home.happenings.length).toBe(told);
    expect(Number(shown(blue).energy)).toBeGreaterThanOrEqual(energy);
  });
});

describe('R6 a car that says UNPLUGGED while it sleeps', () => {
  it('stays plugged in for us while its wallbox feels the cable, and goes with the cable', async () => {
    home = await simulatedHome();
    await minutes(3);
    expect(shown(blue)).toMatchObject({ plugged_in: true, pairing: 'activated' });
    await patch(blue, { behaviour: 'unplugged-when-asleep', asleep: true });
    await minutes(60);
    expect(home.loop.view().get('vehicle', blue)?.report.charge.power).toBe('unplugged');
    expect(shown(blue)).toMatchObject({
      plugged_in: true,
      plugged_in_charger_id: garage,
      pairing: 'activated',
      pairing_evidence: 'Enode named this pair before; the cable is still in and the vehicle sleeps.',
    });
    await patch(blue, { cable: null });
    await minutes(30);
    expect(shown(blue)).toMatchObject({ plugged_in: false, plugged_in_charger_id: null });
  });
});
