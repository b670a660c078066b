// The port for webhooks over real sockets: what a Request made by hand cannot show.
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { serveWebhooks, type WebhookPort } from '../../src/cli/webhook-port.ts';
import { NOON } from '../enode/house.ts';
import { carEvent, ear, signed } from '../enode/webhooks/support.ts';

let port: WebhookPort;
afterEach(() => port.stop());

const listen = async (): Promise<ReturnType<typeof ear>> => {
  const at = ear();
  at.keys.renew();
  port = await serveWebhooks(at.receiver.receive, { host: '127.0.0.1', port: 0 });
  return at;
};

/** Writes pieces of a request as they are; resolves with all that came back once the connection is closed. */
function raw(...pieces: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port.port, '127.0.0.1');
    let text = '';
    socket.on('data', (data) => {
      text += data.toString();
    });
    socket.once('error', () => resolve(text));
    socket.once('close', () => resolve(text));
    for (const piece of pieces) socket.write(piece);
  });
}

const head = (length: string, more = ''): string =>
  `POST /enode HTTP/1.1\r\nhost: home.example\r\ncontent-type: application/json\r\n${length}\r\nconnection: close\r\n${more}`;

describe('the webhook port', () => {
  it('takes what was signed, whole, in pieces, and compressed by nobody', async () => {
    const at = await listen();
    const body = JSON.stringify([carEvent(NOON, { displayName: 'Zoë’s' })]);
    const signature = `x-enode-signature: ${signed(at.keys.secrets()[0]!, body)}\r\nx-enode-delivery: one\r\n\r\n`;
    const length = `content-length: ${Buffer.byteLength(body)}`;
    const answer = await raw(head(length, signature), body.slice(0, 100), body.slice(100));
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    await at.clock.settle();
    expect(at.kinds()).toEqual(['webhook_heard', 'vehicle_reported']);
  });

  it('refuses a body that says it is too large, and one that only turns out to be', async () => {
    const at = await listen();
    const signature = `x-enode-signature: sha1=${'0'.repeat(40)}\r\n\r\n`;
    expect(await raw(head('content-length: 9000000', signature))).toMatch(/^HTTP\/1\.1 413 /);
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
    const endless = Array.from({ length: 40 }, () => chunk);
    expect(await raw(head('transfer-encoding: chunked', signature), ...endless)).toMatch(/^HTTP\/1\.1 413 /);
    expect(at.receiver.counts().refused).toEqual({ size: 2 });
  });

  it('outlives nonsense and connections that break', async () => {
    const at = await listen();
    expect(await raw('nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    await new Promise<void>((resolve) => {
      const signature = `x-enode-signature: sha1=${'0'.repeat(40)}\r\n\r\n`;
      const socket = connect(port.port, '127.0.0.1', () => {
        socket.write(head('content-length: 1000', signature), () => socket.write('[', () => socket.destroy()));
      });
      socket.once('close', () => resolve());
    });
    const body = JSON.stringify([carEvent(NOON)]);
    const answer = await fetch(`http://127.0.0.1:${port.port}/enode`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-enode-signature': signed(at.keys.secrets()[0]!, body) },
      body,
    });
    expect(answer.status).toBe(200);
  });
});
