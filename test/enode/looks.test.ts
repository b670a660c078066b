import { describe, expect, it } from 'vitest';
import { action, charger, json, NOON, page, setUp, vehicle } from './house.ts';

const kinds = (facts: readonly { kind: string }[]): string[] => facts.map((fact) => fact.kind);

describe('a list', () => {
  it('of one user is asked by his path, told element by element, then as complete, then as ended', async () => {
    const house = setUp({ answer: () => page([vehicle(), vehicle({ id: 'car-2' })]) });
    const facts = await house.look({ kind: 'vehicles' });
    expect(house.paths()).toEqual(['GET /users/home/vehicles?pageSize=50']);
    expect(kinds(facts)).toEqual([
      'request_ended',
      'request_ended',
      'vehicle_reported',
      'vehicle_reported',
      'listed',
      'look_ended',
    ]);
    expect(facts[4]).toMatchObject({ kind: 'listed', assets: 'vehicle', users: ['home'], ids: ['car-1', 'car-2'] });
    expect(house.requests()[1]).toEqual({
      kind: 'vehicles',
      ok: true,
      status: 200,
      cloudTime: NOON,
      retryAt: null,
      why: null,
    });
  });

  it('of several users follows the cursors and drops strangers', async () => {
    const pages: Record<string, Response> = {
      '/chargers?pageSize=50': page([charger(), charger({ id: 'theirs', userId: 'neighbour' })], 'MjA+/=='),
      '/chargers?pageSize=50&after=MjA%2B%2F%3D%3D': page([charger({ id: 'box-2', userId: 'flat' })]),
    };
    const house = setUp({ users: ['home', 'flat'], answer: ({ path }) => pages[path] ?? json({}, 400) });
    const facts = await house.look({ kind: 'chargers' });
    const ids = facts.flatMap((fact) => (fact.kind === 'charger_reported' ? [fact.report.id] : []));
    expect(ids).toEqual(['box-1', 'box-2']);
    expect(facts.find((fact) => fact.kind === 'listed')).toMatchObject({
      kind: 'listed',
      assets: 'charger',
      users: ['home', 'flat'],
      ids: ['box-1', 'box-2'],
    });
  });

  it('that breaks off after its first page reports what came, but is not complete', async () => {
    const house = setUp({ answer: ({ path }) => (path.includes('after') ? json({}, 503) : page([vehicle()], 'next')) });
    const facts = await house.look({ kind: 'vehicles' });
    expect(kinds(facts)).toEqual(['request_ended', 'request_ended', 'vehicle_reported', 'request_ended', 'look_ended']);
    expect(facts.at(-1)).toMatchObject({ ok: false });
  });

  it('whose cursors go in circles ends', async () => {
    const house = setUp({ answer: () => page([vehicle()], 'again') });
    const facts = await house.look({ kind: 'vehicles' });
    expect(house.paths()).toHaveLength(2);
    expect(facts.at(-1)).toMatchObject({ kind: 'look_ended', ok: false });
    expect(facts.some((fact) => fact.kind === 'listed')).toBe(false);
  });

  it('a list that goes on beyond what it was granted is read that far, and nothing on it is taken for complete', async () => {
    const next: Record<string, string | null> = { '': 'b', b: 'c', c: null };
    const house = setUp({
      answer: ({ path }) => {
        const after = new URL(path, 'http://x').searchParams.get('after') ?? '';
        return page([vehicle({ id: `car-${after}` })], next[after] ?? null);
      },
    });
    const cut = await house.look({ kind: 'vehicles' }, 2);
    expect(house.paths()).toHaveLength(2);
    expect(cut.filter(({ kind }) => kind === 'vehicle_reported')).toHaveLength(2);
    expect(cut.some(({ kind }) => kind === 'listed')).toBe(false);
    expect(cut.at(-1)).toMatchObject({ ok: false, pages: { read: 2, more: true } });
    const whole = await house.look({ kind: 'vehicles' }, 3);
    expect(whole.find(({ kind }) => kind === 'listed')).toMatchObject({ ids: ['car-', 'car-b', 'car-c'] });
    expect(whole.at(-1)).toMatchObject({ ok: true, pages: { read: 3, more: false } });
  });

  it('a bad element costs only its own update and does not count as gone', async () => {
    const house = setUp({ answer: () => page([{ id: 'car-1', userId: 'home' }, vehicle({ id: 'car-2' })]) });
    const facts = await house.look({ kind: 'vehicles' });
    expect(facts.flatMap((fact) => (fact.kind === 'vehicle_reported' ? [fact.report.id] : []))).toEqual(['car-2']);
    expect(facts.find((fact) => fact.kind === 'listed')).toMatchObject({ ids: ['car-1', 'car-2'] });
    expect(house.logs).toHaveLength(1);
  });

  it.each([[null], [42], [{ id: '' }], [{ userId: 'home' }]])(
    'with a nameless element %o nothing is said to be gone',
    async (element) => {
      const house = setUp({ answer: () => page([vehicle(), element]) });
      const facts = await house.look({ kind: 'vehicles' });
      expect(facts.some((fact) => fact.kind === 'listed')).toBe(false);
      expect(facts.at(-1)).toMatchObject({ ok: true });
    },
  );

  it('a user’s name is encoded in the path', async () => {
    const house = setUp({ users: ['a/b ?c'], answer: () => page([]) });
    await house.look({ kind: 'vehicles' });
    expect(house.paths()).toEqual(['GET /users/a%2Fb%20%3Fc/vehicles?pageSize=50']);
  });
});

