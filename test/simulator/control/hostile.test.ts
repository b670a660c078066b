import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BLUE, GARAGE, simulatorOf, WHITE } from './support.ts';

const vehicle = `/control/vehicles/${BLUE}`;
const charger = `/control/chargers/${GARAGE}`;

describe('wrong input is 400 and names the field', () => {
  it.each([
    ['PATCH', vehicle, { cable: 'nowhere' }, 'cable'],
    ['PATCH', vehicle, { cable: 7 }, 'cable'],
    ['PATCH', vehicle, { batteryLevel: 101 }, 'batteryLevel'],
    ['PATCH', vehicle, { batteryLevel: '50' }, 'batteryLevel'],
    ['PATCH', vehicle, { away: 'yes' }, 'away'],
    ['PATCH', vehicle, { away: true, cable: GARAGE }, 'away'],
    ['PATCH', vehicle, { away: false, cable: 'elsewhere' }, 'away'],
    ['PATCH', vehicle, { asleep: null }, 'asleep'],
    ['PATCH', vehicle, { behaviour: 'nice' }, 'behaviour'],
    ['PATCH', vehicle, { chargeLimit: 0 }, 'chargeLimit'],
    ['PATCH', vehicle, { capabilities: { fly: true } }, 'capabilities'],
    ['PATCH', vehicle, { capabilities: { location: 3 } }, 'capabilities.location'],
    ['PATCH', vehicle, { capabilities: { location: { capable: 1 } } }, 'capabilities.location.capable'],
    ['PATCH', vehicle, { capabilities: [] }, 'capabilities'],
    ['PATCH', vehicle, { wings: 2 }, 'wings'],
    ['PATCH', vehicle, '{"__proto__":1}', '__proto__'],
    ['PATCH', vehicle, { constructor: 1 }, 'constructor'],
    ['PATCH', vehicle, '[1]', 'body'],
    ['PATCH', vehicle, 'null', 'body'],
    ['PATCH', vehicle, '{', 'body'],
    ['PATCH', charger, { reachable: null }, 'reachable'],
    ['PATCH', charger, { behaviour: 'obedient' }, 'behaviour'],
    ['POST', '/control/clock', { speed: -1 }, 'speed'],
    ['POST', '/control/clock', { advance: 1e9 }, 'advance'],
    ['POST', '/control/weather', { cloud: 2 }, 'cloud'],
    ['POST', '/control/weather', { pattern: 'hail' }, 'pattern'],
    ['POST', '/control/house', {}, 'load'],
    ['POST', '/control/house', { load: -5 }, 'load'],
    ['POST', '/control/reset', { scenario: 'moon' }, 'scenario'],
    ['POST', '/control/reset', { scenario: 'crowd:999999999' }, 'scenario'],
    ['POST', '/control/reset', { seed: 'x' }, 'seed'],
    ['POST', '/control/wishes', { want: 'START' }, 'subject'],
    ['POST', '/control/wishes', { subject: 'x', want: 'START' }, 'subject'],
    ['POST', '/control/wishes', { subject: BLUE }, 'want'],
    ['POST', '/control/wishes', { subject: BLUE, want: 'GO' }, 'want'],
    ['POST', '/control/wishes', { subject: BLUE, want: 'STOP', from: 'soon' }, 'from'],
    ['POST', '/control/wishes', { subject: BLUE, want: 'STOP', from: 5, until: 4 }, 'until'],
    ['POST', '/control/clients/demo', { unlocking: 'yes' }, 'unlocking'],
    ['POST', '/control/faults', { kind: 'earthquake' }, 'kind'],
    ['GET', '/control/requests?after=x', undefined, 'after'],
    ['GET', '/control/requests?after=-1', undefined, 'after'],
  ])('%s %s %j → %s', async (method, path, body, field) => {
    const { call } = simulatorOf();
    const before = (await call('GET', '/control/state')).body;
    const answer = await call(method, path, body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.field).toBe(field);
    expect(answer.body.error.message).toContain(field === 'body' ? 'JSON' : field.split('.')[0]);
    expect((await call('GET', '/control/state')).body).toEqual(before);
  });

  it('an occupied wallbox refuses a second car', async () => {
    const { call } = simulatorOf();
    const answer = await call('PATCH', `/control/vehicles/${WHITE}`, { cable: GARAGE, batteryLevel: 99 });
    expect(answer).toMatchObject({ status: 400, body: { error: { field: 'cable' } } });
    expect((await call('GET', '/control/state')).body.vehicles[1].truth.batteryLevel).toBe(38);
  });

  it('a huge body is refused', async () => {
    const { call } = simulatorOf();
    expect((await call('PATCH', vehicle, { behaviour: 'x'.repeat(100_000) })).status).toBe(400);
  });
});

describe('unknown is 404', () => {
  it.each([
    ['PATCH', '/control/vehicles/nobody'],
    ['PATCH', `/control/vehicles/${GARAGE}`],
    ['PATCH', '/control/chargers/nobody'],
    ['POST', '/control/clients/nobody'],
    ['GET', '/control'],
    ['GET', '/control/secrets'],
    ['DELETE', '/control/state'],
  ])('%s %s', async (method, path) => {
    const { call } = simulatorOf();
    const answer = await call(method, path, method === 'GET' ? undefined : {});
    expect(answer.status).toBe(404);
    expect(answer.body.error.code).toBe('not_found');
  });
});

it('no JSON whatever makes it fail or lie about its state', async () => {
  const { call } = simulatorOf();
  const names = fc.constantFrom(
    'cable',
    'batteryLevel',
    'away',
    'asleep',
    'reachable',
    'capabilities',
    'behaviour',
    'chargeLimit',
    'stopped',
  );
  const values = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(GARAGE, 'elsewhere', null, true, false, 0, 50, 100, 'deaf', 'liar'),
  );
  await fc.assert(
    fc.asyncProperty(fc.dictionary(names, values, { maxKeys: 4 }), async (body) => {
      const answer = await call('PATCH', vehicle, body);
      expect([200, 400]).toContain(answer.status);
      if (answer.status === 400)
        expect(Object.keys(body).some((name) => answer.body.error.field.startsWith(name))).toBe(true);
      const { truth } = (await call('GET', '/control/state')).body.vehicles[0];
      expect(truth.batteryLevel).toBeGreaterThanOrEqual(0);
      expect(truth.away).toBe(truth.cable === 'elsewhere' ? true : truth.cable === null ? truth.away : false);
    }),
    { numRuns: 150 },
  );
});
