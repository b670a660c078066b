// What a refusal or a failure of the cloud means, in reasons (R4). Enode's own words are passed on, never interpreted.
import { chooserOf } from '../belief/chooser.ts';
import { nameOf } from '../belief/name.ts';
import { noteUnorchestrated } from '../belief/orchestration.ts';
import { activatedCharger } from '../belief/pairing.ts';
import type { Vehicle } from '../belief/vehicle.ts';
import type { Draft } from '../draft.ts';
import type { Instant } from '../instant.ts';
import { clockTimeOf } from '../local-time.ts';
import type { AssetId, AssetKind, Failure } from '../report.ts';
import type { View } from '../site.ts';
import { type Reason, type ReasonCode, reason } from '../telling/reason.ts';
import type { Attempt } from './attempt.ts';
import { incapable } from './route.ts';
import type { Wish } from './wish.ts';

const codeOfStatus: Readonly<Record<number, ReasonCode>> = {
  400: 'enode_400',
  403: 'enode_403',
  404: 'enode_404',
  422: 'enode_422',
  429: 'enode_429',
};

export const refusalReason = (view: View, { refusal, target, targetKind }: Attempt): Reason =>
  refusalOf(view, target, targetKind, refusal!);

export function refusalOf(
  view: View,
  target: AssetId,
  targetKind: AssetKind,
  { status, title, detail, retryAt }: NonNullable<Attempt['refusal']>,
): Reason {
  const report = view.get('vehicle', target)?.report ?? view.get('charger', target)?.report;
  const scoped = report?.scopes?.includes(`${targetKind}:control:charging`) ?? true;
  return reason(codeOfStatus[status] ?? 'enode_other', {
    status,
    title,
    detail,
    name: nameOf(view, target),
    cause: status === 403 && !scoped ? 'scope' : null,
    until: retryAt === null ? null : clockTimeOf(retryAt, view.settings.timeZone),
  });
}

/** R4: the device is what Enode's detail says; null = it does not say. */
function deviceIn(detail: string | null): 'vehicle' | 'charger' | null {
  const says = (word: RegExp): boolean => detail !== null && word.test(detail);
  const [vehicle, charger] = [says(/\b(vehicle|car)\b/i), says(/\b(charger|wallbox|evse)\b/i)];
  return vehicle === charger ? null : vehicle ? 'vehicle' : 'charger';
}

/** A FAILED or CANCELLED action. */
export const failureReason = (view: View, { target, failure }: Attempt): Reason => failureOf(view, target, failure);

export function failureOf(view: View, target: AssetId, failure: Failure | null): Reason {
  const { type, detail } = failure ?? { type: 'UNKNOWN', detail: null };
  const params = { type, detail, name: nameOf(view, target), device: deviceIn(detail) };
  if (type === 'NO_RESPONSE') return reason('no_response', params);
  if (type === 'FAILED_PRECONDITION') return reason('failed_precondition', params);
  return reason('failed_other', params);
}

const isLoggedOut = (view: View, { report }: Vehicle): boolean =>
  view.get('user', report.userId)?.invalidVendors.includes(report.vendor) ?? false;

export interface Verdict {
  readonly met: boolean;
  readonly incapable: boolean;
  readonly why: Reason;
}

/** 400 is judged by what is believed, never by its text (R4): already so → met; else refused, perhaps because the car cannot. */
export function judge400(draft: Draft, wish: Wish, attempt: Attempt): Verdict {
  const why = refusalReason(draft, attempt);
  const fused = draft.get('fused', attempt.target);
  if (fused?.charging === (wish.want === 'start')) return { met: true, incapable: false, why };
  const { title, detail } = attempt.refusal!;
  const cannot = learnIncapable(draft, wish, attempt, attempt.answeredAt ?? attempt.intendedAt, { title, detail });
  return { met: false, incapable: cannot !== null, why: cannot ?? why };
}

/** An accepted action that ended because "a precondition" was missing says the same as a 400: perhaps that the car cannot. */
export function judgePrecondition(draft: Draft, wish: Wish, attempt: Attempt): Reason | null {
  if (attempt.failure?.type !== 'FAILED_PRECONDITION') return null;
  return learnIncapable(draft, wish, attempt, attempt.intendedAt, { title: null, detail: attempt.failure.detail });
}

/**
 * When nothing but the car's ability can be the reason (cable in, not full, no fault, reachable, login valid, a report heard after
 * `since`), it is not capable, and that is learnt (R5); of an activated car, that Enode does not use its charger. What a car is known
 * to do is not unlearnt by it.
 */
function learnIncapable(
  draft: Draft,
  wish: Wish,
  attempt: Attempt,
  since: Instant,
  words: { readonly title: string | null; readonly detail: string | null },
): Reason | null {
  const vehicle = draft.get('vehicle', attempt.target);
  if (!vehicle || vehicle.own[wish.want] === 'yes' || !isPlainlyAsked(draft, vehicle, since)) return null;
  const charger = activatedCharger(draft, attempt.target);
  if (charger !== null) {
    // Where we choose, the Vehicle API is asked for the vehicle alone.
    if (chooserOf(draft) === 'local') return null;
    noteUnorchestrated(draft, 'incapable', attempt.target, attempt.endedAt ?? since);
  } else if (vehicle.own[wish.want] !== 'no')
    draft.put('vehicle', attempt.target, { ...vehicle, own: { ...vehicle.own, [wish.want]: 'no' } });
  const { step = null, fix = null } = incapable(draft, attempt.target, wish.want, charger).params;
  return reason('enode_incapable', { direction: wish.want, device: attempt.targetKind, step, fix, ...words });
}

/** Nothing in the way of it is known, by a report heard after `since`. */
function isPlainlyAsked(view: View, vehicle: Vehicle, since: Instant): boolean {
  const fused = view.get('fused', vehicle.report.id);
  const isReady = fused?.state === 'stopped' || fused?.state === 'connected' || fused?.state === 'charging';
  if (!isReady || fused.power === 'no_power' || isLoggedOut(view, vehicle)) return false;
  return vehicle.report.reachable !== false && vehicle.heardAt > since;
}
