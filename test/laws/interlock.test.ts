// The interlock by mutation: each check alone stands between one breach and the port.
import { describe, expect, it } from 'vitest';
import type { ChargeRequest, LimitRequest } from '../../src/domain/acting/effect.ts';
import type { Permit } from '../../src/domain/acting/permit.ts';
import { hours, instant } from '../../src/domain/instant.ts';
import { numbers } from '../../src/domain/numbers.ts';
import { checks } from '../../src/loop/checks.ts';
import { createInterlock } from '../../src/loop/interlock.ts';
import { noon } from '../support/reports.ts';
import { stage } from '../support/stage.ts';

/** Only `permitFor` makes real ones; here they are forged, for that is what the interlock must survive. */
const forged = (over: Partial<Record<keyof Permit, unknown>> = {}): Permit =>
  ({
    attempt: 'a',
    target: 'car',
    direction: 'start',
    members: ['car', 'box'],
    proof: 'home',
    own: false,
    at: noon,
    deadline: instant(noon + 600_000),
    ...over,
  }) as unknown as Permit;

const request = (over: Partial<ChargeRequest> = {}): ChargeRequest => ({
  attempt: 'a',
  target: 'car',
  targetKind: 'vehicle',
  direction: 'start',
  ...over,
});

type World = Partial<Record<'isObserving' | 'isKnown' | 'isHome' | 'isAllowed' | 'isOccupied', boolean>>;

function gate(over: World = {}, among = checks) {
  const sent: ChargeRequest[] = [];
  const limits: LimitRequest[] = [];
  const cancelled: string[] = [];
  const breaches: string[] = [];
  let now: number = noon;
  const interlock = createInterlock(
    {
      port: {
        send: (one) => void sent.push(one),
        limit: (one) => void limits.push(one),
        cancel: ({ action }) => void cancelled.push(action),
      },
      now: () => now,
      isObserving: over.isObserving ?? false,
      isKnown: () => over.isKnown ?? true,
      isHome: () => over.isHome ?? true,
      isAllowed: () => over.isAllowed ?? true,
      isOccupied: () => over.isOccupied ?? true,
      breach: (check) => void breaches.push(check),
    },
    among,
  );
  /** Sends and ends one that is in order. */
  const flown = (n: number, proof: 'person' | 'home', direction: 'start' | 'stop', target = 'car'): void => {
    interlock.send(
      request({ attempt: `former-${n}`, direction, target }),
      forged({ attempt: `former-${n}`, direction, proof, target, at: instant(now), deadline: instant(now + 1) }),
    );
    interlock.ended(`former-${n}`);
  };
  const move = (ms: number): void => {
    now += ms;
  };
  return { interlock, sent, limits, cancelled, breaches, flown, move, now: () => now };
}

type Gate = ReturnType<typeof gate>;
interface Breach {
  readonly world?: Parameters<typeof gate>[0];
  readonly before?: (at: Gate) => void;
  readonly request?: Partial<ChargeRequest>;
  readonly permit?: (at: Gate) => Partial<Record<keyof Permit, unknown>>;
}

const dayOfPersons = (at: Gate): void => {
  for (let n = 0; n < numbers.commandsPerDay; n++) {
    at.flown(n, 'person', 'stop');
    at.move(hours(24) / (numbers.commandsPerDay + 10));
  }
};
const freshly = (at: Gate): Partial<Record<keyof Permit, unknown>> => ({
  at: instant(at.now()),
  deadline: instant(at.now() + 600_000),
});

