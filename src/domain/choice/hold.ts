// A reason to let the car be until unplug: a hand on the car, or somebody else steering (R8, R9).
import { isOpen } from '../acting/attempt.ts';
import type { Fused } from '../belief/fuse.ts';
import { activatedCharger } from '../belief/pairing.ts';
import { openPlugIn } from '../belief/plugin.ts';
import type { Draft } from '../draft.ts';
import type { Instant } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId, Direction } from '../report.ts';
import { leadOf } from './lead.ts';
import { defaultSetting } from './setting.ts';

export interface Hold {
  readonly code: 'hand_stopped' | 'hand_started' | 'foreign_control';
  readonly plugin: string;
  readonly since: Instant;
}

/** Did we ask this device for it, lately or right now? */
function explains(draft: Draft, device: AssetId | null, direction: Direction, now: Instant): boolean {
  const attempt = device === null ? undefined : draft.get('attempt', device);
  if (!attempt) return false;
  // While anything of ours is open, no change counts as somebody else's.
  if (isOpen(attempt)) return true;
  return attempt.direction === direction && attempt.endedAt !== null && now - attempt.endedAt <= numbers.explainsMs;
}

/**
 * A start or stop that nobody here asked for (R8, R9): against the mode it is a hand on the car, the second in one plug-in is
 * somebody else's steering. Only changes within one plug-in count: most cars start by themselves when the cable goes in.
 */
export function noticeHand(draft: Draft, asset: AssetId, held: Fused, next: Fused, now: Instant): void {
  const open = openPlugIn(draft, asset);
  if (open === null || held.plugged !== true || leadOf(draft, asset) !== asset) return;
  const direction = directionOf(held, next);
  if (direction === null) return;
  if (explains(draft, asset, direction, now) || explains(draft, activatedCharger(draft, asset), direction, now)) return;
  const unexplained = open.unexplained + 1;
  draft.put('plugin', asset, { ...open, unexplained });
  const { mode } = draft.get('setting', asset) ?? defaultSetting;
  if (mode === 'manual') return;
  const against = (mode === 'off' && direction === 'start') || (mode === 'now' && direction === 'stop');
  if (unexplained >= 2) draft.put('hold', asset, { code: 'foreign_control', plugin: open.id, since: now });
  else if (against) {
    draft.put('hold', asset, {
      code: direction === 'stop' ? 'hand_stopped' : 'hand_started',
      plugin: open.id,
      since: now,
    });
  }
}

function directionOf(held: Fused, next: Fused): Direction | null {
  if (held.state === 'stopped' && next.charging === true) return 'start';
  if (held.charging === true && next.state === 'stopped') return 'stop';
  return null;
}
