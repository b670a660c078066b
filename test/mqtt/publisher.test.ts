import { describe, expect, it } from 'vitest';
import { SimulatedClock } from '../../src/kernel/simulated-clock.ts';
import { createAnnouncer } from '../../src/mqtt/announcer.ts';
import { memoryInventory } from '../../src/mqtt/inventory.ts';
import { createPublisher } from '../../src/mqtt/publisher.ts';
import type { MqttSettings } from '../../src/mqtt/settings.ts';
import { createTopics } from '../../src/mqtt/topics.ts';
import { boxId, carId, morning, portrait, recordedLog, recordingSession, settings } from './support.ts';

function room(more: Partial<MqttSettings> = {}, inventory = memoryInventory(), speed = 1) {
  const clock = new SimulatedClock(morning);
  const log = recordedLog();
  const own = { ...settings, ...more };
  const topics = createTopics(own.topics, 'a1b2c3');
  const announcer = createAnnouncer({ settings: own, topics, clock, inventory, log, speed: () => speed });
  const publisher = createPublisher({
    topics,
    announcer,
    clock,
    log,
    info: () => ({ instance: 'first', simulated: true, speed: 1 }),
  });
  return { clock, log, topics, publisher, inventory };
}

const car = `enode2mqtt/vehicle/${carId}`;
const carConfig = `homeassistant/device/enode2mqtt_${carId}/config`;
const bridgeConfig = 'homeassistant/device/enode2mqtt_a1b2c3/config';

describe('a new connection', () => {
  it('announces the parent first, then online, then the others whole', () => {
    const { publisher } = room();
    publisher.show(portrait('vehicle'));
    publisher.show(portrait('site'));
    publisher.show(portrait('bridge'));
    const session = recordingSession();
    publisher.opened(session);
    expect(session.topics()).toEqual([
      bridgeConfig,
      'enode2mqtt/bridge/info',
      'enode2mqtt/bridge/state',
      'homeassistant/device/enode2mqtt_a1b2c3_site/config',
      'enode2mqtt/site/state',
      carConfig,
      `${car}/availability`,
      `${car}/state`,
      `${car}/position`,
    ]);
    expect(session.sent.every(({ retain }) => retain)).toBe(true);
  });

  it('waits for the bridge: a child of an unknown parent makes Home Assistant invent one', () => {
    const { publisher } = room();
    const session = recordingSession();
    publisher.opened(session);
    publisher.show(portrait('vehicle'));
    expect(session.sent).toEqual([]);
    publisher.show(portrait('bridge'));
    expect(session.topics()[0]).toBe(bridgeConfig);
    expect(session.topics()).toContain(`${car}/state`);
  });

  it('publishes everything again after each', () => {
    const { publisher } = room();
    publisher.show(portrait('bridge'));
    publisher.show(portrait('vehicle'));
    const [first, second] = [recordingSession(), recordingSession()];
    publisher.opened(first);
    publisher.gone();
    publisher.show(portrait('vehicle', { state: { battery: 55 } }));
    publisher.opened(second);
    expect(second.topics()).toEqual(first.topics());
    expect(second.sent.find(({ topic }) => topic === `${car}/state`)?.payload).toContain('"battery":55');
  });

  it('goes in bursts of twenty devices per 100 ms', async () => {
    const { publisher, clock } = room();
    publisher.show(portrait('bridge'));
    for (let n = 0; n < 65; n++) publisher.show(portrait('vehicle', { id: `car-${n}` }));
    const session = recordingSession();
    publisher.opened(session);
    const devices = (): number => session.sent.filter(({ topic }) => topic.endsWith('/config')).length;
    const counts = [devices()];
    for (let step = 0; step < 4; step++) {
      await clock.advance(100);
      counts.push(devices());
    }
    expect(counts).toEqual([20, 40, 60, 66, 66]);
  });
});

