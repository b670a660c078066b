import { describe, expect, it } from 'vitest';
import { judge, type Scene } from '../../../src/simulator/judge.ts';
import type { TakenCommand } from '../../../src/simulator/types.ts';
import { unplugged, type Wish, withWish } from '../../../src/simulator/wishes.ts';

const MINUTE = 60_000;
const command = (more: Partial<TakenCommand> = {}): TakenCommand => ({
  n: 9,
  at: 100 * MINUTE,
  client: 'demo',
  target: 'car',
  targetKind: 'vehicle',
  kind: 'STOP',
  status: 200,
  actionId: 'new',
  token: 1,
  ...more,
});
const scene = (more: Partial<Scene> = {}): Scene => ({
  joined: { id: 'box' },
  joinedLinked: true,
  said: null,
  away: false,
  awayKnown: false,
  open: [],
  earlier: [],
  cancelled: new Set(),
  wishes: [],
  isTold: (more.wishes ?? []).length > 0,
  ...more,
});
const wish = (more: Partial<Wish> = {}): Wish => ({
  subject: 'car',
  want: 'STOP',
  origin: 'person',
  from: 99 * MINUTE,
  until: 109 * MINUTE,
  anywhere: false,
  untilUnplug: false,
  ...more,
});
const start = { kind: 'START' } as const;
const gone = { away: true, awayKnown: true, joined: 'elsewhere' } as const;
const toBox = { target: 'box', targetKind: 'charger' } as const;
const past = (minutes: number, more: Partial<TakenCommand> = {}) =>
  command({ n: 8, at: (100 - minutes) * MINUTE, actionId: 'old', ...more });
const pending = (target: string, kind: string) => [{ id: 'old', target, kind }];

