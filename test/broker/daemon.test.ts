// The MQTT side against a real Mosquitto: what differs from the embedded broker, and what only a network can do.
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { afterEach, describe, expect, it } from 'vitest';
import type { Fact } from '../../src/domain/fact.ts';
import { realEntropy } from '../../src/kernel/entropy.ts';
import { realClock } from '../../src/kernel/real-clock.ts';
import { memoryInventory } from '../../src/mqtt/inventory.ts';
import { clientIdOf, createMqtt, type Mqtt, type MqttOptions } from '../../src/mqtt/mqtt.ts';
import { type MqttSettings, parseBrokerUrl } from '../../src/mqtt/settings.ts';
import { boxId, carId, credentials, portrait, recordedLog, runsFrom, settings } from '../mqtt/support.ts';
import { type Mosquitto, type MosquittoOptions, startMosquitto, whyNoMosquitto } from '../support/real/mosquitto.ts';
import { until } from '../support/real/program.ts';

const why = whyNoMosquitto();
if (why) console.warn(`skipped: the daemon at Mosquitto: ${why}`);

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function broker(options?: MosquittoOptions): Promise<Mosquitto> {
  const started = await startMosquitto(options);
  ends.push(started.remove);
  return started;
}

interface Daemon {
  readonly mqtt: Mqtt;
  readonly facts: Fact[];
  readonly lines: readonly string[];
}

function daemon(url: string, more: Partial<MqttSettings> = {}, options: Partial<MqttOptions> = {}): Daemon {
  const log = recordedLog();
  const facts: Fact[] = [];
  const { address } = parseBrokerUrl('broker_url', url, { ca: null, verify: true });
  const mqtt = createMqtt({
    settings: { ...settings, protocol: 5, broker: address, ...more },
    clock: realClock,
    entropy: realEntropy,
    log,
    tell: (fact) => void facts.push(fact),
    installation: 'a1b2c3',
    instance: 'first',
    runs: runsFrom(1),
    inventory: memoryInventory(),
    ask: () => {},
    world: () => ({ simulated: false, speed: 1 }),
    ...options,
  });
  ends.push(mqtt.stop);
  for (const kind of ['bridge', 'site', 'vehicle', 'charger'] as const) mqtt.show(portrait(kind));
  mqtt.start();
  return { mqtt, facts, lines: log.lines };
}

async function client(
  url: string,
  options: IClientOptions = {},
): Promise<MqttClient & { readonly got: Map<string, string[]> }> {
  const connected = await connectAsync(url, { protocolVersion: 5, reconnectPeriod: 200, ...options });
  ends.push(() => connected.endAsync(true));
  const got = new Map<string, string[]>();
  connected.on('message', (topic, payload) => void got.set(topic, [...(got.get(topic) ?? []), payload.toString()]));
  await connected.subscribeAsync('#', { qos: 1 });
  return Object.assign(connected, { got });
}

const soon = async (what: string, check: () => boolean): Promise<void> => {
  await until(
    async () => check(),
    () => what,
    15_000,
  );
};
const car = `enode2mqtt/vehicle/${carId}`;
const config = (id: string): string => `homeassistant/device/enode2mqtt_${id}/config`;

