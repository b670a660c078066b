// The loop: one writer, one mailbox. Facts in, looks, effects out. It can be asked nothing and told everything.
import { isOpen } from '../domain/acting/attempt.ts';
import { placeOfCharger, placeOfVehicle } from '../domain/belief/place.ts';
import { leadOf, membersOf } from '../domain/choice/lead.ts';
import type { Fact, Told } from '../domain/fact.ts';
import type { Instant } from '../domain/instant.ts';
import type { AssetId } from '../domain/report.ts';
import type { Settings } from '../domain/settings.ts';
import type { Change, Site, View } from '../domain/site.ts';
import type { Decision } from '../domain/telling/decision.ts';
import { describe, type Say } from '../domain/telling/describe.ts';
import type { Portrait } from '../domain/telling/portrait.ts';
import { describeBridge, describeSite } from '../domain/telling/describe-house.ts';
import type { Cancel, WireClock, WorldClock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import { createMailbox } from '../kernel/mailbox.ts';
import { createSchedule } from '../kernel/schedule.ts';
import { createSite } from './apply.ts';
import { createInterlock } from './interlock.ts';
import { instantOf, type LookResult, viewOf, workOut } from './look.ts';
import { createLooking } from './looking.ts';
import { createNarrator } from './narrate.ts';
import type { CommandPort, JournalEntry, LookPort, ShowPort, StorePort, Tell } from './ports.ts';

export interface LoopDeps {
  readonly settings: Settings;
  readonly store: StorePort;
  readonly commands: CommandPort;
  readonly looks: LookPort;
  readonly show: ShowPort;
  readonly world: WorldClock;
  readonly wire: WireClock;
  /** Compares wall and monotonic time to notice suspend; off where the world is simulated. */
  readonly watchJumps: boolean;
  readonly say: Say;
  readonly version: string;
  readonly log: Log;
}

export interface Loop {
  readonly tell: Tell;
  /** Restores, looks once, and goes on by itself. */
  start(ids: { readonly installation: string; readonly instance: string }): void;
  /** Decides and asks nothing more. What was told is still learnt and stored. */
  stop(): void;
  /** What is believed, for diagnostics. */
  view(): View;
  site(): Site;
  decision(lead: AssetId): Decision | null;
  /** Everything as it would be shown now: bridge, site, then the assets by id. */
  portraits(): Portrait[];
}

/** ms of real time after which a look commits and lets the event loop breathe. */
const sliceMs = 2;
/** ms; wall and monotonic clocks drift by less than this between two looks of a healthy machine. */
const jumpMs = 30_000;

export function createLoop(deps: LoopDeps): Loop {
  const { world, wire, store, show, log } = deps;
  const { site, apply } = createSite(deps.settings, store.load());
  const view = viewOf(site);
  const looking = createLooking();
  const reviews = createSchedule();
  const decisions = new Map<AssetId, Decision>();
  const narrator = createNarrator(log, deps.say);
  const dirty = new Set<AssetId>();
  let alarm: { at: number; cancel: Cancel } | null = null;
  let looksAt: Instant | null = null;
  let stopped = false;
  let last = { wall: world.now(), steady: wire.now() };

  const interlock = createInterlock({
    port: deps.commands,
    now: () => world.now(),
    isKnown: (id) => view.get('vehicle', id)?.goneSince === null || view.get('charger', id)?.goneSince === null,
    isHome: (id) => {
      const lead = leadOf(view, id);
      const now = instantOf(world.now());
      return (view.get('vehicle', lead) ? placeOfVehicle(view, lead, now) : placeOfCharger(view, lead)).word === 'home';
    },
    breach: (check, target) => {
      log.error(`Interlock: ${check} (${target}). Nothing is commanded until a restart. Please report this line.`);
      tell({ kind: 'interlock_latched', check, target });
    },
  });

  const mailbox = createMailbox<Told>(() => {
    try {
      look();
    } catch (thrown) {
      // A bug must not take the house down: what caused it is dropped, and everything is left alone.
      log.error(`Bug in a look: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : messageOf(thrown)}`);
    }
  });

  function tell(fact: Fact): void {
    world.stir();
    mailbox.put({ at: instantOf(world.now()), fact }, fact.kind === 'commanded');
  }

  function take(now: Instant): Told[] {
    const told: Told[] = [];
    if (deps.watchJumps) {
      const steady = wire.now();
      if (Math.abs(now - last.wall - (steady - last.steady)) > jumpMs)
        told.push({ at: now, fact: { kind: 'clock_jumped' } });
      last = { wall: now, steady };
    }
    const begun = wire.now();
    for (let next = mailbox.take(); next; next = mailbox.take()) {
      told.push(next);
      if (wire.now() - begun > sliceMs) break;
    }
    return told;
  }

  function look(): void {
    world.stir();
    const now = instantOf(world.now());
    const told = take(now);
    const due = new Set([...dirty, ...reviews.due(now)]);
    dirty.clear();
    let result = workOut(site, told, due, looking, now, !stopped);
    if (
      !store.commit({ changes: result.draft.changes(), entries: entriesOf(told, result, now), durable: result.durable })
    ) {
      result = workOut(site, told, due, looking, now, false);
      store.commit({ changes: result.draft.changes(), entries: entriesOf(told, result, now), durable: false });
    }
    const removed = result.draft
      .changes()
      .filter(({ table, record }) => (table === 'vehicle' || table === 'charger') && record === null);
    apply(result.draft.changes());
    afterwards(result, removed, now);
    if (mailbox.size() > 0 || dirty.size > 0) mailbox.wake();
    else arm(now);
  }

  function afterwards(result: LookResult, removed: readonly Change[], now: Instant): void {
    for (const { table, id, record } of result.draft.changes()) {
      if (table === 'attempt' && (record === null || !isOpen(record))) endInFlight(id);
    }
    for (const effect of result.effects) {
      if (effect.kind === 'look') {
        if (!stopped) deps.looks.look(effect.subject);
      } else if (effect.kind === 'cancel') interlock.cancel(effect.request);
      else if (interlock.send(effect.request, effect.permit))
        inFlight.set(effect.request.target, effect.request.attempt);
      else {
        const { attempt, target } = effect.request;
        tell({
          kind: 'attempt_answered',
          attempt,
          target,
          answer: { kind: 'unsent', why: interlock.latched() ?? 'stopping' },
        });
      }
    }
    for (const [lead, at] of result.reviews) reviews.set(lead, at);
    for (const id of result.again) dirty.add(id);
    looksAt = result.looksAt;
    for (const decision of result.decisions) decisions.set(decision.lead, decision);
    for (const { table, id } of removed) {
      decisions.delete(id);
      reviews.delete(id);
      show.retire(table as 'vehicle' | 'charger', id);
    }
    present(result, now);
  }

  const inFlight = new Map<AssetId, string>();
  function endInFlight(target: AssetId): void {
    const attempt = inFlight.get(target);
    if (attempt !== undefined) interlock.ended(attempt);
    inFlight.delete(target);
  }

  function present(result: LookResult, now: Instant): void {
    if (result.house) {
      show.show(describeBridge(view, deps.version, now));
      show.show(describeSite(view));
      narrator.house(view);
    }
    for (const id of [...result.shown].sort()) showAsset(id, now);
    for (const happening of result.draft.happenings) show.happened(happening);
    for (const decision of result.decisions) narrator.decided(view, decision, now);
    for (const { transaction, ok, subject, reason, field } of result.draft.answers) {
      const command = subject === null ? undefined : site.command.get(subject);
      const told = reason ?? command?.result ?? null;
      const sentence = told === null ? null : deps.say(told);
      show.reply({ transaction, ok, command: command?.word ?? null, reason: told, sentence, field });
    }
  }

  function showAsset(id: AssetId, now: Instant): void {
    const portrait = describe(view, id, decisions.get(id) ?? null, deps.say, now);
    if (portrait) show.show(portrait);
  }

  function arm(now: Instant): void {
    const times = [reviews.next(), looksAt].filter((at) => at !== null);
    if (stopped || times.length === 0) return;
    const at = Math.max(now, Math.min(...times));
    if (alarm?.at === at) return;
    alarm?.cancel();
    alarm = { at, cancel: world.alarm('loop', at, ring) };
  }

  function ring(): void {
    alarm = null;
    tell({ kind: 'woke' });
  }

  return {
    tell,
    start({ installation, instance }) {
      for (const attempt of site.attempt.values()) {
        if (!isOpen(attempt)) continue;
        interlock.resume(attempt.id, [...new Set([...membersOf(view, leadOf(view, attempt.target)), attempt.target])]);
        inFlight.set(attempt.target, attempt.id);
      }
      for (const id of [...site.vehicle.keys(), ...site.charger.keys()]) dirty.add(id);
      tell({ kind: 'started', installation, instance });
    },
    stop() {
      stopped = true;
      interlock.close();
      alarm?.cancel();
    },
    view: () => view,
    site: () => site,
    decision: (lead) => decisions.get(lead) ?? null,
    portraits() {
      const now = instantOf(world.now());
      const ids = [...site.vehicle.keys(), ...site.charger.keys()].sort();
      const assets = ids.map((id) => describe(view, id, decisions.get(id) ?? null, deps.say, now));
      return [describeBridge(view, deps.version, now), describeSite(view), ...assets.filter((portrait) => portrait !== null)];
    },
  };

  function entriesOf(told: readonly Told[], result: LookResult, now: Instant): JournalEntry[] {
    const entries: JournalEntry[] = told.map(({ at, fact }) => ({ kind: 'told', at, fact }));
    if (result.decisions.length > 0)
      entries.push({ kind: 'looked', now, subjects: result.decisions.map(({ lead }) => lead) });
    for (const effect of result.effects) entries.push({ kind: 'asked', effect });
    return entries;
  }
}
