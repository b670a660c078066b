// Whatever strangers send over MQTT, and whatever the cloud answers: the whole daemon neither crashes nor loses a wish.
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { commandKeys } from '../../src/surface/keys.ts';
import { verbs } from '../../src/surface/verbs.ts';
import { blue, garage, type WholeHouse, wholeHouse } from './support.ts';

let house: WholeHouse;
afterEach(() => house.stop());

const keys = [
  ...commandKeys.vehicle,
  ...commandKeys.charger,
  ...commandKeys.site,
  ...commandKeys.bridge,
  'max_current',
  'nonsense',
];
const topics = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(`vehicle/${blue}`, `charger/${garage}`, 'vehicle/nobody', 'site', 'bridge'),
      fc.constantFrom(...keys),
    )
    .map((parts) => `enode2mqtt/${parts.join('/')}/set`),
  fc.constantFrom(...verbs, 'nonsense').map((verb) => `enode2mqtt/bridge/request/${verb}`),
  fc.constantFrom('enode2mqtt/bridge/info', 'homeassistant/status', 'homeassistant/device/enode2mqtt_x/config'),
);
const words = [
  '',
  'ON ',
  'on',
  'null',
  'NaN',
  '1e999',
  '-0',
  '101',
  '2026-02-31T10:00:00Z',
  '{}',
  '[]',
  '{"id":',
  '{"id":{"toString":1}}',
  '\u0000',
  '9'.repeat(5_000),
];
const payloads = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.json(), fc.constantFrom(...words));

const ids = fc.constantFrom<unknown>(blue, garage, 'nobody', '', 7, null, `${blue}/../x`, '%2e%2e');
const odd = fc.oneof(
  fc.constantFrom<unknown>(null, '', 0, [], {}, 'x'.repeat(600), 'javascript:1', '\u0000'),
  fc.json(),
);
const some = <T>(good: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: good as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: odd });
const fields = {
  id: ids,
  type: some(fc.constantFrom('vehicle', 'charger', 'both')),
  user: some(fc.constant('home')),
  vendor: some(fc.constantFrom('KIA', 'tesla', 'ZZZ')),
  language: some(fc.constantFrom('de', 'browser')),
  redirect_uri: some(fc.constantFrom('https://a.example/b', 'myapp://x', 'about:blank')),
  all: some(fc.boolean()),
  place: some(fc.constantFrom('home', 'elsewhere')),
  name: some(fc.constant('Home')),
  latitude: some(fc.double({ min: -100, max: 100 })),
  longitude: some(fc.constantFrom(5.1214, -181, 0)),
  time_zone: some(fc.constantFrom('Europe/Berlin', 'Mars/Base', 'UTC')),
};
/** Fields that the verb takes, and sometimes one that it does not. */
const asking = (verb: string, known: readonly (keyof typeof fields)[]) =>
  fc
    .record(Object.fromEntries(known.map((name) => [name, fields[name]])), { requiredKeys: [] })
    .chain((data) => fc.constantFrom(data, data, { ...data, surplus: 1 }))
    .map((data) => ({ verb, data }));
const askings = fc.oneof(
  asking('link', ['type', 'user', 'vendor', 'language', 'redirect_uri']),
  asking('relink', ['id', 'language', 'redirect_uri']),
  asking('unlink', ['id', 'all']),
  asking('place_charger', ['id', 'place', 'name', 'latitude', 'longitude', 'time_zone']),
);

describe('hostile input', () => {
  it('about accounts and places: each gets an answer with a sentence, nothing is unlinked without the word, no vehicle is placed', {
    timeout: 60_000,
  }, async () => {
    house = await wholeHouse();
    await house.advance(30);
    await fc.assert(
      fc.asyncProperty(askings, fc.nat(), async ({ verb, data }, transaction) => {
        const answer = (await house.ask(verb, { ...data, transaction })) as never as {
          status: string;
          transaction: number;
          error?: { code: string; message: string };
        };
        expect(answer.transaction).toBe(transaction);
        if (answer.status === 'error') expect(answer.error!.message).toMatch(/^\S.*[.!]$/s);
      }),
      { numRuns: 150, seed: 5 },
    );
    const asked = house.simulator.control.requests(0).map(({ method, path }) => `${method} ${path}`);
    expect(asked.filter((one) => /^(DELETE|PUT \/vehicles)/.test(one))).toEqual([]);
    expect(house.commands()).toEqual([]);
    expect(house.lines.filter((line) => /^ERROR/.test(line))).toEqual([]);
    const text = house.lines.join('\n');
    for (const { payload } of house.heard) {
      const secret = /\/link\/([0-9a-f]{40,})/.exec(payload)?.[1];
      if (secret) expect(text).not.toContain(secret);
    }
  });

  it('over MQTT: no crash, no command at the cloud, and the next toggle is carried out', {
    timeout: 60_000,
  }, async () => {
    house = await wholeHouse({ settings: { observeOnly: false } });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(topics, payloads), { minLength: 1, maxLength: 20 }), async (storm) => {
        const before = house.commands().length;
        for (const [topic, payload] of storm) {
          // A well-formed command may come out of the dice too; those are other tests' matter.
          if (['ON', 'OFF', 'PRESS', 'now', 'off', 'online'].includes(payload.trim())) continue;
          await house.send(topic, payload);
        }
        expect(house.commands()).toHaveLength(before);
      }),
      { numRuns: 40, seed: 7 },
    );
    expect(house.lines.filter((line) => /^ERROR/.test(line))).toEqual([]);
    await house.send(`enode2mqtt/vehicle/${blue}/charging/set`, 'ON');
    await house.advance(300);
    expect(house.vehicle(blue)).toMatchObject({ command: 'confirmed', charging: true });
  });

  it('from the cloud, fault upon fault: no crash, and all is well an hour after the last', {
    timeout: 60_000,
  }, async () => {
    house = await wholeHouse({ settings: { requestsPerDay: 50_000 } });
    const faults = fc.oneof(
      fc.record({
        kind: fc.constantFrom('down', 'malformed', 'unknownValues', 'loseAction', 'expireTokens'),
        seconds: fc.integer({ min: 1, max: 900 }),
      }),
      fc.record({
        kind: fc.constant('status'),
        status: fc.constantFrom(400, 401, 403, 404, 409, 418, 422, 429, 500, 503),
        seconds: fc.integer({ min: 1, max: 900 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(faults, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('ON', 'OFF'),
        async (some, toggle) => {
          for (const fault of some) await house.control('POST', '/faults', fault);
          await house.send(`enode2mqtt/vehicle/${blue}/charging/set`, toggle);
          await house.advance(1_200);
        },
      ),
      { numRuns: 25, seed: 11 },
    );
    await house.control('DELETE', '/faults');
    await house.advance(7_200);
    expect(house.lines.filter((line) => /^ERROR/.test(line))).toEqual([]);
    expect(JSON.parse(house.last('enode2mqtt/bridge/info')!)).toMatchObject({ cloud: true, problem: false });
    expect(['idle', 'confirmed', 'failed', 'refused', 'cancelled', 'superseded']).toContain(
      house.vehicle(blue).command,
    );
    await house.control('PATCH', `/vehicles/${blue}`, { batteryLevel: 40 });
    await house.advance(1_800);
    const charging = house.vehicle(blue).charging === true;
    await house.send(`enode2mqtt/vehicle/${blue}/charging/set`, charging ? 'OFF' : 'ON');
    await house.advance(600);
    expect(house.vehicle(blue)).toMatchObject({ command: 'confirmed', charging: !charging });
  });
});
