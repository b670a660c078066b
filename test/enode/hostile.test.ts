// Whatever the cloud answers: nothing throws, each request and each question has exactly one end, and memory stays bounded.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LookSubject } from '../../src/domain/fact.ts';
import { action, charger, page, setUp, tokenAnswer, vehicle } from './house.ts';
import { memoryKeep } from './webhooks/support.ts';

const RUNS = { numRuns: 150 };

const status = fc.oneof(
  fc.constantFrom(200, 200, 200, 201, 400, 401, 404, 409, 422, 429, 500, 503),
  fc.integer({ min: 200, max: 599 }),
);
const header = fc.oneof(
  fc.constantFrom('5', '99999999999', '-1', 'Sat, 02 May 2026 12:00:00 GMT', 'x'),
  fc.string().map((text) => text.replace(/[^ -~]/g, '')),
);
const body = fc.oneof(
  fc.json(),
  fc.string(),
  fc.constantFrom(
    '',
    '<html></html>',
    '{"data":[',
    'null',
    '[]',
    '{"data":{}}',
    '{"data":[[]],"pagination":7}',
    '[null]',
  ),
  fc.jsonValue().map((value) => JSON.stringify({ data: [value, vehicle(), charger()], pagination: { after: value } })),
);
const answer = fc.record({ status, date: header, retryAfter: header, body });

const subjects: readonly LookSubject[] = [
  { kind: 'vehicles' },
  { kind: 'chargers' },
  { kind: 'users' },
  { kind: 'locations' },
  { kind: 'schedules', user: 'home' },
  { kind: 'action', id: 'action-1', target: 'car-1', targetKind: 'vehicle' },
  { kind: 'hint', id: 'car-1', targetKind: 'charger' },
  { kind: 'interventions' },
  ...(['check', 'create', 'secure', 'test', 'remove'] as const).map((step) => ({
    kind: 'webhook' as const,
    step,
    id: 'hook-1',
  })),
];

function respond(one: {
  status: number;
  date: string;
  retryAfter: string;
  body: string | Uint8Array<ArrayBuffer>;
}): Response {
  const empty = one.status === 204 || one.status === 205 || one.status === 304;
  const headers = { date: one.date, 'retry-after': one.retryAfter };
  return new Response(empty ? null : one.body, { status: one.status, headers });
}

function expectSound(house: ReturnType<typeof setUp>, ends: number): void {
  expect(house.requests()).toHaveLength(house.asked.length);
  for (const request of house.requests()) {
    expect(request.why === null).toBe(request.ok);
    expect((request.why ?? '').length).toBeLessThanOrEqual(800);
  }
  const last = house.facts.filter(
    ({ kind }) => kind === 'look_ended' || kind === 'attempt_answered' || kind === 'cancel_answered',
  );
  expect(last).toHaveLength(ends);
  expect(house.logs.join('\n')).not.toContain('an error in this program');
}

describe('hostile answers', () => {
  it('to any question', async () => {
    await fc.assert(
      fc.asyncProperty(answer, fc.constantFrom(...subjects), async (one, subject) => {
        const webhookUrl = 'https://home.example/enode';
        const house = setUp({ answer: () => respond(one), webhookUrl, keep: memoryKeep() });
        await house.look(subject);
        await house.send();
        await house.cancel();
        expectSound(house, 3);
        await house.enode.stop();
      }),
      RUNS,
    );
  });

  it('in bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), status, async (bytes, code) => {
        const house = setUp({
          answer: () => respond({ status: code, date: '', retryAfter: '', body: new Uint8Array(bytes) }),
        });
        await house.look({ kind: 'vehicles' });
        await house.send();
        expectSound(house, 2);
      }),
      RUNS,
    );
  });

  it('to the question for a token', async () => {
    await fc.assert(
      fc.asyncProperty(answer, async (one) => {
        const house = setUp({ token: () => respond(one), answer: () => page([]) });
        await house.look({ kind: 'vehicles' });
        await house.send();
        expectSound(house, 2);
      }),
      RUNS,
    );
  });

  it('with one field of an asset or an action replaced by anything', async () => {
    const whole = [vehicle(), charger(), action()] as const;
    const paths = whole.flatMap((thing, index) => leaves(thing).map((path) => ({ index, path })));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.jsonValue(), async ({ index, path }, value) => {
        const odd = replaced(whole[index], path, value);
        const subject = subjects[index === 2 ? 5 : index] as LookSubject;
        const house = setUp({
          token: () => tokenAnswer('t'),
          answer: () =>
            index === 2 ? new Response(JSON.stringify(odd)) : page([odd, { ...whole[index], id: 'sound' }]),
        });
        const facts = await house.look(subject);
        expectSound(house, 1);
        if (index < 2) expect(facts.some((fact) => 'report' in fact && fact.report.id === 'sound')).toBe(true);
        for (const fact of facts)
          if (fact.kind === 'vehicle_reported') expect(numbersIn(fact).every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('deeply nested or very wide', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const wide = JSON.stringify({
      data: Array.from({ length: 5_000 }, (_, i) => ({ [`k${i}`]: i })),
      pagination: null,
    });
    for (const text of [deep, wide]) {
      const house = setUp({ answer: () => new Response(text) });
      await house.look({ kind: 'vehicles' });
      expectSound(house, 1);
      expect(house.logs.length).toBeLessThan(310);
    }
  });
});

function leaves(thing: object, path: readonly string[] = []): (readonly string[])[] {
  return Object.entries(thing).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? [[...path, key], ...leaves(value, [...path, key])]
      : [[...path, key]],
  );
}

function replaced(thing: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path;
  return key === undefined
    ? value
    : { ...(thing as object), [key]: replaced((thing as Record<string, unknown>)[key], rest, value) };
}

function numbersIn(thing: unknown): number[] {
  if (typeof thing === 'number') return [thing];
  return typeof thing === 'object' && thing !== null ? Object.values(thing).flatMap(numbersIn) : [];
}
