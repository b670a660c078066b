// The whole MQTT side with the real mqtt and broker libraries over a wire in memory; world time passes only when told to.
import { readFileSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { reason } from '../../src/domain/telling/reason.ts';
import { UserError } from '../../src/kernel/errors.ts';
import type { Reply } from '../../src/loop/ports.ts';
import { stateKeys } from '../../src/surface/keys.ts';
import type { Question } from '../../src/surface/verbs.ts';
import { boxId, carId, credentials, type MemoryHouse, memoryHouse, portrait, runsFrom, settings } from './support.ts';

let ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends) await end();
  ends = [];
});

async function house(...options: Parameters<typeof memoryHouse>): Promise<MemoryHouse> {
  const made = await memoryHouse(...options);
  ends.push(made.stop);
  return made;
}

async function started(...options: Parameters<typeof memoryHouse>): Promise<MemoryHouse> {
  const made = await house(...options);
  for (const kind of ['bridge', 'site', 'vehicle', 'charger'] as const) made.mqtt.show(portrait(kind));
  made.mqtt.start();
  await made.world.settle();
  return made;
}

const reply = (more: Partial<Reply>): Reply => ({
  transaction: 'first-1',
  ok: true,
  command: null,
  reason: null,
  sentence: null,
  field: null,
  ...more,
});
const car = `enode2mqtt/vehicle/${carId}`;

/** Connections that a test can tear down. */
const kept = (wires: Duplex[], connect: () => Duplex) => (): Duplex => {
  const wire = connect();
  wires.push(wire);
  return wire;
};

describe('what any MQTT client sees', () => {
  it('is everything, retained, with every key there', async () => {
    const { client } = await started();
    const watch = await client('watch');
    expect(watch.last('enode2mqtt/bridge/state')).toBe('online');
    expect(Object.keys(watch.json(`${car}/state`)).sort()).toEqual([...stateKeys.vehicle].sort());
    expect(watch.json('enode2mqtt/bridge/info')).toMatchObject({
      installation: 'a1b2c3',
      instance: 'first',
      simulated: true,
      speed: 1,
      cloud: null,
    });
    expect(watch.json(`homeassistant/device/enode2mqtt_${boxId}/config`)).toMatchObject({
      device: { via_device: 'enode2mqtt_a1b2c3' },
    });
    expect(watch.got.every(({ retained }) => retained)).toBe(true);
  });

  it('turns offline by a goodbye, and by the will when we are gone without one', async () => {
    const { mqtt, client, world, embedded, daemon } = await started();
    const watch = await client('watch', 'enode2mqtt/bridge/state');
    await mqtt.stop();
    await world.settle();
    expect(watch.got.map(({ payload }) => payload)).toEqual(['online', 'offline']);
    const wires: Duplex[] = [];
    const killed = daemon({ instance: 'second', connect: kept(wires, embedded.connect) });
    killed.show(portrait('bridge'));
    killed.start();
    await world.settle();
    wires[0]!.destroy();
    await world.settle();
    expect(watch.got.map(({ payload }) => payload)).toEqual(['online', 'offline', 'online', 'offline']);
  });
});

