import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { PortraitKind } from '../../src/domain/telling/portrait.ts';
import { discoveryOf, rowsOf } from '../../src/mqtt/discovery.ts';
import { slugOf } from '../../src/mqtt/entities/slug.ts';
import { createTopics } from '../../src/mqtt/topics.ts';
import { commandKeys, stateKeys } from '../../src/surface/keys.ts';
import { portrait, settings } from './support.ts';

const kinds: PortraitKind[] = ['vehicle', 'charger', 'site', 'bridge'];
const topics = createTopics(settings.topics, 'a1b2c3');
type Component = Record<string, unknown> & { platform: string; unique_id: string; default_entity_id: string };
interface Document extends Record<string, unknown> {
  device: Record<string, unknown> & { identifiers: string[]; name: string };
  origin: Record<string, unknown>;
  availability: { topic: string }[];
  components: Record<string, Component>;
}
const documentOf = (kind: PortraitKind, name?: string): Document =>
  discoveryOf(portrait(kind, name === undefined ? {} : { name }), topics, settings.origin) as unknown as Document;

/** Names here are promises (design 7): a change of this list is a breaking change with a migration. */
describe('golden list', () => {
  it.each(kinds)('%s', (kind) => {
    const { components, device, ...root } = documentOf(kind);
    const list = {
      config: topics.config(kind, portrait(kind).id),
      identifiers: device.identifiers,
      via_device: device.via_device ?? null,
      state_topic: root.state_topic,
      availability: root.availability.map(({ topic }) => topic),
      entities: Object.entries(components).map(([key, component]) => ({
        key,
        platform: component.platform,
        unique_id: component.unique_id,
        entity_id: component.default_entity_id,
        name: component.name === undefined ? '(class)' : component.name,
        class: component.device_class ?? null,
        unit: component.unit_of_measurement ?? null,
        state_class: component.state_class ?? null,
        category: component.entity_category ?? null,
        enabled: component.enabled_by_default ?? true,
        icon: component.icon ?? null,
        options: component.options ?? null,
        topic: component.command_topic ?? component.json_attributes_topic ?? component.state_topic ?? null,
      })),
    };
    const golden: unknown = JSON.parse(readFileSync(new URL(`golden/${kind}.json`, import.meta.url), 'utf8'));
    expect(list).toEqual(golden);
  });
});

/** Home Assistant's rules (home-assistant.md 1.3, 1.4, 1.7, 1.11; entities.md "Rejected"). Unknown keys are invisible there, so not here. */
const rootKeys = ['device', 'origin', 'components', 'availability', 'availability_mode', 'state_topic', 'qos'];
const deviceKeys = ['identifiers', 'name', 'manufacturer', 'model', 'configuration_url', 'via_device', 'sw_version'];
const common = [
  'platform',
  'unique_id',
  'default_entity_id',
  'name',
  'icon',
  'device_class',
  'entity_category',
  'enabled_by_default',
];
const command = ['command_topic', 'message_expiry_interval'];
const allowed: Record<string, string[]> = {
  sensor: ['value_template', 'unit_of_measurement', 'state_class', 'suggested_display_precision', 'options'],
  binary_sensor: ['value_template', 'payload_on', 'payload_off'],
  switch: ['value_template', 'state_on', 'state_off', ...command],
  select: ['value_template', 'options', ...command],
  number: ['value_template', 'unit_of_measurement', 'min', 'max', 'step', 'mode', ...command],
  datetime: ['value_template', ...command],
  button: command,
  event: ['state_topic', 'event_types'],
  device_tracker: ['json_attributes_topic', 'value_template'],
};
const sensorClasses: Record<string, { units: string[] | null; states: string[] }> = {
  battery: { units: ['%'], states: ['measurement'] },
  distance: { units: ['km'], states: ['measurement', 'total_increasing'] },
  power: { units: ['W', 'kW'], states: ['measurement'] },
  energy: { units: ['kWh'], states: ['total', 'total_increasing'] },
  energy_storage: { units: ['kWh'], states: ['measurement'] },
  duration: { units: ['s', 'min', 'h'], states: ['measurement'] },
  timestamp: { units: null, states: [] },
  enum: { units: null, states: [] },
};
const binaryClasses = ['plug', 'presence', 'connectivity', 'problem'];

