// Sentences with holes: `{name}` is filled with a parameter, `{name|words}` has words for a missing one, and a part in `[…]` is left
// out when a parameter in it is missing. So nothing ever reads "undefined".

type Value = string | number | boolean | null | undefined;
export type Values = Readonly<Record<string, Value>>;
/** How the values of some parameters read in a language: parameter → value → words. */
export type Glossary = Readonly<Record<string, Readonly<Record<string, string>>>>;

const hole = /\{(\w+)(?:\|([^}]*))?\}/g;
const part = /\[([^\]]*)\]/g;
/** One foreign text (a title or detail of Enode) may not crowd out the rest of the sentence, code points. */
const MOST_VALUE = 160;

export function fill(template: string, values: Values, glossary: Glossary): string {
  if (!template.includes('{') && !template.includes('[')) return template;
  const word = (name: string): string | undefined => wordOf(values[name], glossary[name]);
  const complete = (text: string): boolean =>
    [...text.matchAll(hole)].every(([, name, otherwise]) => otherwise !== undefined || word(name!));
  const chosen = template.replaceAll(part, (_all, inner: string) => (complete(inner) ? inner : ''));
  return chosen.replaceAll(hole, (all, name: string, otherwise: string | undefined, at: number) => {
    const value = word(name) ?? otherwise ?? '–';
    // A foreign sentence brings its own full stop.
    return chosen[at + all.length] === '.' ? value.replace(/(?<=[^.])\.$/, '') : value;
  });
}

/** Names of the parameters in a template, in order of first use. */
export const holesOf = (template: string): string[] => [
  ...new Set([...template.matchAll(hole)].map(([, name]) => name!)),
];

function wordOf(value: Value, known: Readonly<Record<string, string>> | undefined): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'number' && !Number.isFinite(value)) return undefined;
  const raw = String(value);
  if (known && Object.hasOwn(known, raw)) return known[raw];
  const oneLine = raw.replaceAll(/[\p{C}\s]+/gu, ' ').trim();
  if (oneLine === '') return undefined;
  const points = Array.from(oneLine);
  return points.length > MOST_VALUE ? `${points.slice(0, MOST_VALUE - 1).join('')}…` : oneLine;
}
