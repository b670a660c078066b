// Everything that is kept of an asset that is no longer linked, dropped.
import type { Draft } from '../draft.ts';
import type { AssetId } from '../report.ts';
import { assetTables } from '../site.ts';

export function forget(draft: Draft, id: AssetId): void {
  for (const table of assetTables) if (draft.get(table, id)) draft.put(table, id, null);
}
