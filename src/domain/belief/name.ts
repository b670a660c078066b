// The name people know an asset by.
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';

export function nameOf(view: View, asset: AssetId): string {
  const vehicle = view.get('vehicle', asset)?.report;
  const report = vehicle ?? view.get('charger', asset)?.report;
  if (!report) return asset;
  const type = [report.brand ?? report.vendor, report.model].filter(Boolean).join(' ');
  return vehicle?.name?.trim() || type || asset;
}
