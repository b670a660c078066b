// A receiver with its ears open: what it told, logged and answered; and Enode's hand, which signs.
import { createHmac } from 'node:crypto';
import type { Fact } from '../../../src/domain/fact.ts';
import { type Instant, instant } from '../../../src/domain/instant.ts';
import { createOddities } from '../../../src/enode/oddities.ts';
import type { Reading } from '../../../src/enode/webhooks/events.ts';
import { createKeys, type Keep } from '../../../src/enode/webhooks/keys.ts';
import { createReceiver } from '../../../src/enode/webhooks/receiver.ts';
import { createWire } from '../../../src/enode/wire.ts';
import { seededEntropy } from '../../../src/kernel/entropy.ts';
import type { Log } from '../../../src/kernel/log.ts';
import { SimulatedClock } from '../../../src/kernel/simulated-clock.ts';
import { manualWire } from '../../mqtt/support.ts';
import { NOON, vehicle } from '../house.ts';

export const URL_OF_OURS = 'https://home.example/enode';
export const iso = (at: number): string => new Date(at).toISOString();

export function memoryKeep(): Keep & { readonly all: Map<string, string> } {
  const all = new Map<string, string>();
  return { all, get: (key) => all.get(key) ?? null, put: (key, value) => void all.set(key, value) };
}

export const signed = (secret: string, body: string): string =>
  `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`;

/** An event of a car of ours as of `at`. */
export const carEvent = (at: number, state: Record<string, unknown> = {}, more: Record<string, unknown> = {}) => ({
  event: 'user:vehicle:updated',
  version: '2024-10-01',
  createdAt: iso(at),
  user: { id: 'home' },
  vehicle: vehicle({ lastSeen: iso(at) }, { lastUpdated: iso(at), ...state }),
  updatedFields: [],
  ...more,
});

export const heartbeat = (at: number) => ({
  event: 'system:heartbeat',
  version: '2024-10-01',
  createdAt: iso(at),
  pendingEvents: 0,
});

/** Reads events without any door: user `home` is ours. */
export function plainReading(log: Log): Reading {
  const oddities = createOddities(log);
  return { wire: createWire(oddities), oddities, redact: (text) => text, isOurs: (user) => user === 'home' };
}

export function ear(options: { keep?: Keep; cloudNow?: () => Instant | null } = {}) {
  const clock = new SimulatedClock(NOON);
  const facts: Fact[] = [];
  const lines: string[] = [];
  const keep = (text: string): void => void lines.push(text);
  const log: Log = { debug: keep, info: keep, warn: keep, error: keep };
  const hidden: string[] = [];
  const wire = manualWire();
  const keys = createKeys(options.keep ?? memoryKeep(), seededEntropy(1), (secret) => void hidden.push(secret));
  const receiver = createReceiver({
    url: URL_OF_OURS,
    keys,
    clock: { world: clock, wire },
    log,
    tell: (fact) => void facts.push(fact),
    reading: plainReading(log),
    cloudNow: options.cloudNow ?? (() => instant(clock.now())),
  });
  let deliveries = 0;
  const post = async (body: string, headers: Record<string, string> = {}, url = URL_OF_OURS): Promise<Response> => {
    const all = {
      'content-type': 'application/json',
      'x-enode-delivery': `delivery-${++deliveries}`,
      ...headers,
    };
    const response = await receiver.receive(new Request(url, { method: 'POST', headers: all, body }));
    await clock.settle();
    return response;
  };
  const self = {
    clock,
    facts,
    lines,
    hidden,
    /** Lets time of the wire pass. */
    passWire: (ms: number) => wire.pass(ms),
    keys,
    receiver,
    post,
    /** A delivery as Enode signs it with the secret in force. */
    deliver: (events: unknown, headers: Record<string, string> = {}): Promise<Response> => {
      const body = typeof events === 'string' ? events : JSON.stringify(events);
      return post(body, { 'x-enode-signature': signed(keys.secrets()[0] ?? '', body), ...headers });
    },
    kinds: () => facts.map(({ kind }) => kind),
  };
  return self;
}
