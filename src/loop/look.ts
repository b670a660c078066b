// One look: learn what was told, decide what is dirty, reconcile, commit; only then effects, portraits and replies.

import { beginLook, lookAfresh } from '../domain/acting/attention.ts';
import type { Effect } from '../domain/acting/effect.ts';
import { idleHints } from '../domain/acting/hint.ts';
import { reconcile } from '../domain/acting/reconcile.ts';
import { reviewPairs } from '../domain/belief/asset-learn.ts';
import { forget } from '../domain/belief/forget.ts';
import { searchDue } from '../domain/belief/pairing-search.ts';
import { beginStep, noticeSilence } from '../domain/belief/webhook-learn.ts';
import { decide } from '../domain/choice/decide.ts';
import { depends } from '../domain/depends.ts';
import { Draft } from '../domain/draft.ts';
import type { Told } from '../domain/fact.ts';
import { type Instant, instant, later, latest } from '../domain/instant.ts';
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
  /** Assets to be shown anew, sorted. */
  readonly shown: readonly AssetId[];
  readonly house: boolean;
  /** Dirty assets that this look had no room for. */
  readonly left: ReadonlySet<AssetId>;
  /** Something that every decision reads changed: all assets are dirty, and decided by and by. */
  readonly all: boolean;
  /** When an asset must be decided again at the latest. */
  readonly reviews: Map<AssetId, Instant>;
  /** Assets for which reconciling wrote something: they are decided once more, for the reason to be true. */
  readonly again: readonly AssetId[];
  /** When the next look is wanted for the allowance's sake. */
  readonly looksAt: Instant | null;
  /** A person's word or an attempt is in it: it must be on the disk before anything follows. */
  readonly durable: boolean;
}

/** What this look may do: nothing is wished while nothing can be stored, nothing is asked then or after the stop. */
export interface Freedom {
  readonly canStore: boolean;
  readonly canAct: boolean;
}

/** What makes a look fail: one fact, or one asset. */
type Culprit = Told | AssetId;

class Blamed extends Error {
  readonly culprit: Culprit;
  constructor(culprit: Culprit, cause: unknown) {
    super('blamed', { cause });
    this.culprit = culprit;
  }
}

function blaming<T>(culprit: Culprit, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw new Blamed(culprit, thrown);
  }
}

/** One look that is to be worked out. `due`: assets whose review is due, or that are dirty from before. */
export interface Task {
  readonly told: readonly Told[];
  readonly due: Iterable<AssetId>;
  readonly now: Instant;
  readonly freedom: Freedom;
}

/**
 * Works one look out without writing anything. A bug costs only the fact or the asset that it strikes: `blame` hears of it, the
 * fact is dropped or the asset left alone, and the rest is worked out anew.
 */
export function workOut(
  site: Site,
  task: Task,
  looking: Looking,
  blame: (what: string, thrown: unknown) => void,
): LookResult {
  const without = new Set<Culprit>();
  for (;;) {
    try {
      const result = tryLook(site, task, looking, without);
      for (const id of without)
        if (typeof id === 'string') result.reviews.set(id, later(task.now, numbers.reviewAtLeastMs));
      return result;
    } catch (thrown) {
      if (!(thrown instanceof Blamed) || without.has(thrown.culprit)) throw thrown;
      const { culprit, cause } = thrown;
      without.add(culprit);
      blame(typeof culprit === 'string' ? `asset ${culprit}, left alone` : `fact ${culprit.fact.kind}, dropped`, cause);
    }
  }
}
/** One fact may touch thousands (a listing of many users): so many are decided in one look, the rest in the next ones. */
const mostAssets = 48;

