// Charging statistics and sessions (13), in the shapes of the document; prices are one flat invented price.
import type { Context } from 'hono';
import { userHere } from './find.ts';
import { settleMeter } from './metering.ts';
import { BUCKET_MS } from './numbers.ts';
import { Problem } from './problem.ts';
import { locationOf } from './readings.ts';
import { type Clients, type CloudApp, type Env, iso, type Linked } from './state.ts';
import { anInstant, oneOf } from './validate.ts';

const RESOLUTIONS = ['QUARTER_HOUR', 'HALF_HOUR', 'HOUR', 'DAY', 'WEEK', 'MONTH', 'YEAR'] as const;
type Resolution = (typeof RESOLUTIONS)[number];

/** Price of a kWh without a tariff (market prices are not simulated). */
const FLAT_PRICE = 0.3;

const figures = (min: number, max: number, kWh: number, hours: number) => ({
  kw: { min, max, mean: hours > 0 ? kWh / hours : 0 },
  kwhSum: kWh,
  price: { min: FLAT_PRICE, max: FLAT_PRICE, mean: FLAT_PRICE },
  costSum: kWh * FLAT_PRICE,
  nonSmartPrice: { min: null, max: null, mean: null },
  estimatedSavings: null,
});

export function statisticsRoutes(app: CloudApp, cloud: Clients): void {
  app.get('/users/:userId/statistics/charging', (c) => {
    const { assets, from, to } = query(c, cloud.clock.now());
    const resolution = oneOf(RESOLUTIONS)(c.req.query('resolution') ?? 'DAY', 'resolution');
    const rows = new Map<number, { kWh: number; min: number; max: number; buckets: Set<number> }>();
    for (const { meter } of assets) {
      if (!meter) continue;
      settleMeter(meter, cloud.clock.now());
      for (const [start, { kWh, min, max }] of meter.buckets) {
        if (start + BUCKET_MS <= from || start >= to) continue;
        const key = startOf(start, resolution);
        const row = rows.get(key) ?? { kWh: 0, min, max, buckets: new Set<number>() };
        row.buckets.add(start);
        rows.set(key, {
          kWh: row.kWh + kWh,
          min: Math.min(row.min, min),
          max: Math.max(row.max, max),
          buckets: row.buckets,
        });
      }
    }
    const ordered = [...rows].sort(([a], [b]) => a - b);
    const hours = (buckets: Set<number>) => (buckets.size * BUCKET_MS) / 3_600_000;
    return c.json(
      ordered.map(([at, row]) => ({ ...figures(row.min, row.max, row.kWh, hours(row.buckets)), date: iso(at) })),
    );
  });

  app.get('/users/:userId/statistics/charging/sessions', (c) => {
    const { assets, from, to } = query(c, cloud.clock.now());
    const sessions = assets.flatMap((asset) => {
      if (asset.meter) settleMeter(asset.meter, cloud.clock.now());
      return (asset.meter?.sessions ?? [])
        .filter((one) => one.to > from && one.from < to && one.kWh > 0)
        .map((one) => ({
          id: asset.id,
          locationId: locationOf(asset),
          from: iso(one.from),
          to: iso(one.to),
          ...figures(one.min, one.max, one.kWh, (one.to - one.from) / 3_600_000),
        }));
    });
    return c.json(sessions.sort((a, b) => a.from.localeCompare(b.from)));
  });
}

function query(c: Context<Env>, now: number): { assets: readonly Linked[]; from: number; to: number } {
  const { startDate, endDate, id, locationId } = c.req.query();
  const type = oneOf(['charger', 'vehicle', 'hvac'])(c.req.query('type'), 'type');
  if (startDate === undefined) throw new Problem(400, '`startDate` is required.');
  const from = anInstant(startDate, 'startDate');
  const to = endDate === undefined ? now : anInstant(endDate, 'endDate');
  const user = userHere(c);
  const all: readonly Linked[] =
    type === 'vehicle' ? user.vehicles.all() : type === 'charger' ? user.chargers.all() : [];
  const assets = all.filter((one) => (!id || one.id === id) && (!locationId || locationOf(one) === locationId));
  if (id && !all.some((one) => one.id === id)) throw new Problem(404, `Could not find asset with ID ${id}`);
  return { assets, from, to };
}

/** Start of the period (UTC) a bucket belongs to. */
function startOf(at: number, resolution: Resolution): number {
  const fixed = { QUARTER_HOUR: 1, HALF_HOUR: 2, HOUR: 4 } as const;
  if (resolution === 'QUARTER_HOUR' || resolution === 'HALF_HOUR' || resolution === 'HOUR') {
    const width = fixed[resolution] * BUCKET_MS;
    return Math.floor(at / width) * width;
  }
  const day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('UTC').startOfDay();
  const first =
    resolution === 'DAY'
      ? day
      : resolution === 'WEEK'
        ? day.subtract({ days: day.dayOfWeek - 1 })
        : day.with(resolution === 'MONTH' ? { day: 1 } : { month: 1, day: 1 });
  return first.epochMilliseconds;
}
