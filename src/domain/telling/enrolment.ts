// Does smart charging count on this vehicle (R7)? Independent of the decision of the moment.
import { effective } from '../belief/capability.ts';
import { placeOfVehicle } from '../belief/place.ts';
import { openPlugIn } from '../belief/plugin.ts';
import { isChargerRequired, isEligible } from '../choice/onboarding.ts';
import { defaultSetting } from '../choice/setting.ts';
import type { Instant } from '../instant.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';

/** `waiting`: it will count once the vehicle is plugged in at home; a place that is not known is not home (R2). */
export function enrolment(view: View, id: AssetId, now: Instant): 'enrolled' | 'waiting' | 'blocked' | 'off' {
  const { mode } = view.get('setting', id) ?? defaultSetting;
  if (mode === 'manual' || mode === 'off') return 'off';
  const vehicle = view.get('vehicle', id);
  if (vehicle?.goneSince !== null || effective(view, id, 'smart_charge').can !== true) return 'blocked';
  if (isChargerRequired(view, id) || !isEligible(view, id)) return 'blocked';
  const isHere = openPlugIn(view, id) !== null && placeOfVehicle(view, id, now).word === 'home';
  return isHere ? 'enrolled' : 'waiting';
}
