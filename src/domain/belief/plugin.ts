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

/** `expired`: the cap ended it without anybody touching the cable; where the cable is still in, the next plug-in is open already. */
export type CableChange = 'plugged' | 'unplugged' | 'expired' | 'same';

/** The open plug-in of an asset, or null. */
export function openPlugIn(view: View, asset: AssetId): PlugIn | null {
  const plugIn = view.get('plugin', asset);
  return plugIn && plugIn.until === null ? plugIn : null;
}

/**
 * Follows the fused plug state: opens, ends, and ends at the cap. Unknown changes nothing before that.
 * @param at the cloud's time of the witness @param since when the witness first felt this cable
 */
export function followCable(
  draft: Draft,
  asset: AssetId,
  plugged: boolean | null,
  at: Instant,
  since: Instant,
): CableChange {
  const open = openPlugIn(draft, asset);
  const begin = (from: Instant): void =>
    draft.put('plugin', asset, { id: `${asset}@${from}`, since: from, until: null, unexplained: 0 });
  if (open === null) {
    if (plugged !== true) return 'same';
    const last = draft.get('plugin', asset)?.until ?? null;
    begin(last !== null && last >= since ? at : since);
    return 'plugged';
  }
  const isExpired = at - open.since > numbers.plugInCapMs;
  if (plugged !== false && !isExpired) return 'same';
  // The witness of the end may speak of a time before the plug-in was noticed.
  draft.put('plugin', asset, { ...open, until: at > open.since ? at : open.since });
  if (plugged === false) return 'unplugged';
  if (plugged === true) begin(at);
  return 'expired';
}
