// Numbers of many runs on a noisy machine: medians and percentiles, never single values.

/** The value that `share` (0..1) of the sorted values do not exceed; NaN of nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);
export const most = (values: readonly number[]): number => percentile(values, 1);

/** Three digits that mean something. */
export const shown = (value: number): string => String(Number(value.toPrecision(3)));

/** Mebibytes, rounded to a tenth. */
export const megabytes = (bytes: number): number => Math.round(bytes / 2 ** 20 / 0.1) / 10;
