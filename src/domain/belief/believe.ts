// After any report: what is now believed of an asset, and what follows from it for cable, energy, holds and events.
import { noticeHand } from '../choice/hold.ts';
import type { Draft } from '../draft.ts';
import type { Instant } from '../instant.ts';
import type { AssetId } from '../report.ts';
import { countEnergy } from './energy.ts';
import { type Fused, fuseCharger, fuseVehicle, sameFused } from './fuse.ts';
import { shownCharger } from './pairing.ts';
import { type CableChange, followCable, openPlugIn } from './plugin.ts';
import { notePower } from './usual-power.ts';

/** @param now our time, for reports without a time of the cloud's */
export function believe(draft: Draft, asset: AssetId, now: Instant): void {
  const held = draft.get('fused', asset);
  const vehicle = draft.get('vehicle', asset);
  const fused = vehicle ? fuseVehicle(draft, asset) : fuseCharger(draft, asset);
  if (fused === null) return;
  const next: Fused = { ...fused, known: fused.state ?? held?.known ?? null };
  if (!held || !sameFused(held, next)) draft.put('fused', asset, next);
  const at = next.at ?? now;
  const cable = followCable(draft, asset, next.plugged, at, vehicle ? cableSince(draft, asset, next, at) : at);
  if (cable !== 'same') onCable(draft, asset, cable);
  notePower(draft, vehicle ? asset : (draft.get('occupant', asset)?.vehicle ?? ''));
  const charge = vehicle?.report.charge;
  countEnergy(draft, asset, next, charge?.battery ?? null, charge?.capacity ?? null);
  // What was so when it was first seen did not happen now.
  if (!held) return;
  if (cable === 'plugged' || cable === 'unplugged') {
    draft.tell({ subject: asset, type: cable === 'plugged' ? 'plugged_in' : 'unplugged', detail: null });
  }
  tellCharging(draft, asset, held.known, next.known);
  noticeHand(draft, asset, held, next, now);
}

/** A vehicle whose charger felt the cable is plugged in since the charger is. */
function cableSince(draft: Draft, vehicle: AssetId, { from }: Fused, at: Instant): Instant {
  const charger = from === 'charger' ? shownCharger(draft, vehicle) : null;
  return (charger === null ? null : openPlugIn(draft, charger)?.since) ?? at;
}

/** Everything "until unplug" ends with the cable; an override given before belongs to the plug-in that follows. */
function onCable(draft: Draft, asset: AssetId, cable: CableChange): void {
  const override = draft.get('override', asset);
  const open = cable === 'plugged' ? (draft.get('plugin', asset)?.id ?? null) : null;
  if (override) {
    const isWaiting = cable === 'plugged' && override.plugin === null;
    draft.put('override', asset, isWaiting ? { ...override, plugin: open } : null);
  }
  if (draft.get('hold', asset)) draft.put('hold', asset, null);
  if (cable === 'unplugged' && draft.get('watch', asset)) draft.put('watch', asset, null);
}

/** @param was last known state before @param is last known state now: not knowing in between is no event */
function tellCharging(draft: Draft, subject: AssetId, was: Fused['known'], is: Fused['known']): void {
  if (was === is || was === null || is === null) return;
  if (is === 'charging') draft.tell({ subject, type: 'charging_started', detail: null });
  if (was === 'charging') draft.tell({ subject, type: 'charging_stopped', detail: is });
  if (is === 'complete') draft.tell({ subject, type: 'charging_complete', detail: null });
}
