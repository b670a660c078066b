// The daemon's belief of one household: its own `learn`, its own reviews, and a record of the commands that were sent.

import type { LookRecord } from '../../../src/domain/acting/attention.ts';
import { reviewPairs } from '../../../src/domain/belief/asset-learn.ts';
import { pairedCharger } from '../../../src/domain/belief/pairing.ts';
import { newWebhook } from '../../../src/domain/belief/webhook.ts';
import { Draft } from '../../../src/domain/draft.ts';
import { type Instant, instant } from '../../../src/domain/instant.ts';
import { learn } from '../../../src/domain/learn.ts';
import type { Change, View } from '../../../src/domain/site.ts';
import { createSite } from '../../../src/loop/apply.ts';
import { viewOf } from '../../../src/loop/look.ts';
import { testSettings } from '../settings.ts';
import { reported } from '../site.ts';
import { type Arrival, boxId, carId, type Household, timeOf } from './household.ts';
import type { Command } from './life.ts';

export interface Belief {
  readonly view: View;
  tell(arrival: Arrival): void;
  /** When it wants to think again by itself, ms from the beginning; null = it does not. */
  due(): number | null;
  /** Thinks again. @returns the lists that it wants to be read now */
  wake(at: number): Arrival['kind'][];
}

const lists = { car: 'vehicles', box: 'chargers' } as const;
const neverRead: LookRecord = { askedAt: instant(0), endedAt: instant(0), okAt: instant(0), failures: 0 };

export function newBelief(home: Household): Belief {
  const webhookUrl = home.isHooked ? 'https://house.test/hook' : null;
  const { site, apply } = createSite(testSettings({ ...home.settings, webhookUrl }), []);
  if (webhookUrl !== null)
    apply([{ table: 'webhook', id: 'webhook', record: { ...newWebhook(webhookUrl), hearingSince: timeOf(0) } }]);
  const view = viewOf(site);
  const start = timeOf(0);
  const commands = [...home.commands].sort((a, b) => b.at - a.at);
  const change = (work: (draft: Draft) => void): void => {
    const draft = new Draft(site);
    work(draft);
    apply(draft.changes());
  };
  const readAt = (id: string, askedAt: Instant): void =>
    apply([{ table: 'look', id, record: { ...neverRead, askedAt } }]);
  for (const id of Object.values(lists)) readAt(id, start);
  return {
    view,
    tell: ({ at, report }) => {
      while (commands.length > 0 && commands.at(-1)!.at <= at) apply([attemptOf(commands.pop()!)]);
      change((draft) => learn(draft, { at: timeOf(at), fact: reported(report) }));
    },
    due: () => {
      const at = view.get('search', 'home')?.reviewAt ?? null;
      return at === null ? null : at - start;
    },
    wake(at) {
      const now = timeOf(at);
      change((draft) => reviewPairs(draft, carId(0), now));
      const kinds = (['car', 'box'] as const).filter((kind) => view.get('look', lists[kind]) === undefined);
      for (const kind of kinds) readAt(lists[kind], now);
      return kinds;
    },
  };
}

/** A command of ours as it stands in the tables once the device obeyed. */
function attemptOf({ at, plug, target, kind }: Command): Change {
  const id = target === 'car' ? carId(plug.car!) : boxId(plug.box!);
  const intendedAt = timeOf(at);
  return {
    table: 'attempt',
    id,
    record: {
      id: `attempt ${at}`,
      wish: `wish ${at}`,
      subject: id,
      target: id,
      targetKind: target === 'car' ? 'vehicle' : 'charger',
      direction: kind,
      state: 'ended',
      intendedAt,
      intendedCloudTime: intendedAt,
      action: `action ${at}`,
      actionCreatedAt: intendedAt,
      answeredAt: intendedAt,
      endedAt: timeOf(at + 70_000),
      outcome: 'confirmed',
      failure: null,
      refusal: null,
      why: null,
      cancel: 'no',
      cancelAskedAt: null,
      repeats: 0,
    },
  };
}

/** Activated pairs that a command may go through, by car. */
export function believedPairs({ view }: Belief, cars: number): Map<string, string> {
  const pairs = new Map<string, string>();
  for (let n = 0; n < cars; n++) {
    const charger = pairedCharger(view, carId(n));
    if (charger !== null) pairs.set(carId(n), charger);
  }
  return pairs;
}
