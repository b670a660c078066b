// Chance as an argument: real for the daemon, seeded for simulations and tests.
import { randomBytes, randomUUID } from 'node:crypto';

export interface Entropy {
  /** A number in [0, 1). */
  next(): number;
  /** A random UUID (version 4 in form). */
  uuid(): string;
  /** `bytes` random bytes as lower-case hex. */
  hex(bytes: number): string;
}

export const realEntropy: Entropy = {
  next: () => Math.random(),
  uuid: () => randomUUID(),
  hex: (bytes) => randomBytes(bytes).toString('hex'),
};

/** The same seed gives the same sequence (sfc32 by Chris Doty-Humphrey, public domain). Never for secrets. */
export function seededEntropy(seed: number): Entropy {
  let a = 0x9e3779b9 | 0;
  let b = 0x243f6a88 | 0;
  let c = seed | 0;
  let counter = 1;
  const word = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let warmUp = 0; warmUp < 15; warmUp++) word();
  const hex = (bytes: number): string => {
    let text = '';
    while (text.length < 2 * bytes) text += word().toString(16).padStart(8, '0');
    return text.slice(0, 2 * bytes);
  };
  return {
    next: () => word() / 2 ** 32,
    hex,
    uuid: () => {
      const h = hex(16);
      return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20)}`;
    },
  };
}

/** A stable number in [0, 1) from a text: spreads polls and announcements without chance (FNV-1a). */
export function spreadOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0) / 2 ** 32;
}