describe('how a request ended', () => {
  it.each([
    [429, { 'retry-after': '30' }, NOON + 30_000],
    [503, { 'retry-after': new Date(NOON + 60_000).toUTCString() }, NOON + 60_000],
    [503, {}, null],
  ])('%i %o', async (status, headers, retryAt) => {
    const house = setUp({ answer: () => json({ title: 'Slow down', detail: 'Please' }, status, headers) });
    const facts = await house.look({ kind: 'vehicles' });
    expect(house.requests()[1]).toMatchObject({ ok: false, status, retryAt, cloudTime: NOON });
    expect(house.requests()[1]?.why).toBe(`the cloud answered HTTP ${status}: Slow down: Please`);
    expect(facts.at(-1)).toMatchObject({ kind: 'look_ended', ok: false });
  });

  it('an echoed token is blanked', async () => {
    const house = setUp({
      answer: ({ headers }) => json({ title: 'Bad', detail: `you sent ${headers.authorization}` }, 400),
    });
    await house.look({ kind: 'vehicles' });
    expect(house.requests()[1]?.why).toBe('the cloud answered HTTP 400: Bad: you sent Bearer [secret]');
  });

  it('a redirect is not followed', async () => {
    const house = setUp({
      answer: () => new Response(null, { status: 302, headers: { location: 'https://evil.test' } }),
    });
    await house.look({ kind: 'vehicles' });
    expect(house.paths()).toHaveLength(1);
    expect(house.requests()[1]).toMatchObject({ ok: false, status: 302 });
  });
});

describe('users', () => {
  it('are asked one by one; 404 means unknown, invalid vendors are named', async () => {
    const house = setUp({
      users: ['home', 'flat', 'gone'],
      answer: ({ path }) => {
        if (path === '/users/gone') return json({ title: 'User does not exist' }, 404);
        const bad = path === '/users/flat';
        return json({
          id: 'x',
          linkedVendors: [
            { vendor: 'KIA', vendorType: 'vehicle', isValid: true },
            { vendor: 'TESLA', vendorType: 'vehicle', isValid: !bad },
            { vendor: 'TESLA', vendorType: 'charger', isValid: !bad },
          ],
        });
      },
    });
    const facts = await house.look({ kind: 'users' });
    expect(facts.filter((fact) => fact.kind === 'user_reported')).toEqual([
      { kind: 'user_reported', user: 'home', invalidVendors: [], known: true },
      { kind: 'user_reported', user: 'flat', invalidVendors: ['TESLA'], known: true },
      { kind: 'user_reported', user: 'gone', invalidVendors: [], known: false },
    ]);
    expect(facts.at(-1)).toMatchObject({ ok: true });
  });

  it('are left alone when the cloud asks to wait', async () => {
    const house = setUp({ users: ['a', 'b', 'c'], answer: () => json({}, 429) });
    const facts = await house.look({ kind: 'users' });
    expect(house.paths()).toHaveLength(1);
    expect(facts.at(-1)).toMatchObject({ ok: false });
  });
});

