// The portraits of the site and of the bridge.
import { sentToday } from '../acting/allowance.ts';
import { newBridge } from '../belief/bridge.ts';
import { cloudOf } from '../belief/cloud-learn.ts';
import type { Instant } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { View } from '../site.ts';
import type { Portrait } from './portrait.ts';

export function describeSite(view: View): Portrait {
  const { paused } = view.get('bridge', 'bridge') ?? newBridge;
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
export function describeBridge(view: View, version: string, now: Instant): Portrait {
  const cloud = cloudOf(view);
  const { requestsPerDay, timeZone, users } = view.settings;
  const problem = problemOf(view);
  const hasVehicle = users.some((user) => (view.get('user', user)?.vehicles.length ?? 0) > 0);
  const isListed = users.every((user) => (view.get('user', user)?.vehiclesListedAt ?? null) !== null);
  const sent = sentToday(cloud, timeZone, now);
  return {
    kind: 'bridge',
    id: 'bridge',
    device: { name: 'enode2mqtt', manufacturer: 'enode2mqtt', model: 'Bridge' },
    available: true,
    state: {
      cloud: cloud.connected,
      problem: problem !== null,
      problem_text: problem,
      onboarding: hasVehicle ? 'complete' : isListed ? 'link_vehicle' : null,
      version,
      requests_today: sent,
      requests_left: Math.max(0, requestsPerDay - sent),
    },
    position: null,
  };
}

/** One sentence about what a person should look after, the worst first; null = all is well. */
export function problemOf(view: View): string | null {
  const bridge = view.get('bridge', 'bridge') ?? newBridge;
  const cloud = cloudOf(view);
  if (bridge.latched)
    return `The last safety check failed (${bridge.latched.check}). Nothing is commanded until a restart; please report it.`;
  if (bridge.storageFailed)
    return `Storing fails (${bridge.storageFailed}). Free space on the disk; commands are refused until then.`;
  if (bridge.double?.where === 'broker')
    return `Another enode2mqtt uses the same topics (${bridge.double.detail}). Stop one, or give it another base_topic.`;
  if (bridge.double)
    return 'Somebody else commands with the same Enode client, perhaps a second enode2mqtt. Stop one of them.';
  if (cloud.failures >= numbers.cloudProblemAfter)
    return `Enode does not answer (${cloud.why ?? 'no reason given'}). It is tried again by itself.`;
  if (cloud.clockOffset !== null && Math.abs(cloud.clockOffset) > numbers.clockAgreementMs) {
    return `The clock of this machine is ${Math.round(Math.abs(cloud.clockOffset) / 1000)} s off. Correct it; nothing is decided automatically until then.`;
  }
  return null;
}
