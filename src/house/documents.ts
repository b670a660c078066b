// What the page shows beside the portraits, worked out from what is believed at the moment it is asked for.
import type { Instant } from '../domain/instant.ts';
import type { View } from '../domain/site.ts';
import { describeAbout } from '../domain/telling/about.ts';
import type { Say } from '../domain/telling/describe.ts';
import { describeOnboarding } from '../domain/telling/onboarding.ts';
import { describePairs } from '../domain/telling/pairs.ts';

export type Documents = Readonly<Record<'about' | 'onboarding' | 'pairs', () => unknown>>;

export function documentsOf(view: View, say: Say, now: () => Instant): Documents {
  return {
    about: () => describeAbout(view),
    onboarding: () => describeOnboarding(view, say, now()),
    pairs: () => describePairs(view, say, now()),
  };
}
