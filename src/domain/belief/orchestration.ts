// Evidence that Enode does not choose between the devices of a pair for this client (R5): then `auto` asks to do it here. The first
// piece of evidence is kept; it goes when Enode is seen to unlock after all.
import type { Draft } from '../draft.ts';
import type { Instant } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId, VehicleReport } from '../report.ts';
import { bridgeOf, type Unorchestrated } from './bridge.ts';
import { activatedCharger } from './pairing.ts';
import { newUser } from './user.ts';
import type { Vehicle } from './vehicle.ts';

export function noteUnorchestrated(draft: Draft, by: Unorchestrated['by'], vehicle: AssetId, now: Instant): void {
  const bridge = bridgeOf(draft);
  if (bridge.unorchestrated) return;
  draft.put('bridge', 'bridge', { ...bridge, unorchestrated: { by, vehicle, at: now } });
}

const isLocked = ({ flags }: VehicleReport): boolean => flags.start?.capable === false || flags.stop?.capable === false;

type Lock = NonNullable<Vehicle['locked']>;

export function lockOf(held: Vehicle | null, report: VehicleReport, isBeside: boolean, now: Instant): Lock | null {
  if (!isBeside || !isLocked(report)) return null;
  return held?.locked ?? { since: now, withdrawn: held?.besideCharger === true && !isLocked(held.report) };
}

/**
 * Enode unlocks as soon as both are linked (enode-api 8.1), so flags that stay false for long tell that it does not. Flags that had
 * been true and were withdrawn may tell of a pair that proved invalid (R7); while it is activated they cannot.
 */
export function judgeFlags(draft: Draft, held: Vehicle | null, { report, locked }: Vehicle, now: Instant): void {
  const { chargers, invalidVendors } = draft.get('user', report.userId) ?? newUser;
  const isLong = locked != null && now - locked.since >= numbers.unlockMs;
  const isPlain = isLong && (!locked.withdrawn || activatedCharger(draft, report.id) !== null);
  if (isPlain && !invalidVendors.includes(report.vendor)) noteUnorchestrated(draft, 'flags', report.id, now);
  const isUnlocked =
    chargers.length > 0 &&
    (['start', 'stop'] as const).some((name) => held?.own[name] === 'no' && report.flags[name]?.capable === true);
  const { unorchestrated, ...bridge } = bridgeOf(draft);
  if (isUnlocked && unorchestrated?.by === 'flags') draft.put('bridge', 'bridge', bridge);
}
