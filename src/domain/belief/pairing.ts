// Which charger a vehicle belongs to: established by linking both, activated by Enode's plugged-in ids, by our own matcher where
// Enode says nothing, or by a person.
import type { Instant } from '../instant.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';
import type { Reason } from '../telling/reason.ts';
import type { Chance } from './pairing-matcher.ts';
import type { Claimed } from './sleep.ts';

export interface Pairing {
  readonly word: 'unpaired' | 'established' | 'activated' | 'invalid';
  /** The partner while activated; the only candidate while established; null with several (R6). */
  readonly charger: AssetId | null;
  /**
   * Shown as plugged in there although Enode withdrew its ids, or the car says that it left, while the cable stayed (R6): never
   * commanded through.
   */
  readonly lingering: boolean;
  /** Who activated it; null while not activated. */
  readonly by: 'enode' | 'matcher' | 'person' | null;
  /** The charger that Enode's own ids name right now, whether that is believed or not; null = none. */
  readonly named: AssetId | null;
  /** A person says otherwise than Enode's ids: then nothing goes to a charger (R5). */
  readonly disputed: boolean;
  /** 0–1 */
  readonly certainty: number;
  /** What speaks for it, or against activating it, the weightiest first: `pair_…` codes. */
  readonly evidence: readonly Reason[];
  readonly since: Instant;
  /** What Enode's ids last claimed, as long as it may come back to life by itself (R6); null = nothing. */
  readonly last: Claimed | null;
  /** What our matcher thinks of this car's chargers, the likeliest first, whatever is activated; empty = it was not asked. */
  readonly chances: readonly Chance[];
  /** The charger it was matched to saw the cable go out then (the cloud's time), after the car's last word: it is out. */
  readonly outAt: Instant | null;
}

/** By charger: the vehicle that is believed on its cable. */
export interface Occupant {
  readonly vehicle: AssetId;
}

/** The charger that `enode` routing counts on: activated by Enode's own ids right now, not merely shown, not corrected away. */
export function activatedCharger(view: View, vehicle: AssetId): AssetId | null {
  const charger = pairedCharger(view, vehicle);
  return charger !== null && charger === view.get('pairing', vehicle)?.named ? charger : null;
}

/** The charger that `local` routing may count on: activated by whomever, not merely shown, and Enode's ids do not contradict a person. */
export function pairedCharger(view: View, vehicle: AssetId): AssetId | null {
  const pairing = view.get('pairing', vehicle);
  return pairing?.word === 'activated' && !pairing.lingering && !pairing.disputed ? pairing.charger : null;
}

/** The charger shown with a vehicle, lingering ones included. */
export function shownCharger(view: View, vehicle: AssetId): AssetId | null {
  const pairing = view.get('pairing', vehicle);
  return pairing?.word === 'activated' ? pairing.charger : null;
}

/** Fresh coordinates elsewhere spoke against the pair that Enode's ids claim (R2). */
export const isElsewhere = (pairing: Pairing | undefined): boolean =>
  pairing?.evidence.some(({ code }) => code === 'pair_elsewhere') ?? false;
