// What a person said of the cable in a charger: "this car", or "a guest". It holds until the next unplug, over restarts, and above
// everything else (R5, R6).
import type { Draft } from '../draft.ts';
import type { Instant } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';
import { type Reason, reason } from '../telling/reason.ts';
import { cableOf } from './cable.ts';
import { cloudTimeOf } from './cloud-learn.ts';
import { standsElsewhere } from './elsewhere.ts';
import { nameOf } from './name.ts';
import { sleepsAt } from './sleep.ts';

export interface Correction {
  /** null: nobody linked, a guest. */
  readonly vehicle: AssetId | null;
  /** Our time. */
  readonly since: Instant;
  /** The same moment by the cloud's clock. */
  readonly cloudSince: Instant;
}

export const isGuest = (view: View, charger: AssetId): boolean => view.get('correction', charger)?.vehicle === null;

/** Does the word still hold? It ends with the charger's cable, with the car's, and at the cap of every plug-in. */
export function holds(view: View, charger: AssetId, { vehicle, since, cloudSince }: Correction, now: Instant): boolean {
  const box = view.get('charger', charger);
  if (!box || box.goneSince !== null || now - since > numbers.plugInCapMs) return false;
  if (box.outAt !== null && box.outAt > cloudSince) return false;
  if (vehicle === null) return true;
  const car = view.get('vehicle', vehicle);
  if (!car || car.goneSince !== null) return false;
  // It may have lied about its cable all along, which is why a person was asked: only a new "out" counts, unless the charger knows better.
  return car.outSince === null || car.outSince <= cloudSince || sleepsAt(car, box);
}

/** Why a person's word cannot be taken; null = it can. @param vehicle null: a guest's */
export function whyNotCorrect(view: View, charger: AssetId, vehicle: AssetId | null, now: Instant): Reason | null {
  const box = view.get('charger', charger);
  const car = vehicle === null ? undefined : view.get('vehicle', vehicle);
  if (!box) return reason('refused_unknown_asset', { id: charger });
  if (vehicle !== null && !car) return reason('refused_unknown_asset', { id: vehicle });
  if (box.goneSince !== null || (car && car.goneSince !== null)) return reason('not_linked');
  if (car && car.report.userId !== box.report.userId) return reason('refused_other_user');
  if (cableOf(box.report.charge) === false) return reason('refused_no_cable', { name: nameOf(view, charger) });
  if (vehicle !== null && standsElsewhere(view, vehicle, charger, now))
    return reason('refused_elsewhere', { name: nameOf(view, vehicle) });
  return null;
}

/** @returns null when it was taken */
export function correct(draft: Draft, charger: AssetId, vehicle: AssetId | null, now: Instant): Reason | null {
  const refused = whyNotCorrect(draft, charger, vehicle, now);
  if (refused !== null) return refused;
  const { chargers } = draft.get('user', draft.get('charger', charger)!.report.userId)!;
  for (const other of chargers)
    if (vehicle !== null && other !== charger && draft.get('correction', other)?.vehicle === vehicle)
      draft.put('correction', other, null);
  draft.put('correction', charger, { vehicle, since: now, cloudSince: cloudTimeOf(draft, now) });
  return null;
}