describe('the other looks', () => {
  it('locations: ours, once all pages are in', async () => {
    const place = {
      id: 'p1',
      userId: 'home',
      name: 'Home',
      latitude: 59.9,
      longitude: 10.7,
      timezoneName: 'Europe/Oslo',
    };
    const house = setUp({ answer: () => page([place, { ...place, id: 'p2', userId: 'other' }, { id: 'p3' }]) });
    const facts = await house.look({ kind: 'locations' });
    expect(facts.find((fact) => fact.kind === 'locations_reported')).toEqual({
      kind: 'locations_reported',
      locations: [{ id: 'p1', user: 'home', latitude: 59.9, longitude: 10.7 }],
    });
  });

  it('schedules: the enabled ones are foreign control (R9)', async () => {
    const schedule = {
      id: 's1',
      isEnabled: true,
      defaultShouldCharge: false,
      targetId: 'car-1',
      targetType: 'vehicle',
      locationId: null,
      rules: [],
    };
    const house = setUp({ answer: () => page([schedule, { ...schedule, id: 's2', isEnabled: false }]) });
    const facts = await house.look({ kind: 'schedules', user: 'home' });
    expect(house.paths()).toEqual(['GET /users/home/schedules?pageSize=50']);
    expect(facts.find((fact) => fact.kind === 'foreign_control_reported')).toEqual({
      kind: 'foreign_control_reported',
      user: 'home',
      found: [{ target: 'car-1', by: 'schedule', id: 's1' }],
    });
  });

  it('R9: the smart-charging status of the vehicles named is read with them; where it is not offered it is off', async () => {
    const answers: Record<string, Response> = {
      '/vehicles/car-1/smart-charging-status': json({ state: 'PLAN:EXECUTING:STARTED', vehicleId: 'car-1' }),
      '/vehicles/car-2/smart-charging-status': json({ state: 'DISABLED' }),
      '/vehicles/car-3/smart-charging-status': json({}, 404),
    };
    const house = setUp({ answer: ({ path }) => answers[path] ?? page([]) });
    const facts = await house.look({ kind: 'schedules', user: 'home', vehicles: ['car-1', 'car-2', 'car-3'] });
    expect(facts.find((fact) => fact.kind === 'foreign_control_reported')).toMatchObject({
      found: [{ target: 'car-1', by: 'smart_charging', id: 'PLAN:EXECUTING:STARTED' }],
    });
    expect(facts.at(-1)).toMatchObject({ kind: 'look_ended', ok: true });
  });

  it('R9: asked to wait, the schedules found are told, and the look is not over', async () => {
    const busy = (): Response => json({}, 429, { 'retry-after': '30' });
    const house = setUp({ answer: ({ path }) => (path.includes('smart-charging') ? busy() : page([])) });
    const facts = await house.look({ kind: 'schedules', user: 'home', vehicles: ['car-1', 'car-2'] });
    expect(house.paths()).toHaveLength(2);
    expect(facts.filter((fact) => fact.kind === 'foreign_control_reported')).toHaveLength(1);
    expect(facts.at(-1)).toMatchObject({ kind: 'look_ended', ok: false });
  });

  const subject = { kind: 'action', id: 'action-1', target: 'box-1', targetKind: 'charger' } as const;

  it('an action: as it stands', async () => {
    const done = action({
      state: 'CONFIRMED',
      targetId: 'box-1',
      targetType: 'charger',
      completedAt: '2026-05-02T12:00:00Z',
    });
    const house = setUp({ answer: () => json(done) });
    const facts = await house.look(subject);
    expect(house.paths()).toEqual(['GET /chargers/actions/action-1']);
    expect(facts.find((fact) => fact.kind === 'action_reported')).toMatchObject({
      action: {
        id: 'action-1',
        target: 'box-1',
        targetKind: 'charger',
        kind: 'start',
        state: 'confirmed',
        completedAt: NOON,
      },
    });
  });

  it('a charge that names no limit is a charge, also with an empty field for one', async () => {
    const told = action({ targetId: 'box-1', targetType: 'charger', targetState: null });
    const facts = await setUp({ answer: () => json(told) }).look(subject);
    expect(facts.map(({ kind }) => kind)).toContain('action_reported');
  });

  it('an action the cloud does not know', async () => {
    const facts = await setUp({ answer: () => new Response('', { status: 404 }) }).look(subject);
    expect(facts).toContainEqual({ kind: 'action_unknown', id: 'action-1' });
    expect(facts.at(-1)).toMatchObject({ ok: true });
  });

  it.each([
    ['another action', { id: 'action-2', targetId: 'box-1', targetType: 'charger' }],
    ['a heat pump’s action', { targetType: 'hvac' }],
  ])('%s than the one asked for is no answer', async (_, more) => {
    const facts = await setUp({ answer: () => json(action(more)) }).look(subject);
    expect(facts.some((fact) => fact.kind.startsWith('action'))).toBe(false);
    expect(facts.at(-1)).toMatchObject({ ok: false });
  });

  it.each([
    [204, true],
    [404, false],
  ])('a refresh hint answered %i', async (status, ok) => {
    const house = setUp({ answer: () => new Response(null, { status }) });
    const facts = await house.look({ kind: 'hint', id: 'car-1', targetKind: 'vehicle' });
    expect(house.paths()).toEqual(['POST /vehicles/car-1/refresh-hint']);
    expect(facts.at(-1)).toMatchObject({ ok });
  });

  it('interventions: a plain array, in the chosen language', async () => {
    const one = {
      id: 'i1',
      vendor: 'TESLA',
      vendorType: 'vehicle',
      brand: 'Tesla',
      introducedAt: '2023-12-15T00:00:00.000Z',
      domain: 'Device',
      resolution: {
        title: 'Set up the key',
        description: 'Open the app.<br>Tap.',
        access: 'Physical',
        agent: 'User',
        action: 'Link',
      },
    };
    const asked: string[] = [];
    const answer = (request: { path: string }) => {
      asked.push(request.path);
      return json([one, { id: 'i2' }]);
    };
    const facts = await setUp({ answer, language: 'de' }).look({ kind: 'interventions' });
    expect(asked).toEqual(['/interventions?language=de-DE']);
    expect(facts.find((fact) => fact.kind === 'interventions_reported')).toEqual({
      kind: 'interventions_reported',
      language: 'de',
      texts: [
        {
          id: 'i1',
          title: 'Set up the key',
          description: 'Open the app.<br>Tap.',
          agent: 'User',
          access: 'Physical',
          action: 'Link',
        },
      ],
    });
  });
});