describe('a state', () => {
  const opened = () => {
    const made = room();
    const session = recordingSession();
    made.publisher.show(portrait('bridge'));
    made.publisher.show(portrait('vehicle'));
    made.publisher.opened(session);
    session.sent.length = 0;
    return { ...made, session };
  };

  it('is published when it differs, and only then', () => {
    const { publisher, session } = opened();
    publisher.show(portrait('vehicle'));
    expect(session.sent).toEqual([]);
    publisher.show(portrait('vehicle', { state: { battery: 41 } }));
    expect(session.topics()).toEqual([`${car}/state`]);
    publisher.show(portrait('vehicle', { state: { battery: 41 } }));
    expect(session.sent).toHaveLength(1);
  });

  it('is whole: every key of the contract, unknown as null, texts at most 255 long', () => {
    const { publisher, session } = opened();
    publisher.show({ ...portrait('vehicle'), state: { charging: true, reason: 'x'.repeat(400), battery: Number.NaN } });
    const state = JSON.parse(session.sent[0]!.payload) as Record<string, unknown>;
    expect(state).toMatchObject({ charging: true, battery: null, target: null, can_start_by: null });
    expect(state.reason).toHaveLength(255);
  });

  it('keeps availability and position apart from it', () => {
    const { publisher, session } = opened();
    publisher.show(portrait('vehicle', { available: false, position: null }));
    expect(session.sent).toEqual([
      { topic: `${car}/availability`, payload: 'offline', retain: true },
      { topic: `${car}/position`, payload: '{}', retain: true },
    ]);
  });

  it('of the bridge carries who we are, and is not repeated only because time passes', async () => {
    const { publisher, session, clock } = opened();
    await clock.advance(60_000);
    publisher.show(portrait('bridge'));
    expect(session.sent).toEqual([]);
    publisher.showInfo();
    expect(JSON.parse(session.sent[0]!.payload)).toMatchObject({
      instance: 'first',
      simulated: true,
      speed: 1,
      now: '2026-11-23T07:01:00.000Z',
      cloud: null,
    });
  });

  it('of a device with an impossible id is not shown, and said once', () => {
    const { publisher, session, log } = opened();
    for (let n = 0; n < 3; n++) publisher.show(portrait('vehicle', { id: 'a/+/b' }));
    expect(session.sent).toEqual([]);
    expect(log.lines.filter((line) => line.includes('cannot be part of a topic'))).toHaveLength(1);
  });
});

describe('events', () => {
  it('are not retained, and not kept for later', () => {
    const { publisher } = room();
    publisher.show(portrait('bridge'));
    publisher.show(portrait('charger'));
    publisher.happened({ subject: boxId, type: 'plugged_in', detail: null });
    const session = recordingSession();
    publisher.opened(session);
    session.sent.length = 0;
    publisher.happened({ subject: boxId, type: 'command_failed', detail: 'no_response' });
    publisher.happened({ subject: 'unknown', type: 'unplugged', detail: null });
    expect(session.sent).toEqual([
      {
        topic: `enode2mqtt/charger/${boxId}/event`,
        payload: '{"event_type":"command_failed","detail":"no_response"}',
        retain: false,
      },
    ]);
  });
});

describe('announcements', () => {
  const opened = (more: Partial<MqttSettings> = {}, version: 4 | 5 = 5) => {
    const made = room(more);
    const session = recordingSession(version);
    made.publisher.show(portrait('bridge'));
    made.publisher.show(portrait('vehicle'));
    made.publisher.opened(session);
    session.sent.length = 0;
    const configs = () => session.sent.filter(({ topic }) => topic === carConfig).map(({ payload }) => payload);
    return { ...made, session, configs };
  };

  it('leave five seconds between two different documents of a device, and send the latest', async () => {
    const { publisher, clock, configs } = opened();
    await clock.advance(1_000);
    publisher.show(portrait('vehicle', { name: 'Red car' }));
    publisher.show(portrait('vehicle', { name: 'Green car' }));
    await clock.advance(3_900);
    expect(configs()).toEqual([]);
    await clock.advance(200);
    expect(configs()).toHaveLength(1);
    expect(configs()[0]).toContain('Green car');
    await clock.advance(60_000);
    expect(configs()).toHaveLength(1);
  });

  it('are repeated after a birth of Home Assistant, within 1 to 10 s, the bridge first', async () => {
    const { publisher, clock, session } = opened();
    publisher.birth();
    await clock.advance(999);
    expect(session.sent).toEqual([]);
    await clock.advance(1);
    expect(session.topics()[0]).toBe(bridgeConfig);
    await clock.advance(9_000);
    expect(session.topics()).toEqual(expect.arrayContaining([carConfig, `${car}/availability`, `${car}/state`]));
    expect(session.topics().filter((topic) => topic === carConfig)).toHaveLength(1);
  });

  it('are not repeated for what a person deleted, until asked for', async () => {
    const { publisher, clock, configs, session, log } = opened();
    for (let burst = 0; burst < 60; burst++) publisher.emptied(carConfig);
    publisher.birth();
    await clock.advance(11_000);
    expect(configs()).toEqual([]);
    expect(session.topics()).toContain(`${car}/state`);
    expect(log.lines.filter((line) => line.includes('Blue car was deleted'))).toHaveLength(1);
    publisher.restore();
    expect(configs()).toHaveLength(1);
  });

  it('of others that are emptied do not matter', () => {
    const { publisher, log } = opened();
    publisher.emptied('homeassistant/device/somebody_else/config');
    expect(log.lines).toEqual([]);
  });

  it('are left out with discovery off, the states are not', () => {
    const { publisher, session } = opened({ discovery: false });
    publisher.gone();
    publisher.opened(session);
    expect(session.topics().filter((topic) => topic.startsWith('homeassistant'))).toEqual([]);
    expect(session.topics()).toContain(`${car}/state`);
  });

  it('use the names a person chose', () => {
    const { session, publisher } = opened({ topics: { base: 'home/cars', prefix: 'ha' } });
    publisher.gone();
    publisher.opened(session);
    expect(session.topics()[0]).toBe('ha/device/enode2mqtt_a1b2c3/config');
    expect(session.topics()).toContain(`home/cars/vehicle/${carId}/state`);
  });
});

