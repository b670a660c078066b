// What one loadpoint wants, by rule R8: the first line that matches decides. No other loadpoint is seen here.

import { openAttempt } from '../acting/attempt.ts';
import { crewOf } from '../acting/crew.ts';
import { chargingNow } from '../acting/evidence.ts';
import { isUnable } from '../acting/route.ts';
import { bridgeOf } from '../belief/bridge.ts';
import { effective, stepFor } from '../belief/capability.ts';
import { clockAgrees, cloudOf, cloudTimeOf } from '../belief/cloud-learn.ts';
import type { Fused } from '../belief/fuse.ts';
import { twinReason } from '../belief/twin.ts';
import { invalidReason } from '../belief/validity.ts';
import { isHearing } from '../belief/webhook.ts';
import type { Instant } from '../instant.ts';
import { clockTimeOf } from '../local-time.ts';
import { numbers } from '../numbers.ts';
import type { AssetId, Direction } from '../report.ts';
import type { View } from '../site.ts';
import { type Reason, type ReasonCode, type ReasonParams, reason } from '../telling/reason.ts';
import { isDue } from './departure.ts';
import { type Loadpoint, loadpointOf } from './loadpoint.ts';
import { byMode, futile, manualReason } from './mode-want.ts';
import { isEligible, missingCharger } from './onboarding.ts';
import { ownModeActs } from './own-mode.ts';
import { policyFor } from './policy.ts';

export interface Want {
  readonly should: 'start' | 'stop' | 'leave';
  readonly reason: Reason;
  /** A guard may delay it: neither a person's wish nor `off` (R8). */
  readonly guarded: boolean;
  /** Something in it changes at this time by itself. */
  readonly until: Instant | null;
}

const leave = (code: ReasonCode, params: ReasonParams = {}): Want => ({
  should: 'leave',
  reason: reason(code, params),
  guarded: false,
  until: null,
});

export function want(view: View, point: Loadpoint, now: Instant): Want {
  return blocked(view, point) ?? resting(view, point) ?? unproven(view, point, now) ?? known(view, point, now);
}

/** What is wanted of this charge when nothing is held against it: a change against this is a hand on the car (R8). */
export function wantedDirection(view: View, point: Loadpoint, now: Instant): Direction | null {
  if (blocked(view, point) ?? resting(view, point)) return null;
  const { should } = wished(view, point, now);
  return should === 'leave' ? null : should;
}

/** Nothing automatic is possible or ours to do. */
function blocked(view: View, point: Loadpoint): Want | null {
  const { vehicle, charger, user, lead } = point;
  if ((vehicle ?? charger)!.goneSince !== null) return leave('not_linked');
  const twin = twinReason(view, lead);
  if (twin) return leave(twin.code, twin.params);
  const required = missingCharger(view, lead) ?? endedPair(view, point);
  if (required) return leave(required.code, required.params);
  const missing = unable(view, point);
  if (missing) return missing;
  const foreign = user.foreign.find(({ target }) => target === lead || target === point.chargerId);
  if (foreign?.by === 'schedule') return leave('handover_schedule', { id: foreign.id });
  if (foreign || vehicle?.report.smartChargingOn)
    return leave('handover_smart_charging', { state: foreign ? smartStateOf(foreign.id) : null });
  const hold = view.get('hold', lead);
  return hold?.code === 'foreign_control' ? leave('foreign_control') : null;
}

/** Enode's word for the state of its smart charging, in one of ours; null = a new one. */
function smartStateOf(state: string): string | null {
  if (state.startsWith('PLAN:ENDED')) return 'ended';
  if (state === 'PLAN:EXECUTING:OVERRIDDEN') return 'overridden';
  if (state.startsWith('PLAN:EXECUTING')) return 'executing';
  return state === 'CONSIDERING' ? 'considering' : state === 'FULLY_CHARGED' ? 'full' : null;
}

/**
 * Neither the vehicle nor a charger that counts for it can. While it is unplugged or away a linked charger only waits for it: it stays
 * enrolled, and that is no want of ability (R7).
 */
function unable(view: View, { lead, vehicle, chargerId, fused, place, setting }: Loadpoint): Want | null {
  const missing = vehicle && (['start', 'stop'] as const).find((name) => isUnable(view, lead, name, chargerId));
  if (!missing) return null;
  const isLent = chargerId === null && effective(view, lead, missing).can === true;
  if (isLent && (fused.plugged === false || place.word === 'away')) return null;
  if (isLent && setting.mode !== 'manual' && !isEligible(view, lead)) return notEligible(view, lead);
  return leave('incapable', { capability: missing, step: stepFor(view, lead, chargerId) });
}

const notEligible = (view: View, lead: AssetId): Want => leave('not_eligible', { policy: policyFor(view, lead) });