describe('a command', () => {
  it('is told at once, with a transaction of ours', async () => {
    const { client, facts } = await started();
    const phone = await client('phone');
    await phone.send(`${car}/charging/set`, 'ON');
    await phone.send('enode2mqtt/bridge/refresh/set', 'PRESS');
    expect(facts).toEqual([
      {
        kind: 'commanded',
        subjectKind: 'vehicle',
        transaction: 'first-1',
        subject: carId,
        order: { kind: 'charging', want: 'start', anywhere: false, route: null },
        from: 'switch',
      },
      { kind: 'commanded', transaction: 'first-2', subject: 'site', order: { kind: 'refresh' }, from: 'switch' },
    ]);
  });

  it('that was retained is ignored, and that is said once per topic', async () => {
    const { client, facts, log, wire, world, embedded, daemon } = await house();
    const phone = await client('phone', 'none');
    await phone.send(`${car}/charging/set`, 'ON', true);
    for (const instance of ['one', 'two']) {
      const one = daemon({ instance, installation: instance, connect: embedded.connect });
      one.start();
      await world.settle();
    }
    expect(wire.now()).toBe(0);
    expect(facts).toEqual([]);
    expect(log.lines.filter((line) => line.includes('retained command'))).toHaveLength(2);
  });

  it('that is wrong is refused with the field and the remedy', async () => {
    const { client, facts, log } = await started();
    const phone = await client('phone', 'enode2mqtt/bridge/response/#');
    await phone.send(`${car}/target/set`, '300');
    await phone.send(`${car}/target/set`, '300');
    expect(facts).toEqual([]);
    expect(phone.json('enode2mqtt/bridge/response/error')).toEqual({
      status: 'error',
      error: {
        code: 'invalid',
        message: 'target: "300" is not a percentage; send a number from 0 to 100.',
        field: 'target',
      },
      topic: `${car}/target/set`,
    });
    expect(log.lines.filter((line) => line.includes('target: "300"'))).toHaveLength(1);
  });

  it('that the house refuses is answered where MQTT clients can see it', async () => {
    const { client, mqtt, world } = await started();
    const phone = await client('phone', 'enode2mqtt/bridge/response/#');
    await phone.send(`${car}/charging/set`, 'OFF');
    mqtt.reply(
      reply({ ok: false, command: 'refused', reason: reason('refused_away'), sentence: 'Refused: not at home.' }),
    );
    await world.settle();
    expect(phone.json('enode2mqtt/bridge/response/error')).toMatchObject({
      error: { code: 'refused_away', message: 'Refused: not at home.' },
    });
  });
});

describe('a request', () => {
  it('is answered with its own transaction', async () => {
    const { client, mqtt, facts, world } = await started();
    const script = await client('script', 'enode2mqtt/bridge/response/#');
    await script.send(
      'enode2mqtt/bridge/request/command',
      JSON.stringify({ transaction: 7, id: carId, command: 'stop', anywhere: true }),
    );
    expect(facts.at(-1)).toMatchObject({
      from: 'verb',
      subject: carId,
      order: { kind: 'charging', want: 'stop', anywhere: true },
    });
    mqtt.reply(reply({ command: 'requested', reason: reason('requested'), sentence: 'Asking Enode.' }));
    await world.settle();
    expect(script.json('enode2mqtt/bridge/response/command')).toEqual({
      status: 'ok',
      data: { command: 'requested', reason: 'requested', message: 'Asking Enode.' },
      transaction: 7,
    });
  });

  it('that is refused says why and which field', async () => {
    const { client, mqtt, world } = await started();
    const script = await client('script', 'enode2mqtt/bridge/response/#');
    await script.send('enode2mqtt/bridge/request/cancel', '{"id":"nobody","transaction":"x"}');
    mqtt.reply(reply({ ok: false, reason: reason('refused_unknown_asset'), sentence: 'No such asset.', field: 'id' }));
    await world.settle();
    const error = { code: 'refused_unknown_asset', message: 'No such asset.', field: 'id' };
    expect(script.json('enode2mqtt/bridge/response/cancel')).toEqual({ status: 'error', error, transaction: 'x' });
  });

  it.each([
    ['refresh', '{"transaction":1', 'refresh', 'bad_json'],
    ['nonsense', '{}', 'nonsense', 'unknown_verb'],
    ['../evil', '{}', undefined, undefined],
    ['BAD', '{}', 'error', 'unknown_verb'],
    ['refresh', `{"transaction":"${'x'.repeat(70_000)}"}`, 'refresh', 'too_large'],
  ])('%s %.20s is answered on %s with %s', async (verb, payload, on, code) => {
    const { client, facts } = await started();
    const script = await client('script', 'enode2mqtt/bridge/response/#');
    await script.send(`enode2mqtt/bridge/request/${verb}`, payload);
    expect(facts).toEqual([]);
    if (on === undefined) expect(script.got).toEqual([]);
    else expect(script.json(`enode2mqtt/bridge/response/${on}`)).toMatchObject({ status: 'error', error: { code } });
  });

  it('to the daemon is answered by it, in good and in bad', async () => {
    const onQuestion = async ({ verb, data }: Question) => {
      if (verb === 'diagnostics') return { devices: 2 };
      if (verb === 'log_level' && data.level === 'error') throw new Error('secret inside');
      throw new UserError('level: not now.', { field: 'level' });
    };
    const { client, world } = await started({ onQuestion });
    const script = await client('script', 'enode2mqtt/bridge/response/#');
    await script.send('enode2mqtt/bridge/request/diagnostics', '');
    await world.settle();
    expect(script.json('enode2mqtt/bridge/response/diagnostics')).toEqual({ status: 'ok', data: { devices: 2 } });
    await script.send('enode2mqtt/bridge/request/log_level', '{"level":"warn"}');
    expect(script.json('enode2mqtt/bridge/response/log_level')).toMatchObject({
      error: { code: 'invalid', field: 'level' },
    });
    await script.send('enode2mqtt/bridge/request/log_level', '{"level":"error"}');
    expect(script.last('enode2mqtt/bridge/response/log_level')).not.toContain('secret inside');
  });

  it('that nobody decides is not left without an answer', async () => {
    const { client, world } = await started();
    const script = await client('script', 'enode2mqtt/bridge/response/#');
    await script.send('enode2mqtt/bridge/request/refresh', '{"transaction":"t"}');
    await world.advance(30_000);
    await world.settle();
    expect(script.json('enode2mqtt/bridge/response/refresh')).toMatchObject({
      error: { code: 'no_answer' },
      transaction: 't',
    });
  });

  it('may ask for what a person deleted in Home Assistant', async () => {
    const { client } = await started();
    const config = `homeassistant/device/enode2mqtt_${carId}/config`;
    const assistant = await client('assistant', config);
    for (let entity = 0; entity < 3; entity++) await assistant.send(config, '', true);
    await assistant.send('homeassistant/status', 'online');
    expect(assistant.got.filter(({ payload }) => payload !== '')).toHaveLength(1);
    await assistant.send('enode2mqtt/bridge/request/refresh', '{"announce":true}');
    expect(assistant.got.filter(({ payload }) => payload !== '')).toHaveLength(2);
  });
});