describe.each(kinds)('the contract of Home Assistant: %s', (kind) => {
  const document = documentOf(kind);
  const components = Object.entries(document.components);

  it('has only keys that are known', () => {
    expect(Object.keys(document).filter((key) => !rootKeys.includes(key))).toEqual([]);
    expect(Object.keys(document.device).filter((key) => !deviceKeys.includes(key))).toEqual([]);
    expect(Object.keys(document.origin).sort()).toEqual(['name', 'support_url', 'sw_version']);
    for (const [key, component] of components) {
      const known = [...common, ...(allowed[component.platform] ?? [])];
      expect(
        Object.keys(component).filter((name) => !known.includes(name)),
        key,
      ).toEqual([]);
    }
  });

  it('stands at a legal topic and hangs on the bridge', () => {
    expect(topics.config(kind, portrait(kind).id)).toMatch(/^homeassistant\/device\/[A-Za-z0-9_-]+\/config$/);
    expect(document.device.via_device).toBe(kind === 'bridge' ? undefined : 'enode2mqtt_a1b2c3');
    expect(document.availability[0]).toEqual({ topic: 'enode2mqtt/bridge/state' });
    expect(document.availability).toHaveLength(kind === 'vehicle' || kind === 'charger' ? 2 : 1);
    expect(document).toMatchObject({ availability_mode: 'all', qos: 0 });
  });

  it('gives every component an id of its own', () => {
    const ids = components.map(([, { platform, unique_id }]) => `${platform} ${unique_id}`);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [key, component] of components) {
      expect(component.unique_id).toBe(`${document.device.identifiers[0]}_${key}`);
      expect(component.default_entity_id).toMatch(new RegExp(`^${component.platform}\\.(?!.*__)[a-z0-9_]*_${key}$`));
      if (component.icon !== undefined) expect(component.icon).toMatch(/^mdi:[a-z0-9-]+$/);
      expect(component.name === null, `${key} has no name`).toBe(component.platform === 'device_tracker');
    }
  });

  it('fits class, unit, state class and category', () => {
    for (const [key, component] of components) {
      const { platform, device_class, unit_of_measurement, state_class, entity_category, options } = component;
      if (platform === 'sensor' && device_class !== undefined) {
        const rule = sensorClasses[device_class as string];
        expect(rule, `${key}: ${device_class}`).toBeDefined();
        if (rule!.units) expect(rule!.units, key).toContain(unit_of_measurement);
        else expect(unit_of_measurement, key).toBeUndefined();
        if (rule!.states.length > 0) expect(rule!.states, key).toContain(state_class);
        else expect(state_class, key).toBeUndefined();
      }
      if (platform === 'sensor') expect(options === undefined, key).toBe(device_class !== 'enum');
      if (platform === 'binary_sensor' && device_class !== undefined)
        expect(binaryClasses, key).toContain(device_class);
      if (platform === 'sensor' || platform === 'binary_sensor') expect(entity_category, key).not.toBe('config');
      if (component.name === undefined) expect(device_class, `${key} needs a name or a class`).toBeDefined();
      if (Array.isArray(options)) expect(options.length, key).toBeGreaterThan(0);
    }
  });

  it('reads only keys that every state document has, and all of them are read', () => {
    const read = components.flatMap(
      ([, { value_template }]) =>
        String(value_template ?? '')
          .match(/value_json\.(\w+)/)
          ?.slice(1) ?? [],
    );
    expect([...read].sort()).toEqual([...stateKeys[kind]].sort());
  });

  it('commands exactly what the surface takes', () => {
    const commanded = components.filter(([, { command_topic }]) => command_topic !== undefined);
    expect(commanded.map(([key]) => key).sort()).toEqual([...commandKeys[kind]].sort());
    for (const [key, component] of commanded) {
      expect(topics.readCommand(component.command_topic as string)).toEqual({ kind, id: portrait(kind).id, key });
      expect(component.message_expiry_interval).toBe(60);
    }
  });

  it('has one row per key', () => {
    const keys = rowsOf[kind].map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('the tracker', () => {
  it('has a template of its own, or it would swallow the state document', () => {
    expect(documentOf('vehicle').components.tracker).toMatchObject({
      value_template: '{{ None }}',
      name: null,
      enabled_by_default: false,
    });
  });
});

describe('slugOf', () => {
  it.each([
    ['Blue car', 'blue_car'],
    ['Blaues Auto ÄÖÜ', 'blaues_auto_aou'],
    ["Anna's straße", 'annas_strasse'],
    ['__x  -- y__', 'x_y'],
    ['日産', 'vehicle'],
    ['Škoda Enyaq №1', 'skoda_enyaq_no1'],
    ['', 'vehicle'],
  ])('%j is %s', (name, slug) => expect(slugOf(name, 'vehicle')).toBe(slug));

  it('makes legal entity ids of any name', () => {
    for (const name of ['日産', '', '___', '🚗']) {
      expect(documentOf('vehicle', name).components.battery!.default_entity_id).toMatch(
        /^sensor\.(?!.*__)[a-z0-9][a-z0-9_]*_battery$/,
      );
    }
  });
});
