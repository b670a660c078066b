// What a benchmark hands back: one promise of the design, its target, and what came out.

export interface Row {
  /** The line of the design's table of numbers. */
  readonly row: number;
  readonly promise: string;
  readonly target: string;
  readonly result: string;
  /** null = could not be measured here; `result` says why. */
  readonly met: boolean | null;
  /** All that was measured for it, with units in the names. */
  readonly numbers: Readonly<Record<string, number | string | readonly number[]>>;
}

export interface Depth {
  /** Fewer and smaller runs, for CI: under a minute for all rows. */
  readonly short: boolean;
}

export function tableOf(rows: readonly Row[]): string {
  const head = ['row', 'promise', 'target', 'result', 'met?'];
  const lines = rows.map(({ row, promise, target, result, met }) => [
    String(row),
    promise,
    target,
    result,
    met === null ? '-' : met ? 'yes' : 'NO',
  ]);
  const widths = head.map((name, at) => Math.max(name.length, ...lines.map((line) => line[at]!.length)));
  const told = (line: readonly string[]): string =>
    line
      .map((cell, at) => cell.padEnd(widths[at]!))
      .join('  ')
      .trimEnd();
  return [told(head), widths.map((width) => '-'.repeat(width)).join('  '), ...lines.map(told)].join('\n');
}
