// What an open page hears: everything at first, then each difference once, and a heartbeat; nobody who does not read holds memory.
import { describe, expect, it } from 'vitest';
import { createLive } from '../../src/web/live.ts';
import { manualWire } from '../mqtt/support.ts';
import { portrait, scene } from './support.ts';

interface Event {
  readonly event: string;
  readonly data: unknown;
}

function listener(stream: ReadableStream<Uint8Array>) {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  return {
    next: async (): Promise<Event> => {
      const { value } = await reader.read();
      const lines = decoder.decode(value).trim().split('\n');
      const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))!.slice(name.length + 2);
      return { event: field('event'), data: JSON.parse(field('data')) };
    },
    leave: () => reader.cancel(),
    closed: reader.closed,
  };
}

function house() {
  const wire = manualWire();
  const state = { paired: 0, made: 0 };
  const live = createLive({
    wire,
    portraits: () => [portrait()],
    documents: {
      pairs: () => {
        state.made++;
        return { count: state.paired };
      },
    },
  });
  return { wire, live, state };
}

describe('an open page', () => {
  it('hears everything, then what differs, once', async () => {
    const { live, wire, state } = house();
    const page = listener(live.open()!);
    expect(await page.next()).toEqual({
      event: 'everything',
      data: { portraits: [portrait()], pairs: { count: 0 } },
    });
    live.show(portrait());
    const charging = portrait({ state: { charging: true, reason: 'Charging.' } });
    live.show(charging);
    live.show(charging);
    state.paired = 1;
    wire.pass(200);
    live.retire('vehicle', 'car-1');
    expect([await page.next(), await page.next(), await page.next()]).toEqual([
      { event: 'portrait', data: charging },
      { event: 'pairs', data: { count: 1 } },
      { event: 'retired', data: { kind: 'vehicle', id: 'car-1' } },
    ]);
  });

  it('hears a heartbeat, and what changed by time alone with it', async () => {
    const { live, wire, state } = house();
    const page = listener(live.open()!);
    await page.next();
    wire.pass(10_000);
    expect((await page.next()).event).toBe('beat');
    state.paired = 2;
    wire.pass(10_000);
    expect([(await page.next()).event, (await page.next()).event]).toEqual(['pairs', 'beat']);
  });

  it('that comes back hears everything anew', async () => {
    const { live, state } = house();
    const first = listener(live.open()!);
    await first.next();
    await first.leave();
    state.paired = 3;
    expect((await listener(live.open()!).next()).data).toMatchObject({ pairs: { count: 3 } });
  });

  it('is let go at the end of the daemon', async () => {
    const { live } = house();
    const page = listener(live.open()!);
    await page.next();
    live.stop();
    await expect(page.closed).resolves.toBeUndefined();
  });
});

it('nothing is worked out while nobody looks', () => {
  const { live, wire, state } = house();
  live.show(portrait());
  wire.pass(60_000);
  expect(state.made).toBe(0);
});

it('a page that does not read is dropped before it fills the memory', async () => {
  const { live, wire, state } = house();
  const stream = live.open()!;
  const made = state.made;
  for (let turn = 0; turn < 80; turn++)
    live.show(portrait({ state: { charging: true, reason: `${turn} ${'x'.repeat(60_000)}` } }));
  await expect(stream.getReader().closed).rejects.toThrow('does not read');
  wire.pass(20_000);
  expect(state.made).toBe(made);
});

it('there is an end to how many pages are held open', async () => {
  const { get } = scene();
  for (let turn = 0; turn < 32; turn++) expect((await get('/api/live')).status).toBe(200);
  const answer = await get('/api/live');
  expect([answer.status, await answer.json()]).toMatchObject([503, { error: { code: 'busy' } }]);
});
