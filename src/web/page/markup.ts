// The texts of interventions come as markdown with <br> from outside: read into pieces of plain text, never into markup of ours.

export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

export interface Block {
  readonly kind: 'paragraph' | 'item';
  readonly pieces: readonly Piece[];
}

const inline = /\*\*([^*]+)\*\*|__([^_]+)__|\[([^\]]+)\]\(([^)\s]+)\)/g;

export function blocksOf(markdown: string): readonly Block[] {
  const lines = markdown
    .replaceAll(/<br\s*\/?>/gi, '\n')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.map((line) => {
    const item = /^(?:[-*+]|\d+[.)])\s+(.*)$/.exec(line);
    return { kind: item ? 'item' : 'paragraph', pieces: piecesOf((item?.[1] ?? line).replace(/^#+\s+/, '')) };
  });
}

function piecesOf(line: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of line.matchAll(inline)) {
    if (match.index > at) pieces.push({ kind: 'text', text: line.slice(at, match.index) });
    at = match.index + match[0].length;
    const [all, strong, alsoStrong, label, address] = match;
    const href = address === undefined ? null : safe(address);
    if (label !== undefined && href !== null) pieces.push({ kind: 'link', text: label, href });
    else pieces.push({ kind: label === undefined ? 'strong' : 'text', text: strong ?? alsoStrong ?? label ?? all });
  }
  if (at < line.length) pieces.push({ kind: 'text', text: line.slice(at) });
  return pieces;
}

/** Only the web: no `javascript:`, no `data:`, nothing relative to this page. */
function safe(address: string): string | null {
  const url = URL.parse(address);
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href : null;
}
