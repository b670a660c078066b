// What is worth saying aloud when a device changes: what became of a command, and when charging begins or ends.
import type { Portrait } from '../../domain/telling/portrait.ts';

const telling = ['charging_state', 'command', 'pairing', 'onboarding', 'problem'] as const;

/** null = nothing a person waits for */
export function newsOf(before: Portrait | undefined, after: Portrait): string | null {
  if (!before || !telling.some((key) => before.state[key] !== after.state[key])) return null;
  const sentence = after.state.reason ?? after.state.problem_text;
  return sentence ? `${after.device.name}: ${sentence}` : null;
}
