// A reason to let the car be until unplug: a hand on the car, somebody else steering (R8, R9), or a device unlinked meanwhile (R10).
import { isOpen } from '../acting/attempt.ts';
import { crewOf } from '../acting/crew.ts';
import type { Fused } from '../belief/fuse.ts';
import { openPlugIn } from '../belief/plugin.ts';
import type { Draft } from '../draft.ts';
import type { Instant } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId, Direction } from '../report.ts';
import { leadOf } from './lead.ts';
import { loadpointOf } from './loadpoint.ts';
import { defaultSetting } from './setting.ts';
import { wantedDirection } from './want.ts';

export interface Hold {
  readonly code: 'hand_stopped' | 'hand_started' | 'foreign_control' | 'unlinked';
  readonly plugin: string;
  readonly since: Instant;
}

/** Did we ask this device for it, lately or right now? */
function explains(draft: Draft, device: AssetId, direction: Direction, now: Instant): boolean {
  const attempt = draft.get('attempt', device);
  if (!attempt) return false;
  // While anything of ours is open, no change counts as somebody else's.
  if (isOpen(attempt)) return true;
  return attempt.direction === direction && attempt.endedAt !== null && now - attempt.endedAt <= numbers.explainsMs;
}

/**
 * A start or stop that nobody here asked for (R8, R9): against what is wanted it is a hand on the car, the second in one plug-in is
 * somebody else's steering. Only changes within one plug-in count: most cars start by themselves when the cable goes in.
 */
export function noticeHand(draft: Draft, asset: AssetId, held: Fused, next: Fused, now: Instant): void {
  const open = openPlugIn(draft, asset);
  if (open === null || held.plugged === false || leadOf(draft, asset) !== asset) return;
  const direction = directionOf(held, next);
  const { mode } = draft.get('setting', asset) ?? defaultSetting;
  // In `manual` a hand on the car is as good as any other.
  if (direction === null || mode === 'manual') return;
  if (direction === 'start' && (next.at ?? now) - open.since <= numbers.autostartMs) return;
  if (crewOf(draft, asset).some((device) => explains(draft, device, direction, now))) return;
  const unexplained = open.unexplained + 1;
  draft.put('plugin', asset, { ...open, unexplained });
  const against = isAgainst(draft, asset, direction, now);
  // The newer word of a person counts: what somebody asked for before ends with the hand against it.
  if (against && draft.get('override', asset)) draft.put('override', asset, null);
  const hold = (code: Hold['code']): void => draft.put('hold', asset, { code, plugin: open.id, since: now });
  if (unexplained >= 2) hold('foreign_control');
  else if (against) hold(direction === 'stop' ? 'hand_stopped' : 'hand_started');
}

function isAgainst(draft: Draft, asset: AssetId, direction: Direction, now: Instant): boolean {
  const point = loadpointOf(draft, asset, now);
  const wanted = point && wantedDirection(draft, point, now);
  return wanted !== null && wanted !== direction;
}

/** Between known states: what happened while nothing was known still happened. Only a charge that ran can be stopped by hand. */
function directionOf({ known: was }: Fused, { known: is }: Fused): Direction | null {
  if (was === 'stopped' && (is === 'charging' || is === 'starting')) return 'start';
  return was === 'charging' && is === 'stopped' ? 'stop' : null;
}
