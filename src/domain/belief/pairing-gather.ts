// Who takes part in a comparison: cars that may be on a cable, and the cables that chargers feel or just felt.
import type { Instant } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId } from '../report.ts';
import type { View } from '../site.ts';
import { cableOf } from './cable.ts';
import type { End, Leaver } from './clue.ts';
import { sameMomentLlr } from './span.ts';
import { usualPower } from './usual-power.ts';

export interface CarEnd extends End {
  /**
   * `in`: says so. `asleep`: said so and sleeps now, so its "out" counts for nothing. `left`: says, awake, that it is out: only a
   * charger that feels the cable without a gap makes that doubtful.
   */
  readonly kind: 'in' | 'asleep' | 'left';
  /** The cloud's time of its newest report, and since when it says that it is out. */
  readonly saidAt: Instant | null;
  readonly outSince: Instant | null;
}

export interface BoxEnd extends End {
  readonly leavers: readonly Leaver[];
}

/** null: it never said that a cable is in, or Enode's ids speak for it: those win, even when they contradict each other (R5). */
export function carEnd(view: View, id: AssetId): CarEnd | null {
  const vehicle = view.get('vehicle', id);
  const trace = view.get('trace', id);
  const cable = trace?.cables.at(-1);
  if (!vehicle || !cable || vehicle.goneSince !== null) return null;
  const { report, newest, outSince } = vehicle;
  const kind = cable.out !== null ? 'left' : cableOf(report.charge) === false ? 'asleep' : 'in';
  const { rate: kw, at: saidAt } = report.charge;
  const before = trace!.cables.at(-2) ?? null;
  const usual = usualPower(view, id);
  return { id, cable, newest, before, usual, mostKw: trace!.mostKw, kw, kind, saidAt, outSince };
}

/** The cable in a charger, and its former ones that went out after some car last spoke: that car's cable may be out, too. */
export function boxEnds(view: View, id: AssetId, cars: readonly CarEnd[]): BoxEnd[] {
  const charger = view.get('charger', id);
  if (!charger || charger.goneSince !== null) return [];
  const { report, newest } = charger;
  const trace = view.get('trace', id);
  const ends = (trace?.cables ?? []).map((cable): BoxEnd => {
    const end = { id, cable, newest, before: null, usual: null, mostKw: trace!.mostKw, kw: report.charge.rate };
    return { ...end, leavers: cable.out === null ? leaversOf(end, cars) : [] };
  });
  const wasThere = (at: Instant) => cars.some(({ kind, saidAt }) => kind !== 'left' && saidAt !== null && saidAt < at);
  return ends.filter(({ cable: { out } }) => out === null || wasThere(out.by));
}

/** Cars whose cable went in with this one and that say they left it, while the charger saw no gap. */
function leaversOf(box: End, cars: readonly CarEnd[]): Leaver[] {
  return cars.flatMap((car) =>
    [car.before, car.cable].flatMap((cable): Leaver[] => {
      const out = cable?.out ?? null;
      if (!cable || out === null || out.by < box.cable.in.by) return [];
      const llr = sameMomentLlr(cable.in, box.cable.in, numbers.guestsPerDay);
      if (llr === null || llr < numbers.ownEvidenceLlr) return [];
      const felt = box.newest.cableIn;
      return [{ id: car.id, left: { after: out.after, by: felt !== null && felt > out.by ? felt : out.by } }];
    }),
  );
}
