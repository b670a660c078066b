// The one table of options: name, kind, default, help. config.yaml and translations/ show the same names (test/config/options.test.ts, test/law-lint/app-files.test.ts).

import { environments } from '../enode/settings.ts';
import { logLevels } from '../kernel/log.ts';
import { isListenAddress, isTimeZone, isTopicName, isWebhookAddress } from './checks.ts';
import { degrees, ids, type Kind, lines, oneOf, places, secret, text, whole, yesNo } from './kinds.ts';

export interface Option<T> {
  readonly kind: Kind<NonNullable<T>>;
  /** When nothing is said; null = said by nobody, and decided by what else is known. */
  readonly fallback: T;
  readonly help: string;
}

const optional = <T extends object | string | number | boolean>(kind: Kind<T>, help: string): Option<T | null> => ({
  kind: kind as Kind<NonNullable<T | null>>,
  fallback: null,
  help,
});
const usually = <T extends object | string | number | boolean>(
  kind: Kind<T>,
  fallback: NoInfer<T>,
  help: string,
): Option<T> => ({ kind: kind as Kind<NonNullable<T>>, fallback, help });

const topic = text('a topic without spaces, +, #, a leading $ or empty levels, at most 100 characters', isTopicName);

export const optionTable = {
  client_id: optional(text(), 'Client id of your Enode client, from the Enode dashboard.'),
  client_secret: optional(secret(), 'Client secret that belongs to the client id.'),
  environment: usually(
    oneOf(...environments),
    'sandbox',
    'Which Enode: production has real assets, sandbox simulated ones, custom takes enode_url.',
  ),
  enode_url: optional(
    text('an address such as https://host or http://host:port'),
    'Address of the API; only with environment custom.',
  ),
  oauth_url: optional(
    text('an address such as https://host or http://host:port'),
    'Address of the token service; only with environment custom, by default derived from enode_url.',
  ),
  link_redirect: optional(
    text('an address such as https://host/path, at most 500 characters'),
    'Where the pages of Enode send your browser after linking; by default a page that says you are done.',
  ),
  users: usually(
    ids('a list of Enode user ids, each 1 to 100 characters'),
    ['home'],
    'Enode user ids whose cars and chargers belong to this home.',
  ),
  mqtt: usually(oneOf('broker', 'embedded'), 'broker', 'broker: your own; embedded: one inside this program.'),
  broker_url: optional(
    secret('an address such as mqtt://host:1883, or mqtts://host:8883 with TLS'),
    'Address of your broker; name and password may be in it.',
  ),
  broker_username: optional(text(), 'Name to log in to your broker with.'),
  broker_password: optional(secret(), 'Password that belongs to broker_username.'),
  broker_ca: optional(
    lines('a file name or PEM text'),
    "Authority that signed your broker's certificate: PEM text, or the name of a file with it.",
  ),
  broker_verify: usually(yesNo, true, 'Refuse a broker whose certificate cannot be verified.'),
  embedded_host: usually(
    text('an IP address or localhost', isListenAddress),
    '127.0.0.1',
    'Address the embedded broker listens on; 0.0.0.0 lets others in and needs name and password.',
  ),
  embedded_port: usually(whole(1, 65_535), 1883, 'Port of the embedded broker.'),
  embedded_username: optional(text(), 'Name that clients of the embedded broker log in with.'),
  embedded_password: optional(secret(), 'Password that belongs to embedded_username.'),
  base_topic: usually(topic, 'enode2mqtt', 'First part of every topic.'),
  discovery_prefix: usually(topic, 'homeassistant', "Discovery prefix of Home Assistant's MQTT integration."),
  discovery: usually(yesNo, true, 'Announce devices to Home Assistant.'),
  home_latitude: optional(degrees(90), 'Where home is, north positive; together with home_longitude.'),
  home_longitude: optional(degrees(180), 'Where home is, east positive; together with home_latitude.'),
  time_zone: optional(
    text('the name of a time zone such as Europe/Berlin', isTimeZone),
    "Time zone of the home; by default the machine's.",
  ),
  charger_places: usually(places, {}, 'Which chargers stand at home and which elsewhere, by their Enode ids.'),
  observe_only: optional(
    yesNo,
    'Show everything, command nothing; by default true for a real account, false for the sandbox and a simulator on this machine.',
  ),
  allow_charger_commands: usually(
    yesNo,
    false,
    'Consent to command chargers although vehicles are linked; Enode may then stop choosing between both for your client.',
  ),
  stop_away: usually(yesNo, false, 'Obey a stop for a car that is away from home.'),
  enhanced_charge_rate: usually(yesNo, false, "Enode's enhanced charge rate is switched on for your client."),
  control: usually(
    oneOf('auto', 'enode', 'local'),
    'auto',
    'Who chooses between a car and its charger: enode; local: this program; auto: enode until it is seen not to, then local once you consent. Commands to chargers can make Enode end its own choosing.',
  ),
  requests_per_day: optional(whole(50, 1_000_000), 'Most requests to Enode in a day; 2000 when not set.'),
  webhook_url: optional(
    text(
      'an address such as https://home.example/enode, 8 to 200 characters, without name, password, ? and #',
      isWebhookAddress,
    ),
    "Public address at which Enode's webhooks reach this program, behind a reverse proxy; not set: Enode is only asked.",
  ),
  webhook_port: usually(whole(1, 65_535), 8098, 'Port that takes the webhooks, plain HTTP; only with webhook_url.'),
  webhook_host: optional(
    text('an IP address or localhost', isListenAddress),
    'Address that port listens on; 127.0.0.1 when not set, inside Home Assistant 0.0.0.0.',
  ),
  language: usually(oneOf('en', 'de'), 'en', 'Language of the sentences.'),
  log_level: usually(oneOf(...logLevels), 'info', 'How much the log says.'),
};

type Table = typeof optionTable;
export type OptionName = keyof Table;
export type Options = { readonly [N in OptionName]: Table[N]['fallback'] };

export const optionNames = Object.keys(optionTable) as OptionName[];
