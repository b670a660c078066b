import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ReasonParams, reason, reasonCodes } from '../../src/domain/telling/reason.ts';
import { cut } from '../../src/words/cut.ts';
import { german, germanWords } from '../../src/words/de.ts';
import { english, englishWords } from '../../src/words/en.ts';
import { paramsOf } from '../../src/words/params.ts';
import { languages, sentence } from '../../src/words/sentence.ts';
import { fill, holesOf } from '../../src/words/template.ts';

describe('every reason has a sentence in each language', () => {
  it.each(reasonCodes)('%s', (code) => {
    for (const language of languages) {
      const bare = sentence(reason(code), language);
      expect(bare).toMatch(/^[\p{L}"„„].*[.!]$/u);
      expect(bare).not.toMatch(/undefined|null|[{}[\]|–]/);
      const full = sentence(reason(code, Object.fromEntries(paramsOf[code].map((name) => [name, 'XYZ']))), language);
      expect(full).not.toMatch(/[{}[\]|]/);
      // Every parameter that is promised is told in some form.
      expect(full.split('XYZ').length - 1).toBe(paramsOf[code].length);
    }
  });

  it('knows the same parameters in both languages, those of the list', () => {
    for (const code of reasonCodes) {
      expect(holesOf(english[code]).sort(), code).toEqual([...paramsOf[code]].sort());
      expect(holesOf(german[code]).sort(), code).toEqual([...paramsOf[code]].sort());
    }
  });

  it('has an end to every word for a missing parameter: a hole outside of brackets names one', () => {
    for (const [code, template] of [...Object.entries(english), ...Object.entries(german)]) {
      expect(template.replaceAll(/\[[^\]]*\]/g, ''), code).not.toMatch(/\{\w+\}/);
    }
  });
});

describe('what the sentences say', () => {
  it.each([
    [
      'en',
      'no_response',
      { device: 'charger', name: 'Garage' },
      'No response from the charger (Garage). See whether it is online and awake, then try again.',
    ],
    ['en', 'no_response', { device: null }, /Enode did not say which/],
    [
      'en',
      'enode_400',
      { title: 'Bad Request', detail: 'Already charging' },
      'Enode refused it: Bad Request – Already charging.',
    ],
    ['en', 'enode_400', {}, 'Enode refused it.'],
    ['en', 'confirmed', { direction: 'start', latency: 4.2 }, 'Done: start confirmed after 4.2 s.'],
    ['en', 'override_charge', {}, /until it is unplugged/],
    ['de', 'override_charge', { until: '18:30' }, /bis 18:30/],
    ['de', 'no_response', { device: 'vehicle', name: 'Blaues Auto' }, /\(Fahrzeug\): Blaues Auto/],
  ] as const)('%s %s %j', (language, code, params, said) => {
    const text = sentence(reason(code, params as ReasonParams), language);
    if (typeof said === 'string') expect(text).toBe(said);
    else expect(text).toMatch(said);
  });

  it('ends with one full stop, also after a sentence of Enode', () => {
    expect(sentence(reason('enode_400', { title: 'Bad request', detail: 'Fully charged.' }), 'en')).toBe(
      'Enode refused it: Bad request – Fully charged.',
    );
  });

  it('keeps a foreign text in one line and from crowding out the rest', () => {
    const text = sentence(reason('enode_422', { title: 'Conflict\n\twith', detail: 'x'.repeat(1000) }), 'en');
    expect(text).toContain('Conflict with');
    expect(Array.from(text).length).toBeLessThanOrEqual(255);
    expect(text).toContain('…');
  });
});

describe('hostile parameters', () => {
  it('never breaks a sentence', () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.constant('{title} [x] {y|z}'),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...reasonCodes),
        fc.constantFrom(...languages),
        fc.array(value, { minLength: 3, maxLength: 3 }),
        (code, language, values) => {
          const params = Object.fromEntries(paramsOf[code].map((name, at) => [name, values[at] ?? null]));
          const text = sentence(reason(code, params), language);
          expect(text).not.toMatch(/undefined|\n/);
          expect(Array.from(text).length).toBeLessThanOrEqual(255);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('fills values as they are, never as templates', () => {
    expect(fill('a {title} b', { title: '{detail}', detail: 'no' }, {})).toBe('a {detail} b');
  });

  it('has glossaries only for words it may meet', () => {
    for (const glossary of [englishWords, germanWords])
      expect(Object.keys(glossary.device!)).toEqual(['vehicle', 'charger']);
  });
});

describe('cut', () => {
  it('counts code points, as Home Assistant does', () => {
    expect(cut('🚗'.repeat(255))).toBe('🚗'.repeat(255));
    const long = cut('🚗'.repeat(300));
    expect(Array.from(long)).toHaveLength(255);
    expect(long.endsWith('…')).toBe(true);
    expect(long.isWellFormed()).toBe(true);
  });
});
