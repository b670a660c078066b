// How far we have heard of a device: until then a change that Enode knew of would have reached us.
import type { Instant } from '../instant.ts';
import type { View } from '../site.ts';
import type { Charger } from './charger.ts';
import { cloudTimeOf } from './cloud-learn.ts';
import type { Vehicle } from './vehicle.ts';
import { webhookOf } from './webhook.ts';

/** The cloud's time. While webhooks came ever since, no news is no change; else it counts when Enode said what we hold. */
export function heardUntil(view: View, held: Vehicle | Charger, now: Instant): Instant {
  const hearingSince = webhookOf(view)?.hearingSince ?? null;
  if (hearingSince !== null && hearingSince <= held.heardAt) return cloudTimeOf(view, now);
  return held.said?.from ?? cloudTimeOf(view, held.heardAt);
}
