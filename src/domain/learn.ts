// One fact becomes replaced records. Which topic learns from which fact stands here; how, in that topic's file.
import {
  takeActionReport,
  takeAttemptAnswer,
  takeCancelAnswer,
  takeStart,
  takeUnknownAction,
} from './acting/answers.ts';
import { endLook } from './acting/attention.ts';
import { takeLimitAnswer, takeLimitReport } from './acting/limit-answers.ts';
import { noteLinkOpened, noteLogins, noteReturned, noteUnlinked } from './acting/linking.ts';
import { takeOrder } from './acting/order.ts';
import { assetDeleted, chargerReported, listed, vehicleReported } from './belief/asset-learn.ts';
import { bridgeOf } from './belief/bridge.ts';
import { jumpClock, learnRequest } from './belief/cloud-learn.ts';
import { learnForeignControl, learnInvalid, learnUser, seeSchedule, seeSmartCharging } from './belief/user-learn.ts';
import { learnVendors } from './belief/vendor-learn.ts';
import { jumpWebhook, learnWebhook, startWebhook } from './belief/webhook-learn.ts';
import { beginPolicies } from './choice/policy.ts';
import { learnUnlinked } from './choice/unlinking.ts';
import type { Draft } from './draft.ts';
import type { Told } from './fact.ts';
import type { Instant } from './instant.ts';

/** Writes into `draft` what follows from the fact. Never throws for any fact; what it cannot use it leaves. */
export function learn(draft: Draft, { at, fact }: Told): void {
  switch (fact.kind) {
    case 'vehicle_reported':
      return vehicleReported(draft, fact, at);
    case 'charger_reported':
      return chargerReported(draft, fact, at);
    case 'listed':
      return listed(draft, fact, at);
    case 'asset_deleted':
      return assetDeleted(draft, fact.id, fact.said, at);
    case 'action_reported':
      return takeActionReport(draft, fact.action, at);
    case 'action_unknown':
      return takeUnknownAction(draft, fact.id, at);
    case 'attempt_answered':
      return takeAttemptAnswer(draft, fact.target, fact.attempt, fact.answer, at);
    case 'limit_answered':
      return takeLimitAnswer(draft, fact, fact.answer, at);
    case 'limit_reported':
      return takeLimitReport(draft, fact.action, at);
    case 'cancel_answered':
      return takeCancelAnswer(draft, fact.target, fact.attempt, fact.answer, at);
    case 'request_ended':
      return learnRequest(draft, fact.request, at);
    case 'look_ended':
      return endLook(draft, fact, at);
    case 'user_reported':
      noteLogins(draft, fact.user, fact.invalidVendors, at);
      return learnUser(draft, fact.user, fact.invalidVendors);
    case 'locations_reported':
      for (const { id, latitude, longitude } of fact.locations) draft.put('location', id, { latitude, longitude });
      return;
    case 'foreign_control_reported':
      return learnForeignControl(draft, fact.user, fact.found, at);
    case 'interventions_reported':
      for (const { id, ...text } of fact.texts) draft.put('intervention', id, { ...text, language: fact.language });
      return;
    case 'vendors_reported':
      return learnVendors(draft, fact.vendors);
    case 'link_opened':
      return noteLinkOpened(draft, fact, at);
    case 'link_returned':
      return noteReturned(draft, at);
    case 'webhook_heard':
    case 'webhook_found':
    case 'webhook_secured':
    case 'webhook_gone':
    case 'webhook_tested':
    case 'webhook_refused':
      return learnWebhook(draft, fact, at);
    case 'credentials_invalidated':
      return learnInvalid(draft, fact.user, fact.vendor);
    case 'schedule_seen':
      return seeSchedule(draft, fact);
    case 'smart_charging_seen':
      return seeSmartCharging(draft, fact.vehicle, fact.on);
    case 'unlinked': {
      const { user, vendor, assetKind } = fact;
      noteUnlinked(draft, fact, at);
      return learnUnlinked(
        draft,
        { user, vendor, kinds: assetKind === null ? ['vehicle', 'charger'] : [assetKind] },
        at,
      );
    }
    case 'commanded':
      return takeOrder(draft, fact, at);
    case 'clock_jumped':
      jumpWebhook(draft);
      return jumpClock(draft);
    case 'started':
      return started(draft, fact.installation, fact.instance, at);
    case 'double_seen':
      // One that runs now says more than one that ran.
      if (fact.where === 'memory' && bridgeOf(draft).double) return;
      return void draft.put('bridge', 'bridge', {
        ...bridgeOf(draft),
        double: { where: fact.where, detail: fact.detail, at },
      });
    case 'interlock_latched':
      return void draft.put('bridge', 'bridge', { ...bridgeOf(draft), latched: { check: fact.check, at } });
    case 'storage_changed':
      return void draft.put('bridge', 'bridge', {
        ...bridgeOf(draft),
        storageFailed: fact.ok ? null : (fact.why ?? 'unknown'),
      });
    case 'woke':
      return;
    default:
      return fact satisfies never;
  }
}

/** A new run: nothing is latched or doubled any more, our clock is unproven, and what was only intended may have been sent. */
function started(draft: Draft, installation: string, instance: string, at: Instant): void {
  draft.put('bridge', 'bridge', {
    ...bridgeOf(draft),
    installation,
    instance,
    startedAt: at,
    double: null,
    latched: null,
    storageFailed: null,
  });
  jumpClock(draft);
  beginPolicies(draft, at);
  startWebhook(draft, at);
  takeStart(draft, at);
}
