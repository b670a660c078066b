// Chance that does not depend on the order of calls: the same seed and the same words always give the same number.

/** 32 well-mixed bits of a text (FNV-1a, then the finalizer of MurmurHash3: FNV alone leaves neighbours close together). */
function mixed(text: string, salt: number): number {
  let hash = 0x811c9dc5 ^ salt;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A number in [0, 1). */
export function chanceOf(seed: number, ...words: readonly (string | number)[]): number {
  return mixed(words.join(' '), Math.imul(seed, 0x9e3779b9)) / 2 ** 32;
}

/** A number in [from, to). */
export function between(from: number, to: number, chance: number): number {
  return from + (to - from) * chance;
}

/** A UUID (version 4 in form) that belongs to a name for ever. */
export function uuidOf(name: string): string {
  const hex = [1, 2, 3, 4].map((salt) => mixed(name, salt).toString(16).padStart(8, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