const breaches: Readonly<Record<keyof typeof checks, Breach>> = {
  'only watching': { world: { isObserving: true } },
  'permit does not fit': { request: { direction: 'stop' } },
  'permit does not cover the target': { permit: () => ({ members: ['box'] }) },
  'permit is too old': { permit: () => ({ at: instant(noon - numbers.permitAgeMs - 1) }) },
  'wish is past its deadline': { permit: () => ({ deadline: instant(noon - 1) }) },
  'asset is not known': { world: { isKnown: false } },
  'home is not proven': { world: { isHome: false } },
  'nobody consented to command this charger': {
    world: { isAllowed: false },
    request: { target: 'box', targetKind: 'charger' },
    permit: () => ({ target: 'box' }),
  },
  'no car of ours is confirmed on this charger': {
    world: { isOccupied: false },
    request: { target: 'box', targetKind: 'charger' },
    permit: () => ({ target: 'box', proof: 'person' }),
  },
  'another command is in flight': {
    before: ({ interlock }) =>
      void interlock.send(
        request({ attempt: 'other', target: 'box', targetKind: 'charger' }),
        forged({ attempt: 'other', target: 'box' }),
      ),
  },
  'start came too soon after a stop': { before: ({ flown }) => flown(1, 'home', 'stop') },
  'too many commands in an hour': {
    before: ({ flown }) => {
      for (let n = 0; n < numbers.commandsPerHour; n++) flown(n, 'person', 'start');
    },
  },
  'too many commands in a day': { before: dayOfPersons, permit: freshly },
};

function attempt(name: string, among = checks) {
  const breach = breaches[name]!;
  const made = gate(breach.world, among);
  breach.before?.(made);
  const former = made.sent.length;
  const isSent = made.interlock.send(request(breach.request), forged(breach.permit?.(made)));
  const left = made.sent.length - former;
  return { ...made, isSent, left };
}

const limit: LimitRequest = { attempt: 'l', target: 'box', targetKind: 'charger', limit: 'max_current', value: 16 };
const limitPermit = (over: Partial<Record<keyof Permit, unknown>> = {}): Permit =>
  forged({
    attempt: 'l',
    target: 'box',
    direction: null,
    limit: { kind: 'max_current', value: 16 },
    proof: 'person',
    own: true,
    ...over,
  });

describe('a limit at the interlock (R11)', () => {
  it('passes with a permit for just this value', () => {
    const { interlock, limits, sent } = gate();
    expect(interlock.limit(limit, limitPermit())).toBe(true);
    expect([limits, sent]).toEqual([[limit], []]);
  });

  it.each([
    ['another value', {}, { limit: { kind: 'max_current', value: 32 } }],
    ['another limit', {}, { limit: { kind: 'rate_limit', value: 16 } }],
    ['a start', {}, { limit: null, direction: 'start' }],
    ['while only watching', { isObserving: true }, {}],
    ['no consent for the charger', { isAllowed: false }, {}],
    ['for a car that is not on it', { isOccupied: false }, { own: false }],
    ['too old', {}, { at: instant(noon - numbers.permitAgeMs - 1) }],
  ] as const)('does not pass with a permit for %s', (_what, world, over) => {
    const { interlock, limits } = gate(world);
    expect(interlock.limit(limit, limitPermit(over))).toBe(false);
    expect([limits, interlock.latched() === null]).toEqual([[], false]);
  });

  it('a start needs a permit for a start', () => {
    const { interlock, sent } = gate();
    expect(interlock.send(request(), forged({ direction: null, limit: { kind: 'max_current', value: 16 } }))).toBe(
      false,
    );
    expect(sent).toEqual([]);
  });

  it('counts apart from starts and stops, with the same cap in an hour', () => {
    const { interlock, limits } = gate();
    for (let n = 0; n <= numbers.commandsPerHour; n++)
      interlock.limit({ ...limit, attempt: `l${n}` }, limitPermit({ attempt: `l${n}` }));
    expect(limits).toHaveLength(numbers.commandsPerHour);
    expect(interlock.latched()).toBe('too many commands in an hour');
  });
});