describe('Home Assistant', () => {
  it('gets everything again after its birth', async () => {
    const { client, world } = await started();
    const assistant = await client('assistant', 'homeassistant/device/#');
    const before = assistant.got.length;
    await assistant.send('homeassistant/status', 'offline');
    await world.advance(11_000);
    expect(assistant.got).toHaveLength(before);
    await assistant.send('homeassistant/status', 'online');
    await world.advance(11_000);
    await world.settle();
    expect(assistant.got).toHaveLength(2 * before);
  });
});

describe('a second daemon at the same topics', () => {
  it('is seen by both, once; what was left behind by a dead one is not', async () => {
    const { facts, world, daemon } = await started();
    const second: unknown[] = [];
    const other = daemon({ installation: 'ffffff', instance: 'second', tell: (fact) => void second.push(fact) });
    other.show(portrait('bridge'));
    other.start();
    await world.settle();
    other.showInfo();
    await world.settle();
    expect(facts).toEqual([{ kind: 'double_seen', where: 'broker', detail: 'instance second under "enode2mqtt"' }]);
    expect(second).toEqual([{ kind: 'double_seen', where: 'broker', detail: 'instance first under "enode2mqtt"' }]);
    await other.stop();
    const third: unknown[] = [];
    await ends.splice(0)[0]!();
    const alone = await started({ instance: 'third', tell: (fact) => void third.push(fact) });
    await alone.world.advance(1_000);
    expect(third).toEqual([]);
  });
});