describe.skipIf(why)('the daemon at a real Mosquitto', () => {
  it('speaks MQTT 5 with a password, shows everything retained, and takes a command at once', async () => {
    const { url } = await broker({ users: { house: 'right', phone: 'other' } });
    const { facts, lines } = daemon(url, { credentials: () => credentials('house', 'right') });
    const phone = await client(url, { username: 'phone', password: 'other' });
    await soon('the car is shown', () => phone.got.has(`${car}/position`));
    expect(lines).toContain(`info Connected with the broker at 127.0.0.1:${new URL(url).port}, MQTT 5.`);
    expect(phone.got.get('enode2mqtt/bridge/state')).toEqual(['online']);
    expect([...phone.got.keys()]).toEqual(
      expect.arrayContaining([config('a1b2c3'), config('a1b2c3_site'), config(carId), config(boxId)]),
    );
    await phone.publishAsync(`${car}/charging/set`, 'ON', { qos: 0, properties: { messageExpiryInterval: 60 } });
    await soon('the command came', () => facts.length > 0);
    expect(facts[0]).toMatchObject({ kind: 'commanded', subject: carId, order: { want: 'start' } });
  });

  it('sends a big house through the receive maximum of the broker', async () => {
    const { url } = await broker({ lines: ['max_inflight_messages 5'] });
    const { mqtt, lines } = daemon(url);
    const phone = await client(url);
    for (let n = 0; n < 150; n++) mqtt.show(portrait('vehicle', { id: `car-${n}` }));
    const states = (): number => [...phone.got.keys()].filter((topic) => /car-\d+\/position$/.test(topic)).length;
    await soon('all are shown', () => states() === 150);
    expect(lines.filter((line) => line.startsWith('warn'))).toEqual([]);
  });

  it('says that the password is wrong, asks again, and goes on when it is right', async () => {
    const { url, port } = await broker({ users: { house: 'right' } });
    let password = 'wrong';
    const { mqtt, lines } = daemon(url, { credentials: () => credentials('house', password) });
    await soon('the refusal is said', () => lines.length > 0);
    expect(lines).toEqual([
      `warn The broker at 127.0.0.1:${port} refused our name or password: check broker_username and broker_password.`,
    ]);
    password = 'right';
    await soon('it is connected', () => mqtt.connected());
  });

  it('trusts its own CA and no stranger', async () => {
    const { url, port, caFile } = await broker({ tls: { names: ['localhost'] } });
    const at = (host: string, ca: string | null, verify = true): Daemon =>
      daemon(url, { broker: { host, port, tls: { ca, verify } } });
    const ca = readFileSync(caFile!, 'utf8');
    const other = await broker({ tls: { names: ['elsewhere.lan'] } });
    const right = at('localhost', ca);
    await soon('it is connected', () => right.mqtt.connected());
    const blind = at('127.0.0.1', null, false);
    await soon('it is connected without verifying', () => blind.mqtt.connected());
    const strange = at('localhost', null);
    await soon('the unknown CA is said', () => strange.lines.length > 0);
    expect(strange.lines[0]).toMatch(/authority that this machine does not know: give its CA file as broker_ca/);
    const wrongName = daemon(url, {
      broker: { host: 'localhost', port: other.port, tls: { ca: readFileSync(other.caFile!, 'utf8'), verify: true } },
    });
    await soon('the wrong name is said', () => wrongName.lines.length > 0);
    expect(wrongName.lines[0]).toMatch(/not for the name localhost/);
    const plain = daemon(url, { broker: { host: '127.0.0.1', port, tls: null } });
    await soon('plain is refused', () => plain.lines.length > 0);
    expect(plain.mqtt.connected()).toBe(false);
  });

  it('puts everything back after a restart of a broker that forgot it', async () => {
    const mosquitto = await broker();
    const { lines } = daemon(mosquitto.url);
    const before = await client(mosquitto.url);
    await soon('the car is shown', () => before.got.has(`${car}/position`));
    await mosquitto.restart('SIGKILL');
    const after = await client(mosquitto.url);
    await soon('the car is back', () => after.got.has(`${car}/position`) && after.got.has(config(carId)));
    expect(after.got.get('enode2mqtt/bridge/state')).toEqual(['online']);
    expect(lines.filter((line) => line.startsWith('info Connected'))).toHaveLength(2);
  });

  it('is offline by its will when it dies, and by its goodbye when it stops', async () => {
    const { url, port } = await broker();
    const phone = await client(url);
    const sockets: Socket[] = [];
    const wire = (): Socket => {
      const socket = connect(port, '127.0.0.1');
      sockets.push(socket);
      return socket;
    };
    const states = (): string[] => phone.got.get('enode2mqtt/bridge/state') ?? [];
    const { mqtt } = daemon(url, {}, { connect: wire });
    await soon('online', () => states().length === 1);
    sockets[0]!.destroy();
    await soon('the will', () => states()[1] === 'offline');
    await soon('back', () => states()[2] === 'online');
    await mqtt.stop();
    await soon('the goodbye', () => states().length === 4);
    expect(states()).toEqual(['online', 'offline', 'online', 'offline']);
  });

  it('calls a second client with our id by its name', async () => {
    const { url } = await broker();
    const { mqtt, facts, lines } = daemon(url);
    await soon('it is connected', () => mqtt.connected());
    // Mosquitto before 2.0.15 closes without a reason: only the fight tells.
    await client(url, { clientId: clientIdOf('a1b2c3'), reconnectPeriod: 200 });
    await soon('it is said', () => facts.length > 0);
    expect(facts[0]).toEqual({ kind: 'double_seen', where: 'broker', detail: `client id ${clientIdOf('a1b2c3')}` });
    expect(lines.some((line) => /another client uses our client id/i.test(line))).toBe(true);
  });

  it('ignores a retained command, and gets no expired one', async () => {
    const { url } = await broker();
    const phone = await client(url);
    await phone.publishAsync(`${car}/charging/set`, 'ON', { qos: 1, retain: true });
    await phone.publishAsync(`${car}/mode/set`, 'now', {
      qos: 1,
      retain: true,
      properties: { messageExpiryInterval: 1 },
    });
    await realClock.wire.sleep('expiry', 2_100);
    const { facts, lines } = daemon(url);
    await soon('the retained one is said', () => lines.some((line) => line.includes('retained command')));
    await phone.publishAsync(`${car}/target/set`, '70', { qos: 1 });
    await soon('the live one came', () => facts.length > 0);
    expect(facts).toHaveLength(1);
    expect(lines.filter((line) => line.includes('/mode/set'))).toEqual([]);
  });

  it('takes a deletion in Home Assistant for what it is, and its own clearing not', async () => {
    const { url } = await broker();
    const { mqtt, lines } = daemon(url);
    const assistant = await client(url);
    await soon('all are announced', () => assistant.got.has(config(carId)) && assistant.got.has(config(boxId)));
    mqtt.retire('vehicle', carId);
    mqtt.show(portrait('vehicle'));
    for (let entity = 0; entity < 20; entity++) await assistant.publishAsync(config(boxId), '', { retain: true });
    await soon('the deletion is said', () => lines.some((line) => line.includes('was deleted in Home Assistant')));
    await soon('the car is announced again', () => assistant.got.get(config(carId))!.length === 3);
    expect(assistant.got.get(config(carId))!.map((text) => text !== '')).toEqual([true, false, true]);
    expect(lines.filter((line) => line.includes('was deleted'))).toEqual([expect.stringContaining('Garage')]);
  });
});
