// Which broker the daemon talks to: the person's own, the embedded one, or the one Home Assistant's Supervisor knows.
import type { Duplex } from 'node:stream';
import type { MqttPieces } from '../config/pieces.ts';
import { type Ask, askForBroker, type BrokerService } from '../home-assistant/supervisor.ts';
import type { Clock } from '../kernel/clock.ts';
import type { HouseLog } from '../kernel/log.ts';
import { startEmbedded } from '../mqtt/embedded.ts';
import { clientIdOf } from '../mqtt/mqtt.ts';
import type { Credentials, MqttSettings } from '../mqtt/settings.ts';
import { origin } from './origin.ts';
import type { HouseStore } from './storage.ts';

export interface Broker {
  readonly settings: MqttSettings;
  readonly connect: (() => Duplex) | null;
  /** For people, without a password. */
  readonly address: string;
  stop(): Promise<void>;
}

interface Parts {
  readonly pieces: MqttPieces;
  readonly store: HouseStore;
  readonly clock: Clock;
  readonly log: HouseLog;
  /** Absent outside Home Assistant. */
  readonly supervisor: { readonly ask: Ask; readonly token: string } | null;
  readonly signal: AbortSignal;
}

/** ms between two questions for a broker that Home Assistant does not have yet */
const askAgainMs = 15_000;
const askWithinMs = 10_000;

/** @throws UserError naming `embedded_port` @returns null when `signal` ended the wait for a broker */
export async function chooseBroker(parts: Parts): Promise<Broker | null> {
  const { pieces, log } = parts;
  const common = { topics: pieces.topics, discovery: pieces.discovery, origin } as const;
  if (pieces.embedded) return embedded(parts, pieces.embedded, common);
  if (pieces.broker) {
    const { address, credentials } = pieces.broker;
    if (credentials) log.hide(credentials.password.reveal());
    const shown = `${address.tls ? 'mqtts' : 'mqtt'}://${address.host}:${address.port}`;
    return {
      settings: { ...common, broker: address, credentials: () => credentials, protocol: 5 },
      connect: null,
      address: shown,
      stop: async () => {},
    };
  }
  return supervised(parts, common);
}

type Common = Pick<MqttSettings, 'topics' | 'discovery' | 'origin'>;

async function embedded(
  { store, clock, log }: Parts,
  at: NonNullable<MqttPieces['embedded']>,
  common: Common,
): Promise<Broker> {
  const { host, port, credentials } = at;
  if (credentials) log.hide(credentials.password.reveal());
  const broker = await startEmbedded({
    credentials,
    listen: { host, port },
    load: store.retained.load,
    save: store.retained.save,
    moved: () => clock.world.stir(),
    log,
    spare: { clientId: clientIdOf(store.installation), prefix: common.topics.prefix },
  });
  const settings: MqttSettings = { ...common, broker: null, credentials: () => credentials, protocol: 4 };
  return { settings, connect: broker.connect, address: `mqtt://${host}:${broker.port}`, stop: broker.stop };
}

/** Credentials are asked for again after each refusal: a reinstalled broker has new ones. */
async function supervised({ supervisor, clock, log, signal }: Parts, common: Common): Promise<Broker | null> {
  const ask = (): Promise<BrokerService | null> =>
    supervisor
      ? askForBroker(supervisor.ask, supervisor.token, AbortSignal.any([signal, deadline(clock)]))
      : Promise.resolve(null);
  let found = await ask();
  if (!found)
    log.warn(
      'Home Assistant has no MQTT broker yet. Install the Mosquitto app and set up the MQTT integration, or set broker_url; waiting.',
    );
  while (!found && !signal.aborted) {
    await clock.wire.sleep('ask for a broker', askAgainMs, signal);
    found = signal.aborted ? null : await ask();
  }
  if (!found) return null;
  const { host, port, tls } = found;
  const credentials = async (): Promise<Credentials | null> => {
    const { username, password } = (await ask()) ?? found!;
    if (password) log.hide(password.reveal());
    return username !== null && password ? { username, password } : null;
  };
  // The service is reached by an internal name that no certificate carries.
  const broker = { host, port, tls: tls ? { ca: null, verify: false } : null };
  const settings: MqttSettings = { ...common, broker, credentials, protocol: 5 };
  return { settings, connect: null, address: `mqtt://${host}:${port} (from Home Assistant)`, stop: async () => {} };
}

function deadline(clock: Clock): AbortSignal {
  const ending = new AbortController();
  clock.wire.alarm('an answer of the Supervisor', askWithinMs, () => ending.abort());
  return ending.signal;
}