describe('an older copy of this database', () => {
  const info = 'enode2mqtt/bridge/info';
  const begun = async (run: number, left: object): Promise<MemoryHouse> => {
    const made = await house({ instance: 'second', runs: runsFrom(run) });
    made.mqtt.show(portrait('bridge'));
    const former = await made.client('former');
    await former.send(info, JSON.stringify(left), true);
    made.mqtt.start();
    await made.world.settle();
    return made;
  };

  it.each<[string, number, object]>([
    ['our former self', 7, { installation: 'a1b2c3', instance: 'first', run: 6 }],
    ['ourselves', 7, { installation: 'a1b2c3', instance: 'second', run: 7 }],
    ['an earlier version that did not count', 7, { installation: 'a1b2c3', instance: 'first' }],
    ['another installation', 7, { installation: 'ffffff', instance: 'first', run: 70 }],
    ['nonsense', 7, { installation: 'a1b2c3', instance: 'first', run: 1e300 }],
  ])('is not seen in what %s left behind', async (_who, run, left) => {
    const { facts } = await begun(run, left);
    expect(facts).toEqual([]);
  });

  it.each([
    ['later', 9],
    ['as late', 7],
  ])(
    'is seen when the broker remembers a start of it that came %s; told once, then we are ahead',
    async (_when, run) => {
      const { facts, client, world } = await begun(7, { installation: 'a1b2c3', instance: 'first', run });
      const seen = { kind: 'double_seen', where: 'memory', detail: `start ${run}, this one is 7` };
      expect(facts).toEqual([seen]);
      const watch = await client('watch', info);
      expect(watch.json(info)).toMatchObject({ instance: 'second', run: run + 1 });
      await world.advance(60_000);
      expect(facts).toEqual([seen]);
    },
  );
});

describe('the connection', () => {
  it('comes back by itself with everything, and says each change once', async () => {
    const wires: Duplex[] = [];
    const made: MemoryHouse = await house({ connect: kept(wires, () => made.embedded.connect()) });
    made.mqtt.show(portrait('bridge'));
    made.mqtt.start();
    await made.world.settle();
    expect(made.mqtt.connected()).toBe(true);
    const watch = await made.client('watch', 'enode2mqtt/bridge/state');
    wires[0]!.destroy();
    await made.world.settle();
    expect(made.mqtt.connected()).toBe(false);
    made.wire.pass(1_000);
    await made.world.settle();
    expect(made.mqtt.connected()).toBe(true);
    expect(watch.got.map(({ payload }) => payload)).toEqual(['online', 'offline', 'online']);
    expect(made.log.lines.filter((line) => !line.startsWith('debug'))).toEqual([
      'info Connected with the broker, MQTT 3.1.1.',
      'warn Lost the connection with the broker: the connection was closed. Trying again by itself.',
      'info Connected with the broker, MQTT 3.1.1.',
    ]);
  });

  it('asks for the credentials again after a refusal, and says it once', async () => {
    const given = ['wrong', 'wrong', 'right'];
    let asked = 0;
    const made = await house(
      { settings: { ...settings, credentials: async () => credentials('house', given[asked++]!) } },
      { credentials: credentials('house', 'right') },
    );
    made.mqtt.start();
    for (let attempt = 0; attempt < 3; attempt++) {
      await made.world.settle();
      made.wire.pass(60_000);
    }
    await made.world.settle();
    expect(made.mqtt.connected()).toBe(true);
    expect(asked).toBe(3);
    expect(made.log.lines.filter((line) => line.startsWith('warn'))).toEqual([
      'warn The broker refused our name or password: check broker_username and broker_password.',
    ]);
  });

  it('falls back to 3.1.1 where the broker does not speak MQTT 5', async () => {
    const made = await house({ settings: { ...settings, protocol: 5 } });
    made.mqtt.start();
    await made.world.settle();
    made.wire.pass(30_000);
    await made.world.settle();
    expect(made.mqtt.connected()).toBe(true);
    expect(made.log.lines).toContain('info Connected with the broker, MQTT 3.1.1.');
  });

  it('of two with one client id is called by its name, and told', async () => {
    const made = await house();
    const twin = made.daemon({ instance: 'twin' });
    made.mqtt.start();
    await made.world.settle();
    twin.start();
    for (let fight = 0; fight < 12; fight++) {
      await made.world.settle();
      made.wire.pass(5_000);
    }
    expect(made.facts).toContainEqual({ kind: 'double_seen', where: 'broker', detail: 'client id enode2mqtta1b2c3' });
    const said = made.log.lines.filter((line) => line.includes('Perhaps another client uses our client id'));
    // Both daemons share this log; each says it once, however long they fight.
    expect(said.length).toBeGreaterThan(0);
    expect(said.length).toBeLessThanOrEqual(2);
  });

  it('that cannot be made is said once, and tried for ever', async () => {
    let tries = 0;
    const made = await house({
      connect: () => {
        tries++;
        throw new Error('Nothing listens there.');
      },
    });
    made.mqtt.start();
    for (let attempt = 0; attempt < 5; attempt++) {
      await made.world.settle();
      made.wire.pass(30_000);
    }
    await made.world.settle();
    expect(tries).toBe(6);
    expect(made.log.lines).toEqual(['warn Nothing listens there.']);
  });
});

