// A source text as a flat list of tokens, comments and white space left out: enough to judge imports and names without a parser.
import { SyntaxKind } from 'typescript/unstable/ast';
import { createScanner } from 'typescript/unstable/ast/scanner';

export interface Token {
  readonly kind: SyntaxKind;
  /** As written. */
  readonly text: string;
  /** What a text literal means, without its quotes. */
  readonly value?: string;
  /** Counted from 1. */
  readonly line: number;
}

/** After these a slash divides; after anything else it opens a regular expression. */
const endsExpression: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.Identifier,
  SyntaxKind.PrivateIdentifier,
  SyntaxKind.NumericLiteral,
  SyntaxKind.BigIntLiteral,
  SyntaxKind.StringLiteral,
  SyntaxKind.NoSubstitutionTemplateLiteral,
  SyntaxKind.TemplateTail,
  SyntaxKind.RegularExpressionLiteral,
  SyntaxKind.CloseParenToken,
  SyntaxKind.CloseBracketToken,
  SyntaxKind.CloseBraceToken,
  SyntaxKind.ThisKeyword,
  SyntaxKind.SuperKeyword,
  SyntaxKind.NullKeyword,
  SyntaxKind.TrueKeyword,
  SyntaxKind.FalseKeyword,
]);

export function tokensOf(source: string): Token[] {
  const scanner = createScanner(true);
  scanner.setText(source);
  const tokens: Token[] = [];
  // One entry per open `${`: how many braces are open inside it. Its own `}` goes on with the template.
  const templates: number[] = [];
  let line = 1;
  let counted = 0;
  for (let kind = scanner.scan(); kind !== SyntaxKind.EndOfFile; kind = scanner.scan()) {
    const last = tokens.at(-1)?.kind;
    const inner = templates.length - 1;
    if (kind === SyntaxKind.SlashToken || kind === SyntaxKind.SlashEqualsToken) {
      if (last === undefined || !endsExpression.has(last)) kind = scanner.reScanSlashToken();
    } else if (kind === SyntaxKind.TemplateHead) {
      templates.push(0);
    } else if (kind === SyntaxKind.OpenBraceToken && inner >= 0) {
      templates[inner]! += 1;
    } else if (kind === SyntaxKind.CloseBraceToken && inner >= 0) {
      if (templates[inner] === 0) {
        kind = scanner.reScanTemplateToken(false);
        if (kind === SyntaxKind.TemplateTail) templates.pop();
      } else templates[inner]! -= 1;
    }
    const start = scanner.getTokenStart();
    for (; counted < start; counted++) if (source.charCodeAt(counted) === 10) line++;
    const token = { kind, text: scanner.getTokenText(), line };
    tokens.push(kind === SyntaxKind.StringLiteral ? { ...token, value: scanner.getTokenValue() } : token);
  }
  return tokens;
}
