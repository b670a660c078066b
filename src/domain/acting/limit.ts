// A limit in A or kW that a person asked of a device, with the one try at it (R11): stored before its request leaves, followed to its
// end by the rules of R4. A newer value for the same device takes its place; at Enode, too.
import { countedCharger, lacksConsent } from '../belief/chooser.ts';
import type { Instant } from '../instant.ts';
import type { AssetId, AssetKind, LimitKind } from '../report.ts';
import type { View } from '../site.ts';
import { type Reason, reason } from '../telling/reason.ts';

export const limitKinds = ['max_current', 'rate_limit'] as const satisfies readonly LimitKind[];

export interface Limit {
  readonly id: string;
  readonly limit: LimitKind;
  /** The asset that was named, and the device that is asked. */
  readonly subject: AssetId;
  readonly target: AssetId;
  readonly targetKind: AssetKind;
  /** A for `max_current`, kW for `rate_limit` */
  readonly value: number;
  readonly at: Instant;
  readonly deadline: Instant;
  readonly state: 'wanted' | 'intended' | 'accepted' | 'doubtful' | 'ended';
  /** The former value's request may still be on its way: it must not arrive after this one. null = nothing is waited for. */
  readonly after: { readonly id: string; readonly until: Instant } | null;
  /** Our time of the intent, and the same moment by the cloud's clock; null = not asked yet. */
  readonly intendedAt: Instant | null;
  readonly intendedCloudTime: Instant | null;
  readonly action: string | null;
  readonly actionCreatedAt: Instant | null;
  readonly answeredAt: Instant | null;
  /** The cloud's time of its end. */
  readonly endedCloudTime: Instant | null;
  readonly outcome: 'confirmed' | 'failed' | 'refused' | 'superseded' | 'lost' | null;
  readonly result: Reason;
  /** How often the request was repeated in doubt, at most once. */
  readonly repeats: number;
  /** Our times of requests for this device and limit within a day, oldest first. */
  readonly sent: readonly Instant[];
}

/** The limit that is still on its way at a device, or null. */
export function openLimit(view: View, device: AssetId, kind: LimitKind): Limit | null {
  const limit = view.get(kind, device);
  return limit && limit.state !== 'ended' ? limit : null;
}

/** What a device reports of a limit: A or kW, null = not told, and the cloud's time of that. */
export function reportedLimit(
  view: View,
  device: AssetId,
  kind: LimitKind,
): { readonly value: number | null; readonly at: Instant | null } {
  const charger = view.get('charger', device)?.report;
  const report = view.get('vehicle', device)?.report ?? charger;
  const value = kind === 'max_current' ? report?.charge.maxCurrent : charger?.rateLimit;
  return { value: value ?? null, at: report?.charge.at ?? null };
}

/** For sentences: which limit, and how much with its unit. */
export const aboutLimit = ({ limit, value }: Pick<Limit, 'limit' | 'value'>) => ({
  limit,
  amount: `${value} ${limit === 'max_current' ? 'A' : 'kW'}`,
});

/** Enode rounds to what a device can do. A or kW */
const tolerance = 0.05;
export const isSame = (a: number | null, b: number): boolean => a !== null && Math.abs(a - b) <= tolerance;

/** The Vehicle API does not know this limit (yet): its path answered "Route not found" (R11). */
export const lacksRoute = (view: View, device: AssetId, kind: LimitKind): boolean =>
  view.get(kind, device)?.result.code === 'limit_no_route';

/** R11: each asset's own maximum current; a vehicle's power by the Vehicle API once Enode offers it, else by the charger it is on. */
export function limitTarget(
  view: View,
  subject: AssetId,
  kind: LimitKind,
): { readonly target: AssetId; readonly targetKind: AssetKind } | { readonly refused: Reason } {
  const vehicle = view.get('vehicle', subject);
  if (vehicle && canItself(view, subject, kind)) return { target: subject, targetKind: 'vehicle' };
  if (vehicle && kind === 'max_current') return { refused: incapable(kind, null) };
  const charger = vehicle ? countedCharger(view, subject) : subject;
  if (charger === null) return { refused: incapable(kind, 'plug_in') };
  if (!canItself(view, charger, kind)) return { refused: incapable(kind, null) };
  if (lacksConsent(view, charger)) return { refused: reason('refused_consent') };
  return { target: charger, targetKind: 'charger' };
}

export const canItself = (view: View, device: AssetId, kind: LimitKind): boolean =>
  (view.get('vehicle', device) ?? view.get('charger', device))?.report.flags[kind]?.capable === true &&
  !lacksRoute(view, device, kind);

const incapable = (limit: LimitKind, step: 'plug_in' | null): Reason =>
  reason('refused_limit_incapable', { limit, step });

/** What is shown: the wish while it is on its way, and until a report from after it; else what the device that counts reports. */
export function shownLimit(view: View, asset: AssetId, kind: LimitKind): number | null {
  const routed = limitTarget(view, asset, kind);
  const device = 'target' in routed ? routed.target : asset;
  const limit = view.get(kind, device);
  const { value, at } = reportedLimit(view, device, kind);
  if (!limit) return value;
  const isAhead = limit.outcome === 'confirmed' && (at ?? 0) <= (limit.endedCloudTime ?? 0);
  return limit.state !== 'ended' || isAhead ? limit.value : value;
}

/** The newest limit that was asked by this asset's name, whatever became of it. */
export function newestLimit(view: View, asset: AssetId): Limit | null {
  const devices = [asset, countedCharger(view, asset)].filter((id) => id !== null);
  const all = devices.flatMap((id) => limitKinds.flatMap((kind) => view.get(kind, id) ?? []));
  return all.filter(({ subject }) => subject === asset).sort((a, b) => b.at - a.at)[0] ?? null;
}