describe('a device that is retired', () => {
  const cleared = [carConfig, `${car}/state`, `${car}/availability`, `${car}/position`];
  const empty = (topic: string) => ({ topic, payload: '', retain: true });

  it('goes in the order that costs Home Assistant no line: config, state, availability', () => {
    const { publisher, inventory } = room();
    const session = recordingSession();
    publisher.show(portrait('bridge'));
    publisher.show(portrait('vehicle'));
    publisher.opened(session);
    session.sent.length = 0;
    publisher.retire('vehicle', carId);
    expect(session.sent).toEqual(cleared.map(empty));
    expect(inventory.load().map(({ id }) => id)).toEqual(['bridge']);
  });

  it('while the broker was away goes at the next connection, over a restart too', () => {
    const inventory = memoryInventory();
    const before = room({}, inventory);
    before.publisher.show(portrait('bridge'));
    before.publisher.show(portrait('vehicle'));
    before.publisher.opened(recordingSession());
    before.publisher.gone();
    before.publisher.retire('vehicle', carId);
    const session = recordingSession();
    const after = room({}, inventory);
    after.publisher.show(portrait('bridge'));
    after.publisher.opened(session);
    expect(session.sent.slice(0, 4)).toEqual(cleared.map(empty));
    expect(inventory.load().map(({ id }) => id)).toEqual(['bridge']);
  });

  it('that comes back is announced again, five seconds later', async () => {
    const { publisher, clock } = room();
    // 3.1.1: our own clearing comes back and is no deletion by a person.
    const session = recordingSession(4);
    publisher.show(portrait('bridge'));
    publisher.show(portrait('vehicle'));
    publisher.opened(session);
    publisher.retire('vehicle', carId);
    session.sent.length = 0;
    publisher.show(portrait('vehicle'));
    publisher.emptied(carConfig);
    expect(session.topics()).not.toContain(carConfig);
    await clock.advance(5_000);
    expect(session.topics()).toContain(carConfig);
  });

  it('keeps 5 s of real time between two documents of one device, however fast the simulated world goes', async () => {
    const { publisher, clock } = room({}, memoryInventory(), 60);
    const session = recordingSession();
    publisher.show(portrait('bridge'));
    publisher.show(portrait('vehicle'));
    publisher.opened(session);
    await clock.advance(1_000);
    session.sent.length = 0;
    publisher.show({ ...portrait('vehicle'), device: { name: 'Another name', manufacturer: null, model: null } });
    await clock.advance(60 * 3_000);
    expect(session.topics()).not.toContain(carConfig);
    await clock.advance(60 * 2_000);
    expect(session.topics()).toContain(carConfig);
  });

  it('under an older base topic or prefix is cleaned up', () => {
    const inventory = memoryInventory();
    const before = room({ topics: { base: 'old', prefix: 'homeassistant' } }, inventory);
    before.publisher.show(portrait('bridge'));
    before.publisher.show(portrait('vehicle'));
    before.publisher.opened(recordingSession());
    const session = recordingSession();
    const after = room({}, inventory);
    after.publisher.show(portrait('bridge'));
    after.publisher.show(portrait('vehicle'));
    after.publisher.opened(session);
    expect(session.sent).toEqual(
      expect.arrayContaining([empty(`old/vehicle/${carId}/state`), empty('old/bridge/state')]),
    );
    expect(session.sent).not.toContainEqual(empty(carConfig));
    const again = recordingSession();
    after.publisher.gone();
    after.publisher.opened(again);
    expect(again.topics().filter((topic) => topic.startsWith('old/'))).toEqual([]);
  });
});
