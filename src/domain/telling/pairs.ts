// What the page shows of pairs: every vehicle of a user with every charger of the same user, since all of them are established (R6).
import { isGuest, whyNotCorrect } from '../belief/correction.ts';
import { nameOf } from '../belief/name.ts';
import type { Pairing } from '../belief/pairing.ts';
import { openCable } from '../belief/trace.ts';
import { newUser } from '../belief/user.ts';
import { invalidity } from '../belief/validity.ts';
import type { Instant } from '../instant.ts';
import { isoOf } from '../local-time.ts';
import type { AssetId, UserId } from '../report.ts';
import type { View } from '../site.ts';
import type { Say } from './describe.ts';
import { rounded } from './describe-shared.ts';
import { reason } from './reason.ts';

export interface PairView {
  readonly user: UserId;
  readonly vehicle: { readonly id: AssetId; readonly name: string };
  readonly charger: { readonly id: AssetId; readonly name: string };
  readonly word: 'established' | 'activated' | 'invalid';
  /** Who activated it. */
  readonly by: Pairing['by'];
  /** 0–100 */
  readonly certainty: number;
  /** Sentences in the chosen language. */
  readonly evidence: readonly string[];
  /** A person may say whose vehicle is on the charger's cable: also while this one is away, for a guest's may be. */
  readonly correctable: boolean;
  /** ISO; null while not activated. */
  readonly since: string | null;
  /** A person said that a guest's vehicle is on the cable. */
  readonly guest: boolean;
  readonly history: readonly {
    readonly from: string;
    readonly to: string | null;
    readonly by: string;
    readonly certainty: number;
  }[];
  /** Of the present cable: kWh from the charger's side (before losses), and the vehicle's SoC, %. */
  readonly session: {
    readonly chargerKwh: number | null;
    readonly batteryFrom: number | null;
    readonly batteryTo: number | null;
  } | null;
}

export function describePairs(view: View, say: Say, now: Instant): readonly PairView[] {
  return view.settings.users.flatMap((user) => {
    const { vehicles, chargers } = view.get('user', user) ?? newUser;
    return vehicles.flatMap((vehicle) => chargers.map((charger) => pairOf(view, { user, vehicle, charger }, say, now)));
  });
}

interface Ends {
  readonly user: UserId;
  readonly vehicle: AssetId;
  readonly charger: AssetId;
}

function pairOf(view: View, { user, vehicle, charger }: Ends, say: Say, now: Instant): PairView {
  const pairing = view.get('pairing', vehicle);
  const isPartner = pairing?.charger === charger;
  const isActive = isPartner && pairing.word === 'activated';
  const chance = pairing?.chances.find((one) => one.charger === charger);
  const broken = invalidity(view, vehicle, charger);
  const name = nameOf(view, charger);
  return {
    user,
    vehicle: { id: vehicle, name: nameOf(view, vehicle) },
    charger: { id: charger, name },
    word: isActive ? 'activated' : broken ? 'invalid' : 'established',
    by: isActive ? pairing.by : null,
    certainty: Math.round(100 * (isActive ? pairing.certainty : (chance?.certainty ?? 0))),
    evidence:
      broken && !isActive
        ? [say(reason('pairing_invalid', { name, proof: broken.why }))]
        : isPartner
          ? pairing.evidence.map(say)
          : (chance?.evidence.map(say) ?? []),
    correctable: whyNotCorrect(view, charger, null, now) === null,
    since: isActive ? isoOf(pairing.since) : null,
    guest: isGuest(view, charger),
    history: historyOf(view, vehicle, charger),
    session: isActive ? sessionOf(view, vehicle, charger) : null,
  };
}

function historyOf(view: View, vehicle: AssetId, charger: AssetId): PairView['history'] {
  const past = (view.get('pairs', vehicle)?.pairs ?? []).filter((pair) => pair.charger === charger);
  return past.map(({ from, to, by, certainty }) => ({
    from: isoOf(from)!,
    to: isoOf(to),
    by,
    certainty: Math.round(certainty * 100),
  }));
}

function sessionOf(view: View, vehicle: AssetId, charger: AssetId): PairView['session'] {
  return {
    chargerKwh: rounded(view.get('energy', charger)?.session, 3),
    batteryFrom: rounded(openCable(view.get('trace', vehicle))?.battery, 1),
    batteryTo: rounded(view.get('vehicle', vehicle)?.report.charge.battery, 1),
  };
}