describe('the interlock, check by check', () => {
  it('lets a good request through', () => {
    const { interlock, sent } = gate();
    expect(interlock.send(request(), forged())).toBe(true);
    expect(sent).toHaveLength(1);
  });

  it.each(Object.keys(checks))('%s: refused, latched, told; nothing leaves any more', (name) => {
    const { interlock, isSent, left, breaches: told, sent, cancelled } = attempt(name);
    expect([isSent, left, told, interlock.latched()]).toEqual([false, 0, [name], name]);
    const former = sent.length;
    expect(interlock.send(request({ attempt: 'b' }), forged({ attempt: 'b', proof: 'person' }))).toBe(false);
    interlock.cancel({ attempt: 'b', target: 'car', targetKind: 'vehicle', action: 'x' });
    expect([sent.length, cancelled.length]).toEqual([former, 0]);
  });

  it.each(Object.keys(checks))('without "%s" its breach would reach the port: no other check catches it', (name) => {
    const rest = Object.fromEntries(Object.entries(checks).filter(([other]) => other !== name));
    expect(attempt(name, rest)).toMatchObject({ isSent: true, left: 1 });
  });

  it('a permit from the future is as bad as an old one', () => {
    const { interlock } = gate();
    expect(interlock.send(request(), forged({ at: instant(noon + 1) }))).toBe(false);
  });

  it('a person needs no proof of home, and keeps no dwell', () => {
    const { interlock, flown } = gate({ isHome: false });
    flown(1, 'person', 'stop');
    expect(interlock.send(request(), forged({ proof: 'person' }))).toBe(true);
  });

  it('a person at a charger’s own switch needs no car of ours on it; a mode does', () => {
    const box = { target: 'box', targetKind: 'charger' } as const;
    const { interlock } = gate({ isOccupied: false });
    expect(interlock.send(request(box), forged({ target: 'box', own: true, proof: 'person' }))).toBe(true);
    interlock.ended('a');
    expect(interlock.send(request(box), forged({ target: 'box', own: true }))).toBe(false);
  });

  it('a stop is never too soon', () => {
    const { interlock, flown } = gate();
    flown(1, 'home', 'start');
    expect(interlock.send(request({ direction: 'stop' }), forged({ direction: 'stop' }))).toBe(true);
  });

  it('a repeat of the attempt in flight is no second command', () => {
    const { interlock, sent } = gate();
    interlock.send(request(), forged());
    expect(interlock.send(request(), forged())).toBe(true);
    expect(sent).toHaveLength(2);
  });

  it('remembers what a former run left in flight', () => {
    const { interlock } = gate();
    interlock.resume('former', 'box');
    expect(interlock.send(request(), forged())).toBe(false);
    expect(interlock.latched()).toBe('another command is in flight');
  });

  it('closed, it sends nothing and calls it no breach', () => {
    const { interlock, sent, breaches: told } = gate();
    interlock.close();
    expect(interlock.send(request(), forged())).toBe(false);
    expect([sent, told]).toEqual([[], []]);
  });
});

describe('the interlock in the loop', () => {
  it('a breach raises problem, refuses persons with the reason, stops modes, and lasts until a restart', async () => {
    const s = await stage();
    await s.tell({ kind: 'interlock_latched', check: 'home is not proven', target: 'car' });
    expect(s.state('bridge')).toMatchObject({ problem: true });
    expect(s.state('bridge').problem_text).toContain('home is not proven');
    expect(await s.charging('start')).toMatchObject({ ok: false, reason: { code: 'refused_interlock' } });
    await s.order('car', { kind: 'mode', mode: 'now' });
    await s.advance(600);
    expect(s.sent).toEqual([]);
    await s.restart();
    expect(s.state('bridge')).toMatchObject({ problem: false });
    expect(await s.charging('start')).toMatchObject({ ok: true });
    expect(s.sent).toHaveLength(1);
  });

  it('only watching after a restart: a wish of the former run is not carried out, nor a doubt repeated, nor cancelled', async () => {
    for (const answer of [
      { kind: 'unsent', why: 'down' },
      { kind: 'doubtful', why: 'reset' },
    ] as const) {
      const s = await stage();
      await s.charging('start');
      await s.answer(answer);
      await s.restart({ observeOnly: true });
      await s.advance(1);
      await s.car();
      await s.advance(1200);
      expect([s.sent.length, s.cancels.length]).toEqual([1, 0]);
      expect(s.state('bridge').problem).toBe(false);
    }
  });
});
