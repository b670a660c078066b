// Where JSON goes wrong, as line and column. The engine's own message quotes the text around it, which may be a password.

export interface Place {
  readonly line: number;
  readonly column: number;
}

type Wanted = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end' | 'nothing';

const space = /[ \t\r\n]*/y;
const string = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** The first place at which `text` stops being JSON; null when it never does. */
export function faultyPlace(text: string): Place | null {
  const open: ('{' | '[')[] = [];
  let wanted: Wanted = 'value';
  let at = 0;
  const eat = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  };
  const afterValue = (): Wanted => (open.length === 0 ? 'nothing' : ', or end');
  for (;;) {
    eat(space);
    const sign = text[at];
    if (wanted === 'nothing') return at === text.length ? null : placeOf(text, at);
    if (isCloser(sign, wanted, open.at(-1))) {
      open.pop();
      wanted = afterValue();
    } else if (wanted === 'value' || wanted === 'value or ]') {
      if (sign === '{' || sign === '[') {
        open.push(sign);
        wanted = sign === '{' ? 'key or }' : 'value or ]';
      } else if (eat(string) || eat(scalar)) {
        wanted = afterValue();
        continue;
      } else return placeOf(text, at);
    } else if (wanted === 'key' || wanted === 'key or }') {
      if (!eat(string)) return placeOf(text, at);
      wanted = ':';
      continue;
    } else if (wanted === ':') {
      if (sign !== ':') return placeOf(text, at);
      wanted = 'value';
    } else {
      if (sign !== ',') return placeOf(text, at);
      wanted = open.at(-1) === '{' ? 'key' : 'value';
    }
    at++;
  }
}

function isCloser(sign: string | undefined, wanted: Wanted, open: '{' | '[' | undefined): boolean {
  if (sign === '}') return open === '{' && (wanted === 'key or }' || wanted === ', or end');
  return sign === ']' && open === '[' && (wanted === 'value or ]' || wanted === ', or end');
}

function placeOf(text: string, at: number): Place {
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
