// The harness itself: one hand-made device in the form of the discovery contract is announced, seen, switched and restarted.
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realEntropy } from '../../src/kernel/entropy.ts';
import {
  foreignBroker,
  type HomeAssistant,
  startHomeAssistant,
  whyNoHomeAssistant,
} from '../support/real/home-assistant.ts';
import { foreignRecords } from '../support/real/home-assistant-log.ts';
import { type Mosquitto, startMosquitto, whyNoMosquitto } from '../support/real/mosquitto.ts';
import { until } from '../support/real/program.ts';

const foreignUrl = foreignBroker();
const why = whyNoHomeAssistant() ?? (foreignUrl ? undefined : whyNoMosquitto());
if (why) console.warn(`skipped: the Home Assistant suite: ${why}`);

/** New in each run: Home Assistant remembers what it once enabled, also of a device that is gone. */
const id = `harness_${realEntropy.hex(4)}`;
const base = `harness/vehicle/${id}`;
const device = {
  device: { identifiers: [`enode2mqtt_${id}`], name: 'Harness car', manufacturer: 'Acme', model: 'E-One' },
  origin: { name: 'enode2mqtt', sw_version: '0.0.0', support_url: 'https://example.org/enode2mqtt' },
  availability_mode: 'all',
  availability: [{ topic: 'harness/bridge/state' }, { topic: `${base}/availability` }],
  state_topic: `${base}/state`,
  qos: 0,
  components: {
    charging: {
      platform: 'switch',
      unique_id: `enode2mqtt_${id}_charging`,
      default_entity_id: 'switch.harness_car_charging',
      name: 'Charging',
      icon: 'mdi:ev-station',
      command_topic: `${base}/charging/set`,
      message_expiry_interval: 60,
      value_template: '{{ value_json.charging }}',
      state_on: 'True',
      state_off: 'False',
    },
    battery: {
      platform: 'sensor',
      unique_id: `enode2mqtt_${id}_battery`,
      default_entity_id: 'sensor.harness_car_battery',
      device_class: 'battery',
      unit_of_measurement: '%',
      state_class: 'measurement',
      suggested_display_precision: 0,
      value_template: '{{ value_json.battery }}',
    },
    reachable: {
      platform: 'binary_sensor',
      unique_id: `enode2mqtt_${id}_reachable`,
      default_entity_id: 'binary_sensor.harness_car_reachable',
      name: 'Reachable',
      device_class: 'connectivity',
      entity_category: 'diagnostic',
      enabled_by_default: false,
      value_template: '{{ value_json.reachable }}',
      payload_on: 'True',
      payload_off: 'False',
    },
  },
};

describe.skipIf(why)('a real Home Assistant', () => {
  let broker: Mosquitto | undefined;
  let home: HomeAssistant;
  let client: MqttClient;
  const publish = (topic: string, payload: unknown): Promise<unknown> =>
    client.publishAsync(topic, typeof payload === 'string' ? payload : JSON.stringify(payload), {
      qos: 1,
      retain: true,
    });
  const shows = (entityId: string, state: string): Promise<unknown> =>
    until(
      async () => (await home.state(entityId))?.state === state,
      () => `${entityId} is ${state}`,
      30_000,
    );

  beforeAll(async () => {
    broker = foreignUrl ? undefined : await startMosquitto({ persistence: true, users: { home: 'home-password' } });
    const url = new URL(foreignUrl ?? broker!.url);
    if (broker) Object.assign(url, { username: 'home', password: 'home-password' });
    home = await startHomeAssistant({
      host: url.hostname,
      port: Number(url.port),
      username: url.username,
      password: url.password,
    });
    client = await connectAsync(url.href, { protocolVersion: 5 });
    await publish(`homeassistant/device/enode2mqtt_${id}/config`, device);
    await publish('harness/bridge/state', 'online');
    await publish(`${base}/availability`, 'online');
    await publish(`${base}/state`, { charging: false, battery: 61, reachable: true });
  });
  afterAll(async () => {
    for (const topic of [
      `homeassistant/device/enode2mqtt_${id}/config`,
      `${base}/state`,
      `${base}/availability`,
      'harness/bridge/state',
    ])
      await client?.publishAsync(topic, '', { qos: 1, retain: true });
    await client?.endAsync();
    await home?.remove();
    await broker?.remove();
  });

  it('shows a device announced by discovery, with its ids', async () => {
    await shows('sensor.harness_car_battery', '61');
    await shows('switch.harness_car_charging', 'off');
    const known = (await home.devices()).find(({ identifiers }) =>
      identifiers.some(([, own]) => own === `enode2mqtt_${id}`),
    );
    expect(known).toMatchObject({ name: 'Harness car', manufacturer: 'Acme', model: 'E-One' });
    const ours = (await home.entities()).filter(({ device_id }) => device_id === known?.id);
    expect(ours.map(({ unique_id }) => unique_id).sort()).toEqual([
      `enode2mqtt_${id}_battery`,
      `enode2mqtt_${id}_charging`,
      `enode2mqtt_${id}_reachable`,
    ]);
    expect((await home.state('sensor.harness_car_battery'))?.attributes).toMatchObject({
      unit_of_measurement: '%',
      device_class: 'battery',
    });
  });

  it('sends a command and waits for the published state', async () => {
    await client.subscribeAsync(`${base}/charging/set`);
    const command = new Promise<string>((resolve) =>
      client.once('message', (_topic, payload) => resolve(payload.toString())),
    );
    await home.callService('switch', 'turn_on', { entity_id: 'switch.harness_car_charging' });
    expect(await command).toBe('ON');
    expect((await home.state('switch.harness_car_charging'))?.state).toBe('off');
    await publish(`${base}/state`, { charging: true, battery: 61, reachable: true });
    await shows('switch.harness_car_charging', 'on');
  });

  it('enables what is disabled by default', async () => {
    expect(await home.state('binary_sensor.harness_car_reachable')).toBeUndefined();
    await home.enable([`enode2mqtt_${id}_reachable`]);
    await shows('binary_sensor.harness_car_reachable', 'on');
  });

  it.skipIf(foreignUrl)('comes back after a restart with all it knew', async () => {
    await home.restart();
    await shows('sensor.harness_car_battery', '61');
    await shows('binary_sensor.harness_car_reachable', 'on');
  });

  it('logs what a bridge does wrong, and nothing else', async () => {
    expect(await home.foreignLogLines()).toEqual([]);
    await publish(`${base}/state`, 'no JSON');
    await until(
      async () => (await home.foreignLogLines()).length > 0,
      () => 'a line about the state that is no JSON',
      20_000,
      200,
    );
    expect((await home.foreignLogLines()).join('\n')).toMatch(/ERROR .*value_json/);
  });
});

describe('the log of Home Assistant', () => {
  it('is read by records, without its own', () => {
    const log = [
      '2026-11-21 09:00:01.000 WARNING (MainThread) [homeassistant.bootstrap] Skipping pip installation of required modules',
      '2026-11-21 09:00:02.000 ERROR (MainThread) [homeassistant.components.mqtt.entity] Error rendering',
      'Traceback (most recent call last):',
      '  File "x.py", line 1',
      '2026-11-21 09:00:03.000 WARNING (MainThread) [homeassistant.components.mqtt] No device components to cleanup',
    ].join('\n');
    expect(foreignRecords(log)).toEqual([
      [
        '2026-11-21 09:00:02.000 ERROR (MainThread) [homeassistant.components.mqtt.entity] Error rendering',
        'Traceback (most recent call last):',
        '  File "x.py", line 1',
      ].join('\n'),
    ]);
  });
});
