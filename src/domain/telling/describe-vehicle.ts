// A vehicle's portrait.
import { shownLimit } from '../acting/limit.ts';
import { effective, openInterventions } from '../belief/capability.ts';
import { countedCharger } from '../belief/chooser.ts';
import type { Fused } from '../belief/fuse.ts';
import { nameOf } from '../belief/name.ts';
import { shownCharger } from '../belief/pairing.ts';
import { placeOfCharger, placeOfVehicle } from '../belief/place.ts';
import type { Place } from '../belief/position.ts';
import { newUser } from '../belief/user.ts';
import { invalidReason, shownWord } from '../belief/validity.ts';
import type { Vehicle } from '../belief/vehicle.ts';
import { switchesToday } from '../choice/guard.ts';
import { isChargerRequired, onboardingOf } from '../choice/onboarding.ts';
import { defaultSetting } from '../choice/setting.ts';
import { type Instant, latest } from '../instant.ts';
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
import { enrolment } from './enrolment.ts';
import type { Portrait, PortraitValue } from './portrait.ts';

type State = Record<string, PortraitValue>;

export function describeVehicle(
  view: View,
  id: AssetId,
  decision: Decision | null,
  say: Say,
  now: Instant,
): Portrait | null {
  const vehicle = view.get('vehicle', id);
  if (!vehicle) return null;
  const { report } = vehicle;
  const why = shownReason(view, id, decision, now);
  const state: State = {
    ...charge(view, id, vehicle, now),
    ...pair(view, id, say),
    ...ability(view, id),
    ...command(view, id, say),
    interventions: titles(view, id),
    smart_charging: enrolment(view, id, now),
    onboarding: onboardingOf(view, id)?.word ?? null,
    action_needed: needsAction(view, id, vehicle, decision),
    reason: say(why),
    reason_code: why.code,
    ...shownObedience(view, id, now),
    limit_result: shownLimitResult(view, id, say),
    switches_today: switchesToday(view, id, now),
    reachable: report.reachable,
    last_seen: isoOf(report.lastSeen),
  };
  return {
    kind: 'vehicle',
    id,
    device: { name: nameOf(view, id), manufacturer: report.brand ?? report.vendor, model: report.model },
    available: vehicle.goneSince === null,
    state,
    position: positionOf(view, id, vehicle, now),
  };
}

/** Chargers have no coordinates: on one whose place is known the vehicle stands there (8.1), unless its own say otherwise. */
function positionOf(view: View, id: AssetId, { where }: Vehicle, now: Instant): Portrait['position'] {
  const charger = placeOfVehicle(view, id, now).by === 'charger' ? countedCharger(view, id) : null;
  const point = (charger === null ? null : pointOfCharger(view, charger)) ?? where;
  if (point === null || point.latitude === null || point.longitude === null) return null;
  return { latitude: point.latitude, longitude: point.longitude, gps_accuracy: 0 };
}

function pointOfCharger(view: View, id: AssetId): { readonly latitude: number; readonly longitude: number } | null {
  const location = view.get('location', view.get('charger', id)?.report.locationId ?? '');
  return location ?? (placeOfCharger(view, id).word === 'home' ? view.settings.home : null);
}

/** The cloud's time of what proves the place: the last report that fits the position, or the cable at the charger. */
function placeSeen({ where }: Vehicle, fused: Fused | undefined, { by }: Place): Instant | null {
  if (by === null) return null;
  return by === 'charger' ? (fused?.at ?? null) : latest(where?.at ?? null, where?.stillAt ?? null);
}

function charge(view: View, id: AssetId, vehicle: Vehicle, now: Instant): State {
  const { report } = vehicle;
  const fused = view.get('fused', id);
  const energy = view.get('energy', id);
  const setting = view.get('setting', id) ?? defaultSetting;
  const place = placeOfVehicle(view, id, now);
  return {
    charging: shownCharging(view, id, now),
    mode: setting.mode,
    target: setting.target,
    minimum: setting.minimum,
    departure: isoOf(setting.departure),
    max_current: rounded(shownLimit(view, id, 'max_current'), 1),
    rate_limit: rounded(shownLimit(view, id, 'rate_limit'), 2),
    battery: rounded(report.charge.battery, 1),
    range: rounded(report.charge.range, 1),
    plugged_in: fused?.plugged ?? null,
    charging_state: fused?.state ?? null,
    charge_power: rounded(fused?.kw, 2),
    home: place.word === 'unknown' ? null : place.word === 'home',
    energy: rounded(energy?.total ?? 0, 3),
    session_energy: rounded(energy?.session ?? 0, 3),
    charge_limit: rounded(report.charge.limit, 1),
    time_to_full: rounded(report.charge.timeToFull, 0),
    capacity: rounded(report.charge.capacity, 1),
    odometer: rounded(report.odometer, 1),
    ...seenState(fused),
    charge_power_source: fused?.kwFrom ?? null,
    charge_power_seen: isoOf(fused?.kwAt ?? null),
    home_source: place.by,
    home_seen: isoOf(placeSeen(vehicle, fused, place)),
  };
}

function pair(view: View, id: AssetId, say: Say): State {
  const pairing = view.get('pairing', id);
  const charger = pairing?.charger ?? null;
  const word = shownWord(view, id);
  return {
    paired_charger: charger === null ? null : nameOf(view, charger),
    paired_charger_id: charger,
    plugged_in_charger_id: shownCharger(view, id),
    pairing: word,
    pairing_certainty: rounded((pairing?.certainty ?? 0) * 100, 0),
    pairing_evidence: word === 'invalid' ? say(invalidReason(view, id)!) : shownEvidence(pairing, say),
  };
}

function ability(view: View, id: AssetId): State {
  const start = effective(view, id, 'start');
  const stop = effective(view, id, 'stop');
  const locate = effective(view, id, 'locate');
  const smartCharge = effective(view, id, 'smart_charge');
  const maxCurrent = effective(view, id, 'max_current');
  const rateLimit = effective(view, id, 'rate_limit');
  // One literal: a state is built for every look at an asset, and made-up keys cost half of it.
  return {
    can_start: start.can,
    can_start_by: start.by,
    can_stop: stop.can,
    can_stop_by: stop.by,
    can_locate: locate.can,
    can_locate_by: locate.by,
    can_smart_charge: smartCharge.can,
    can_smart_charge_by: smartCharge.by,
    can_max_current: maxCurrent.can,
    can_max_current_by: maxCurrent.by,
    can_rate_limit: rateLimit.can,
    can_rate_limit_by: rateLimit.by,
  };
}

function command(view: View, id: AssetId, say: Say): State {
  const held = shownCommand(view, id);
  return {
    command: held?.word ?? 'idle',
    command_result: held?.result ? say(held.result) : null,
    command_latency: held?.latency ?? null,
    route: held?.route ?? null,
  };
}

/** Titles of what a person would have to fix; null = nothing. */
function titles(view: View, id: AssetId): string | null {
  const open = openInterventions(view, id).map(
    (intervention) => view.get('intervention', intervention)?.title ?? intervention,
  );
  return open.length === 0 ? null : open.join(' · ').slice(0, 250);
}

function needsAction(view: View, id: AssetId, { report }: Vehicle, decision: Decision | null): boolean {
  const user = view.get('user', report.userId) ?? newUser;
  return (
    openInterventions(view, id).length > 0 ||
    user.invalidVendors.includes(report.vendor) ||
    decision?.reason.code === 'exhausted' ||
    isChargerRequired(view, id)
  );
}
