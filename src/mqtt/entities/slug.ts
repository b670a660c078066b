// A device name as Home Assistant would write it in an entity id: lower case, letters and digits of ASCII, single underscores.

const written: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
};

/** @param otherwise stands in for a name without one usable letter (`日産`); itself of `[a-z0-9_]` */
export function slugOf(name: string, otherwise: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[ßæœøđðłþı]/g, (letter) => written[letter]!);
  // An apostrophe joins (Python's slugify does so too): "Anna's car" is annas_car.
  const slug = plain
    .replaceAll(/['’]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
  return slug === '' ? otherwise : slug;
}
