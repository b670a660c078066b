// What the page shows beside the portraits, worked out from what is believed at the moment it is asked for.
import type { View } from '../domain/site.ts';
import { type About, describeAbout } from '../domain/telling/about.ts';

export function documentsOf(view: View): { readonly about: () => About } {
  return { about: () => describeAbout(view) };
}
