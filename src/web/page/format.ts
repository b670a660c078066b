// Numbers and times as people read them. A missing value is the dash of the words.
import type { PortraitValue } from '../../domain/telling/portrait.ts';
import type { Language } from './words/words.ts';

export interface Format {
  number(value: PortraitValue | undefined, unit: string, digits?: number): string | null;
  percent(value: PortraitValue | undefined): string | null;
  /** @param iso an instant; shown in the time zone of the home */
  time(iso: PortraitValue | undefined): string | null;
}

const tags: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' };

export function createFormat(language: Language, timeZone: string): Format {
  const tag = tags[language];
  const byDigits = [0, 1, 2].map((digits) => new Intl.NumberFormat(tag, { maximumFractionDigits: digits }));
  const times = new Intl.DateTimeFormat(tag, { timeZone, dateStyle: 'medium', timeStyle: 'short' });
  const number: Format['number'] = (value, unit, digits = 1) =>
    typeof value === 'number' ? `${byDigits[digits]!.format(value)}\u202f${unit}` : null;
  return {
    number,
    percent: (value) => number(value, '%', 0),
    time: (iso) => (typeof iso === 'string' ? times.format(new Date(iso)) : null),
  };
}
