import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/kernel/errors.ts';
import { SimulatedClock } from '../../src/kernel/simulated-clock.ts';
import { memoryPair } from '../../src/mqtt/memory-duplex.ts';
import { clientIdOf } from '../../src/mqtt/mqtt.ts';
import { createPacer } from '../../src/mqtt/pacer.ts';
import { parseBrokerUrl, topicNameFault } from '../../src/mqtt/settings.ts';
import { socketSentence } from '../../src/mqtt/socket.ts';
import { createTopics } from '../../src/mqtt/topics.ts';
import { createWindow } from '../../src/mqtt/window.ts';
import { morning } from './support.ts';

const refusal = (run: () => unknown): UserError => {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof UserError) return thrown;
  }
  throw new Error('it was accepted');
};

describe('topic names', () => {
  it.each(['enode2mqtt', 'home/enode2mqtt', 'a_b-c.d'])('%s is fine', (name) =>
    expect(topicNameFault(name)).toBeNull(),
  );
  it.each([
    ['', /empty/],
    ['a+b', /wildcard/],
    ['a/#', /wildcard/],
    ['$SYS', /begins with \$/],
    ['/a', /empty level/],
    ['a/', /empty level/],
    ['a//b', /empty level/],
    ['a b', /space/],
    ['a\u0000b', /control character/],
    ['x'.repeat(101), /longer/],
  ])('%j is refused', (name, said) => {
    expect(topicNameFault(name)).toMatch(said);
  });

  it('reads no command out of anything else', () => {
    const { readCommand } = createTopics({ base: 'b', prefix: 'h' }, 'x');
    expect(readCommand('b/vehicle/1/charging/set')).toEqual({ kind: 'vehicle', id: '1', key: 'charging' });
    for (const topic of [
      'b/vehicle/1/set',
      'b/vehicle/1/2/3/set',
      'c/vehicle/1/charging/set',
      'b/boat/1/charging/set',
      'b/site/set',
      'b/set',
      'set',
      '',
    ]) {
      expect(readCommand(topic), topic).toBeNull();
    }
    fc.assert(fc.property(fc.string(), (topic) => void readCommand(topic)));
  });
});

describe('the broker address', () => {
  const tls = { ca: null, verify: true };
  const read = (url: string) => parseBrokerUrl('broker_url', url, tls);
  it.each([
    ['mqtt://core-mosquitto', { host: 'core-mosquitto', port: 1883, tls: null }],
    ['mqtts://broker.lan', { host: 'broker.lan', port: 8883, tls }],
    ['mqtt://[::1]:1884/', { host: '::1', port: 1884, tls: null }],
  ])('%s', (url, address) => expect(read(url)).toEqual({ address, credentials: null }));

  it('may carry name and password', () => {
    const { credentials } = read('mqtt://me:p%40ss@host');
    expect(credentials?.username).toBe('me');
    expect(credentials?.password.reveal()).toBe('p@ss');
    expect(read('mqtt://me:100%@host').credentials?.password.reveal()).toBe('100%');
  });

  it.each(['', 'host', 'http://host', 'mqtt://', 'mqtt://host/topic', 'mqtt://host:99999'])(
    '%j is refused with the remedy',
    (url) => {
      const error = refusal(() => read(url));
      expect(error.field).toBe('broker_url');
      expect(error.message).toMatch(/use mqtt:\/\/host:1883/);
    },
  );
});

describe('what a failed connection is called', () => {
  const address = { host: 'broker.lan', port: 8883, tls: { ca: null, verify: true } };
  const said = (code: string, own = address as Parameters<typeof socketSentence>[1]) =>
    socketSentence(Object.assign(new Error('x'), { code }), own);
  it.each([
    ['SELF_SIGNED_CERT_IN_CHAIN', /give its CA file as broker_ca/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /not for the name broker\.lan/],
    ['CERT_HAS_EXPIRED', /has expired/],
    ['CERT_NOT_YET_VALID', /clock of this machine/],
    ['ENOTFOUND', /not known/],
    ['ECONNREFUSED', /Nothing listens/],
    ['ETIMEDOUT', /does not answer/],
    ['EPROTO', /does not speak TLS/],
    ['ESOMETHING', /ESOMETHING/],
  ])('%s', (code, text) => {
    expect(said(code)).toMatch(text);
    expect(said(code)).toMatch(/\.$/);
  });
  it('tells a wrong authority from a missing one', () => {
    expect(said('UNABLE_TO_VERIFY_LEAF_SIGNATURE', { ...address, tls: { ca: 'PEM', verify: true } })).toMatch(
      /not signed by the authority in broker_ca/,
    );
  });
});

