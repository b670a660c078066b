// The wish behind a decision: made when what is known differs from it, kept while it does, dropped when it is decided otherwise.
import { openPlugIn } from '../belief/plugin.ts';
import type { Draft } from '../draft.ts';
import { type Instant, later } from '../instant.ts';
import { numbers } from '../numbers.ts';
import type { AssetId } from '../report.ts';
import type { Decision } from '../telling/decision.ts';
import { type ReasonCode, reason } from '../telling/reason.ts';
import { openAttempt } from './attempt.ts';
import { pauseAfter, spend } from './conclude.ts';
import { chargingNow } from './evidence.ts';
import { expectCancelled } from './reversal.ts';
import { isOver, type Wish } from './wish.ts';

/** Nothing is decided for the moment, and nothing was decided otherwise: what is under way goes on, its tries stay counted. */
const undecided: ReadonlySet<ReasonCode> = new Set(['guard_wait', 'starting_up', 'clock_unchecked', 'stale']);
/** Somebody else steers (R9). When that is over, former refusals say nothing any more. */
const handedOver: ReadonlySet<ReasonCode> = new Set(['handover_schedule', 'handover_smart_charging']);

/** @returns the open automatic wish of this loadpoint, or null when there is nothing to wish */
export function automaticWish(draft: Draft, crew: readonly AssetId[], decision: Decision, now: Instant): Wish | null {
  const { lead, should, reason: why } = decision;
  const held = draft.get('wish', lead);
  const own = held?.origin === 'mode' && held.state === 'open' ? held : null;
  if (should === 'leave') {
    if (own && !undecided.has(why.code)) drop(draft, crew, own, now);
    else if (held?.origin === 'mode' && held.state === 'spent' && handedOver.has(why.code))
      draft.put('wish', lead, null);
    return null;
  }
  const charging = chargingNow(draft, lead, crew, now);
  const isSo = charging === (should === 'start');
  const plugin = openPlugIn(draft, lead)?.id ?? null;
  if (own && own.want === should && own.plugin === plugin) {
    if (isSo && openAttempt(draft, lead) === null && own.attempts === 0) {
      draft.put('wish', lead, { ...own, state: 'met' });
      return null;
    }
    return renewed(draft, own, now);
  }
  if (own) drop(draft, crew, own, now);
  if (isSo || charging === null) return null;
  // Its last try ended in this very look, after it was decided.
  const isExhausted = held?.origin === 'mode' && held.state === 'spent' && held.attempts >= numbers.attemptsPerWish;
  if (isExhausted && held.want === should && held.plugin === plugin) return null;
  const tried = triedByPerson(draft, held, should, plugin);
  const wish: Wish = {
    id: `${lead}:${should}@${now}`,
    subject: lead,
    want: should,
    origin: 'mode',
    from: 'mode',
    at: now,
    deadline: later(now, numbers.automaticDeadlineMs),
    anywhere: false,
    route: null,
    plugin,
    attempts: tried,
    notBefore: tried > 0 ? pauseAfter({ attempts: tried }, null, now) : null,
    state: tried >= numbers.attemptsPerWish ? 'spent' : 'open',
    why: why.code,
  };
  draft.put('wish', lead, wish);
  expectCancelled(draft, lead, crew, wish, now);
  return wish.state === 'open' ? wish : null;
}

/**
 * An override goes on where the toggle ended: its tries count, and what the cloud refused is not asked again in this plug-in.
 */
function triedByPerson(draft: Draft, held: Wish | undefined, want: Wish['want'], plugin: string | null): number {
  if (held?.origin !== 'person' || held.state !== 'spent' || held.want !== want || held.plugin !== plugin) return 0;
  const command = draft.get('command', held.subject);
  const isRefused = command?.wish === held.id && (command.word === 'refused' || command.word === 'cancelled');
  return isRefused && held.attempts > 0 ? numbers.attemptsPerWish : held.attempts;
}

/** The deadline moves on while the decision stands; only half spent, so that looking again changes nothing. */
function renewed(draft: Draft, wish: Wish, now: Instant): Wish {
  if (!isOver(wish, now) && wish.deadline - now > numbers.automaticDeadlineMs / 2) return wish;
  const next = { ...wish, at: isOver(wish, now) ? now : wish.at, deadline: later(now, numbers.automaticDeadlineMs) };
  draft.put('wish', wish.subject, next);
  return next;
}

function drop(draft: Draft, crew: readonly AssetId[], wish: Wish, now: Instant): void {
  // Only a pending START is taken back; a STOP that is under way, at whichever device, harms nobody.
  const isStopping = wish.want === 'stop' && crew.some((id) => openAttempt(draft, id)?.wish === wish.id);
  if (isStopping) draft.put('wish', wish.subject, { ...wish, state: 'met' });
  else {
    spend(draft, wish, 'cancelled', reason('cancelled', { direction: wish.want }), now);
    draft.put('wish', wish.subject, { ...wish, state: 'spent' });
  }
}
