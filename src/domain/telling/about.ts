// What the page must know beside the portraits: how this house is set up. No secrets.
import { bridgeOf } from '../belief/bridge.ts';
import { chooserOf, isConsented } from '../belief/chooser.ts';
import { builtModes, type Mode } from '../choice/mode.ts';
import type { Control, Language } from '../settings.ts';
import type { View } from '../site.ts';

export interface About {
  /** Of the sentences, so the page's own words are in it, too. */
  readonly language: Language;
  /** IANA name */
  readonly timeZone: string;
  /** Enode users of this site; pairs exist only within one. */
  readonly users: readonly string[];
  /** Degrees; null = not set. */
  readonly home: { readonly latitude: number; readonly longitude: number } | null;
  readonly observeOnly: boolean;
  readonly control: Control;
  /** Consent to command chargers: given by the option (then only there it can be taken back), by a person, or not at all. */
  readonly chargerCommands: 'option' | 'person' | null;
  /** Who chooses between car and charger now. */
  readonly chooser: 'enode' | 'local';
  /** Enode was seen not to choose for this client: consent would let us do it (R5). */
  readonly asksConsent: boolean;
  /** Modes that can be chosen. */
  readonly modes: readonly Mode[];
}

export function describeAbout(view: View): About {
  const { language, timeZone, users, home, observeOnly, control, allowChargerCommands } = view.settings;
  const { allowChargerCommands: allowedByPerson, unorchestrated } = bridgeOf(view);
  const byPerson = allowedByPerson ? 'person' : null;
  return {
    language,
    timeZone,
    users,
    home,
    observeOnly,
    control,
    chargerCommands: allowChargerCommands ? 'option' : byPerson,
    chooser: chooserOf(view),
    asksConsent: control === 'auto' && unorchestrated !== undefined && !isConsented(view),
    modes: builtModes,
  };
}