/** What a charger provided is gone with a pair that proved invalid (R7); one that is activated proves itself. */
function endedPair(view: View, { lead, vehicle, charger }: Loadpoint): Reason | null {
  if (!vehicle || charger) return null;
  const isGone = (['start', 'stop'] as const).some((name) => effective(view, lead, name).can === false);
  return isGone ? invalidReason(view, lead) : null;
}

/** Modes that decide nothing: `manual`, that of a car that is only watched (R10), and a charger's own while it is not known whose car is on it (R5). */
function resting(view: View, point: Loadpoint): Want | null {
  const { vehicle, setting, lead } = point;
  if (setting.mode === 'manual') return { ...leave('manual_idle'), reason: manualReason(point) };
  if (!isEligible(view, lead)) return notEligible(view, lead);
  return !vehicle && !ownModeActs(view, lead) ? leave('charger_held') : null;
}

/** Unknown, stale or away means: leave it alone. */
function unproven(view: View, point: Loadpoint, now: Instant): Want | null {
  const startedAt = bridgeOf(view).startedAt;
  const heardAt = (point.vehicle ?? point.charger)!.heardAt;
  if (startedAt === null || heardAt < startedAt) return leave('starting_up');
  if (!clockAgrees(view)) return leave('clock_unchecked', { seconds: secondsApart(view) });
  if (point.place.word === 'away') return leave('away');
  if (point.fused.plugged === false) return leave('unplugged');
  if (point.place.word === 'unknown') return leave('place_unknown');
  const { state, plugged } = point.fused;
  return state === null || plugged !== true ? stale(view, point, now) : null;
}

/** On a stale report nothing is asked. While webhooks are heard it still tells how things are: what is as wished may stay so. */
function known(view: View, point: Loadpoint, now: Instant): Want {
  const wish = wished(view, point, now);
  if (!isOld(view, point.fused, now)) return wish;
  return isHearing(view) && isRestful(view, point, wish, now) ? wish : stale(view, point, now);
}

const isOld = (view: View, { at }: Fused, now: Instant): boolean =>
  at === null || cloudTimeOf(view, now) - at > numbers.staleAfterMs;

const stale = (view: View, { fused: { at } }: Loadpoint, now: Instant): Want =>
  leave('stale', { minutes: at === null ? null : Math.round((cloudTimeOf(view, now) - at) / 60_000) });

/** Nothing is under way, and nothing will be asked. */
function isRestful(view: View, { lead }: Loadpoint, { should }: Want, now: Instant): boolean {
  const crew = crewOf(view, lead);
  if (crew.some((id) => openAttempt(view, id) !== null || view.get('wish', id)?.state === 'open')) return false;
  return should === 'leave' || chargingNow(view, lead, crew, now) === (should === 'start');
}

/** A mode would act, and may not because its last report is too old. */
export function lacksReport(view: View, lead: AssetId, now: Instant): boolean {
  const fused = view.get('fused', lead);
  if ((view.get('setting', lead)?.mode ?? 'manual') === 'manual' || !fused || !isOld(view, fused, now)) return false;
  const point = loadpointOf(view, lead, now);
  return point !== null && want(view, point, now).reason.code === 'stale';
}

function secondsApart(view: View): number | null {
  const { clockOffset } = cloudOf(view);
  return clockOffset === null ? null : Math.round(Math.abs(clockOffset) / 1000);
}

/** R8 from the override on: what a person set up for this moment, then what the mode wants. A START that cannot help is not asked. */
function wished(view: View, point: Loadpoint, now: Instant): Want {
  const wish = personal(view, point, now) ?? byMode(point);
  return wish.should === 'start' ? (futile(point) ?? wish) : wish;
}

function personal(view: View, point: Loadpoint, now: Instant): Want | null {
  const { lead, setting, vehicle } = point;
  const override = view.get('override', lead);
  if (override) {
    const code = override.want === 'start' ? 'override_charge' : 'override_stop';
    return { should: override.want, reason: reason(code), guarded: false, until: null };
  }
  const hold = view.get('hold', lead);
  if (hold) return leave(hold.code);
  if (bridgeOf(view).paused) return leave('paused');
  const battery = vehicle?.report.charge.battery ?? null;
  if (battery !== null && battery < setting.minimum) {
    return {
      should: 'start',
      reason: reason('below_minimum', { percent: battery, minimum: setting.minimum }),
      guarded: true,
      until: null,
    };
  }
  if (!isDue(view, point, now)) return null;
  return {
    should: 'start',
    reason: reason('departure_due', {
      departure: clockTimeOf(setting.departure!, view.settings.timeZone),
      target: setting.target,
    }),
    guarded: true,
    until: setting.departure,
  };
}
