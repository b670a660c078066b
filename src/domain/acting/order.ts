// What a person or an automation asked: checked for sense, stored as a wish or a setting, or refused with the reason (R3).
import { believeAll } from '../belief/asset-learn.ts';
import { bridgeOf } from '../belief/bridge.ts';
import { correct } from '../belief/correction.ts';
import { forget } from '../belief/forget.ts';
import { newMark } from '../belief/mark.ts';
import { placeOfCharger, placeOfVehicle } from '../belief/place.ts';
import { openPlugIn } from '../belief/plugin.ts';
import { twinReason } from '../belief/twin.ts';
import { leadOf } from '../choice/lead.ts';
import { isBuilt, isResting } from '../choice/mode.ts';
import { refusedForCharger } from '../choice/onboarding.ts';
import { answerPrompt } from '../choice/prompt.ts';
import { defaultSetting, type Setting } from '../choice/setting.ts';
import { takePolicy } from '../choice/take-policy.ts';
import type { Draft } from '../draft.ts';
import type { Commanded, Order } from '../fact.ts';
import { type Instant, later } from '../instant.ts';
import { clockTimeOf } from '../local-time.ts';
import { numbers } from '../numbers.ts';
import type { AssetId } from '../report.ts';
import { type Reason, reason } from '../telling/reason.ts';
import { openAttempt } from './attempt.ts';
import { lookAgain } from './attention.ts';
import { beginCommand, fullUntil, refuseCommand } from './command-state.ts';
import { spend } from './conclude.ts';
import { crewOf } from './crew.ts';
import { isGone } from './permit.ts';
import { expectCancelled } from './reversal.ts';
import { routeOf } from './route.ts';
import { takeLimit } from './take-limit.ts';
import type { Wish } from './wish.ts';

type Charging = Extract<Order, { kind: 'charging' }>;

export function takeOrder(draft: Draft, fact: Commanded, now: Instant): void {
  const { order, subject, transaction } = fact;
  // Only what moves a command is completed by its state; a setting must not be answered with an old command's result.
  const moved = order.kind === 'charging' || order.kind === 'cancel' ? subject : null;
  const answer = (refused: Reason | null, field: string | null = null): void =>
    void draft.answers.push({
      transaction,
      ok: refused === null,
      subject: moved,
      reason: refused,
      field: refused && field,
    });
  if (order.kind === 'pause') {
    draft.put('bridge', 'bridge', { ...bridgeOf(draft), paused: order.on });
    return answer(null);
  }
  if (order.kind === 'allow_charger_commands') {
    draft.put('bridge', 'bridge', { ...bridgeOf(draft), allowChargerCommands: order.on });
    return answer(null);
  }
  if (order.kind === 'policy') {
    const { ok, why } = takePolicy(draft, order.brand, order.policy, now);
    return void draft.answers.push({ transaction, ok, subject: null, reason: why, field: ok ? null : 'brand' });
  }
  if (order.kind === 'refresh') {
    lookAgain(draft, now);
    return answer(null);
  }
  const { subjectKind } = fact;
  const vehicle = subjectKind === 'charger' ? undefined : draft.get('vehicle', subject);
  const asset = vehicle ?? (subjectKind === 'vehicle' ? undefined : draft.get('charger', subject));
  const isPair = order.kind === 'correct_pair' || order.kind === 'withdraw_correction';
  if (!asset) return answer(reason('refused_unknown_asset', { id: subject }), isPair ? 'charger' : 'id');
  switch (order.kind) {
    case 'charging':
      return answer(takeCharging(draft, fact, order, now));
    case 'mode':
      return answer(takeMode(draft, subject, order.mode, now), 'mode');
    case 'limit':
      return answer(takeLimit(draft, fact, order, now), order.limit);
    case 'target':
      return answer(set(draft, subject, now, { target: order.percent }));
    case 'minimum':
      return answer(set(draft, subject, now, { minimum: order.percent }));
    case 'departure':
      return answer(set(draft, subject, now, { departure: order.at }));
    case 'resume':
      for (const id of new Set([subject, leadOf(draft, subject)])) resume(draft, id, now);
      return answer(null);
    case 'cancel':
      return answer(takeCancel(draft, subject, now));
    case 'dismiss_prompt':
    case 'no_compatible_charger':
      if (!vehicle) return answer(reason('refused_prompt_charger'), 'id');
      return answer(answerPrompt(draft, subject, order.kind));
    case 'correct_pair':
    case 'withdraw_correction':
      return answer(...takeCorrection(draft, subject, order.kind === 'correct_pair' ? order.vehicle : 'nothing', now));
    case 'forget':
      if (asset.goneSince === null) return answer(reason('refused_still_linked'), 'id');
      forget(draft, subject);
      return answer(null);
    case 'place_charger':
      return answer(placeCharger(draft, subject, order.place, now), 'id');
    default:
      return order satisfies never;
  }
}

