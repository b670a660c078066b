// How requests really end, on real sockets of this machine: what was certainly not sent, and what is in doubt.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Ended, HttpRequest, Network } from '../../src/enode/http.ts';
import { wireLimits } from '../../src/enode/numbers.ts';
import { overUndici } from '../../src/enode/undici.ts';
import { realWire } from '../../src/kernel/real-clock.ts';
import { action, setUp } from './house.ts';

const tight = { ...wireLimits, connect: 400, headers: 120, body: 120, total: 2_500, size: 10_000 };
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A server that does `serve` with each connection after its first bytes. */
async function listen(serve: (socket: Socket, seen: string) => void): Promise<{ url: string; seen: string[] }> {
  const seen: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      seen.push(String(bytes));
      serve(socket, String(bytes));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

function network(limits = tight): Network {
  const made = overUndici(limits, realWire);
  ends.push(() => made.stop());
  return made;
}

const post = (url: string): HttpRequest => ({
  method: 'POST',
  url: `${url}/x?y=1`,
  headers: { authorization: 'Bearer t' },
  body: '{"a":1}',
});
const head = (length: number, status = '200 OK'): string => `HTTP/1.1 ${status}\r\ncontent-length: ${length}\r\n`;

async function closedPort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `127.0.0.1:${port}`;
}

const ended = (url: string, limits = tight): Promise<Ended> => network(limits).request(post(url));

describe('answered', () => {
  it('with status, headers and text, and the request whole on the wire', async () => {
    const server = await listen((socket) =>
      socket.write(`${head(5, '429 Slow')}date: Sat, 02 May 2026 12:00:00 GMT\r\nretry-after: 3\r\n\r\nhall!`),
    );
    expect(await ended(server.url)).toEqual({
      kind: 'answered',
      status: 429,
      date: 'Sat, 02 May 2026 12:00:00 GMT',
      retryAfter: '3',
      text: 'hall!',
    });
    expect(server.seen[0]).toMatch(/^POST \/x\?y=1 HTTP\/1\.1\r\n[\s\S]*authorization: Bearer t\r\n[\s\S]*\{"a":1\}$/);
  });

  it('after an informational answer, and in pieces that split a letter', async () => {
    const bytes = Buffer.from('ä');
    const server = await listen((socket) => {
      socket.write(`HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n${head(2)}\r\n`);
      socket.write(bytes.subarray(0, 1), () => setImmediate(() => socket.write(bytes.subarray(1))));
    });
    expect(await ended(server.url)).toMatchObject({ kind: 'answered', status: 200, text: 'ä' });
  });

  it('on kept connections: one, or two when the next request follows at once', async () => {
    const lines = new Set<Socket>();
    const server = await listen((socket) => {
      lines.add(socket);
      socket.write(`${head(0)}\r\n`);
    });
    const line = network();
    for (let i = 0; i < 8; i++) expect(await line.request(post(server.url))).toMatchObject({ kind: 'answered' });
    expect(server.seen).toHaveLength(8);
    expect(lines.size).toBeLessThanOrEqual(2);
  });
});

