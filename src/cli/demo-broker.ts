// Where a simulated home talks MQTT: the embedded broker, on loopback or in memory only, or a broker of the person's own.
import { createServer } from 'node:net';
import type { Duplex } from 'node:stream';
import { origin } from '../house/origin.ts';
import type { HouseStore } from '../house/storage.ts';
import { UserError } from '../kernel/errors.ts';
import type { HouseLog } from '../kernel/log.ts';
import type { SimulatedClock } from '../kernel/simulated-clock.ts';
import { startEmbedded } from '../mqtt/embedded.ts';
import { clientIdOf } from '../mqtt/mqtt.ts';
import { type MqttSettings, parseBrokerUrl } from '../mqtt/settings.ts';
import { listen } from './listen.ts';

export interface DemoBroker {
  readonly settings: MqttSettings;
  readonly connect: (() => Duplex) | null;
  /** For people, without a password. */
  readonly address: string;
  readonly host: string;
  readonly port: number;
  readonly moved: boolean;
  stop(): Promise<void>;
}

type Place = Parameters<typeof listen>[1];

interface Wanted {
  readonly url: string | undefined;
  /** null = the embedded broker opens no port. */
  readonly at: Place | null;
  readonly clock: SimulatedClock;
  readonly store: HouseStore;
  readonly log: HouseLog;
}

const topics = { base: 'enode2mqtt', prefix: 'homeassistant' };

/** @throws UserError naming `--broker` or `--mqtt-port` */
export async function demoBroker(wanted: Wanted): Promise<DemoBroker> {
  const common = { topics, discovery: true, origin } as const;
  if (wanted.url !== undefined) {
    const { address, credentials } = parseBrokerUrl('--broker', wanted.url, { ca: null, verify: true });
    if (credentials) wanted.log.hide(credentials.password.reveal());
    const settings: MqttSettings = { ...common, broker: address, credentials: () => credentials, protocol: 5 };
    const { host, port, tls } = address;
    const shown = `${tls ? 'mqtts' : 'mqtt'}://${host}:${port}`;
    return { settings, connect: null, address: shown, host, port, moved: false, stop: async () => {} };
  }
  const { at } = wanted;
  const { port, moved } = at ? await freePort(at) : { port: 0, moved: false };
  const embedded = await startEmbedded({
    credentials: null,
    listen: at && { host: at.host, port },
    load: wanted.store.retained.load,
    save: wanted.store.retained.save,
    moved: () => wanted.clock.stir(),
    log: wanted.log,
    spare: { clientId: clientIdOf(wanted.store.installation), prefix: topics.prefix },
  }).catch((thrown: unknown) => {
    throw thrown instanceof UserError
      ? new UserError(`--mqtt-port ${port} cannot be opened; name another one.`, { field: '--mqtt-port' })
      : thrown;
  });
  return {
    settings: { ...common, broker: null, credentials: () => null, protocol: 4 },
    connect: embedded.connect,
    address: `mqtt://127.0.0.1:${embedded.port}`,
    host: '127.0.0.1',
    port: embedded.port,
    moved,
    stop: embedded.stop,
  };
}

/** The broker opens its port by itself, so the port is only tried here. */
async function freePort(at: Place): Promise<{ port: number; moved: boolean }> {
  const probe = createServer();
  const found = await listen(probe, at);
  await new Promise<void>((resolve) => probe.close(() => resolve()));
  return found;
}