function tryLook(
  site: Site,
  { told, due, now, freedom: { canStore, canAct } }: Task,
  looking: Looking,
  without: ReadonlySet<Culprit>,
): LookResult {
  const draft = new Draft(site);
  const before = viewOf(site);
  for (const entry of told) {
    const { fact } = entry;
    if (fact.kind === 'commanded' && (!canStore || without.has(entry))) {
      const reason = canStore ? null : ({ code: 'refused_storage', params: {} } as const);
      draft.answers.push({ transaction: fact.transaction, ok: false, subject: null, reason, field: null });
    } else if (!without.has(entry)) blaming(entry, () => learn(draft, entry));
    if (fact.kind === 'clock_jumped') lookAfresh(draft);
  }
  noticeSilence(draft, now);
  for (const id of due) if (!without.has(id)) blaming(id, () => reviewPairs(draft, id, now));
  const learntChanges = draft.changes();
  const learnt = depends(before, draft, learntChanges);
  const dirty = [...new Set([...learnt.assets, ...due])];
  const left = new Set(dirty.splice(mostAssets));
  dirty.sort();
  retire(draft, dirty, now);
  const decisions = decideAll(draft, dirty, without, now);
  const reviews = new Map<AssetId, Instant>(decisions.map(({ lead, reviewAt }) => [lead, reviewAt]));
  for (const [lead, at] of reviews) {
    const paired = searchDue(draft, lead);
    if (paired !== null && paired < at) reviews.set(lead, latest(paired, later(now, numbers.reviewSoonestMs))!);
  }
  const effects: Effect[] = [];
  const again: AssetId[] = [];
  for (const decision of canAct ? decisions : []) {
    const { lead } = decision;
    const { writes } = draft;
    const result = blaming(lead, () => reconcile(draft, decision, now));
    effects.push(...result.effects);
    const at = result.reviewAt;
    if (at !== null && at < reviews.get(lead)!) reviews.set(lead, latest(at, later(now, numbers.reviewSoonestMs))!);
    if (draft.writes !== writes) again.push(lead);
  }
  // Mostly nothing was asked or retired: then what was learnt is all that changed.
  const isMore = draft.changes() !== learntChanges;
  const after = isMore ? depends(before, draft, draft.changes()) : learnt;
  const shown = isMore ? [...new Set([...dirty, ...after.assets])].filter((id) => !left.has(id)).sort() : dirty;
  for (const asset of shown) looking.watch(draft, asset, now);
  const granted = looking.grant(draft, now);
  for (const { subject, most } of granted.looks) {
    beginLook(draft, subject, now, most, idleHints(draft, subject));
    if (subject.kind === 'webhook') beginStep(draft);
    effects.push({ kind: 'look', subject, most });
  }
  const durable = effects.some(({ kind }) => kind !== 'look') || told.some(({ fact }) => isDurable(fact.kind));
  const house = learnt.house || after.house;
  const all = learnt.all || after.all;
  return {
    draft,
    decisions,
    effects,
    shown,
    house,
    left,
    all,
    reviews,
    again,
    looksAt: granted.nextAt,
    durable,
  };
}

/** Persons' orders, and what the cloud said of our attempts, must not be lost by a crash. */
const isDurable = (kind: Told['fact']['kind']): boolean =>
  kind === 'commanded' ||
  kind === 'attempt_answered' ||
  kind === 'cancel_answered' ||
  kind === 'unlinked' ||
  kind === 'started';

/** All at once, for they share the site; only when that fails, one by one, to find out which. */
function decideAll(draft: Draft, dirty: readonly AssetId[], without: ReadonlySet<Culprit>, now: Instant): Decision[] {
  const assets = without.size === 0 ? dirty : dirty.filter((id) => !without.has(id));
  try {
    return decide(draft, assets, now);
  } catch (thrown) {
    for (const id of assets) blaming(id, () => decide(draft, [id], now));
    throw thrown;
  }
}

/** Assets that no complete listing named for long enough are taken away, with all that was kept of them. */
function retire(draft: Draft, dirty: readonly AssetId[], now: Instant): void {
  for (const id of dirty) {
    const gone = (draft.get('vehicle', id) ?? draft.get('charger', id))?.goneSince ?? null;
    if (gone !== null && now >= later(gone, numbers.retireAfterMs)) forget(draft, id);
  }
}

export function viewOf(site: Site): View {
  return {
    settings: site.settings,
    get: (table, id) => (site[table] as ReadonlyMap<string, never>).get(id),
    ids: (table) => [...site[table].keys()].sort(),
  };
}

/** Whole milliseconds, never ahead of the clock: a permit from the future would be a breach. */
export const instantOf = (ms: number): Instant => instant(Math.floor(ms));
