// The harness itself: passwords, TLS, and what outlives a restart. What enode2mqtt does with a broker stands beside this file.
import { readFileSync } from 'node:fs';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { afterEach, describe, expect, it } from 'vitest';
import { type Mosquitto, type MosquittoOptions, startMosquitto, whyNoMosquitto } from '../support/real/mosquitto.ts';

const why = whyNoMosquitto();
if (why) console.warn(`skipped: the Mosquitto suite: ${why}`);

describe.skipIf(why)('a real Mosquitto', () => {
  const ends: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });
  const started = async (options?: MosquittoOptions): Promise<Mosquitto> => {
    const broker = await startMosquitto(options);
    ends.push(broker.remove);
    return broker;
  };
  const connected = async (url: string, options: IClientOptions = {}): Promise<MqttClient> => {
    const client = await connectAsync(url, { protocolVersion: 5, reconnectPeriod: 0, ...options });
    ends.push(() => client.endAsync(true));
    return client;
  };
  const retained = async (client: MqttClient, topic: string): Promise<string> => {
    const message = new Promise<string>((resolve) =>
      client.once('message', (_topic, payload) => resolve(payload.toString())),
    );
    await client.subscribeAsync(topic);
    return message;
  };

  it('lets in who knows the password, and nobody else', async () => {
    const broker = await started({ users: { house: 'right' } });
    const client = await connected(broker.url, { username: 'house', password: 'right' });
    expect(client.connected).toBe(true);
    await expect(connected(broker.url, { username: 'house', password: 'wrong' })).rejects.toThrow(/not authorized/i);
    await expect(connected(broker.url)).rejects.toThrow(/not authorized/i);
    broker.setUsers({ house: 'new' });
    await broker.restart();
    await expect(connected(broker.url, { username: 'house', password: 'right' })).rejects.toThrow(/not authorized/i);
    expect((await connected(broker.url, { username: 'house', password: 'new' })).connected).toBe(true);
  });

  it('shows a certificate that its own CA vouches for', async () => {
    const broker = await started({ tls: { names: ['localhost'] } });
    expect(broker.url).toMatch(/^mqtts:/);
    const client = await connected(broker.url, { ca: readFileSync(broker.caFile!) });
    expect(client.connected).toBe(true);
    await expect(connected(broker.url)).rejects.toThrow(/certificate/i);
  });

  it.each([true, false])('keeps retained messages over a restart when told to: %s', async (persistence) => {
    const broker = await started({ persistence });
    const writer = await connected(broker.url);
    await writer.publishAsync('house/state', 'kept', { qos: 1, retain: true });
    await broker.restart();
    const reader = await connected(broker.url);
    if (!persistence) await reader.publishAsync('house/state', 'anew', { qos: 1, retain: true });
    expect(await retained(reader, 'house/state')).toBe(persistence ? 'kept' : 'anew');
  });
});
