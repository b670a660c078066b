// What comes from outside or from a person's hand: texts of interventions, coordinates, addresses, and the words of each language.
import { describe, expect, it } from 'vitest';
import { coordinatesOf, writtenOf } from '../../../src/web/page/coordinates.ts';
import { createFormat } from '../../../src/web/page/format.ts';
import { blocksOf } from '../../../src/web/page/markup.ts';
import { newsOf } from '../../../src/web/page/news.ts';
import { routeOf } from '../../../src/web/page/route.ts';
import { guessLanguage, wordsOf } from '../../../src/web/page/words/words.ts';
import { portrait } from '../support.ts';

describe('the text of an intervention', () => {
  it('is read into paragraphs, items, strong words and links', () => {
    expect(blocksOf('Open the **app**.<br>Then:\n- go to [help](https://example.org/a)\n2. log in')).toEqual([
      {
        kind: 'paragraph',
        pieces: [
          { kind: 'text', text: 'Open the ' },
          { kind: 'strong', text: 'app' },
          { kind: 'text', text: '.' },
        ],
      },
      { kind: 'paragraph', pieces: [{ kind: 'text', text: 'Then:' }] },
      {
        kind: 'item',
        pieces: [
          { kind: 'text', text: 'go to ' },
          { kind: 'link', text: 'help', href: 'https://example.org/a' },
        ],
      },
      { kind: 'item', pieces: [{ kind: 'text', text: 'log in' }] },
    ]);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', '/api/request/unlink', 'vbscript:x'])(
    'never links to %s',
    (address) => expect(JSON.stringify(blocksOf(`[here](${address})`))).not.toContain('href'),
  );

  it('keeps foreign markup as text', () => {
    expect(blocksOf('<img src=x onerror=alert(1)>')).toEqual([
      { kind: 'paragraph', pieces: [{ kind: 'text', text: '<img src=x onerror=alert(1)>' }] },
    ]);
  });
});

describe('coordinates', () => {
  it.each([
    ['52.0907, 5.1214', 52.0907, 5.1214],
    ['52,0907; 5,1214', 52.0907, 5.1214],
    ['-33.86 151.2', -33.86, 151.2],
    ['lat 52 lon 5', 52, 5],
  ])('%s are understood', (text, latitude, longitude) => expect(coordinatesOf(text)).toEqual({ latitude, longitude }));

  it.each(['', '52.0907', '52,0907', '1 2 3', '91, 5', '52, 181', 'my street 5'])('"%s" are not', (text) =>
    expect(coordinatesOf(text)).toBeNull(),
  );

  it('are written as they can be read again', () =>
    expect(coordinatesOf(writtenOf({ latitude: 52.09071, longitude: -5.1214 }))).toEqual({
      latitude: 52.0907,
      longitude: -5.1214,
    }));
});

it.each([
  ['', 'home', null],
  ['#/', 'home', null],
  ['#/pairs', 'pairs', null],
  ['#/devices/add/charger', 'devices', 'charger'],
  ['#/devices/add', 'devices', 'vehicle'],
  ['#/pairs/add/charger', 'pairs', null],
  ['#/nonsense', 'home', null],
])('the address %s leads to %s', (hash, section, adding) => expect(routeOf(hash)).toEqual({ section, adding }));

it('news are what became of a command, not every number', () => {
  const before = portrait({ state: { command: 'pending', battery: 50, reason: 'Asked.' } });
  const done = portrait({ state: { command: 'confirmed', battery: 50, reason: 'Done.' } });
  expect(newsOf(before, done)).toBe('Blue car: Done.');
  expect(newsOf(before, portrait({ state: { command: 'pending', battery: 51, reason: 'Asked.' } }))).toBeNull();
  expect(newsOf(undefined, done)).toBeNull();
});

it('numbers and times are written in the language and the zone of the home', () => {
  const german = createFormat('de', 'Europe/Berlin');
  expect(german.number(7.25, 'kW')).toBe('7,3\u202fkW');
  expect(german.time('2026-06-15T06:00:00Z')).toContain('08:00');
  expect(createFormat('en', 'UTC').percent(51.6)).toBe('52\u202f%');
  expect([german.number(null, 'kW'), german.time(null)]).toEqual([null, null]);
});

it.each([
  [['de-AT', 'en'], 'de'],
  [['fr', 'de'], 'de'],
  [['fr'], 'en'],
  [['en-GB', 'de'], 'en'],
])('before the daemon says it, a browser for %s gets %s', (preferred, language) =>
  expect(guessLanguage(preferred)).toBe(language),
);

it('no word is missing or empty in any language, and no two languages share whole sentences by mistake', () => {
  const flat = (value: unknown, path: string): [string, string][] => {
    if (typeof value === 'string') return [[path, value]];
    if (typeof value === 'function') return [[path, String((value as (...args: unknown[]) => string)('1', '2'))]];
    return Object.entries(value ?? {}).flatMap(([key, inner]) => flat(inner, `${path}.${key}`));
  };
  const english = new Map(flat(wordsOf('en'), ''));
  const german = new Map(flat(wordsOf('de'), ''));
  expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
  for (const [path, text] of [...english, ...german]) expect(text.trim(), path).not.toBe('');
  const same = [...english].filter(([path, text]) => text.length > 24 && german.get(path) === text);
  expect(same).toEqual([]);
});
