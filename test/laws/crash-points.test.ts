// Crash points, enumerated: the daemon is killed at each commit and around each request in turn, and a new one goes on from the disk.
import { describe, expect, it } from 'vitest';
import type { Order } from '../../src/domain/fact.ts';
import { numbers } from '../../src/domain/numbers.ts';
import { findings } from '../support/findings.ts';
import { type MortalHome, mortalHome } from '../support/mortal-home.ts';

const blue = '60642ba2-653e-45fb-a4ed-8e5f5936138e';
const garage = '0a53b478-0295-4827-a634-5391c6dfa69f';

interface Act {
  readonly subject: string;
  readonly want?: 'start' | 'stop';
  readonly mode?: 'off' | 'now';
  /** s until the next act */
  readonly pause: number;
}

interface Story {
  readonly name: string;
  /** `local` routing for a client without Enode's help; else Enode's. */
  readonly isLocal?: boolean;
  /** Hands in the world before it begins: `PATCH /control/…`. */
  readonly hands?: readonly (readonly [path: string, body: Readonly<Record<string, unknown>>])[];
  /** s after the first act from which on points count. */
  readonly armAfter?: number;
  readonly acts: readonly Act[];
  /** Most different actions the cloud may ever have made of it, by direction. */
  readonly most: Readonly<Record<string, number>>;
}

const stories: readonly Story[] = [
  { name: 'a START by the car’s switch', acts: [{ subject: blue, want: 'start', pause: 20 }], most: { START: 1 } },
  // A charger's repeat in doubt is a new action (R4d): the report stays contrary, for it is the car that holds the stop.
  {
    name: 'a START by the charger’s own switch',
    acts: [{ subject: garage, want: 'start', pause: 20 }],
    most: { START: 2 },
  },
  {
    name: 'a START and its reversal',
    acts: [
      { subject: blue, want: 'start', pause: 3 },
      { subject: blue, want: 'stop', pause: 20 },
    ],
    most: { START: 1, STOP: 1 },
  },
  {
    name: 'both switches of one loadpoint',
    acts: [
      { subject: garage, want: 'start', pause: 3 },
      { subject: blue, want: 'stop', pause: 20 },
    ],
    most: { START: 2, STOP: 1 },
  },
  {
    name: 'a STOP to a deaf car, and the fallback to its charger',
    isLocal: true,
    hands: [[`/vehicles/${blue}`, { stopped: false, behaviour: 'deaf' }]],
    armAfter: 235,
    acts: [{ subject: blue, want: 'stop', pause: 20 }],
    most: { STOP: 2 },
  },
  {
    name: 'the same, reversed on the way',
    isLocal: true,
    hands: [[`/vehicles/${blue}`, { stopped: false, behaviour: 'slow' }]],
    armAfter: 238,
    acts: [
      { subject: blue, want: 'stop', pause: 3 },
      { subject: blue, want: 'start', pause: 10 },
    ],
    most: { STOP: 2 },
  },
  {
    name: 'a START of what both hold back',
    isLocal: true,
    hands: [[`/chargers/${garage}`, { stopped: true }]],
    armAfter: 45,
    acts: [{ subject: blue, want: 'start', pause: 35 }],
    most: { START: 2 },
  },
  { name: 'mode now', acts: [{ subject: blue, mode: 'now', pause: 20 }], most: { START: 1 } },
];

async function tell(home: MortalHome, { subject, want, mode }: Act): Promise<void> {
  if (mode) return home.order(subject, { kind: 'mode', mode });
  const order: Order = { kind: 'charging', want: want!, anywhere: false, route: null };
  const until = home.clock.now() + numbers.wishDeadlineMs + numbers.reversalWatchMs;
  await home.control('POST', '/control/wishes', { subject, want: want!.toUpperCase(), until });
  home.order(subject, order);
}

/** @returns the points passed; null once `killAt` is beyond the last of them */
async function play(story: Story, killAt: number): Promise<string | null> {
  const home = await mortalHome(story.isLocal ? { control: 'local' } : {});
  if (story.isLocal) await home.control('POST', '/control/clients/demo', { unlocking: false, orchestration: false });
  for (const [path, body] of story.hands ?? []) await home.control('PATCH', `/control${path}`, body);
  await home.advance(story.hands ? 600 : 60);
  let armAfter = story.armAfter ?? 0;
  if (armAfter === 0) home.arm(killAt);
  for (const act of story.acts) {
    await tell(home, act);
    if (armAfter > 0) {
      await home.advance(armAfter);
      home.arm(killAt);
      armAfter = 0;
    }
    for (let s = 0; s < act.pause && home.isAlive; s++) await home.advance(1);
    if (!home.isAlive) break;
  }
  const name = home.points[killAt] ?? null;
  const isKilled = !home.isAlive;
  const accepted = home.replies.filter(({ ok }) => ok).length;
  home.arm(Number.POSITIVE_INFINITY);
  if (isKilled) {
    await home.advance(5);
    await home.begin();
  }
  await home.advance(1300);
  const where = `${story.name}, killed ${name}`;
  expect([where, findings(await home.control('GET', '/control/verdict'))]).toEqual([where, []]);
  expect([where, home.loop().view().get('bridge', 'bridge')?.latched ?? null]).toEqual([where, null]);
  // Nothing is sent twice: a repeat in doubt meets the same action again.
  for (const [direction, most] of Object.entries(story.most)) {
    const ids = new Set(home.actions.filter((one) => one.direction === direction).map(({ id }) => id));
    expect([where, direction, ids.size]).toEqual([where, direction, Math.min(ids.size, most)]);
  }
  // No wish is lost: what was answered with "ok" came to an end that was told.
  const last = story.acts[Math.max(0, accepted - 1)]!;
  const { command } = home.state(last.subject);
  if (accepted > 0 && last.want) expect(`${where}: ${command}`).toMatch(/: (confirmed|failed|superseded)$/);
  if (accepted > 0 && last.mode)
    expect([where, home.loop().view().get('setting', blue)?.mode]).toEqual([where, last.mode]);
  const { vehicles } = (await home.control('GET', '/control/state')) as {
    vehicles: { id: string; truth: { isCharging: boolean } }[];
  };
  const { isCharging } = vehicles.find(({ id }) => id === blue)!.truth;
  if (accepted === story.acts.length && command !== 'failed') {
    const should = last.mode === 'now' || last.want === 'start';
    expect([where, isCharging]).toEqual([where, should]);
  }
  await home.stop();
  return isKilled ? name : null;
}

describe('killed at each point in turn', () => {
  it.each(stories)(
    '$name: the referee finds nothing, no wish is lost, nothing is sent twice',
    async (story) => {
      const killed: string[] = [];
      for (let at = 0; at < 400; at++) {
        const name = await play(story, at);
        if (name === null) break;
        killed.push(name);
      }
      if (story.isLocal) expect(killed.some((name) => /cancel_answered/.test(name))).toBe(true);
      expect(killed.length).toBeGreaterThan(10);
      for (const kind of [
        /before a commit/,
        /after a commit/,
        /before .*charging reaches/,
        /after .*charging was answered/,
        /before attempt_answered/,
        /after attempt_answered/,
      ]) {
        expect(killed.some((name) => kind.test(name))).toBe(true);
      }
    },
    60_000,
  );
});
