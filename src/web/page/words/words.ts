// Which words: those of the daemon's language, as its sentences stand beside them; until that is known the browser's.
import { german } from './de.ts';
import { english, type Words } from './en.ts';

export type Language = 'en' | 'de';

const all: Readonly<Record<Language, Words>> = { en: english, de: german };

export const wordsOf = (language: Language): Words => all[language];

export const guessLanguage = (preferred: readonly string[]): Language =>
  preferred.find((tag) => /^(en|de)\b/.test(tag))?.startsWith('de') ? 'de' : 'en';