describe('certainly not sent', () => {
  it('a refused connection', async () => {
    const address = await closedPort();
    expect(await ended(`http://${address}`)).toEqual({
      kind: 'unsent',
      why: `${address} refused the connection (ECONNREFUSED)`,
    });
  });

  it('a name that does not exist', async () => {
    const result = await ended('http://no-such-host.invalid', { ...tight, connect: 5_000, total: 10_000 });
    expect(result).toMatchObject({ kind: 'unsent', why: expect.stringContaining('no-such-host.invalid') });
  });

  it('TLS that meets no TLS', async () => {
    const server = await listen((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect(await ended(server.url.replace('http:', 'https:'))).toMatchObject({ kind: 'unsent' });
    expect(server.seen.join('')).not.toContain('Bearer');
  });

  it('TLS whose server hangs up or keeps silent', async () => {
    const rude = await listen((socket) => socket.destroy());
    expect(await ended(rude.url.replace('http:', 'https:'))).toMatchObject({ kind: 'unsent' });
    const silent = await listen(() => {});
    expect(await ended(silent.url.replace('http:', 'https:'))).toMatchObject({ kind: 'unsent' });
  });

  it('a header that cannot be written', async () => {
    const server = await listen((socket) => socket.write(`${head(0)}\r\n`));
    const result = await network().request({ ...post(server.url), headers: { authorization: 'a\r\nb: c' } });
    expect(result).toMatchObject({ kind: 'unsent' });
    expect(server.seen).toEqual([]);
  });

  it('after the stop', async () => {
    const line = network();
    await line.stop();
    expect(await line.request(post('http://127.0.0.1:1'))).toMatchObject({
      kind: 'unsent',
      why: 'the daemon is stopping',
    });
  });
});

describe('in doubt', () => {
  it.each<[string, (socket: Socket) => void]>([
    ['a server that never answers', () => {}],
    ['a connection dropped before the answer', (socket) => socket.destroy()],
    ['a reset before the answer', (socket) => socket.resetAndDestroy()],
    [
      'a reset in the middle of the body',
      (socket) => void socket.write(`${head(100)}\r\nabc`, () => socket.resetAndDestroy()),
    ],
    ['a body that ends too soon', (socket) => socket.end(`${head(100)}\r\nabc`)],
    ['a body that stands still', (socket) => void socket.write(`${head(100)}\r\nabc`)],
    ['an answer that is not HTTP', (socket) => socket.end('SSH-2.0-x\r\n')],
    ['an answer that is too large', (socket) => void socket.write(`${head(20_000)}\r\n${'x'.repeat(20_000)}`)],
    [
      'an endless answer without a length',
      (socket) => void socket.write(`HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(30_000)}`),
    ],
  ])('%s', async (_, serve) => {
    const server = await listen(serve);
    const result = await ended(server.url);
    expect(result).toMatchObject({ kind: 'doubtful', why: expect.stringMatching(/./) });
    expect(server.seen).toHaveLength(1);
  });

  it('a server that drips is ended by the longest time', async () => {
    const server = await listen((socket) => {
      socket.write(`${head(1_000)}\r\n`);
      const drip = setInterval(() => socket.write('x'), 30);
      socket.on('close', () => clearInterval(drip));
    });
    expect(await ended(server.url, { ...tight, total: 300 })).toMatchObject({
      kind: 'doubtful',
      why: expect.stringContaining('no answer'),
    });
  });

  it('a request under way when the daemon stops', async () => {
    const server = await listen(() => {});
    const line = network({ ...tight, headers: 5_000 });
    const result = line.request(post(server.url));
    while (server.seen.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await line.stop();
    expect(await result).toMatchObject({ kind: 'doubtful' });
  });
});

describe('a command over real sockets (R4)', () => {
  const answer = (socket: Socket, text: string): void =>
    void socket.write(`${head(Buffer.byteLength(text))}\r\n${text}`);
  const token = '{"access_token":"t","expires_in":3599}';

  it('is accepted', async () => {
    const server = await listen((socket, seen) =>
      answer(socket, seen.includes('/oauth2/token') ? token : JSON.stringify(action())),
    );
    const house = setUp({ apiUrl: server.url, limits: tight });
    ends.push(() => house.enode.stop());
    expect(await house.send()).toMatchObject({ kind: 'accepted' });
    expect(server.seen[1]).toMatch(/^POST \/vehicles\/car-1\/charging HTTP/);
  });

  it('that was reset is posted exactly once', async () => {
    const server = await listen((socket, seen) =>
      seen.includes('/oauth2/token') ? answer(socket, token) : socket.resetAndDestroy(),
    );
    const house = setUp({ apiUrl: server.url, limits: tight });
    ends.push(() => house.enode.stop());
    expect(await house.send()).toMatchObject({ kind: 'doubtful' });
    expect(server.seen.filter((text) => text.includes('/charging'))).toHaveLength(1);
  });

  it('to a closed port was not sent', async () => {
    const house = setUp({ apiUrl: `http://${await closedPort()}`, limits: tight });
    ends.push(() => house.enode.stop());
    expect(await house.send()).toMatchObject({ kind: 'unsent', why: expect.stringContaining('ECONNREFUSED') });
  });
});
