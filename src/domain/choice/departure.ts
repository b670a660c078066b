// When charging must begin at the latest to be done by a departure. The planner with prices and sun comes later.
import { type Instant, later } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { View } from '../site.ts';
import type { Loadpoint } from './loadpoint.ts';

const hourMs = 3_600_000;

/** null = no departure set, or nothing to charge, or the SoC is unknown. */
export function latestStart({ vehicle, fused, setting }: Loadpoint): Instant | null {
  const battery = vehicle?.report.charge.battery ?? null;
  if (setting.departure === null || battery === null || battery >= setting.target) return null;
  const kWh = ((setting.target - battery) / 100) * (vehicle?.report.charge.capacity ?? numbers.assumedKwh);
  const kw = fused.kw !== null && fused.kw > 1 ? fused.kw : numbers.assumedKw;
  const ms = (kWh / numbers.chargingEfficiency / kw) * hourMs * numbers.departureMargin;
  return later(setting.departure, -Math.round(ms));
}

/**
 * Is a departure ahead that needs charging now? Once begun for it, charging goes on until it is done: the faster it turns out to be,
 * the later it would have had to begin, and the contactor must not follow that to and fro.
 */
export function isDue(view: View, point: Loadpoint, now: Instant): boolean {
  const { departure } = point.setting;
  const begin = latestStart(point);
  if (begin === null || departure === null || now >= departure) return false;
  return now >= begin || isBegun(view, point);
}

function isBegun(view: View, { lead, fused, plugin }: Loadpoint): boolean {
  const wish = view.get('wish', lead);
  return (
    fused.charging === true &&
    wish?.why === 'departure_due' &&
    wish.want === 'start' &&
    wish.plugin === (plugin?.id ?? null)
  );
}