/** R2: a person's word on where a charger stands; what coordinates say against a pair hangs on it. */
function placeCharger(draft: Draft, id: AssetId, place: 'home' | 'elsewhere', now: Instant): Reason | null {
  const charger = draft.get('charger', id);
  if (!charger) return reason('refused_place_vehicle');
  if (charger.goneSince !== null) return reason('not_linked');
  draft.put('mark', id, newMark(draft, id, place, now));
  believeAll(draft, charger.report.userId, id, now);
  return null;
}

function takeMode(draft: Draft, subject: AssetId, mode: Setting['mode'], now: Instant): Reason | null {
  const required = isResting(mode) ? null : refusedForCharger(draft, subject);
  if (required) return required;
  if (!isBuilt(mode)) return reason('refused_mode_unbuilt', { mode });
  startAfresh(draft, subject, mode, now);
  return set(draft, subject, now, { mode });
}

/** A person chose a mode: former automatic tries no longer count against it, and `manual` ends what was automatic. */
function startAfresh(draft: Draft, subject: AssetId, mode: Setting['mode'], now: Instant): void {
  const wish = draft.get('wish', subject);
  if (mode === 'manual') {
    draft.put('override', subject, null);
    if (wish?.origin === 'mode' && wish.state === 'open')
      spend(draft, wish, 'cancelled', reason('cancelled', { direction: wish.want }), now);
  }
  forgive(draft, subject);
  draft.put('hold', subject, null);
}

/** Back to the mode (R3, R8): no override, no yielding, and former tries no longer count. */
function resume(draft: Draft, id: AssetId, now: Instant): void {
  const wish = draft.get('wish', id);
  // The toggle that made the override ends with it, even while it is still on its way.
  const { mode } = draft.get('setting', id) ?? defaultSetting;
  if (mode !== 'manual' && wish?.origin === 'person' && wish.state === 'open')
    spend(draft, wish, 'cancelled', reason('cancelled', { direction: wish.want }), now);
  draft.put('override', id, null);
  draft.put('hold', id, null);
  forgive(draft, id);
}

function forgive(draft: Draft, id: AssetId): void {
  const wish = draft.get('wish', id);
  if (wish?.origin === 'mode' && wish.state === 'spent') draft.put('wish', id, null);
}

function set(draft: Draft, subject: AssetId, now: Instant, change: Partial<Setting>): null {
  draft.put('setting', subject, { ...(draft.get('setting', subject) ?? defaultSetting), ...change, changedAt: now });
  return null;
}

/** @returns null when the wish was taken */
function takeCharging(draft: Draft, fact: Commanded, order: Charging, now: Instant): Reason | null {
  const { subject } = fact;
  const why = refusalOf(draft, fact, order, now);
  if (why !== null) {
    refuseCommand(draft, subject, order.want, why, now);
    return why;
  }
  const lead = leadOf(draft, subject);
  const held = draft.get('wish', subject);
  const isRepeated =
    held?.state === 'open' && held.want === order.want && held.route === order.route && held.origin === 'person';
  if (isRepeated) {
    // Asked again: its time begins anew, and who says "anywhere" now means it.
    const deadline = later(now, numbers.wishDeadlineMs);
    draft.put('wish', subject, { ...held, deadline, anywhere: held.anywhere || order.anywhere });
  } else {
    const wish: Wish = {
      id: fact.transaction,
      subject,
      want: order.want,
      origin: 'person',
      from: fact.from,
      at: now,
      deadline: later(now, numbers.wishDeadlineMs),
      anywhere: order.anywhere,
      route: order.route,
      plugin: openPlugIn(draft, subject)?.id ?? null,
      attempts: 0,
      notBefore: null,
      state: 'open',
    };
    supersede(draft, subject, now);
    draft.put('wish', subject, wish);
    beginCommand(draft, wish, now);
    expectCancelled(draft, lead, crewOf(draft, lead), wish, now);
  }
  const { mode } = draft.get('setting', lead) ?? defaultSetting;
  if (mode !== 'manual') {
    const plugin = openPlugIn(draft, lead)?.id ?? null;
    draft.put('override', lead, {
      want: order.want,
      since: now,
      plugin,
      wish: isRepeated ? held.id : fact.transaction,
    });
  }
  if (draft.get('hold', lead)) draft.put('hold', lead, null);
  return null;
}

