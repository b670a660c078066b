// What brokers may answer, byte by byte, and what we make of it.
import type { Duplex } from 'node:stream';
import { parser } from 'mqtt-packet';
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/domain/fact.ts';
import { seededEntropy } from '../../src/kernel/entropy.ts';
import { SimulatedClock } from '../../src/kernel/simulated-clock.ts';
import { createCommands } from '../../src/mqtt/commands.ts';
import { memoryInventory } from '../../src/mqtt/inventory.ts';
import { memoryPair } from '../../src/mqtt/memory-duplex.ts';
import { createMqtt } from '../../src/mqtt/mqtt.ts';
import { createRequests } from '../../src/mqtt/requests.ts';
import { openSession, type Session } from '../../src/mqtt/session.ts';
import { createTopics } from '../../src/mqtt/topics.ts';
import { carId, manualWire, morning, portrait, recordedLog, runsFrom, settings } from './support.ts';

const CONNECTED_5 = [0x20, 3, 0, 0, 0];
const CONNECTED_4 = [0x20, 2, 0, 0];
const connack5 = (code: number): number[] => [0x20, 3, 0, code, 0];

/** Each connection gets the next answer; null = closed without a word; or `played` has the whole other end. The version asked for is in the CONNECT's eighth byte after its length. */
function scripted(answers: readonly (readonly (readonly number[])[] | null)[], played?: (theirs: Duplex) => void) {
  const world = new SimulatedClock(morning);
  const wire = manualWire();
  const log = recordedLog();
  const facts: Fact[] = [];
  const versions: number[] = [];
  const connect = (): Duplex => {
    const [ours, theirs] = memoryPair(() => world.stir());
    const answer = versions.length < answers.length ? answers[versions.length]! : [];
    theirs.on('error', () => {});
    if (played) {
      played(theirs);
      return ours;
    }
    theirs.once('data', (bytes: Buffer) => {
      versions.push(bytes[bytes.indexOf('MQTT') + 4]!);
      if (answer === null) return void theirs.destroy();
      for (const packet of answer) theirs.write(Buffer.from(packet));
      theirs.resume();
    });
    return ours;
  };
  const mqtt = createMqtt({
    settings: { ...settings, protocol: 5 },
    clock: { world, wire },
    entropy: seededEntropy(1),
    log,
    tell: (fact) => void facts.push(fact),
    installation: 'a1b2c3',
    instance: 'first',
    runs: runsFrom(1),
    inventory: memoryInventory(),
    ask: () => {},
    world: () => ({ simulated: true, speed: 1 }),
    connect,
  });
  const play = async (rounds: number): Promise<void> => {
    mqtt.start();
    for (let round = 0; round < rounds; round++) {
      await world.settle();
      wire.pass(0);
      await world.settle();
      if (round < rounds - 1) wire.pass(31_000);
    }
  };
  return { play, log, facts, versions, mqtt, world };
}

describe('the version', () => {
  it.each([
    ['with MQTT 5 words', [connack5(0x84)]],
    ['with 3.1.1 words', [[0x20, 2, 0, 1]]],
    ['without a word', null],
  ])('is 3.1.1 when the broker refuses 5 %s', async (_how, refusal) => {
    const { play, versions, mqtt } = scripted([refusal, [CONNECTED_4]]);
    await play(1);
    expect(versions).toEqual([5, 4]);
    expect(mqtt.connected()).toBe(true);
  });

  it('is tried anew after a silence that was no refusal', async () => {
    const { play, versions } = scripted([null, null, [CONNECTED_5]]);
    await play(2);
    expect(versions).toEqual([5, 4, 5]);
  });
});

