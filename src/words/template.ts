// Sentences with holes: `{name}` is filled with a parameter, `{name|words}` has words for a missing one, and a part in `[…]` is left
// out when a parameter in it is missing. So nothing ever reads "undefined".

import { cut } from './cut.ts';

type Value = string | number | boolean | null | undefined;
export type Values = Readonly<Record<string, Value>>;
/** How the values of some parameters read in a language: parameter → value → words. */
export type Glossary = Readonly<Record<string, Readonly<Record<string, string>>>>;

const hole = /\{(\w+)(?:\|([^}]*))?\}/g;
const part = /\[([^\]]*)\]/g;
/** One foreign text (a title or detail of Enode) may not crowd out the rest of the sentence, code points. */
const MOST_VALUE = 160;

interface Hole {
  readonly name: string;
  readonly otherwise: string | undefined;
}
type Piece = string | Hole;
/** Pieces that stand or fall together, and whether they may fall. */
interface Part {
  readonly pieces: readonly Piece[];
  readonly isOptional: boolean;
}

/** There are as many templates as sentences in the catalogue. */
const compiled = new Map<string, readonly Part[]>();

export function fill(template: string, values: Values, glossary: Glossary): string {
  const parts = compiled.get(template) ?? compile(template);
  compiled.set(template, parts);
  const word = ({ name, otherwise }: Hole): string | undefined => wordOf(values[name], glossary[name]) ?? otherwise;
  const isComplete = ({ pieces }: Part): boolean =>
    pieces.every((piece) => typeof piece === 'string' || word(piece) !== undefined);
  const chosen = parts.filter((part) => !part.isOptional || isComplete(part)).flatMap(({ pieces }) => pieces);
  let text = '';
  for (const [at, piece] of chosen.entries()) {
    if (typeof piece === 'string') {
      text += piece;
      continue;
    }
    const value = word(piece) ?? '–';
    const next = chosen[at + 1];
    // A foreign sentence brings its own full stop.
    text += typeof next === 'string' && next.startsWith('.') ? value.replace(/(?<=[^.])\.$/, '') : value;
  }
  return text;
}

function compile(template: string): readonly Part[] {
  const parts: Part[] = [];
  let end = 0;
  const add = (text: string, isOptional: boolean): void => {
    if (text !== '') parts.push({ pieces: piecesOf(text), isOptional });
  };
  for (const { index, 0: all, 1: inner } of template.matchAll(part)) {
    add(template.slice(end, index), false);
    add(inner!, true);
    end = index + all.length;
  }
  add(template.slice(end), false);
  return parts;
}

function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const { index, 0: all, 1: name, 2: otherwise } of text.matchAll(hole)) {
    if (index > end) pieces.push(text.slice(end, index));
    pieces.push({ name: name!, otherwise });
    end = index + all.length;
  }
  if (end < text.length) pieces.push(text.slice(end));
  return pieces;
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
  return cut(oneLine, MOST_VALUE);
}
