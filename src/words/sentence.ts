// A reason becomes a sentence in a language. Codes are for automations, sentences for people: they may change with any version.
import type { Reason } from '../domain/telling/reason.ts';
import { cut } from './cut.ts';
import { german, germanWords } from './de.ts';
import { english, englishWords } from './en.ts';
import { fill } from './template.ts';

export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

const catalogue = { en: english, de: german } as const;
const words = { en: englishWords, de: germanWords } as const;

/** At most 255 code points. Missing parameters leave their part of the sentence out. */
export function sentence(reason: Reason, language: Language): string {
  const text = fill(catalogue[language][reason.code], reason.params, words[language]);
  return cut(text.charAt(0).toUpperCase() + text.slice(1));
}
