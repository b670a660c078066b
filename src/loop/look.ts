// One look: learn what was told, decide what is dirty, reconcile, commit; only then effects, portraits and replies.

import { beginLook } from '../domain/acting/attention.ts';
import type { Effect } from '../domain/acting/effect.ts';
import { forget } from '../domain/acting/order.ts';
import { reconcile } from '../domain/acting/reconcile.ts';
import { decide } from '../domain/choice/decide.ts';
import { type Dirt, depends } from '../domain/depends.ts';
import { Draft } from '../domain/draft.ts';
import type { Told } from '../domain/fact.ts';
import { type Instant, instant, later } from '../domain/instant.ts';
import { learn } from '../domain/learn.ts';
import { numbers } from '../domain/numbers.ts';
import type { AssetId } from '../domain/report.ts';
import type { Site, View } from '../domain/site.ts';
import type { Decision } from '../domain/telling/decision.ts';
import type { Looking } from './looking.ts';

export interface LookResult {
  readonly draft: Draft;
  readonly decisions: readonly Decision[];
  readonly effects: readonly Effect[];
  /** Assets to be shown anew. */
  readonly shown: ReadonlySet<AssetId>;
  readonly house: boolean;
  /** When an asset must be decided again at the latest. */
  readonly reviews: ReadonlyMap<AssetId, Instant>;
  /** Assets whose wish or attempt moved while reconciling: they are decided once more, for the reason to be true. */
  readonly again: readonly AssetId[];
  readonly retired: readonly { readonly kind: 'vehicle' | 'charger'; readonly id: AssetId }[];
  /** When the next look is wanted for the allowance's sake. */
  readonly looksAt: Instant | null;
  /** A person's word or an attempt is in it: it must be on the disk before anything follows. */
  readonly durable: boolean;
}

/**
 * Works one look out without writing anything.
 * @param due assets whose review is due, or that are dirty from before
 * @param canAct false while nothing can be stored: then nothing is wished or asked
 */
export function workOut(
  site: Site,
  told: readonly Told[],
  due: Iterable<AssetId>,
  looking: Looking,
  now: Instant,
  canAct: boolean,
): LookResult {
  const draft = new Draft(site);
  const before = viewOf(site);
  for (const entry of told) {
    if (!canAct && entry.fact.kind === 'commanded') {
      const { transaction, subject } = entry.fact;
      draft.answers.push({
        transaction,
        ok: false,
        subject,
        reason: { code: 'refused_storage', params: {} },
        field: null,
      });
    } else learn(draft, entry);
  }
  const learnt = depends(before, draft, draft.changes());
  const dirty = sorted(learnt, due, site);
  const retired = retire(draft, dirty, now);
  const decisions = decide(draft, dirty, now);
  const reviews = new Map<AssetId, Instant>(decisions.map(({ lead, reviewAt }) => [lead, reviewAt]));
  const effects: Effect[] = [];
  const again: AssetId[] = [];
  for (const decision of canAct ? decisions : []) {
    const { lead } = decision;
    const held = stateOf(draft, lead);
    const result = reconcile(draft, decision, now);
    effects.push(...result.effects);
    if (result.reviewAt !== null && result.reviewAt < reviews.get(lead)!) reviews.set(lead, result.reviewAt);
    if (stateOf(draft, lead).some((record, at) => record !== held[at])) again.push(lead);
  }
  const after = depends(before, draft, draft.changes());
  const shown = new Set([...dirty, ...after.assets]);
  for (const asset of shown) looking.watch(draft, asset, now);
  const granted = looking.grant(draft, now);
  for (const { subject } of granted.looks) {
    beginLook(draft, subject, now);
    effects.push({ kind: 'look', subject });
  }
  const durable = effects.some(({ kind }) => kind !== 'look') || told.some(({ fact }) => isDurable(fact.kind));
  const house = learnt.house || after.house;
  return { draft, decisions, effects, shown, house, reviews, again, retired, looksAt: granted.nextAt, durable };
}

/** Persons' orders, and what the cloud said of our attempts, must not be lost by a crash. */
const isDurable = (kind: Told['fact']['kind']): boolean =>
  kind === 'commanded' || kind === 'attempt_answered' || kind === 'cancel_answered' || kind === 'started';

const stateOf = (view: View, id: AssetId) => [
  view.get('wish', id),
  view.get('attempt', id),
  view.get('watch', id),
  view.get('command', id),
];

function sorted({ assets, all }: Dirt, due: Iterable<AssetId>, site: Site): AssetId[] {
  const dirty = new Set([...assets, ...due]);
  if (all) for (const id of [...site.vehicle.keys(), ...site.charger.keys()]) dirty.add(id);
  return [...dirty].sort();
}

/** Assets that no complete listing named for long enough are taken away, with all that was kept of them. */
function retire(draft: Draft, dirty: readonly AssetId[], now: Instant): LookResult['retired'] {
  return dirty.flatMap((id) => {
    const vehicle = draft.get('vehicle', id);
    const gone = (vehicle ?? draft.get('charger', id))?.goneSince ?? null;
    if (gone === null || now < later(gone, numbers.retireAfterMs)) return [];
    forget(draft, id);
    return [{ kind: vehicle ? ('vehicle' as const) : ('charger' as const), id }];
  });
}

export function viewOf(site: Site): View {
  return {
    settings: site.settings,
    get: (table, id) => (site[table] as ReadonlyMap<string, never>).get(id),
    ids: (table) => [...site[table].keys()].sort(),
  };
}

export const instantOf = (ms: number): Instant => instant(Math.floor(ms));
