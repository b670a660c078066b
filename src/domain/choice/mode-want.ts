// What the charging mode itself wants, within the limits. `schedule`, `solar` and `min_solar` get their lines here.

import { numbers } from '../numbers.ts';
import { type Reason, type ReasonCode, reason } from '../telling/reason.ts';
import { latestStart } from './departure.ts';
import type { Loadpoint } from './loadpoint.ts';
import type { Want } from './want.ts';

export function byMode(point: Loadpoint): Want {
  const { setting, fused, vehicle } = point;
  const battery = vehicle?.report.charge.battery ?? null;
  const until = latestStart(point);
  const as = (should: Want['should'], code: ReasonCode, guarded: boolean, params = {}): Want => ({
    should,
    reason: reason(code, params),
    guarded,
    until,
  });
  switch (setting.mode) {
    case 'off':
      return as('stop', fused.charging ? 'off_stopping' : 'off', false);
    case 'now': {
      // Standby loss must not start it again each time it falls one percent below the target.
      const full = fused.charging ? setting.target : setting.target - numbers.targetHysteresis;
      if (battery !== null && setting.target < 100 && battery >= full) {
        return as('stop', 'target_reached', false, { target: setting.target });
      }
      return as('start', fused.charging ? 'now_charging' : 'now_starting', true);
    }
    case 'schedule':
    case 'solar':
    case 'min_solar':
    case 'manual':
      return { should: 'leave', reason: manualReason(point), guarded: false, until: null };
    default:
      return setting.mode satisfies never;
  }
}

/** Why no START is sent although charging is wanted: it cannot help, or must not be (R1); null = it can. */
export function futile({ fused, vehicle, charger }: Loadpoint): Want | null {
  const as = (should: Want['should'], code: ReasonCode, params = {}): Want => ({
    should,
    reason: reason(code, params),
    guarded: false,
    until: null,
  });
  const { battery = null, limit = null, power = null } = vehicle?.report.charge ?? {};
  if (fused.state === 'fault') return as('leave', 'now_blocked_fault', { device: fused.from });
  if (fused.power === 'discharging') return as('leave', 'now_blocked_no_power');
  if (fused.state === 'complete') return as('leave', 'complete', { percent: battery });
  if (battery !== null && limit !== null && (fused.charging ? battery > limit : battery >= limit))
    return as('stop', 'vehicle_limit_reached', { limit });
  // "No power" of the car itself: only its charger can help. Said by the charger it means that the car takes none, and START can.
  if (power === 'no_power' && !fused.charging && charger?.report.charge.power !== 'stopped')
    return as('leave', 'now_blocked_no_power', { device: charger ? 'charger' : null });
  return null;
}

/** Why a car in `manual` is as it is. */
export function manualReason({ fused, vehicle }: Loadpoint): Reason {
  if (fused.plugged === false) return reason('unplugged');
  if (fused.state === 'complete') return reason('complete', { percent: vehicle?.report.charge.battery ?? null });
  return reason(fused.charging ? 'manual_charging' : 'manual_idle');
}
