// A position as people paste it from a map: two numbers, with points or decimal commas.

export interface Coordinates {
  readonly latitude: number;
  readonly longitude: number;
}

const number = /[+-]?\d+(?:[.,]\d+)?/g;

/** null = not two numbers, or not on earth */
export function coordinatesOf(text: string): Coordinates | null {
  const found = text.match(number)?.map((one) => Number(one.replace(',', '.'))) ?? [];
  const [latitude, longitude] = found;
  if (found.length !== 2 || latitude === undefined || longitude === undefined) return null;
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null;
}

export const writtenOf = ({ latitude, longitude }: Coordinates): string =>
  `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