describe('the client id', () => {
  it('is stable, and short and plain enough for every broker [MQTT-3.1.3-5]', () => {
    expect(clientIdOf('a1b2c3')).toBe('enode2mqtta1b2c3');
    expect(clientIdOf('a1b2c3d4-e5f6-7890-abcd-ef0123456789')).toMatch(/^[0-9a-zA-Z]{23}$/);
  });
});

describe('the window', () => {
  it('keeps order and never has more under way than the broker takes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.boolean(), { maxLength: 60 }), (most, steps) => {
        const window = createWindow(most);
        const begun: number[] = [];
        const open: (() => void)[] = [];
        let sent = 0;
        for (const send of steps) {
          const n = sent;
          if (send) {
            sent++;
            window.send((release) => {
              begun.push(n);
              open.push(release);
            });
          } else open.shift()?.();
          expect(open.length).toBeLessThanOrEqual(most);
        }
        while (open.length > 0) open.shift()!();
        expect(begun).toEqual(Array.from({ length: sent }, (_, n) => n));
      }),
    );
  });

  it('is idle when everything was acknowledged', async () => {
    const window = createWindow(1);
    const releases: (() => void)[] = [];
    for (let n = 0; n < 3; n++) window.send((release) => void releases.push(release));
    let idle = false;
    const waiting = window.idle().then(() => {
      idle = true;
    });
    for (const n of [0, 1]) releases[n]!();
    await Promise.resolve();
    expect(idle).toBe(false);
    releases[2]!();
    await waiting;
    expect(idle).toBe(true);
  });
});

describe('the pacer', () => {
  it('works the earliest wish of each once, in order of time and rank', async () => {
    const clock = new SimulatedClock(morning);
    const done: string[] = [];
    const pacer = createPacer(
      clock,
      () => true,
      (id) => done.push(`${id}@${clock.now() - morning}`),
    );
    pacer.want('late', 0, morning + 500);
    pacer.want('child', 2, morning + 100);
    pacer.want('parent', 0, morning + 100);
    pacer.want('late', 0, morning + 200);
    pacer.want('late', 0, morning + 900);
    pacer.want('gone', 0, morning + 50);
    pacer.drop('gone');
    pacer.pump();
    await clock.advance(2_000);
    expect(done).toEqual(['parent@100', 'child@100', 'late@200']);
    expect(clock.pending()).toEqual([]);
  });

  it('holds everything until it may', async () => {
    const clock = new SimulatedClock(morning);
    let ready = false;
    const done: string[] = [];
    const pacer = createPacer(
      clock,
      () => ready,
      (id) => void done.push(id),
    );
    pacer.want('a', 0, morning);
    pacer.pump();
    await clock.advance(1_000);
    expect(done).toEqual([]);
    ready = true;
    pacer.pump();
    expect(done).toEqual(['a']);
  });
});

describe('the wire in memory', () => {
  const read = async (stream: NodeJS.ReadableStream): Promise<Buffer> => {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  };

  it('brings everything in order, then the end', async () => {
    let moves = 0;
    const [one, two] = memoryPair(() => moves++);
    const sent = Buffer.from(Array.from({ length: 300_000 }, (_, n) => n % 251));
    for (let at = 0; at < sent.length; at += 7_001) one.write(sent.subarray(at, at + 7_001));
    one.end();
    expect((await read(two)).equals(sent)).toBe(true);
    expect(moves).toBeGreaterThan(3);
  });

  it('hangs up at the other end when one is torn down', async () => {
    const [one, two] = memoryPair(() => {});
    one.destroy();
    expect(await read(two)).toHaveLength(0);
    two.on('error', () => {});
    const late = await new Promise((resolve) => void two.write('late', resolve));
    expect(late).toBeInstanceOf(Error);
  });
});
