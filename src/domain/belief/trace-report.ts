// A report as the trace takes it: what was held before, and whether we asked for what it tells.
import { intentOf } from '../acting/evidence.ts';
import type { Draft } from '../draft.ts';
import { type Instant, later } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId, ChargerReport, Direction, UserId, VehicleReport } from '../report.ts';
import { cableOf } from './cable.ts';
import type { Charger } from './charger.ts';
import { cloudTimeOf } from './cloud-learn.ts';
import { heardUntil } from './heard.ts';
import { nothingSaid } from './newest.ts';
import { followTrace, type Span } from './trace.ts';
import { newUser } from './user.ts';
import type { Vehicle } from './vehicle.ts';
import { isHearing } from './webhook.ts';

/** Call before the report is taken in. @param isTrusted it knows its cable: a sleeping car does not */
export function traceReport(
  draft: Draft,
  report: VehicleReport | ChargerReport,
  held: Vehicle | Charger | null,
  isTrusted: boolean,
  now: Instant,
): void {
  const { id, charge, userId } = report;
  // The device said nothing new since: no cable moved in no time.
  if (charge.at !== null && held?.report.charge.at === charge.at) return;
  const saidOut = held !== null && cableOf(held.report.charge) === false;
  const isPrompt = isHearing(draft) && charge.at !== null && cloudTimeOf(draft, now) - charge.at <= numbers.promptMs;
  const outUntil = saidOut ? later(heardUntil(draft, held, now), -numbers.heardWithinMs[report.kind]) : null;
  const before = { newest: held?.newest ?? nothingSaid, outUntil, isPrompt };
  const own =
    report.kind === 'vehicle'
      ? { battery: report.charge.battery, odometer: report.odometer }
      : { battery: null, odometer: null };
  followTrace(draft, before, { id, charge, isTrusted, ...own }, (kind, span) => askedOf(draft, userId, kind, span));
}

/** The one device of the user that we asked for this in the span; null with none, or with several. */
function askedOf(draft: Draft, userId: UserId, kind: Direction, { after, by }: Span): AssetId | null {
  const { vehicles, chargers } = draft.get('user', userId) ?? newUser;
  const asked = [...vehicles, ...chargers].filter((device) => {
    const attempt = draft.get('attempt', device);
    if (attempt?.direction !== kind || attempt.outcome === 'unsent' || attempt.outcome === 'refused') return false;
    const ended = attempt.endedAt === null ? by : later(cloudTimeOf(draft, attempt.endedAt), numbers.spanSlackMs);
    return intentOf(draft, attempt) <= by && (after === null || ended >= after);
  });
  return asked.length === 1 ? asked[0]! : null;
}
