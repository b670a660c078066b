// What each part of the house needs of the options. Contradictions between options are found here.
import { readFileSync } from 'node:fs';
import type { Settings } from '../domain/settings.ts';
import { type EnodeSettings, resolveEnode } from '../enode/settings.ts';
import { codeOf, UserError } from '../kernel/errors.ts';
import { machineTimeZone } from '../kernel/real-clock.ts';
import { Secret } from '../kernel/secret.ts';
import { type BrokerAddress, type Credentials, parseBrokerUrl } from '../mqtt/settings.ts';
import { builtInBrands } from './brands.ts';
import { isLoopback } from './checks.ts';
import type { Options } from './options.ts';

/** requests; of a home with two cars and two chargers, with room (design 9: 300 per vehicle and day at most). */
const USUAL_REQUESTS_PER_DAY = 2_000;

export interface MqttPieces {
  /** null: the embedded one, or (in Home Assistant, where nothing is said) the broker its Supervisor knows. */
  readonly broker: { readonly address: BrokerAddress; readonly credentials: Credentials | null } | null;
  /** null: a broker of somebody else. */
  readonly embedded: { readonly host: string; readonly port: number; readonly credentials: Credentials | null } | null;
  readonly topics: { readonly base: string; readonly prefix: string };
  readonly discovery: boolean;
}

/** Where webhooks are taken; TLS is the reverse proxy's. */
export interface WebhookPieces {
  readonly host: string;
  readonly port: number;
}

/** Takes an error; the piece goes on, so that all errors come at once. */
export type Report = (error: UserError) => void;

export function toSettings(options: Options): Settings {
  const { home_latitude: latitude, home_longitude: longitude } = options;
  return {
    users: options.users,
    home: latitude === null || longitude === null ? null : { latitude, longitude },
    timeZone: options.time_zone ?? machineTimeZone(),
    chargerPlaces: options.charger_places,
    observeOnly: options.observe_only ?? isReal(options),
    allowChargerCommands: options.allow_charger_commands,
    stopAway: options.stop_away,
    enhancedChargeRate: options.enhanced_charge_rate,
    control: options.control,
    requestsPerDay: options.requests_per_day ?? USUAL_REQUESTS_PER_DAY,
    language: options.language,
    brands: builtInBrands,
    webhookUrl: options.webhook_url,
  };
}

/** Somebody's car may stand behind it: only the sandbox and a cloud on this machine cannot hurt. */
function isReal({ environment, enode_url }: Options): boolean {
  if (environment !== 'custom') return environment === 'production';
  return !isLoopback(URL.parse(enode_url ?? '')?.hostname ?? '');
}

export function checkSite(options: Options, report: Report): void {
  const [set, missing] =
    options.home_latitude === null ? ['home_longitude', 'home_latitude'] : ['home_latitude', 'home_longitude'];
  if ((options.home_latitude === null) === (options.home_longitude === null)) return;
  report(new UserError(`${missing} is missing: set it too, or remove ${set}.`, { field: missing! }));
}

export function toEnode(options: Options, report: Report): EnodeSettings | null {
  const { settings, errors } = resolveEnode({
    client_id: options.client_id ?? undefined,
    client_secret: options.client_secret?.reveal(),
    environment: options.environment,
    enode_url: options.enode_url ?? undefined,
    oauth_url: options.oauth_url ?? undefined,
    link_redirect: options.link_redirect ?? undefined,
  });
  for (const { message, field } of errors) {
    report(new UserError(`${message.replace(/\.$/, '')}.`, field === undefined ? {} : { field }));
  }
  return settings;
}

/** @param supervised in a container of its own, whose ports nobody reaches unless they are opened */
export function toWebhooks(options: Options, supervised: boolean): WebhookPieces | null {
  if (options.webhook_url === null) return null;
  return { host: options.webhook_host ?? (supervised ? '0.0.0.0' : '127.0.0.1'), port: options.webhook_port };
}

/** @param supervised Home Assistant's Supervisor can be asked for a broker */
export function toMqtt(options: Options, supervised: boolean, report: Report): MqttPieces {
  const topics = { base: options.base_topic, prefix: options.discovery_prefix };
  const isEmbedded = options.mqtt === 'embedded';
  return {
    broker: isEmbedded ? null : brokerOf(options, supervised, report),
    embedded: isEmbedded ? embeddedOf(options, report) : null,
    topics,
    discovery: options.discovery,
  };
}

function brokerOf(options: Options, supervised: boolean, report: Report): MqttPieces['broker'] {
  const own = credentialsOf('broker', options.broker_username, options.broker_password, report);
  const ca = caOf(options.broker_ca, report);
  if (options.broker_url === null) {
    if (supervised) return null;
    const remedy = 'write the address of your broker, such as mqtt://host:1883, or set mqtt to embedded';
    report(new UserError(`broker_url is missing: ${remedy}.`, { field: 'broker_url' }));
    return null;
  }
  try {
    const parsed = parseBrokerUrl('broker_url', options.broker_url.reveal(), { ca, verify: options.broker_verify });
    return { address: parsed.address, credentials: own ?? parsed.credentials };
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown;
    report(thrown);
    return null;
  }
}

function embeddedOf(options: Options, report: Report): MqttPieces['embedded'] {
  const { embedded_host: host, embedded_port: port, embedded_username: name, embedded_password: password } = options;
  const credentials = credentialsOf('embedded', name, password, report);
  if (!isLoopback(host)) {
    for (const [field, value] of Object.entries({ embedded_username: name, embedded_password: password })) {
      if (value !== null) continue;
      const why = `others can reach the broker at embedded_host ${host}`;
      report(new UserError(`${field} is missing: ${why}, so set it, or listen on 127.0.0.1 only.`, { field }));
    }
  } else if (name !== null && password === null) {
    report(
      new UserError('embedded_password is missing: set it, or remove embedded_username.', {
        field: 'embedded_password',
      }),
    );
  }
  return { host, port, credentials };
}

function credentialsOf(
  whose: string,
  username: string | null,
  password: Secret | null,
  report: Report,
): Credentials | null {
  if (username === null && password !== null) {
    const field = `${whose}_username`;
    report(new UserError(`${field} is missing: set it, or remove ${whose}_password.`, { field }));
  }
  // A name alone is a login, too (MQTT 3.1.1, 3.1.2.9); where it is not enough, the broker says so.
  return username === null ? null : { username, password: password ?? new Secret('') };
}

/** PEM text, also with `\n` written out as one-line forms do; or a file with it. */
function caOf(given: string | null, report: Report): string | null {
  if (given === null) return null;
  const begins = '-----BEGIN CERTIFICATE-----';
  if (given.includes(begins)) return given.replaceAll('\\n', '\n');
  let why = 'it holds no PEM certificate';
  try {
    const text = readFileSync(given, 'utf8');
    if (text.includes(begins)) return text;
  } catch (thrown) {
    why = `it cannot be read, ${codeOf(thrown) ?? 'not a file name'}`;
  }
  const shown = given.slice(0, 60).replaceAll(/[\p{C}]/gu, ' ');
  report(
    new UserError(
      `broker_ca: "${shown}" is taken as a file, and ${why}; give a file with -----BEGIN CERTIFICATE----- in it, or that text.`,
      { field: 'broker_ca' },
    ),
  );
  return null;
}
