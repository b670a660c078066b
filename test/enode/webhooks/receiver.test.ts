// The door for Enode's webhooks: what is taken, what is refused and how, and that nothing a stranger sends does harm.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOON } from '../house.ts';
import { carEvent, ear, heartbeat, memoryKeep, signed, URL_OF_OURS } from './support.ts';

const minute = 60_000;

describe('a delivery that Enode signed', () => {
  it('is answered with 200, and then becomes facts, heard first', async () => {
    const at = ear();
    at.keys.renew();
    const answer = await at.deliver([carEvent(NOON), heartbeat(NOON + 1)]);
    expect(answer.status).toBe(200);
    expect(at.facts).toMatchObject([
      { kind: 'webhook_heard', beatAt: NOON + 1 },
      { kind: 'vehicle_reported', report: { id: 'car-1' }, said: { from: NOON, to: NOON } },
    ]);
    expect(at.receiver.counts()).toEqual({ deliveries: 1, events: 2, repeated: 0, refused: {} });
  });

  it('of a hundred events is told whole, in the order of their own times', async () => {
    const at = ear();
    at.keys.renew();
    const events = Array.from({ length: 100 }, (_, i) => carEvent(NOON + i, { batteryLevel: i }));
    expect((await at.deliver([...events].reverse())).status).toBe(200);
    const levels = at.facts.flatMap((fact) => (fact.kind === 'vehicle_reported' ? [fact.report.charge.battery] : []));
    expect(levels).toEqual(events.map((_, i) => i));
  });

  it('that comes again is answered as taken and told no second time, whatever id it bears', async () => {
    const at = ear();
    at.keys.renew();
    const events = [carEvent(NOON)];
    const id = { 'x-enode-delivery': 'one' };
    expect((await at.deliver(events, id)).status).toBe(200);
    const told = at.facts.length;
    expect((await at.deliver(events, id)).status).toBe(200);
    expect((await at.deliver(events, { 'x-enode-delivery': 'another' })).status).toBe(200);
    expect((await at.deliver([carEvent(NOON + 1)], id)).status).toBe(200);
    expect(at.facts.length).toBe(told);
    expect(at.receiver.counts()).toMatchObject({ deliveries: 1, repeated: 3 });
  });

  it('with an unknown event passes, and the word is seen once in the log', async () => {
    const at = ear();
    at.keys.renew();
    const news = { event: 'user:boat:updated', createdAt: new Date(NOON).toISOString(), user: { id: 'home' } };
    await at.deliver([news]);
    await at.deliver([{ ...news, extra: 1 }]);
    expect(at.lines.filter((line) => line.includes('user:boat:updated'))).toHaveLength(1);
    expect(at.kinds()).toEqual(['webhook_heard', 'webhook_heard']);
  });

  it('of a user that is not ours tells nothing', async () => {
    const at = ear();
    at.keys.renew();
    const strange = carEvent(NOON, {}, { user: { id: 'neighbour' } });
    const mixed = carEvent(NOON);
    await at.deliver([strange, { ...mixed, vehicle: { ...mixed.vehicle, userId: 'neighbour' } }]);
    expect(at.kinds()).toEqual(['webhook_heard']);
  });

  it('tells each kind of event as the fact that it is', async () => {
    const at = ear();
    at.keys.renew();
    const common = { createdAt: new Date(NOON).toISOString(), user: { id: 'home' } };
    const action = { id: 'action-1', userId: 'home', state: 'CONFIRMED', targetId: 'car-1', targetType: 'vehicle' };
    const charged = { ...action, kind: 'START', createdAt: common.createdAt };
    const schedule = { id: 's1', isEnabled: true, targetId: 'car-1', targetType: 'vehicle' };
    const smart = { vehicleId: 'car-1', userId: 'home', state: 'PLAN:EXECUTING:STOPPED' };
    await at.deliver([
      { ...common, event: 'user:vehicle:deleted', vehicle: { id: 'car-1', userId: 'home' } },
      { ...common, event: 'user:vendor-action:updated', vendorAction: charged },
      { ...common, event: 'user:charge-action:updated', chargeAction: charged },
      { ...common, event: 'user:vendor-action:updated', vendorAction: { ...action, targetState: { maxCurrent: 10 } } },
      { ...common, event: 'user:credentials:invalidated', vendor: 'KIA' },
      { ...common, event: 'user:schedule:execution-updated', status: {}, schedule },
      { ...common, event: 'user:vehicle:smart-charging-status-updated', smartChargingStatus: smart },
      { ...common, event: 'user:battery:updated', battery: {} },
      { ...common, event: 'enode:webhook:test' },
    ]);
    const started = { id: 'action-1', target: 'car-1', kind: 'start', state: 'confirmed', createdAt: NOON };
    expect(at.facts.slice(1)).toMatchObject([
      { kind: 'asset_deleted', id: 'car-1', said: { from: NOON } },
      { kind: 'action_reported', action: started },
      { kind: 'action_reported', action: started },
      { kind: 'limit_reported', action: { id: 'action-1', target: 'car-1', limit: 'max_current', state: 'confirmed' } },
      { kind: 'credentials_invalidated', user: 'home', vendor: 'KIA' },
      { kind: 'schedule_seen', user: 'home', target: 'car-1', id: 's1', on: true },
      { kind: 'smart_charging_seen', vehicle: 'car-1', on: true },
    ]);
    expect(at.lines).toEqual([]);
  });
});

