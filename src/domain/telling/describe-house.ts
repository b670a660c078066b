// The portraits of the site and of the bridge.
import { sentToday } from '../acting/allowance.ts';
import { bridgeOf } from '../belief/bridge.ts';
import { isConsented } from '../belief/chooser.ts';
import { cloudOf } from '../belief/cloud-learn.ts';
import { nameOf } from '../belief/name.ts';
import { isHearing, webhookOf } from '../belief/webhook.ts';
import { type Instant, later } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { View } from '../site.ts';
import type { Say } from './describe.ts';
import type { Portrait } from './portrait.ts';
import { type Reason, reason } from './reason.ts';

export function describeSite(view: View): Portrait {
  const { paused } = bridgeOf(view);
  return {
    kind: 'site',
    id: 'site',
    device: { name: 'Home', manufacturer: 'enode2mqtt', model: 'Site' },
    available: true,
    state: { pause: paused },
    position: null,
  };
}

/** @param version of this program */
export function describeBridge(view: View, version: string, say: Say, now: Instant): Portrait {
  const cloud = cloudOf(view);
  const { requestsPerDay, timeZone, users } = view.settings;
  const problem = problemOf(view, now);
  const hasVehicle = users.some((user) => (view.get('user', user)?.vehicles.length ?? 0) > 0);
  // With thousands of users only asked where it is shown.
  const isListed = () => users.every((user) => (view.get('user', user)?.vehiclesListedAt ?? null) !== null);
  const sent = sentToday(cloud, timeZone, now);
  return {
    kind: 'bridge',
    id: 'bridge',
    device: { name: 'enode2mqtt', manufacturer: 'enode2mqtt', model: 'Bridge' },
    available: true,
    state: {
      cloud: cloud.connected,
      webhooks: view.settings.webhookUrl === null ? null : isHearing(view),
      problem: problem !== null,
      problem_text: problem === null ? null : say(problem),
      onboarding: hasVehicle ? 'complete' : isListed() ? 'link_vehicle' : null,
      version,
      requests_today: sent,
      requests_left: Math.max(0, requestsPerDay - sent),
    },
    position: null,
  };
}

/** What a person should look after, the worst first; null = all is well. */
export function problemOf(view: View, now: Instant): Reason | null {
  const { latched, storageFailed, double, unorchestrated } = bridgeOf(view);
  const { failures, why, clockOffset } = cloudOf(view);
  if (latched) return reason('problem_interlock', { check: latched.check });
  if (storageFailed) return reason('problem_storage', { why: storageFailed });
  if (double?.where === 'broker') return reason('problem_double_broker', { detail: double.detail });
  if (double?.where === 'cloud') return reason('problem_double_cloud');
  if (double && now < later(double.at, numbers.olderCopyShownMs))
    return reason('problem_older_copy', { detail: double.detail });
  if (failures >= numbers.cloudProblemAfter) return reason('problem_cloud', { why });
  if (clockOffset !== null && Math.abs(clockOffset) > numbers.clockAgreementMs)
    return reason('problem_clock', { seconds: Math.round(Math.abs(clockOffset) / 1000) });
  const deaf = deafness(view);
  if (deaf) return deaf;
  // R5: `auto` asks for consent, and is content with a person's "leave it to Enode" (control: enode).
  if (view.settings.control !== 'auto' || !unorchestrated || isConsented(view)) return null;
  const { by, vehicle } = unorchestrated;
  return reason('problem_unorchestrated', { by, name: view.get('vehicle', vehicle) ? nameOf(view, vehicle) : null });
}

/** Webhooks are wanted and do not come. Before the first one nothing is wrong yet. */
function deafness(view: View): Reason | null {
  const held = webhookOf(view);
  if (held === null || held.hearingSince !== null) return null;
  if (held.why !== null) return reason('problem_webhooks', { why: held.why });
  return held.heardAt === null ? null : reason('problem_webhooks_silent');
}
