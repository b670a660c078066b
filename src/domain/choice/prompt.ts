// What a person answered to the prompt to link a charger (R10): a recommendation can be dismissed, a requirement stays.
import type { Draft } from '../draft.ts';
import type { AssetId } from '../report.ts';
import { type Reason, reason } from '../telling/reason.ts';
import { onboardingOf, promptOf } from './onboarding.ts';

/** @returns null when it was taken */
export function answerPrompt(
  draft: Draft,
  vehicle: AssetId,
  answer: 'dismiss_prompt' | 'no_compatible_charger',
): Reason | null {
  const held = promptOf(draft, vehicle);
  const word = onboardingOf(draft, vehicle)?.word ?? 'complete';
  if (answer === 'dismiss_prompt' && word === 'charger_required') return reason('refused_prompt_stays');
  if (word === 'complete') return null;
  draft.put(
    'prompt',
    vehicle,
    answer === 'dismiss_prompt' ? { ...held, dismissed: true } : { ...held, noCharger: true },
  );
  return null;
}
