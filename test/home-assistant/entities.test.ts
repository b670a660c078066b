// The demo in a real Home Assistant: every entity of the golden list, with every entity enabled, through values, nulls and values,
// a toggle, and restarts of all three; and not one line in its log.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realClock } from '../../src/kernel/real-clock.ts';
import { foreignBroker, whyNoHomeAssistant } from '../support/real/home-assistant.ts';
import { whyNoMosquitto } from '../support/real/mosquitto.ts';
import { until } from '../support/real/program.ts';
import { type Expected, fittingValue } from './demo.ts';
import { blue, openScene, type Scene } from './scene.ts';

const foreignUrl = foreignBroker();
const why = whyNoHomeAssistant() ?? (foreignUrl ? undefined : whyNoMosquitto());
if (why) console.warn(`skipped: the demo in Home Assistant: ${why}`);

describe.skipIf(why)('the demo in a real Home Assistant', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene();
  });
  afterAll(() => scene?.remove());

  it('has all of the golden list in its registries, and nothing else of ours', async () => {
    const { home, expected } = scene;
    const registry = new Map((await home.entities()).map((entry) => [entry.unique_id, entry]));
    const states = await scene.states();
    const seen = expected.map((entity) => {
      const entry = registry.get(entity.unique_id);
      const attributes = states.get(entry?.entity_id ?? '')?.attributes ?? {};
      return {
        entity_id: entry?.entity_id,
        category: entry?.entity_category ?? null,
        name: entity.name === '(class)' && entry?.original_name ? '(class)' : (entry?.original_name ?? null),
        class: attributes.device_class ?? null,
        unit: attributes.unit_of_measurement ?? null,
        state_class: attributes.state_class ?? null,
        icon: attributes.icon ?? null,
        options: attributes.options ?? null,
      };
    });
    const wanted = expected.map(({ entity_id, category, name, class: own, unit, state_class, icon, options }) => {
      return { entity_id, category, name, class: own, unit, state_class, icon, options };
    });
    expect(seen).toEqual(wanted);
    const ours = [...registry.keys()].filter((id) => id.startsWith('enode2mqtt_') && id !== 'enode2mqtt_probe');
    expect(ours.sort()).toEqual(expected.map(({ unique_id }) => unique_id).sort());
  });

  it('has one device for each, below the bridge', async () => {
    const all = await scene.home.devices();
    const devices = all.filter(({ identifiers }) => identifiers.some(([, id]) => id.startsWith('enode2mqtt_')));
    const names = ['Blue car', 'Easee Home', 'Home', 'White car', 'Zaptec Go', 'enode2mqtt'];
    expect(devices.map(({ name }) => name).sort()).toEqual(names);
    const bridge = devices.find(({ name }) => name === 'enode2mqtt');
    // Else the trap for entity ids would not have been set.
    if (!foreignUrl) expect(devices.find(({ name }) => name === 'Blue car')?.area_id).toBe('garage');
    const others = devices.filter((device) => device !== bridge);
    expect(others.map(({ via_device_id }) => via_device_id)).toEqual(Array(5).fill(bridge?.id));
  });

  it('shows the values, and a place on the map', async () => {
    expect(await scene.wrong(scene.published)).toBe('');
    const states = await scene.states();
    expect(states.get('sensor.blue_car_battery')?.state).toBe('52');
    const place = { latitude: 52.0907, longitude: 5.1214 };
    expect(states.get('device_tracker.blue_car_tracker')?.attributes).toMatchObject(place);
  });

  it('turns the switch on: one POST at the cloud, and it comes back confirmed', { timeout: 120_000 }, async () => {
    const { home, demo } = scene;
    await home.callService('switch', 'turn_on', { entity_id: 'switch.blue_car_charging' });
    await scene.becomes('switch.blue_car_charging', 'on');
    await scene.becomes('sensor.blue_car_command', 'confirmed', 90_000);
    expect(await demo.commands()).toMatchObject([{ method: 'POST', path: `/vehicles/${blue}/charging`, status: 200 }]);
    expect((await home.state('switch.blue_car_charging'))?.state).toBe('on');
    expect(await demo.verdict()).toEqual([]);
  });

  it('sets what can be set', async () => {
    const { callService } = scene.home;
    const departure = `${new Date(realClock.world.now() + 86_400_000).toISOString().slice(0, 16)}:00+00:00`;
    const mode = { entity_id: 'select.white_car_mode' };
    await callService('number', 'set_value', { entity_id: 'number.blue_car_target', value: 85 });
    await callService('select', 'select_option', { ...mode, option: 'off' });
    await callService('datetime', 'set_value', { entity_id: 'datetime.blue_car_departure', datetime: departure });
    await callService('switch', 'turn_on', { entity_id: 'switch.home_pause' });
    await callService('button', 'press', { entity_id: 'button.enode2mqtt_refresh' });
    await scene.becomes('number.blue_car_target', '85');
    await scene.becomes('select.white_car_mode', 'off');
    await scene.becomes('datetime.blue_car_departure', departure);
    await scene.becomes('switch.home_pause', 'on');
    await callService('button', 'press', { entity_id: 'button.blue_car_clear_departure' });
    await callService('select', 'select_option', { ...mode, option: 'manual' });
    await callService('switch', 'turn_off', { entity_id: 'switch.home_pause' });
    await scene.becomes('datetime.blue_car_departure', 'unknown');
    await scene.becomes('select.white_car_mode', 'manual');
    await scene.becomes('switch.home_pause', 'off');
  });

  it.skipIf(foreignUrl)('has all back after a restart of each of the three', { timeout: 240_000 }, async () => {
    const { home, broker, demo } = scene;
    await home.restart();
    await scene.allAvailable('after Home Assistant');
    await broker!.restart();
    await scene.allAvailable('after the broker');
    await scene.allShow('after the broker', scene.published);
    await demo.stop('SIGKILL');
    await scene.becomes('sensor.blue_car_battery', 'unavailable');
    await demo.start();
    await scene.allAvailable('after the daemon');
    await scene.allShow('after the daemon', scene.published);
  });

  it('goes through values, all nulls and values', async () => {
    const { expected } = scene;
    expect((await scene.demo.stop()).code).toBe(0);
    await scene.becomes('sensor.blue_car_battery', 'unavailable');
    const topics = [...new Set(expected.map(({ state_topic }) => state_topic))];
    const say = async (value: (entity: Expected, at: number) => unknown): Promise<Map<Expected, unknown>> => {
      const said = new Map(expected.map((entity, at) => [entity, value(entity, at)]));
      for (const topic of topics) {
        const own = expected.filter(({ state_topic }) => state_topic === topic);
        const state = Object.fromEntries(own.map((entity) => [entity.key, said.get(entity)]));
        await scene.publish(topic, JSON.stringify(state));
      }
      return said;
    };
    await scene.publish('enode2mqtt/bridge/state', 'online');
    for (const value of [fittingValue, () => null, (entity: Expected, at: number) => fittingValue(entity, at + 1)]) {
      const said = await say(value);
      await scene.allShow('what is said is shown', (entity) => said.get(entity) ?? null);
    }
    await scene.publish('enode2mqtt/bridge/state', 'offline');
  });

  it('lets a person delete a device, and has it back when asked to announce again', { timeout: 120_000 }, async () => {
    const { home, demo } = scene;
    await demo.start();
    await scene.allAvailable('the demo is back');
    // A device deleted while it is being announced is made anew by Home Assistant itself.
    await scene.announced();
    const device_id = (await home.devices()).find(({ name }) => name === 'Zaptec Go')?.id;
    await home.api.call('config/device_registry/remove', { device_id });
    await until(
      () => /Zaptec Go was deleted in Home Assistant/.test(demo.output()),
      () => demo.output(),
      10_000,
    );
    await scene.becomes('switch.zaptec_go_charging', undefined);
    await scene.send('enode2mqtt/bridge/request/refresh', JSON.stringify({ announce: true }));
    await scene.becomes('switch.zaptec_go_charging', 'off', 20_000);
  });

  it('has not one line in its log', async () => {
    expect(await scene.home.foreignLogLines()).toEqual([]);
  });
});
