// A charger's portrait.
import { shownLimit } from '../acting/limit.ts';
import { nameOf } from '../belief/name.ts';
import { placeOfCharger } from '../belief/place.ts';
import { shownWordOfCharger } from '../belief/validity.ts';
import { defaultSetting } from '../choice/setting.ts';
import type { Instant } from '../instant.ts';
import { isoOf } from '../local-time.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';
import type { Decision } from './decision.ts';
import type { Say } from './describe.ts';
import {
  rounded,
  seenState,
  shownCharging,
  shownCommand,
  shownEvidence,
  shownLimitResult,
  shownObedience,
  shownReason,
} from './describe-shared.ts';
import type { Portrait, PortraitValue } from './portrait.ts';

export function describeCharger(
  view: View,
  id: AssetId,
  decision: Decision | null,
  say: Say,
  now: Instant,
): Portrait | null {
  const charger = view.get('charger', id);
  if (!charger) return null;
  const { report } = charger;
  const fused = view.get('fused', id);
  const energy = view.get('energy', id);
  const command = shownCommand(view, id);
  const why = shownReason(view, id, decision, now);
  const place = placeOfCharger(view, id).word;
  const state: Record<string, PortraitValue> = {
    charging: shownCharging(view, id, now),
    mode: (view.get('setting', id) ?? defaultSetting).mode,
    charging_state: fused?.state ?? null,
    plugged_in: fused?.plugged ?? null,
    charge_power: rounded(fused?.kw, 2),
    ...seenState(fused),
    energy: rounded(energy?.total ?? 0, 3),
    session_energy: rounded(energy?.session ?? 0, 3),
    ...vehicleOf(view, id, say),
    location: place === 'unknown' ? null : place === 'home' ? 'home' : 'elsewhere',
    command: command?.word ?? 'idle',
    reason: say(why),
    can_start: report.flags.start?.capable ?? null,
    can_stop: report.flags.stop?.capable ?? null,
    can_max_current: report.flags.max_current?.capable ?? null,
    can_rate_limit: report.flags.rate_limit?.capable ?? null,
    max_current: rounded(shownLimit(view, id, 'max_current'), 1),
    rate_limit: rounded(shownLimit(view, id, 'rate_limit'), 2),
    limit_result: shownLimitResult(view, id, say),
    ...shownObedience(view, id, now),
    reachable: report.reachable,
    last_seen: isoOf(report.lastSeen),
  };
  return {
    kind: 'charger',
    id,
    device: { name: nameOf(view, id), manufacturer: report.brand ?? report.vendor, model: report.model },
    available: charger.goneSince === null,
    state,
    position: null,
  };
}

/** The vehicle on its cable, as the pairing sees it. */
function vehicleOf(view: View, id: AssetId, say: Say): Record<string, PortraitValue> {
  const vehicle = view.get('occupant', id)?.vehicle ?? null;
  const pairing = vehicle === null ? undefined : view.get('pairing', vehicle);
  return {
    plugged_in_vehicle: vehicle === null ? null : nameOf(view, vehicle),
    plugged_in_vehicle_id: vehicle,
    pairing: pairing?.word ?? shownWordOfCharger(view, id),
    pairing_certainty: rounded((pairing?.certainty ?? 0) * 100, 0),
    pairing_evidence: shownEvidence(pairing, say),
  };
}
