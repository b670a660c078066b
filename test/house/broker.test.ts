import { describe, expect, it } from 'vitest';
import { askForBroker } from '../../src/home-assistant/supervisor.ts';

const never = new AbortController().signal;
const answering =
  (answer: unknown, ok = true) =>
  async () => ({ ok, json: async () => answer });

describe('the broker that Home Assistant knows', () => {
  it('is asked with the token, and its password stays a secret', async () => {
    const asked: unknown[] = [];
    const service = await askForBroker(
      async (url, { headers }) => {
        asked.push([url, headers.authorization]);
        const data = {
          host: 'core-mosquitto',
          port: 1883,
          ssl: false,
          username: 'addons',
          password: 'xyz',
          protocol: '3.1.1',
        };
        return { ok: true, json: async () => ({ result: 'ok', data }) };
      },
      'token-1',
      never,
    );
    expect(asked).toEqual([['http://supervisor/services/mqtt', 'Bearer token-1']]);
    expect(service).toMatchObject({ host: 'core-mosquitto', port: 1883, tls: false, username: 'addons' });
    expect(service?.password?.reveal()).toBe('xyz');
    expect(JSON.stringify(service)).not.toContain('xyz');
  });

  it.each([
    ['no broker is installed', answering({ result: 'error', message: 'Service not enabled' }, false)],
    ['the answer has no host', answering({ data: { port: 1883 } })],
    ['the answer is not an object', answering(null)],
    ['the answer is a list', answering([1, 2])],
    [
      'the Supervisor does not answer',
      async () => {
        throw new Error('ECONNREFUSED');
      },
    ],
  ])('is not there when %s', async (_why, ask) => {
    expect(await askForBroker(ask, 'token', never)).toBeNull();
  });

  it('may need no name', async () => {
    const service = await askForBroker(answering({ data: { host: 'h', port: 1883, ssl: true } }), 'token', never);
    expect(service).toEqual({ host: 'h', port: 1883, tls: true, username: null, password: null });
  });
});
