// Portraits: what is believed, wished and decided, as flat documents. Every key is always there, null = unknown.

import type { Instant } from '../instant.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';
import type { Decision } from './decision.ts';
import { describeCharger } from './describe-charger.ts';
import { describeVehicle } from './describe-vehicle.ts';
import type { Portrait } from './portrait.ts';
import type { Reason } from './reason.ts';

/** Makes a sentence of a reason in the chosen language. */
export type Say = (reason: Reason) => string;

/** null when the asset is not known. One that is no longer linked is shown as unavailable until it is retired. */
export function describe(view: View, id: AssetId, decision: Decision | null, say: Say, now: Instant): Portrait | null {
  if (view.get('vehicle', id)) return describeVehicle(view, id, decision, say, now);
  return view.get('charger', id) ? describeCharger(view, id, decision, say, now) : null;
}
