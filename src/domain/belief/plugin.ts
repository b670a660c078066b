// One cable-in to cable-out of an asset. Everything "until unplug" hangs on its id.
import type { Draft } from '../draft.ts';
import type { Instant } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';

export interface PlugIn {
  readonly id: string;
  /** The cloud's time of the first report with the cable in. */
  readonly since: Instant;
  /** null = the cable is in. */
  readonly until: Instant | null;
  /** Starts and stops in this plug-in that nobody here asked for (R9). */
  readonly unexplained: number;
}

/** The open plug-in of an asset, or null. */
export function openPlugIn(view: View, asset: AssetId): PlugIn | null {
  const plugIn = view.get('plugin', asset);
  return plugIn && plugIn.until === null ? plugIn : null;
}

/**
 * Follows the fused plug state: opens, ends, and renews after the cap. Unknown changes nothing.
 * @returns what happened to the cable
 */
export function followCable(
  draft: Draft,
  asset: AssetId,
  plugged: boolean | null,
  at: Instant,
): 'plugged' | 'unplugged' | 'same' {
  const open = openPlugIn(draft, asset);
  if (plugged === true && open === null) {
    draft.put('plugin', asset, { id: `${asset}@${at}`, since: at, until: null, unexplained: 0 });
    return 'plugged';
  }
  if (plugged === false && open !== null) {
    draft.put('plugin', asset, { ...open, until: at });
    return 'unplugged';
  }
  if (open !== null && at - open.since > numbers.plugInCapMs) {
    draft.put('plugin', asset, { id: `${asset}@${at}`, since: at, until: null, unexplained: 0 });
    return 'plugged';
  }
  return 'same';
}
