// The known name somebody probably meant.

/** null when nothing is near: more than a third of the letters would have to change. */
export function nearest(word: string, known: readonly string[]): string | null {
  const simple = word.toLowerCase().replaceAll('-', '_').slice(0, 60);
  let best: { readonly name: string; readonly steps: number } | null = null;
  for (const name of known) {
    const steps = distance(simple, name);
    if (steps <= Math.max(2, name.length / 3) && (best === null || steps < best.steps)) best = { name, steps };
  }
  return best?.name ?? null;
}

/** Letters to insert, drop or replace (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
