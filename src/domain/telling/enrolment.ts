// Does smart charging count on this vehicle (R7)? Independent of the decision of the moment.
import { openPlugIn } from '../belief/plugin.ts';
import { defaultSetting } from '../choice/setting.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';
import type { Decision } from './decision.ts';
import type { ReasonCode } from './reason.ts';

const blockedBy: ReadonlySet<ReasonCode> = new Set(['not_linked', 'incapable', 'charger_required']);

export function enrolment(
  view: View,
  id: AssetId,
  decision: Decision | null,
): 'enrolled' | 'waiting' | 'blocked' | 'off' {
  const { mode } = view.get('setting', id) ?? defaultSetting;
  if (mode === 'manual' || mode === 'off') return 'off';
  const can = view.get('vehicle', id)?.report.flags.smart_charge?.capable === true;
  if (!can || (decision && blockedBy.has(decision.reason.code))) return 'blocked';
  const isAway = decision?.reason.code === 'away' || decision?.reason.code === 'place_unknown';
  return openPlugIn(view, id) === null || isAway ? 'waiting' : 'enrolled';
}
