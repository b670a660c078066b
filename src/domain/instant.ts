// Instants and durations as plain branded numbers: cheap to keep by the thousand, and they compare with < and >.

/** Epoch milliseconds. */
export type Instant = number & { readonly __unit: 'epoch ms' };

export const instant = (epochMs: number): Instant => epochMs as Instant;

export const seconds = (n: number): number => n * 1_000;
export const minutes = (n: number): number => n * 60_000;
export const hours = (n: number): number => n * 3_600_000;

/** `at` moved by `ms` milliseconds. */
export const later = (at: Instant, ms: number): Instant => (at + ms) as Instant;

/** The later of two instants; null means never. */
export function latest(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null) return b;
  return b === null || a > b ? a : b;
}

/** The earlier of two instants; null means never. */
export function soonest(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null) return b;
  return b === null || a < b ? a : b;
}
