// What the MQTT side needs to know, checked: options of a person become these.
import { UserError } from '../kernel/errors.ts';
import { Secret } from '../kernel/secret.ts';
import type { Origin } from './discovery.ts';
import type { TopicNames } from './topics.ts';

export interface Credentials {
  readonly username: string;
  readonly password: Secret;
}

export interface Tls {
  /** Authorities to trust beside none: PEM text; null = those of the machine. */
  readonly ca: string | null;
  /** false accepts any certificate: only for somebody who asked for it. */
  readonly verify: boolean;
}

export interface BrokerAddress {
  readonly host: string;
  readonly port: number;
  readonly tls: Tls | null;
}

export interface MqttSettings {
  /** null: the network is given as `connect` (embedded broker in process, tests). */
  readonly broker: BrokerAddress | null;
  /** Asked before the first connection and again after each refusal; null = none. May come from the Supervisor, so it may wait. */
  readonly credentials: () => Credentials | null | Promise<Credentials | null>;
  /** 5 = MQTT 5 first, 3.1.1 when the broker refuses it; 4 = 3.1.1 at once (the embedded broker speaks nothing else). */
  readonly protocol: 4 | 5;
  readonly topics: TopicNames;
  /** false: states and commands only, nothing for Home Assistant. */
  readonly discovery: boolean;
  readonly origin: Origin;
}

/**
 * @param url `mqtt://host:1883`, `mqtts://host:8883`, with or without `name:password@`
 * @throws UserError naming `field`
 */
export function parseBrokerUrl(
  field: string,
  url: string,
  tls: Tls,
): { address: BrokerAddress; credentials: Credentials | null } {
  const remedy = 'use mqtt://host:1883, or mqtts://host:8883 with TLS';
  const wrong = (what: string): UserError => new UserError(`${field}: ${what}; ${remedy}.`, { field });
  const parsed = URL.parse(url.trim());
  if (parsed === null) throw wrong('this is not an address');
  const secure = parsed.protocol === 'mqtts:' || parsed.protocol === 'ssl:' || parsed.protocol === 'tls:';
  if (!secure && parsed.protocol !== 'mqtt:' && parsed.protocol !== 'tcp:')
    throw wrong(`"${parsed.protocol}" is not understood`);
  if (parsed.hostname === '') throw wrong('the host is missing');
  if (parsed.pathname !== '' && parsed.pathname !== '/') throw wrong('the address ends after the port');
  return {
    address: {
      host: parsed.hostname.replace(/^\[|\]$/g, ''),
      port: parsed.port === '' ? (secure ? 8883 : 1883) : Number(parsed.port),
      tls: secure ? tls : null,
    },
    credentials:
      parsed.username === ''
        ? null
        : { username: decoded(parsed.username), password: new Secret(decoded(parsed.password)) },
  };
}

/** A stray percent sign is itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Longest name, characters: the whole topic must stay far below the 65,535 bytes of [MQTT-4.7.3-3]. */
const MOST_NAME = 100;

/** What is wrong with a topic name, as the end of a sentence about it; null = nothing. */
export function topicNameFault(name: string): string | null {
  if (name === '') return 'is empty';
  if (name.length > MOST_NAME) return `is longer than ${MOST_NAME} characters`;
  if (/[+#]/.test(name)) return 'contains a wildcard (+ or #)';
  if (name.startsWith('$')) return 'begins with $, which belongs to the broker';
  if (name.startsWith('/') || name.endsWith('/') || name.includes('//')) return 'has an empty level (a slash too many)';
  return /[\p{C}\s]/u.test(name) ? 'contains a space or a control character' : null;
}