describe('hostile messages', () => {
  it('never end the connection and never break anything', async () => {
    const { client, log, mqtt, world, facts } = await started();
    const stranger = await client('stranger', 'none');
    const level = fc.string({ unit: fc.constantFrom('a', 'é', ' ', '-', '1', '🚗', '.'), minLength: 1, maxLength: 8 });
    const key = fc.oneof(
      fc.constantFrom('charging', 'mode', 'target', 'departure', 'resume', 'minimum', 'pause', 'refresh'),
      level,
    );
    const topic = fc.oneof(
      fc
        .tuple(fc.constantFrom('vehicle', 'charger', 'boat'), level, key)
        .map(([kind, id, name]) => `enode2mqtt/${kind}/${id}/${name}/set`),
      fc.tuple(fc.constantFrom('site', 'bridge'), key).map(([kind, name]) => `enode2mqtt/${kind}/${name}/set`),
      fc
        .oneof(fc.constantFrom('command', 'refresh', 'cancel', 'forget', 'log_level'), level)
        .map((verb) => `enode2mqtt/bridge/request/${verb}`),
      fc.constantFrom('enode2mqtt/bridge/info', 'homeassistant/status', 'homeassistant/device/x/config'),
    );
    const payload = fc.oneof(
      fc.uint8Array({ maxLength: 100 }),
      fc.json().map((text) => Buffer.from(text)),
      fc.constant(Buffer.from('ON')),
    );
    await fc.assert(
      fc.asyncProperty(topic, payload, fc.boolean(), async (where, bytes, retain) => {
        await stranger.send(where, Buffer.from(bytes), retain);
      }),
      { numRuns: 200 },
    );
    await world.settle();
    expect(mqtt.connected()).toBe(true);
    expect(log.lines.filter((line) => line.startsWith('error'))).toEqual([]);
    const before = facts.length;
    await stranger.send(`${car}/charging/set`, 'ON');
    expect(facts).toHaveLength(before + 1);
  });
});

describe('the same day twice', () => {
  it('gives the same messages in the same order', async () => {
    const day = async (): Promise<string[]> => {
      const { mqtt, client, world, stop } = await memoryHouse();
      const watch = await client('watch');
      mqtt.start();
      for (let minute = 0; minute < 30; minute++) {
        for (const kind of ['bridge', 'vehicle', 'charger'] as const)
          mqtt.show(portrait(kind, { state: { charge_power: minute % 7, requests_today: minute } }));
        if (minute === 10) await watch.send('homeassistant/status', 'online');
        await world.advance(60_000);
      }
      await world.settle();
      await stop();
      return watch.got.map(({ topic, payload }) => `${topic} ${payload}`);
    };
    const first = await day();
    expect(first.length).toBeGreaterThan(60);
    expect(await day()).toEqual(first);
  });
});

describe('the golden lists', () => {
  it('name every key of the state', () => {
    for (const kind of ['vehicle', 'charger', 'site', 'bridge'] as const) {
      const { entities } = JSON.parse(readFileSync(new URL(`golden/${kind}.json`, import.meta.url), 'utf8')) as {
        entities: { key: string }[];
      };
      expect(entities.map(({ key }) => key)).toEqual(expect.arrayContaining([...stateKeys[kind]]));
    }
  });
});
