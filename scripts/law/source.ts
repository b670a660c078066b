// What one file takes in and gives out: its imports (static, re-exporting, dynamic), default exports, and whether it only passes on.
import { SyntaxKind } from 'typescript/unstable/ast';
import { type Token, tokensOf } from './tokens.ts';

export interface Import {
  /** The specifier as written; `undefined` for a dynamic import of something computed. */
  readonly from: string | undefined;
  /** Only `import type` and `export type` count: `import { type A }` still loads the file at run time. */
  readonly typesOnly: boolean;
  readonly line: number;
}

export interface Source {
  readonly tokens: readonly Token[];
  readonly imports: readonly Import[];
  readonly defaultExports: readonly number[];
  /** True when the file holds nothing but imports and re-exports. */
  readonly isBarrel: boolean;
}

export function readSource(text: string): Source {
  const tokens = tokensOf(text);
  const imports: Import[] = [];
  const defaultExports: number[] = [];
  let passesOn = false;
  let hasOwn = false;
  const is = (at: number, word: string): boolean => tokens[at]?.text === word;
  const isText = (at: number): boolean => tokens[at]?.value !== undefined;

  /** The index after `{ … }`, `* as x`, `name, { … }`: everything up to `from` or the end of the clause. */
  const afterClause = (at: number): number => {
    let next = at;
    while (next < tokens.length && !isText(next) && !is(next, 'from') && !is(next, ';')) {
      if (is(next, '{')) while (next < tokens.length && !is(next, '}')) next++;
      next++;
      if (is(next - 1, '}') && !is(next, 'from')) break;
    }
    return next;
  };
  const afterSpecifier = (at: number): number => {
    let next = at + 1;
    if (is(next, 'with')) while (next < tokens.length && !is(next++, '}'));
    return is(next, ';') ? next + 1 : next;
  };
  const take = (specifier: number, typesOnly: boolean): number => {
    imports.push({ from: tokens[specifier]!.value, typesOnly, line: tokens[specifier]!.line });
    return afterSpecifier(specifier);
  };

  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at]!;
    const isMember = is(at - 1, '.') || is(at - 1, '?.');
    if (token.kind === SyntaxKind.ImportKeyword && is(at + 1, '(') && !isMember) {
      const literal = isText(at + 2) && (is(at + 3, ')') || is(at + 3, ','));
      imports.push({ from: literal ? tokens[at + 2]!.value : undefined, typesOnly: false, line: token.line });
    } else if (token.kind === SyntaxKind.ImportKeyword && !is(at + 1, '.') && !isMember) {
      const from = afterClause(at + 1);
      const specifier = is(from, 'from') ? from + 1 : from;
      if (isText(specifier)) {
        at = take(specifier, is(at + 1, 'type') && !is(at + 2, 'from') && !is(at + 2, ','));
        continue;
      }
    } else if (token.kind === SyntaxKind.ExportKeyword) {
      if (is(at + 1, 'default')) defaultExports.push(token.line);
      const types = is(at + 1, 'type') && (is(at + 2, '{') || is(at + 2, '*'));
      const clause = types ? at + 2 : at + 1;
      if (is(clause, '{') || is(clause, '*')) {
        passesOn = true;
        if (is(clause, '{') && holdsDefault(tokens, clause)) defaultExports.push(token.line);
        const next = afterClause(clause);
        at = is(next, 'from') && isText(next + 1) ? take(next + 1, types) : is(next, ';') ? next + 1 : next;
        continue;
      }
    }
    if (token.text !== ';') hasOwn = true;
    at++;
  }
  return { tokens, imports, defaultExports, isBarrel: passesOn && !hasOwn };
}

/** `export { x as default }` */
function holdsDefault(tokens: readonly Token[], open: number): boolean {
  for (let at = open; at < tokens.length && tokens[at]!.text !== '}'; at++)
    if (tokens[at]!.text === 'as' && tokens[at + 1]?.text === 'default') return true;
  return false;
}
