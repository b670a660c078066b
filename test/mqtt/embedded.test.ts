import { connect } from 'node:net';
import { connectAsync, MqttClient } from 'mqtt';
import { afterEach, describe, expect, it } from 'vitest';
import { UserError } from '../../src/kernel/errors.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { type Embedded, type EmbeddedOptions, type RetainedMessage, startEmbedded } from '../../src/mqtt/embedded.ts';
import { credentials } from './support.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function started(more: Partial<EmbeddedOptions> = {}): Promise<Embedded> {
  const options = {
    credentials: null,
    listen: null,
    load: () => [],
    save: () => {},
    moved: () => {},
    log: silentLog,
    ...more,
  };
  const broker = await startEmbedded(options);
  ends.push(broker.stop);
  return broker;
}

const listen = { host: '127.0.0.1', port: 0 };

describe('the embedded broker', () => {
  it('lets in who knows name and password, and nobody else', async () => {
    const { port } = await started({ listen, credentials: credentials('house', 'right') });
    const url = `mqtt://127.0.0.1:${port}`;
    const attempt = (username?: string, password?: string) =>
      connectAsync(url, {
        reconnectPeriod: 0,
        ...(username === undefined ? {} : { username }),
        ...(password === undefined ? {} : { password }),
      });
    const right = await attempt('house', 'right');
    ends.push(() => right.endAsync(true));
    expect(right.connected).toBe(true);
    await expect(attempt('house', 'wrong')).rejects.toThrow(/username or password/i);
    await expect(attempt('other', 'right')).rejects.toThrow(/username or password/i);
    await expect(attempt()).rejects.toThrow(/username or password/i);
  });

  it('keeps retained messages over a restart, and forgets those that were cleared', async () => {
    const kept = new Map<string, RetainedMessage>();
    const store: Partial<EmbeddedOptions> = {
      load: () => [...kept.values()],
      save: (topic, message) => void (message === null ? kept.delete(topic) : kept.set(topic, message)),
    };
    const first = await started(store);
    const writer = new MqttClient(() => first.connect(), { reconnectPeriod: 0 });
    await writer.publishAsync('a/state', 'one', { qos: 1, retain: true });
    await writer.publishAsync('b/state', 'two', { qos: 1, retain: true });
    await writer.publishAsync('b/state', '', { qos: 1, retain: true });
    await writer.publishAsync('c/event', 'three', { qos: 1 });
    await writer.endAsync();
    await first.stop();
    expect([...kept.keys()]).toEqual(['a/state']);
    const second = await started(store);
    const reader = new MqttClient(() => second.connect(), { reconnectPeriod: 0 });
    const message = new Promise<string>((resolve) =>
      reader.once('message', (topic, payload, { retain }) => resolve(`${topic} ${payload} ${retain}`)),
    );
    await reader.subscribeAsync('#', { qos: 1 });
    expect(await message).toBe('a/state one true');
    await reader.endAsync();
  });

  it('forwards what was acknowledged last before it ends', async () => {
    const broker = await started({ listen });
    const reader = await connectAsync(`mqtt://127.0.0.1:${broker.port}`, { reconnectPeriod: 0 });
    const got: string[] = [];
    reader.on('message', (_topic, payload) => got.push(payload.toString()));
    const closed = new Promise<void>((resolve) => reader.once('close', () => resolve()));
    await reader.subscribeAsync('a/state', { qos: 0 });
    const writer = new MqttClient(() => broker.connect(), { reconnectPeriod: 0 });
    await writer.publishAsync('a/state', 'offline', { qos: 1, retain: true });
    await writer.endAsync();
    await broker.stop();
    await closed;
    expect(got).toEqual(['offline']);
  });

  it('takes a packet in many pieces while others wait behind it', async () => {
    const { port } = await started({ listen });
    const reader = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0 });
    ends.push(() => reader.endAsync(true));
    const got: number[] = [];
    const all = new Promise<void>((resolve) =>
      reader.on('message', (_topic, payload) => {
        got.push(payload.length);
        if (got.length === 12) resolve();
      }),
    );
    await reader.subscribeAsync('big', { qos: 1 });
    for (let n = 0; n < 12; n++) reader.publish('big', 'x'.repeat(200_000), { qos: 1 });
    await all;
    expect(new Set(got)).toEqual(new Set([200_000]));
  });

  it('survives what is no MQTT', async () => {
    const { port } = await started({ listen });
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\n\r\n'));
      socket.on('error', () => {});
      socket.on('close', () => resolve());
    });
    const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0 });
    expect(client.connected).toBe(true);
    await client.endAsync();
  });

  it('says in words that its port is taken', async () => {
    const { port } = await started({ listen });
    const second = started({ listen: { host: '127.0.0.1', port } });
    await expect(second).rejects.toBeInstanceOf(UserError);
    await expect(second).rejects.toThrow(`embedded_port: port ${port} is taken`);
  });
});
