// The name people know an asset by.
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';

export function nameOf(view: View, asset: AssetId): string {
  const vehicle = view.get('vehicle', asset)?.report;
  const report = vehicle ?? view.get('charger', asset)?.report;
  if (!report) return asset;
  const make = report.brand ?? report.vendor;
  const type = make && report.model ? `${make} ${report.model}` : make || report.model;
  return vehicle?.name?.trim() || type || asset;
}
