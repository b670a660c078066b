// Why is it charging, or not? `want` per loadpoint, `allot` across them, `settle` per loadpoint.

import { nameOf } from '../belief/name.ts';
import { type Instant, later } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';
import type { Decision } from '../telling/decision.ts';
import { reason } from '../telling/reason.ts';
import { allot } from './allot.ts';
import { vehicleOn } from './lead.ts';
import { type Loadpoint, loadpointOf } from './loadpoint.ts';
import { settle } from './settle.ts';
import { type Want, want } from './want.ts';

/** Decides for the assets named, each by the loadpoint it belongs to. Assets that are not known give none. */
export function decide(view: View, assets: Iterable<AssetId>, now: Instant): Decision[] {
  const points: Loadpoint[] = [];
  const asleep: Decision[] = [];
  for (const asset of assets) {
    const vehicle = view.get('charger', asset) ? vehicleOn(view, asset) : null;
    if (vehicle !== null) {
      asleep.push({
        lead: asset,
        should: 'leave',
        reason: reason('charger_sleeps', { name: nameOf(view, vehicle) }),
        reviewAt: later(now, numbers.reviewAtLeastMs),
      });
      continue;
    }
    const point = loadpointOf(view, asset, now);
    if (point) points.push(point);
  }
  const wants = new Map<AssetId, Want>(points.map((point) => [point.lead, want(view, point, now)]));
  const shares = allot(wants);
  return [
    ...points.map((point) => settle(view, point, wants.get(point.lead)!, shares.get(point.lead)!, now)),
    ...asleep,
  ];
}