describe('what the broker says', () => {
  it.each([
    [0x86, /refused our name or password/],
    [0x87, /refused our name or password/],
    [0x85, /refused our client id enode2mqtta1b2c3/],
    [0x88, /No MQTT connection with the broker: Connection refused/],
  ])('code %i at the beginning', async (code, said) => {
    const { play, log } = scripted([[connack5(code)]]);
    await play(1);
    expect(log.lines[0]).toMatch(said);
  });

  it('of another client with our id is told and said', async () => {
    const { play, log, facts } = scripted([[CONNECTED_5, [0xe0, 2, 0x8e, 0]]]);
    await play(1);
    expect(facts).toEqual([{ kind: 'double_seen', where: 'broker', detail: 'client id enode2mqtta1b2c3' }]);
    expect(log.lines.at(-1)).toMatch(/^warn Another client uses our client id/);
  });

  it('may be nonsense', async () => {
    const { play, log, mqtt } = scripted([[[0xff, 0xff, 0xff, 0xff, 0xff]], [[0x48, 0x54, 0x54, 0x50]], [CONNECTED_5]]);
    await play(4);
    expect(mqtt.connected()).toBe(true);
    expect(log.lines.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});

describe('a right that is missing', () => {
  it('is said once for each topic, however often we publish there', async () => {
    const packets = parser({ protocolVersion: 5 });
    let answer = (_bytes: readonly number[]): void => {};
    packets.on('packet', (packet) => {
      if (packet.cmd === 'connect') answer(CONNECTED_5);
      const id = packet.messageId ?? 0;
      // 0x87: not authorized [MQTT-5 3.4.2.1].
      if (packet.cmd === 'publish') answer([0x40, 3, id >> 8, id & 0xff, 0x87]);
    });
    const { play, log, mqtt, world } = scripted([], (theirs) => {
      answer = (bytes) => void theirs.write(Buffer.from(bytes));
      theirs.on('data', (bytes: Buffer) => packets.parse(bytes));
    });
    mqtt.show(portrait('bridge'));
    await play(1);
    for (const requests_today of [1, 2, 3]) {
      mqtt.show(portrait('bridge', { state: { requests_today } }));
      await world.settle();
    }
    const said = log.lines.filter((line) => line.startsWith('warn'));
    expect(said).toHaveLength(3);
    expect(said.filter((line) => line.includes('publish to enode2mqtt/bridge/info '))).toHaveLength(1);
  });
});

describe('what did not get through because the connection ends', () => {
  const opened = async () => {
    const world = new SimulatedClock(morning);
    const wire = manualWire();
    const [ours, theirs] = memoryPair(() => world.stir());
    theirs.on('error', () => {});
    theirs.once('data', () => void theirs.write(Buffer.from(CONNECTED_5)));
    const refusals: string[] = [];
    let session: Session | undefined;
    openSession({
      stream: ours,
      version: 5,
      clientId: 'me',
      credentials: null,
      will: { topic: 'state', payload: 'offline' },
      clock: { world, wire },
      onOpen: (made) => {
        session = made;
      },
      onMessage: () => {},
      onEnd: () => {},
      onRefusal: (what) => void refusals.push(what),
    });
    await world.settle();
    return { world, wire, theirs, refusals, session: session! };
  };

  it('is not taken for a missing right: said after the goodbye', async () => {
    const { session, world, wire, refusals } = await opened();
    const closed = session.close(2_000);
    session.publish('late', 'word', true);
    await world.settle();
    session.publish('later', 'word', true);
    await world.settle();
    wire.pass(3_000);
    await closed;
    session.publish('latest', 'word', true);
    expect(refusals).toEqual([]);
  });

  it('is not taken for a missing right: never acknowledged', async () => {
    const { session, world, theirs, refusals } = await opened();
    session.publish('early', 'word', true);
    await world.settle();
    theirs.destroy();
    await world.settle();
    expect(refusals).toEqual([]);
  });
});

describe('a late command', () => {
  it('is refused and said', () => {
    const facts: Fact[] = [];
    const log = recordedLog();
    const commands = createCommands({
      topics: createTopics(settings.topics, 'a1b2c3'),
      clock: new SimulatedClock(morning),
      log,
      tell: (fact) => void facts.push(fact),
      transaction: () => 't',
      answer: () => {},
    });
    const message = { topic: `enode2mqtt/vehicle/${carId}/charging/set`, payload: Buffer.from('ON'), retained: false };
    commands.receive({ ...message, expiry: 0 });
    expect(facts).toEqual([]);
    expect(log.lines).toEqual([expect.stringContaining('came too late')]);
    commands.receive({ ...message, expiry: 59 });
    expect(facts).toHaveLength(1);
  });
});

describe('a late request', () => {
  it('is answered, not obeyed', () => {
    const asked: string[] = [];
    const answers: string[] = [];
    const requests = createRequests({
      topics: createTopics(settings.topics, 'a1b2c3'),
      log: recordedLog(),
      answer: (verb, text) => void answers.push(`${verb} ${text}`),
      ask: (verb) => void asked.push(verb),
    });
    const message = { topic: 'enode2mqtt/bridge/request/refresh', payload: Buffer.from('{}'), retained: false };
    requests.receive({ ...message, expiry: 0 });
    expect(asked).toEqual([]);
    expect(answers).toEqual([expect.stringMatching(/^refresh .*"too_late"/)]);
    requests.receive({ ...message, expiry: 59 });
    expect(asked).toEqual(['refresh']);
  });
});
