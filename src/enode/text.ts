// Texts of the cloud before people or logs see them: one line, bounded, without our secrets.
import { TEXT_MOST } from './numbers.ts';

/** `text` on one line and cut at `most` characters. */
export function shown(text: string, most: number = TEXT_MOST): string {
  const line = text
    .slice(0, 4 * most)
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}

/** Blanks the values that `secrets` gives at that moment: a proxy's error page may echo our headers. */
export type Redact = (text: string) => string;

export function createRedact(secrets: () => readonly string[]): Redact {
  return (text) => {
    let clean = text;
    for (const value of secrets()) if (value.length >= 4) clean = clean.replaceAll(value, '[secret]');
    return clean;
  };
}