describe('the secret', () => {
  it('has 256 bits, is kept before it is used, and is hidden from every log', () => {
    const keep = memoryKeep();
    const at = ear({ keep });
    const secret = at.keys.renew();
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect([...keep.all.values()].join()).toContain(secret);
    expect(at.hidden).toContain(secret);
    expect(ear({ keep }).keys.secrets()).toEqual([secret]);
    expect(ear({ keep }).hidden).toEqual([secret]);
  });

  it('may change while deliveries are on their way: the former one counts until the new one was seen', async () => {
    const keep = memoryKeep();
    const at = ear({ keep });
    const former = at.keys.renew();
    const fresh = at.keys.renew();
    const with_ = (secret: string, n: number): Promise<Response> => {
      const body = JSON.stringify([heartbeat(NOON + n)]);
      return at.post(body, { 'x-enode-signature': signed(secret, body) });
    };
    expect((await with_(former, 1)).status).toBe(200);
    expect((await with_(fresh, 2)).status).toBe(200);
    expect((await with_(former, 3)).status).toBe(401);
    expect(ear({ keep }).keys.secrets()).toEqual([fresh]);
  });

  it('that cannot be read back is as good as none', () => {
    for (const text of ['', '{', '7', '["short"]', '[1,2]', 'null']) {
      const keep = memoryKeep();
      keep.put('webhook_secrets', text);
      expect(ear({ keep }).keys.secrets()).toEqual([]);
    }
  });
});

describe('a request that is no delivery', () => {
  const body = JSON.stringify([heartbeat(NOON)]);
  const cases: readonly [string, number, (at: ReturnType<typeof ear>) => Promise<Response>][] = [
    ['another path', 404, (at) => at.post(body, {}, 'https://home.example/other')],
    ['no signature', 401, (at) => at.post(body)],
    ['a signature of another form', 401, (at) => at.post(body, { 'x-enode-signature': 'sha256=00' })],
    ['a signature by another secret', 401, (at) => at.post(body, { 'x-enode-signature': signed('guess', body) })],
    ['no JSON by its type', 415, (at) => at.deliver(body, { 'content-type': 'text/html' })],
    ['no JSON at all', 400, (at) => at.deliver('[{')],
    ['JSON that is no list', 400, (at) => at.deliver('{"event":"system:heartbeat"}')],
    ['an empty list', 400, (at) => at.deliver('[]')],
    ['a list without any event', 400, (at) => at.deliver('[null,7,{"event":3}]')],
    ['a body beyond all measure', 413, (at) => at.deliver(`[${' '.repeat(2 ** 21)}]`)],
    ['events from three days ago', 409, (at) => at.deliver([carEvent(NOON - 72 * 60 * minute)])],
  ];
  it.each(cases)('%s: %i, counted, told once, nothing learnt', async (_name, status, send) => {
    const at = ear();
    at.keys.renew();
    expect((await send(at)).status).toBe(status);
    expect((await send(at)).status).toBe(status);
    expect(at.facts).toEqual([]);
    expect(at.lines).toHaveLength(1);
    expect(Object.values(at.receiver.counts().refused)).toEqual([2]);
    await at.clock.advance(7 * 60 * minute);
    await send(at);
    expect(at.lines[1]).toMatch(/1 more since/);
  });

  it('a look with a browser: 405, naming the method', async () => {
    const answer = await ear().receiver.receive(new Request(URL_OF_OURS));
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('without any secret nothing is taken', async () => {
    const at = ear();
    expect((await at.deliver([heartbeat(NOON)])).status).toBe(401);
  });

  it('while the cloud’s time is unknown, old events are taken: what is older than the belief is dropped there', async () => {
    const at = ear({ cloudNow: () => null });
    at.keys.renew();
    expect((await at.deliver([carEvent(NOON - 72 * 60 * minute)])).status).toBe(200);
  });

  it('bodies that hang are given up, and many at once are asked to come again, without holding Enode’s own', async () => {
    const at = ear();
    at.keys.renew();
    const headers = { 'content-type': 'application/json', 'x-enode-signature': `sha1=${'0'.repeat(40)}` };
    const hanging = Array.from({ length: 33 }, () => {
      const body = new ReadableStream({ start: (control) => control.enqueue(new Uint8Array(400_000)) });
      const init = { method: 'POST', headers, body, duplex: 'half' };
      return at.receiver.receive(new Request(URL_OF_OURS, init as RequestInit));
    });
    // Whoever comes when the budget of bytes is spent is sent away; those that hang wait for their time to run out.
    const turnedAway = await Promise.race([hanging[32]!, hanging[31]!]);
    expect(turnedAway.status).toBe(503);
    at.passWire(5_000);
    const statuses = (await Promise.all(hanging)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([408, 503]));
    expect((await at.deliver([heartbeat(NOON)])).status).toBe(200);
  });

  it('while it stops, Enode is asked to come again', async () => {
    const at = ear();
    at.keys.renew();
    await at.receiver.stop();
    const answer = await at.deliver([heartbeat(NOON)]);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '10']);
  });
});

