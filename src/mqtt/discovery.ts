// The discovery document of a device: pure, from its portrait and the tables of rows. Rules: entities.md, home-assistant.md 1.3.
import { eventTypes, type Portrait, type PortraitKind } from '../domain/telling/portrait.ts';
import { bridgeRows } from './entities/bridge.ts';
import { chargerRows } from './entities/charger.ts';
import type { Row } from './entities/row.ts';
import { siteRows } from './entities/site.ts';
import { slugOf } from './entities/slug.ts';
import { vehicleRows } from './entities/vehicle.ts';
import type { Topics } from './topics.ts';

export const rowsOf: Readonly<Record<PortraitKind, readonly Row[]>> = {
  vehicle: vehicleRows,
  charger: chargerRows,
  site: siteRows,
  bridge: bridgeRows,
};

export interface Origin {
  readonly version: string;
  readonly supportUrl: string;
  /** Where the page is, for a link in Home Assistant; http(s) only, null = none. */
  readonly configurationUrl: string | null;
}

type Json = Readonly<Record<string, unknown>>;

/** A command older than this is not executed: the broker drops it [MQTT-3.3.2-5], seconds. */
const COMMAND_EXPIRY_SECONDS = 60;

const commanded: ReadonlySet<string> = new Set(['button', 'datetime', 'number', 'select', 'switch']);

export function discoveryOf(portrait: Portrait, topics: Topics, origin: Origin): Json {
  const { kind, id, device } = portrait;
  const own = topics.device(kind, id);
  const bridge = topics.device('bridge', 'bridge');
  const slug = slugOf(device.name, slugOf(`${kind} ${id.slice(0, 8)}`, kind));
  const availability = [{ topic: topics.bridgeState }];
  if (kind === 'vehicle' || kind === 'charger') availability.push({ topic: topics.availability(kind, id) });
  return {
    device: {
      identifiers: [own],
      name: device.name,
      ...(device.manufacturer === null ? {} : { manufacturer: device.manufacturer }),
      ...(device.model === null ? {} : { model: device.model }),
      ...(origin.configurationUrl === null ? {} : { configuration_url: origin.configurationUrl }),
      ...(kind === 'bridge' ? { sw_version: origin.version } : { via_device: bridge }),
    },
    origin: { name: 'enode2mqtt', sw_version: origin.version, support_url: origin.supportUrl },
    availability_mode: 'all',
    availability,
    state_topic: topics.state(kind, id),
    qos: 0,
    components: Object.fromEntries(rowsOf[kind].map((row) => [row.key, componentOf(row, portrait, topics, own, slug)])),
  };
}

function componentOf(row: Row, { kind, id }: Portrait, topics: Topics, own: string, slug: string): Json {
  return {
    platform: row.platform,
    unique_id: `${own}_${row.key}`,
    default_entity_id: `${row.platform}.${slug}_${row.key}`,
    ...(row.name === undefined ? {} : { name: row.name }),
    ...(row.icon === undefined ? {} : { icon: `mdi:${row.icon}` }),
    ...(row.deviceClass === undefined ? {} : { device_class: row.deviceClass }),
    ...(row.unit === undefined ? {} : { unit_of_measurement: row.unit }),
    ...(row.stateClass === undefined ? {} : { state_class: row.stateClass }),
    ...(row.category === undefined ? {} : { entity_category: row.category }),
    ...(row.disabled ? { enabled_by_default: false } : {}),
    ...(row.precision === undefined ? {} : { suggested_display_precision: row.precision }),
    ...(row.options === undefined ? {} : { options: row.options }),
    ...row.range,
    ...extrasOf(row, kind, id, topics),
    ...(commanded.has(row.platform)
      ? { command_topic: topics.command(kind, id, row.key), message_expiry_interval: COMMAND_EXPIRY_SECONDS }
      : {}),
  };
}

/** State carries JSON booleans, which Home Assistant's templates render as `True` and `False`. */
function extrasOf(row: Row, kind: PortraitKind, id: string, topics: Topics): Json {
  const value_template = `{{ value_json.${row.key} }}`;
  switch (row.platform) {
    case 'binary_sensor':
      return { value_template, payload_on: 'True', payload_off: 'False' };
    case 'switch':
      return { value_template, state_on: 'True', state_off: 'False' };
    case 'button':
      return {};
    case 'event':
      return { state_topic: topics.event(kind, id), event_types: eventTypes };
    case 'device_tracker':
      // Without a template of its own it would take the whole state document for its state (entities.md).
      return { json_attributes_topic: topics.position(kind, id), value_template: '{{ None }}' };
    default:
      return { value_template };
  }
}
