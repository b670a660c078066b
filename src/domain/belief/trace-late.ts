// A report that comes late, after newer ones: it changes no belief of the present, but it narrows the times between which a cable moved.
import type { Draft } from '../draft.ts';
import { type Instant, latest, soonest } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId } from '../report.ts';
import type { Newest } from './newest.ts';
import { type Cable, isFlicker, type Trace } from './trace.ts';

/** @param at the cloud's time of what it says @param newest what is known of the asset by newer reports */
export function followLate(draft: Draft, id: AssetId, isIn: boolean, at: Instant, newest: Newest): void {
  const held = draft.get('trace', id);
  const cable = held?.cables.at(-1);
  if (!held || !cable) return;
  const outBefore = held.cables.at(-2)?.out?.by ?? at;
  const next = isIn ? seenIn(cable, at) : seenOut(cable, at, newest.cableIn, outBefore);
  if (next !== null) draft.put('trace', id, replaced(held, next));
}

const replaced = (held: Trace, next: readonly Cable[]): Trace => ({
  ...held,
  cables: [...held.cables.slice(0, -1), ...next].slice(-numbers.cablesKept),
});

function seenIn(cable: Cable, at: Instant): Cable[] | null {
  const { in: plugged, out } = cable;
  if (at < plugged.by) return isAfter(at, plugged.after) ? [{ ...cable, in: { ...plugged, by: at } }] : null;
  if (out === null || at >= out.by || !isAfter(at, out.after)) return null;
  return [{ ...cable, out: { ...out, after: at } }];
}

/** @param outBefore since when it is known to have been out before this cable */
function seenOut(cable: Cable, at: Instant, lastIn: Instant | null, outBefore: Instant): Cable[] | null {
  const { in: plugged, out } = cable;
  if (at < plugged.by) {
    if (!isAfter(at, plugged.after) || isFlicker(soonest(outBefore, at)!, plugged.by)) return null;
    return [{ ...cable, in: { ...plugged, after: latest(plugged.after, at) } }];
  }
  if (out !== null) return at < out.by ? [{ ...cable, out: { ...out, by: soonest(out.by, at)! } }] : null;
  if (lastIn === null || lastIn <= at) return null;
  // It was out for a while that nobody knew of: what is in now is another cable.
  const fresh: Cable = { ...cable, in: { after: isFlicker(at, lastIn) ? null : at, by: lastIn }, turns: [], steps: [] };
  return [{ ...cable, out: { after: plugged.by, by: at } }, fresh];
}

const isAfter = (at: Instant, after: Instant | null): boolean => after === null || at > after;