describe('the referee’s law', () => {
  it.each<[string, TakenCommand, Scene, string[]]>([
    ['a STOP at home', command(), scene(), []],
    ['a STOP away', command(), scene(gone), ['away']],
    ['a STOP away that a person wants anywhere', command(), scene({ ...gone, wishes: [wish({ anywhere: true })] }), []],
    ['a STOP away that a person wants, not anywhere', command(), scene({ ...gone, wishes: [wish()] }), ['away']],
    ['… but nobody could know that it was away', command(), scene({ ...gone, awayKnown: false, wishes: [wish()] }), []],
    [
      'an automatic START away',
      command(start),
      scene({ ...gone, wishes: [wish({ ...{ want: 'START' }, origin: 'automatic' })] }),
      ['away'],
    ],
    ['a person’s START away', command(start), scene({ ...gone, wishes: [wish({ want: 'START' })] }), []],
    [
      'a START away while all wishes are for something else',
      command(start),
      scene({ ...gone, wishes: [wish({ subject: 'other' })] }),
      ['away'],
    ],
    ['a charger with its own car', command(toBox), scene({ joined: { id: 'car' } }), []],
    ['a charger with a visitor', command(toBox), scene({ joined: 'guest' }), ['wrong_car']],
    [
      'a charger with a visitor, by its own mode',
      command(toBox),
      scene({ joined: 'guest', wishes: [wish({ subject: 'box', want: 'any', origin: 'automatic' })] }),
      ['wrong_car'],
    ],
    [
      'a charger with a visitor, by its own mode, as a person said',
      command(toBox),
      scene({ joined: 'guest', said: 'guest', wishes: [wish({ subject: 'box', want: 'any', origin: 'automatic' })] }),
      [],
    ],
    [
      'a charger with a visitor, as a person said, which nobody wanted to do anything',
      command(toBox),
      scene({ joined: 'guest', said: 'guest', wishes: [wish({ subject: 'other' })] }),
      ['wrong_car'],
    ],
    [
      'a charger with a visitor that a person took for the car',
      command(toBox),
      scene({ joined: 'guest', said: { id: 'car' }, wishes: [wish()] }),
      [],
    ],
    [
      '… but the wish is for another car',
      command(toBox),
      scene({ joined: 'guest', said: { id: 'car' }, wishes: [wish({ subject: 'other' })] }),
      ['wrong_car'],
    ],
    [
      'a car by a wish for the charger it is on, as a person said',
      command(),
      scene({ joined: null, said: { id: 'box' }, wishes: [wish({ subject: 'box' })] }),
      [],
    ],
    [
      'a charger’s own mode while another car has one',
      command(toBox),
      scene({
        joined: { id: 'second' },
        wishes: ['box', 'car'].map((subject) => wish({ subject, want: 'any', origin: 'automatic' })),
      }),
      [],
    ],
    [
      'a charger with a car of nobody',
      command(toBox),
      scene({ joined: { id: 'car' }, joinedLinked: false }),
      ['wrong_car'],
    ],
    [
      'a charger with a visitor, by a person at that charger',
      command(toBox),
      scene({ joined: 'guest', wishes: [wish({ subject: 'box' })] }),
      [],
    ],
    [
      'a wish for a car that is not on this charger',
      command(toBox),
      scene({ joined: { id: 'second' }, wishes: [wish()] }),
      ['wrong_car'],
    ],
    [
      'a limit to a charger with a visitor',
      command({ ...toBox, kind: 'MAX_CURRENT' }),
      scene({ joined: 'guest' }),
      ['wrong_car'],
    ],
    ['opposite on the same asset', command(), scene({ open: pending('car', 'START') }), ['opposite_in_flight']],
    [
      'opposite on the other end of the cable',
      command(),
      scene({ open: pending('box', 'START') }),
      ['opposite_in_flight'],
    ],
    ['opposite on another loadpoint', command(), scene({ open: pending('other', 'START') }), []],
    ['opposite, but the cloud refused it', command({ status: 422 }), scene({ open: pending('car', 'START') }), []],
    ['the same while pending', command(), scene({ open: pending('car', 'STOP'), earlier: [past(20)] }), ['repeated']],
    ['the same within 4 minutes', command(), scene({ earlier: [past(3)] }), ['repeated']],
    ['the same after 5 minutes', command(), scene({ earlier: [past(5)] }), []],
    ['the same with a new wish', command(), scene({ earlier: [past(3)], wishes: [wish()] }), []],
    [
      'the same after the opposite',
      command(),
      scene({ earlier: [past(3), past(2, start)].map((it, i) => ({ ...it, n: i + 1 })) }),
      [],
    ],
    ['the same after a cancellation', command(), scene({ earlier: [past(3)], cancelled: new Set(['old']) }), []],
    [
      'one repeat after a lost answer',
      command(),
      scene({ open: pending('car', 'STOP'), earlier: [past(1, { status: 0 })] }),
      [],
    ],
    [
      'a second repeat after a lost answer',
      command(),
      scene({ open: pending('car', 'STOP'), earlier: [past(2, { n: 7, status: 0 }), past(1, { status: 0 })] }),
      ['repeated'],
    ],
    [
      'one repeat by a client that began anew',
      command({ token: 2 }),
      scene({ open: pending('car', 'STOP'), earlier: [past(1)], wishes: [wish({ from: 98 * MINUTE })] }),
      [],
    ],
    [
      'a repeat by a client that has its answer',
      command(),
      scene({ open: pending('car', 'STOP'), earlier: [past(1)], wishes: [wish({ from: 98 * MINUTE })] }),
      ['repeated'],
    ],
    [
      'a repeat at once after a lost answer, to a charger',
      command(toBox),
      scene({ earlier: [past(1, { ...toBox, status: 0 })] }),
      ['repeated'],
    ],
    [
      'one repeat after a lost answer, to a charger, once its reports had their time',
      command(toBox),
      scene({ open: pending('box', 'STOP'), earlier: [past(5, { ...toBox, status: 0 })] }),
      [],
    ],
    ['the same after a refusal', command(), scene({ earlier: [past(1, { status: 503 })] }), []],
    ['what nobody wished, where wishes are told', command(), scene({ isTold: true }), ['unasked']],
    ['what nobody wished, where nobody tells', command(), scene(), []],
    ['what a mode may want', command(), scene({ wishes: [wish({ want: 'any', origin: 'automatic' })] }), []],
    ['after the wish had ended', command(), scene({ wishes: [wish({ until: 99.5 * MINUTE })] }), ['late']],
    ['before its wish began', command(), scene({ wishes: [wish({ from: 101 * MINUTE })] }), ['unasked']],
    ['at the other end, in time', command(toBox), scene({ joined: { id: 'car' }, wishes: [wish()] }), []],
  ])('%s', (_what, given, at, codes) => {
    expect(judge(given, at).map((fault) => fault.code)).toEqual(codes);
  });

  it.each<[string, TakenCommand, Scene]>([
    ['a STOP away', command(), scene(gone)],
    ['a START away', command(start), scene(gone)],
    ['a charger with a visitor', command(toBox), scene({ joined: 'guest' })],
  ])(
    '%s may be a person’s where nobody tells wishes: not judged; where they are told it is a breach',
    (_what, given, at) => {
      expect(judge(given, at).map((fault) => fault.isSure)).toEqual([false]);
      expect(judge(given, { ...at, isTold: true }).every((fault) => fault.isSure)).toBe(true);
    },
  );

  it('a cable that comes out ends what was wanted until then, after a while', () => {
    const [kept, ended] = unplugged([wish(), wish({ untilUnplug: true })], ['car'], 100 * MINUTE, 5 * MINUTE);
    expect([kept!.until, ended!.until]).toEqual([109 * MINUTE, 105 * MINUTE]);
    expect(unplugged([wish({ untilUnplug: true })], ['other'], 100 * MINUTE, 0)[0]!.until).toBe(109 * MINUTE);
  });

  it('what is steered automatically goes on beneath a person’s wish', () => {
    const both = withWish([wish({ want: 'any', origin: 'automatic' })], wish());
    expect(both.map((it) => it.until)).toEqual([109 * MINUTE, 109 * MINUTE]);
  });

  it('a later wish ends the earlier one, none ends it for nothing', () => {
    const both = withWish([wish({ want: 'START', from: 0 })], wish({ from: 50 * MINUTE }));
    expect(both.map((it) => [it.want, it.until])).toEqual([
      ['START', 50 * MINUTE - 1],
      ['STOP', 109 * MINUTE],
    ]);
    expect(withWish(both, wish({ want: 'none', from: 60 * MINUTE }))).toHaveLength(2);
  });
});
