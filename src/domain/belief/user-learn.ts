// What is learnt of an Enode user: invalid credentials, and schedules or smart charging that somebody else runs (R9).
import { keyOf } from '../acting/attention.ts';
import type { Draft } from '../draft.ts';
import type { Fact } from '../fact.ts';
import type { Instant } from '../instant.ts';
import type { AssetId, UserId } from '../report.ts';
import { isOurs } from '../settings.ts';
import { newUser, type User } from './user.ts';
import { relinked } from './validity.ts';

export function learnUser(draft: Draft, id: UserId, invalidVendors: readonly string[]): void {
  if (!isOurs(draft.settings, id)) return;
  const held = draft.get('user', id) ?? newUser;
  const same =
    held.invalidVendors.length === invalidVendors.length &&
    held.invalidVendors.every((v, i) => v === invalidVendors[i]);
  if (same && draft.get('user', id)) return;
  draft.put('user', id, { ...held, invalidVendors });
  // Logged in anew: what failed before may have failed for that (R7).
  const isBack = (vendor = ''): boolean => held.invalidVendors.includes(vendor) && !invalidVendors.includes(vendor);
  for (const kind of ['vehicle', 'charger'] as const)
    for (const asset of held[`${kind}s`])
      if (isBack(draft.get(kind, asset)?.report.vendor)) relinked(draft, kind, id, asset);
}

export function learnForeignControl(draft: Draft, id: UserId, found: User['foreign'], at: Instant): void {
  if (!isOurs(draft.settings, id)) return;
  draft.put('user', id, { ...(draft.get('user', id) ?? newUser), foreign: found, foreignReadAt: at });
}

// Events tell of one thing each, in any order: what asks for restraint is believed at once, and the cloud's own page is read for certainty.

export function learnInvalid(draft: Draft, id: UserId, vendor: string): void {
  if (!isOurs(draft.settings, id)) return;
  const { invalidVendors } = draft.get('user', id) ?? newUser;
  if (!invalidVendors.includes(vendor)) learnUser(draft, id, [...invalidVendors, vendor].sort());
  draft.put('look', keyOf({ kind: 'users' }), null);
}

export function seeSchedule(draft: Draft, { user, target, id, on }: Extract<Fact, { kind: 'schedule_seen' }>): void {
  if (!isOurs(draft.settings, user)) return;
  // Of a battery or a heat pump: nothing here hangs on it, and nobody would ever ask whether it is over.
  if (!draft.get('vehicle', target) && !draft.get('charger', target)) return;
  const held = draft.get('user', user) ?? newUser;
  const known = held.foreign.some((one) => one.by === 'schedule' && one.id === id);
  if (known === on) return;
  // That it is off may be an old word, overtaken by another: until the schedules were read it counts as on.
  if (on) draft.put('user', user, { ...held, foreign: [...held.foreign, { target, by: 'schedule', id }] });
  draft.put('look', keyOf({ kind: 'schedules', user }), null);
}

/** Whether it is on is said by the vehicle itself. */
export function seeSmartCharging(draft: Draft, id: AssetId, on: boolean): void {
  const vehicle = draft.get('vehicle', id);
  if (vehicle && vehicle.report.smartChargingOn !== on) draft.put('look', keyOf({ kind: 'vehicles' }), null);
}

/** What was read of it is over with it. */
export function endSmartCharging(draft: Draft, user: UserId, vehicle: AssetId): void {
  const held = draft.get('user', user) ?? newUser;
  const foreign = held.foreign.filter(({ target, by }) => target !== vehicle || by !== 'smart_charging');
  if (foreign.length < held.foreign.length) draft.put('user', user, { ...held, foreign });
}
