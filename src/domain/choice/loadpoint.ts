// What is decided for: everything that is believed of one lead asset, gathered once per decision.

import type { Charger } from '../belief/charger.ts';
import { countedCharger } from '../belief/chooser.ts';
import { type Fused, fuseCharger, fuseVehicle } from '../belief/fuse.ts';
import { placeOfCharger, placeOfVehicle } from '../belief/place.ts';
import { openPlugIn, type PlugIn } from '../belief/plugin.ts';
import type { Place } from '../belief/position.ts';
import { newUser, type User } from '../belief/user.ts';
import type { Vehicle } from '../belief/vehicle.ts';
import type { Instant } from '../instant.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';
import { defaultSetting, type Setting } from './setting.ts';

export interface Loadpoint {
  readonly lead: AssetId;
  readonly vehicle: Vehicle | null;
  /** The activated charger, or the lead itself when that is a charger. */
  readonly charger: Charger | null;
  readonly chargerId: AssetId | null;
  readonly user: User;
  readonly fused: Fused;
  readonly place: Place;
  readonly plugin: PlugIn | null;
  readonly setting: Setting;
}

/** null when the lead is not (or no longer) known. */
export function loadpointOf(view: View, lead: AssetId, now: Instant): Loadpoint | null {
  const vehicle = view.get('vehicle', lead) ?? null;
  const chargerId = vehicle ? countedCharger(view, lead) : lead;
  const charger = chargerId === null ? null : (view.get('charger', chargerId) ?? null);
  const fused = vehicle ? fuseVehicle(view, lead) : fuseCharger(view, lead);
  const report = vehicle?.report ?? charger?.report;
  if (!report || fused === null) return null;
  return {
    lead,
    vehicle,
    charger,
    chargerId,
    user: view.get('user', report.userId) ?? newUser,
    fused,
    place: vehicle ? placeOfVehicle(view, lead, now) : placeOfCharger(view, lead),
    plugin: openPlugIn(view, lead),
    setting: view.get('setting', lead) ?? defaultSetting,
  };
}
