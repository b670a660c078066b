import { describe, expect, it } from 'vitest';
import { BLUE, GARAGE, simulatorOf, WHITE } from './support.ts';

const MINUTE = 60_000;

describe('the referee over the whole simulator', () => {
  it('away: a STOP to a car at a public charger', async () => {
    const { call, command, breaches, clock } = simulatorOf();
    await call('PATCH', `/control/vehicles/${BLUE}`, { cable: 'elsewhere' });
    await clock.advance(10 * MINUTE);
    await command('vehicles', BLUE, 'STOP');
    // Nobody tells what people ask for: a person may have meant it.
    expect(await breaches()).toEqual([]);
    expect((await call('GET', '/control/verdict')).body.unjudged).toMatchObject([{ n: 1, code: 'away' }]);
  });

  it('away: once any wish is told, what nobody told is a breach', async () => {
    const { call, command, breaches, clock } = simulatorOf();
    await call('PATCH', `/control/vehicles/${BLUE}`, { cable: 'elsewhere' });
    await call('POST', '/control/wishes', { subject: WHITE, want: 'none' });
    await clock.advance(10 * MINUTE);
    await command('vehicles', BLUE, 'STOP');
    expect(await breaches()).toEqual(['away']);
  });

  it('away: not when a person wants it anywhere', async () => {
    const { call, command, breaches, clock } = simulatorOf();
    await call('PATCH', `/control/vehicles/${BLUE}`, { cable: 'elsewhere' });
    await clock.advance(10 * MINUTE);
    await call('POST', '/control/wishes', { subject: BLUE, want: 'STOP', origin: 'person', anywhere: true });
    await command('vehicles', BLUE, 'STOP');
    expect(await breaches()).toEqual([]);
  });

  it('wrong car: a visitor is plugged in', async () => {
    const { call, command, breaches, clock } = simulatorOf();
    await call('POST', '/control/wishes', { subject: WHITE, want: 'none' });
    await call('PATCH', `/control/vehicles/${BLUE}`, { cable: null });
    await call('PATCH', `/control/chargers/${GARAGE}`, { guest: true });
    await clock.advance(MINUTE);
    await command('chargers', GARAGE, 'STOP');
    expect(await breaches()).toEqual(['wrong_car']);
  });

  it('wrong car: another car than the wished one', async () => {
    const { call, command, breaches, clock } = simulatorOf();
    await call('PATCH', `/control/vehicles/${BLUE}`, { cable: null });
    await call('PATCH', `/control/vehicles/${WHITE}`, { cable: GARAGE });
    await clock.advance(MINUTE);
    await call('POST', '/control/wishes', { subject: BLUE, want: 'STOP' });
    await command('chargers', GARAGE, 'STOP');
    expect(await breaches()).toEqual(['wrong_car']);
  });

  it('opposite in flight: the cloud replaces a pending action, the client should have cancelled it', async () => {
    const { call, command, breaches } = simulatorOf();
    await call('PATCH', `/control/vehicles/${BLUE}`, { behaviour: 'deaf' });
    await command('vehicles', BLUE, 'START');
    expect((await command('vehicles', BLUE, 'STOP')).status).toBe(200);
    expect(await breaches()).toEqual(['opposite_in_flight']);
  });

  it('opposite after a cancellation is in order', async () => {
    const { call, command, breaches, api } = simulatorOf();
    await call('PATCH', `/control/vehicles/${BLUE}`, { behaviour: 'deaf' });
    const { id } = (await command('vehicles', BLUE, 'START')).body;
    expect((await api('POST', `/vehicles/actions/${id}/cancel`)).status).toBe(200);
    await command('vehicles', BLUE, 'STOP');
    expect(await breaches()).toEqual([]);
  });

  it('repeated: the same again while pending', async () => {
    const { call, command, breaches, clock } = simulatorOf();
    await call('PATCH', `/control/vehicles/${BLUE}`, { behaviour: 'deaf' });
    await command('vehicles', BLUE, 'START');
    await clock.advance(4.5 * MINUTE);
    await command('vehicles', BLUE, 'START');
    expect(await breaches()).toEqual(['repeated']);
  });

  it.each<[string, Record<string, unknown>]>([
    ['was lost', { kind: 'loseAction', count: 1 }],
    ['could not be read', { kind: 'malformed', count: 1, path: `/vehicles/${BLUE}/charging` }],
  ])('repeated: once is in order after an answer that %s, not twice', async (_how, fault) => {
    const { call, command, breaches } = simulatorOf();
    await call('PATCH', `/control/vehicles/${BLUE}`, { behaviour: 'deaf' });
    await call('POST', '/control/faults', fault);
    await command('vehicles', BLUE, 'START').catch(() => null);
    const { status, body } = await command('vehicles', BLUE, 'START');
    expect(status).toBe(200);
    expect(await breaches()).toEqual([]);
    expect((await command('vehicles', BLUE, 'START')).body.id).toBe(body.id);
    expect(await breaches()).toEqual(['repeated']);
  });

  it('repeated: once is in order for a client that gave up before the answer', async () => {
    const { call, api, command, breaches, simulator, clock } = simulatorOf();
    await call('PATCH', `/control/vehicles/${BLUE}`, { behaviour: 'deaf' });
    await command('vehicles', BLUE, 'STOP');
    await clock.advance(20 * MINUTE);
    await call('POST', '/control/faults', { kind: 'slow', seconds: 60, count: 1 });
    const patience = new AbortController();
    const given = api('POST', `/vehicles/${BLUE}/charging`, { action: 'START' }, patience.signal);
    await clock.settle();
    patience.abort();
    await clock.advance(MINUTE);
    await given.catch(() => null);
    expect(simulator.control.commands().at(-1)).toMatchObject({ kind: 'START', status: 0 });
    await command('vehicles', BLUE, 'START');
    expect(await breaches()).toEqual([]);
  });

  it('repeated: once is in order for a client that begins anew', async () => {
    const { call, command, breaches, forgetToken } = simulatorOf();
    await call('PATCH', `/control/vehicles/${BLUE}`, { behaviour: 'deaf' });
    await command('vehicles', BLUE, 'START');
    forgetToken();
    await command('vehicles', BLUE, 'START');
    expect(await breaches()).toEqual([]);
  });

  it('a wish until unplug ends with the cable, some time after it', async () => {
    const { call, command, breaches, clock } = simulatorOf();
    await call('POST', '/control/wishes', { subject: BLUE, want: 'START', untilUnplug: true });
    await call('PATCH', `/control/vehicles/${BLUE}`, { cable: null });
    await clock.advance(20 * MINUTE);
    await command('vehicles', BLUE, 'START');
    expect(await breaches()).toEqual([]);
    await clock.advance(20 * MINUTE);
    await command('vehicles', BLUE, 'START');
    expect(await breaches()).toEqual(['late']);
  });

  it('unasked: where wishes are told and nobody wished it', async () => {
    const { call, command, breaches } = simulatorOf();
    await call('POST', '/control/wishes', { subject: WHITE, want: 'none' });
    await command('vehicles', BLUE, 'STOP');
    expect(await breaches()).toEqual(['unasked']);
  });

  it('late: after the wish had ended', async () => {
    const { call, command, clock } = simulatorOf();
    await call('POST', '/control/wishes', {
      subject: BLUE,
      want: 'START',
      until: new Date(clock.now() + MINUTE).toISOString(),
    });
    await clock.advance(2 * MINUTE);
    await command('vehicles', BLUE, 'START');
    const { breaches } = (await call('GET', '/control/verdict')).body;
    expect(breaches).toMatchObject([{ n: 1, at: '2026-05-01T06:02:00.000Z', code: 'late' }]);
    expect(breaches[0].message).toContain(BLUE);
  });

  it('a decent life is without blame, and a reset forgets', async () => {
    const { call, command, breaches, clock } = simulatorOf();
    for (const [want, minutes] of [
      ['START', 15],
      ['STOP', 15],
      ['START', 15],
    ] as const) {
      await call('POST', '/control/wishes', { subject: BLUE, want });
      await command('vehicles', BLUE, want);
      await clock.advance(minutes * MINUTE);
    }
    expect(await breaches()).toEqual([]);
    await command('vehicles', BLUE, 'STOP');
    expect(await breaches()).toEqual(['late']);
    await call('POST', '/control/reset', {});
    expect(await breaches()).toEqual([]);
  });
});