describe('hostile input', () => {
  const anyBody = fc.oneof(
    fc.string(),
    fc.json(),
    fc.jsonValue().map((value) => JSON.stringify([value])),
    fc
      .record({
        event: fc.constantFrom(
          'user:vehicle:updated',
          'user:charger:discovered',
          'user:vehicle:deleted',
          'user:vendor-action:updated',
          'user:credentials:invalidated',
          'user:schedule:execution-updated',
          'user:vehicle:smart-charging-status-updated',
          'system:heartbeat',
          '__proto__',
        ),
        createdAt: fc.oneof(fc.string(), fc.constantFrom('2026-05-02T12:00:00Z', '9999-01-01T00:00:00Z')),
        user: fc.oneof(fc.jsonValue(), fc.constant({ id: 'home' })),
        vehicle: fc.jsonValue(),
        charger: fc.jsonValue(),
        vendorAction: fc.oneof(fc.jsonValue(), fc.constant({ kind: 'START', id: 'a', targetId: 'car-1', state: 'X' })),
        schedule: fc.jsonValue(),
        smartChargingStatus: fc.jsonValue(),
        vendor: fc.jsonValue(),
      })
      .map((event) => JSON.stringify([event])),
  );
  const anyHeader = fc.string().map((text) => text.replace(/[^ -~]/g, ''));

  it('signed or not never throws, and what comes with it is not lost', async () => {
    await fc.assert(
      fc.asyncProperty(anyBody, fc.boolean(), anyHeader, anyHeader, async (body, isSigned, signature, id) => {
        const at = ear();
        at.keys.renew();
        const headers: Record<string, string> = isSigned ? {} : { 'x-enode-signature': signature };
        const answer = await at.deliver(body, { ...headers, 'x-enode-delivery': id });
        expect([200, 400, 401, 409]).toContain(answer.status);
        if (!isSigned) expect(at.facts).toEqual([]);
        at.facts.splice(0);
        expect((await at.deliver([carEvent(NOON)], { 'x-enode-delivery': `${id} again` })).status).toBe(200);
        expect(at.kinds()).toContain('vehicle_reported');
        expect(at.lines.join()).not.toContain(at.keys.secrets()[0]);
      }),
      { numRuns: 100 },
    );
  });

  it('a good event beside bad ones is told', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue(), { maxLength: 5 }), fc.nat(5), async (bad, where) => {
        const at = ear();
        at.keys.renew();
        const events: unknown[] = [...bad];
        events.splice(where, 0, carEvent(NOON));
        expect((await at.deliver(events)).status).toBe(200);
        expect(at.kinds().filter((kind) => kind === 'vehicle_reported')).toHaveLength(1);
      }),
      { numRuns: 100 },
    );
  });
});
