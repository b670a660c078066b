// When charging must begin at the latest to be done by a departure. The planner with prices and sun comes later.
import { type Instant, later } from '../instant.ts';
import { numbers } from '../numbers.ts';
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
