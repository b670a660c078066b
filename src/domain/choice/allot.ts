// The only place that sees several loadpoints at once: it shares what the site can give. With no house limit and no surplus mode
// yet, every want is granted whole; a starting car reserves its power here once there is something to share.
import type { AssetId } from '../report.ts';
import type { Want } from './want.ts';

export interface Share {
  readonly lead: AssetId;
  /** W this loadpoint may draw; null = no limit. */
  readonly power: number | null;
}

/** Shares for the wants of one site, by lead. */
export function allot(wants: ReadonlyMap<AssetId, Want>): ReadonlyMap<AssetId, Share> {
  return new Map([...wants.keys()].map((lead) => [lead, { lead, power: null }]));
}
