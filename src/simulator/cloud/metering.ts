// Energy of an asset, integrated from the rate it reports (13); only assets that take energy cost memory.
import { BUCKET_MS, BUCKETS_KEPT, SESSIONS_KEPT } from './numbers.ts';
import { chargerReport, shownRate } from './readings.ts';
import type { Linked, Meter } from './state.ts';

const HOUR_MS = 3_600_000;

const rateNow = (linked: Linked): number => {
  if (linked.kind === 'vehicle') return shownRate(linked) ?? 0;
  const report = chargerReport(linked);
  return report.powerState === 'CHARGING' ? (report.chargeRate ?? 0) : 0;
};

/** Call when a report came: the former rate held until now. */
export function meterReport(linked: Linked, now: number): void {
  const rate = rateNow(linked);
  const { meter } = linked;
  if (!meter) {
    if (rate > 0) linked.meter = { at: now, rate, buckets: new Map(), sessions: [session(now, rate)] };
    return;
  }
  settleMeter(meter, now);
  const last = meter.sessions.at(-1);
  if (last?.open && rate === 0) last.open = false;
  if (!last?.open && rate > 0) meter.sessions.push(session(now, rate));
  else if (last?.open) [last.min, last.max] = [Math.min(last.min, rate), Math.max(last.max, rate)];
  if (meter.sessions.length > SESSIONS_KEPT) meter.sessions.shift();
  meter.rate = rate;
}

const session = (at: number, rate: number) => ({ from: at, to: at, kWh: 0, min: rate, max: rate, open: true });

/** Books the energy since the last booking, a quarter of an hour at a time. */
export function settleMeter(meter: Meter, now: number): void {
  const { rate } = meter;
  for (let at = meter.at; rate > 0 && at < now; ) {
    const start = Math.floor(at / BUCKET_MS) * BUCKET_MS;
    const until = Math.min(now, start + BUCKET_MS);
    const kWh = (rate * (until - at)) / HOUR_MS;
    const bucket = meter.buckets.get(start) ?? { kWh: 0, min: rate, max: rate };
    meter.buckets.set(start, {
      kWh: bucket.kWh + kWh,
      min: Math.min(bucket.min, rate),
      max: Math.max(bucket.max, rate),
    });
    if (meter.buckets.size > BUCKETS_KEPT) for (const key of meter.buckets.keys()) if (meter.buckets.delete(key)) break;
    const open = meter.sessions.at(-1);
    if (open?.open) [open.kWh, open.to] = [open.kWh + kWh, until];
    at = until;
  }
  meter.at = now;
}
