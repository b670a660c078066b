// Which pairs are believed to be of use (R7): what a charger provides persists while both stay linked, until the pair proves invalid.
// Kept over restarts, by vehicle.
import type { Draft } from '../draft.ts';
import type { Instant } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId, AssetKind, UserId, VehicleReport } from '../report.ts';
import type { View } from '../site.ts';
import { type Reason, reason } from '../telling/reason.ts';
import { nameOf } from './name.ts';
import type { Pairing } from './pairing.ts';
import { newUser } from './user.ts';
import type { Vehicle } from './vehicle.ts';

/** `failures`: commands failed again and again while unplugged. `withdrawn`: Enode took its flags back. */
export interface Invalid {
  readonly why: 'failures' | 'withdrawn';
  readonly since: Instant;
}

export interface Validity {
  /** The charger it was activated at last: what proves invalid is that pair. null = never seen. */
  readonly last: AssetId | null;
  /** Our times of failed commands while unplugged, each an occasion of its own; the newest last. */
  readonly failedAt: readonly Instant[];
  /** By charger. */
  readonly invalid: Readonly<Record<AssetId, Invalid>>;
}

const unproven: Validity = { last: null, failedAt: [], invalid: {} };

const validityOf = (view: View, vehicle: AssetId): Validity => view.get('validity', vehicle) ?? unproven;

/** Why this pair is invalid, or null. */
export const invalidity = (view: View, vehicle: AssetId, charger: AssetId): Invalid | null =>
  validityOf(view, vehicle).invalid[charger] ?? null;

/** The chargers of its user whose pair with this vehicle holds: those it may owe capabilities to. */
export function validChargers(view: View, vehicle: AssetId): readonly AssetId[] {
  const { invalid } = validityOf(view, vehicle);
  return linkedChargers(view, vehicle).filter((id) => invalid[id] === undefined);
}

function linkedChargers(view: View, vehicle: AssetId): readonly AssetId[] {
  const user = view.get('vehicle', vehicle)?.report.userId;
  return (user === undefined ? undefined : view.get('user', user)?.chargers) ?? newUser.chargers;
}

/** The invalid pair that a person should read of: with the charger it was activated at last, else with any. null = none. */
export function invalidPair(view: View, vehicle: AssetId): ({ readonly charger: AssetId } & Invalid) | null {
  const { last, invalid } = validityOf(view, vehicle);
  const among = linkedChargers(view, vehicle).filter((id) => invalid[id] !== undefined);
  const charger = among.find((id) => id === last) ?? among[0];
  return charger === undefined ? null : { charger, ...invalid[charger]! };
}

/** Why capabilities that a charger provided are gone, and what brings them back; null = they are not. */
export function invalidReason(view: View, vehicle: AssetId): Reason | null {
  const pair = invalidPair(view, vehicle);
  return pair && reason('pairing_invalid', { name: nameOf(view, pair.charger), proof: pair.why });
}

/** A pairing's word as it is shown. */
export function shownWord(view: View, vehicle: AssetId): Pairing['word'] {
  const word = view.get('pairing', vehicle)?.word ?? 'unpaired';
  return word === 'established' && invalidPair(view, vehicle) !== null ? 'invalid' : word;
}

/** A charger without a vehicle on it: invalid where it is so with every vehicle of its user. */
export function shownWordOfCharger(view: View, charger: AssetId): Pairing['word'] {
  const { vehicles } = view.get('user', view.get('charger', charger)?.report.userId ?? '') ?? newUser;
  if (vehicles.length === 0) return 'unpaired';
  return vehicles.every((id) => invalidity(view, id, charger) !== null) ? 'invalid' : 'established';
}

/** An action that Enode had accepted ended FAILED while the vehicle was unplugged. Several close together are one occasion. */
export function noteFailure(draft: Draft, vehicle: AssetId, now: Instant): void {
  if (draft.get('fused', vehicle)?.plugged !== false || linkedChargers(draft, vehicle).length === 0) return;
  const held = validityOf(draft, vehicle);
  const recent = held.failedAt.filter((at) => now - at <= numbers.invalidWithinMs);
  const newest = recent.at(-1);
  if (newest !== undefined && now - newest < numbers.invalidApartMs) return;
  const failedAt = [...recent, now].slice(-numbers.invalidAfter);
  draft.put('validity', vehicle, { ...held, failedAt });
  if (failedAt.length >= numbers.invalidAfter) invalidate(draft, vehicle, 'failures', now);
}

/**
 * Enode said that the vehicle can while a charger was linked, and takes it back although one still is. What the vehicle could by itself
 * is no withdrawal, and neither is a location: that goes with the charger's place.
 */
export function noteFlags(draft: Draft, held: Vehicle | null, report: VehicleReport, now: Instant): void {
  if (!held?.besideCharger || linkedChargers(draft, report.id).length === 0) return;
  const flags = (['start', 'stop'] as const).map((name) => ({
    own: held.own[name],
    was: held.report.flags[name]?.capable,
    is: report.flags[name]?.capable,
  }));
  if (flags.some(({ own, was, is }) => own !== 'yes' && was === true && is === false))
    invalidate(draft, report.id, 'withdrawn', now);
  else if (flags.every(({ is }) => is === true)) givenBack(draft, report.id);
}

/** It hits the pair that was activated last, else all of this vehicle's; one that is activated right now proves itself. */
function invalidate(draft: Draft, vehicle: AssetId, why: Invalid['why'], since: Instant): void {
  const held = validityOf(draft, vehicle);
  const pairing = draft.get('pairing', vehicle);
  const linked = linkedChargers(draft, vehicle);
  const last = held.last ?? pairing?.last?.charger ?? null;
  const hit = last !== null && linked.includes(last) ? [last] : linked;
  const activated = pairing?.word === 'activated' ? pairing.charger : null;
  const added = hit.filter((id) => id !== activated && held.invalid[id] === undefined);
  if (added.length === 0) return;
  const invalid = { ...held.invalid, ...Object.fromEntries(added.map((id) => [id, { why, since }])) };
  draft.put('validity', vehicle, { ...held, invalid });
}

/** Activated, or something done through that charger: the pair holds again. */
export function proveValid(draft: Draft, vehicle: AssetId, charger: AssetId): void {
  const held = validityOf(draft, vehicle);
  if (held.last === charger && held.failedAt.length === 0 && held.invalid[charger] === undefined) return;
  const { [charger]: _healed, ...invalid } = held.invalid;
  draft.put('validity', vehicle, { last: charger, failedAt: [], invalid });
}

/** Vehicle or charger was linked, or logged in, anew: its pairs begin afresh. */
export function relinked(draft: Draft, kind: AssetKind, user: UserId, id: AssetId): void {
  if (kind === 'vehicle') {
    if (draft.get('validity', id)) draft.put('validity', id, null);
    return;
  }
  for (const vehicle of draft.get('user', user)?.vehicles ?? []) {
    const held = draft.get('validity', vehicle);
    if (!held) continue;
    const { [id]: _healed, ...invalid } = held.invalid;
    draft.put('validity', vehicle, { ...held, failedAt: [], invalid });
  }
}

function givenBack(draft: Draft, vehicle: AssetId): void {
  const held = draft.get('validity', vehicle);
  const kept = Object.entries(held?.invalid ?? {}).filter(([, { why }]) => why !== 'withdrawn');
  if (held && kept.length < Object.keys(held.invalid).length)
    draft.put('validity', vehicle, { ...held, invalid: Object.fromEntries(kept) });
}
