// After any report: what is now believed of an asset, and what follows from it for cable, energy, holds and events.
import { noticeHand } from '../choice/hold.ts';
import type { Draft } from '../draft.ts';
import type { Instant } from '../instant.ts';
import type { AssetId } from '../report.ts';
import { countEnergy } from './energy.ts';
import { type Fused, fuseCharger, fuseVehicle, sameFused } from './fuse.ts';
import { followCable } from './plugin.ts';

/** @param now our time, for reports without a time of the cloud's */
export function believe(draft: Draft, asset: AssetId, now: Instant): void {
  const held = draft.get('fused', asset);
  const vehicle = draft.get('vehicle', asset);
  const next = vehicle ? fuseVehicle(draft, asset) : fuseCharger(draft, asset);
  if (next === null) return;
  if (!held || !sameFused(held, next)) draft.put('fused', asset, next);
  const cable = followCable(draft, asset, next.plugged, next.at ?? now);
  if (cable !== 'same') onCable(draft, asset, cable);
  const charge = vehicle?.report.charge;
  countEnergy(draft, asset, next, charge?.battery ?? null, charge?.capacity ?? null);
  if (!held) return;
  if (cable !== 'same')
    draft.tell({ subject: asset, type: cable === 'plugged' ? 'plugged_in' : 'unplugged', detail: null });
  tellCharging(draft, asset, held, next);
  noticeHand(draft, asset, held, next, now);
}

/** Everything "until unplug" ends with the cable; an override given before belongs to the plug-in that follows. */
function onCable(draft: Draft, asset: AssetId, cable: 'plugged' | 'unplugged'): void {
  const override = draft.get('override', asset);
  const open = cable === 'plugged' ? (draft.get('plugin', asset)?.id ?? null) : null;
  if (override) {
    const isWaiting = cable === 'plugged' && override.plugin === null;
    draft.put('override', asset, isWaiting ? { ...override, plugin: open } : null);
  }
  if (draft.get('hold', asset)) draft.put('hold', asset, null);
  if (cable === 'unplugged' && draft.get('watch', asset)) draft.put('watch', asset, null);
}

function tellCharging(draft: Draft, subject: AssetId, held: Fused, next: Fused): void {
  const was = held.state === 'charging';
  const is = next.state === 'charging';
  if (!was && is) draft.tell({ subject, type: 'charging_started', detail: null });
  if (was && !is && next.state !== null) draft.tell({ subject, type: 'charging_stopped', detail: next.state });
  if (next.state === 'complete' && held.state !== 'complete' && held.state !== null) {
    draft.tell({ subject, type: 'charging_complete', detail: null });
  }
}