/** A new command on either switch of a loadpoint ends the wishes on both; their attempts are cancelled by `reconcile`. */
function supersede(draft: Draft, subject: AssetId, now: Instant): void {
  for (const member of new Set([subject, ...crewOf(draft, subject)])) {
    const wish = draft.get('wish', member);
    if (wish?.state !== 'open') continue;
    spend(draft, wish, 'superseded', reason('superseded', { direction: wish.want }), now);
    // Nothing failed: once the person's word is over the mode may try anew.
    forgive(draft, member);
  }
}

function refusalOf(draft: Draft, { subject, from }: Commanded, order: Charging, now: Instant): Reason | null {
  const vehicle = draft.get('vehicle', subject);
  if (isGone(draft, subject)) return reason('not_linked');
  const twin = twinReason(draft, subject);
  if (twin) return twin;
  if (!vehicle && order.route === 'vehicle') return reason('refused_route', { device: order.route });
  const { latched } = bridgeOf(draft);
  if (latched) return reason('refused_interlock', { check: latched.check });
  if (draft.settings.observeOnly) return reason('refused_observe_only', { direction: order.want });
  const required = order.want === 'start' ? refusedForCharger(draft, subject) : null;
  if (required) return required;
  const place = vehicle ? placeOfVehicle(draft, subject, now) : placeOfCharger(draft, subject);
  const isAllowedAway = order.anywhere || from === 'page' || draft.settings.stopAway;
  if (order.want === 'stop' && place.word === 'away' && !isAllowedAway) return reason('refused_away');
  const routing = routeOf(draft, { subject, want: order.want, route: order.route }, now);
  if ('refused' in routing) return routing.refused;
  const until = fullUntil(draft, crewOf(draft, subject), now);
  const { timeZone } = draft.settings;
  return until && reason('guard_wait', { direction: order.want, until: clockTimeOf(until, timeZone) });
}

/** Takes back what is under way for the loadpoint, by whichever switch it was asked; `reconcile` cancels the attempts. */
function takeCancel(draft: Draft, subject: AssetId, now: Instant): Reason | null {
  const crew = crewOf(draft, subject);
  const owners = new Set(crew);
  for (const device of crew) owners.add(openAttempt(draft, device)?.subject ?? device);
  const isAttempted = crew.some((device) => openAttempt(draft, device) !== null);
  let isWished = false;
  for (const owner of owners) {
    const wish = draft.get('wish', owner);
    if (wish?.state === 'open') {
      isWished = true;
      spend(draft, wish, 'cancelled', reason('cancelled', { direction: wish.want }), now);
    }
    const spent = draft.get('wish', owner);
    if (!spent || (wish?.state !== 'open' && !isAttempted)) continue;
    // An automatic wish that a person takes back is not made anew in this plug-in.
    const attempts = spent.origin === 'mode' ? numbers.attemptsPerWish : spent.attempts;
    draft.put('wish', owner, { ...spent, attempts, state: 'spent' });
  }
  if (!isWished && !isAttempted) return reason('refused_nothing_to_cancel');
  const lead = leadOf(draft, subject);
  const override = draft.get('override', lead);
  if (override && isWished) draft.put('override', lead, null);
  return null;
}

/** What a person says of the cable in a charger. `nothing`: as if nothing had been said. */
function takeCorrection(
  draft: Draft,
  charger: AssetId,
  vehicle: AssetId | null | 'nothing',
  now: Instant,
): [Reason | null, string?] {
  const box = draft.get('charger', charger);
  if (!box) return [reason('refused_unknown_asset', { id: charger }), 'charger'];
  if (vehicle === 'nothing') draft.put('correction', charger, null);
  else {
    const refused = correct(draft, charger, vehicle, now);
    if (refused !== null) return [refused, refused.code === 'refused_no_cable' ? 'charger' : 'vehicle'];
  }
  believeAll(draft, box.report.userId, charger, now);
  return [null];
}
