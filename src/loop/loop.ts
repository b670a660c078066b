// The loop: one writer, one mailbox. Facts in, looks, effects out. It can be asked nothing and told everything.
import { isOpen } from '../domain/acting/attempt.ts';
import { lacksConsent } from '../domain/belief/chooser.ts';
import { placeOfCharger, placeOfVehicle } from '../domain/belief/place.ts';
import { leadOf, vehicleOn } from '../domain/choice/lead.ts';
import { ownModeActs } from '../domain/choice/own-mode.ts';
import type { Answer } from '../domain/draft.ts';
import type { Fact, Told } from '../domain/fact.ts';
import { type Instant, later } from '../domain/instant.ts';
import { numbers } from '../domain/numbers.ts';
import type { AssetId } from '../domain/report.ts';
import type { Settings } from '../domain/settings.ts';
import type { Change, Site, View } from '../domain/site.ts';
import type { Decision } from '../domain/telling/decision.ts';
import { describe, type Say } from '../domain/telling/describe.ts';
import { describeBridge, describeSite } from '../domain/telling/describe-house.ts';
import type { Portrait } from '../domain/telling/portrait.ts';
import type { Cancel, WireClock, WorldClock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import { createMailbox } from '../kernel/mailbox.ts';
import { createSchedule } from '../kernel/schedule.ts';
import { createSite } from './apply.ts';
import { createCarrier } from './carry.ts';
import { entriesOf } from './entries.ts';
import { createInterlock } from './interlock.ts';
import { instantOf, type LookResult, viewOf, workOut } from './look.ts';
import { createLooking } from './looking.ts';
import { createNarrator } from './narrate.ts';
import type { CommandPort, LookPort, ShowPort, StorePort, Tell } from './ports.ts';

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

/** Facts that one look learns, and dirty assets that it decides beside those of its facts: about 2 ms of work on a small machine. By
    count, not by time, so that a simulated day has the same looks in every run. */
const factsPerLook = 16;
const assetsPerLook = 16;
/** So many looks in a row with nothing told mean that two rules contradict each other. */
const relooksMost = 20;
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
  /** How often in a row an asset was decided once more because its wish or attempt moved. */
  const relooks = new Map<AssetId, number>();
  /** Told before the start; null once begun. Nothing is looked at before it is known what a former run left open. */
  let early: Told[] | null = [];
  let last = { wall: world.now(), steady: wire.now() };

  const interlock = createInterlock({
    port: deps.commands,
    now: () => world.now(),
    isObserving: deps.settings.observeOnly,
    isKnown: (id) => view.get('vehicle', id)?.goneSince === null || view.get('charger', id)?.goneSince === null,
    isHome: (id) => {
      const lead = leadOf(view, id);
      const now = instantOf(world.now());
      return (view.get('vehicle', lead) ? placeOfVehicle(view, lead, now) : placeOfCharger(view, lead)).word === 'home';
    },
    isAllowed: (id) => !lacksConsent(view, id),
    isOccupied: (id) => vehicleOn(view, id) !== null || ownModeActs(view, id),
    breach: (check, target) => {
      log.error(`Interlock: ${check} (${target}). Nothing is commanded until a restart. Please report this line.`);
      tell({ kind: 'interlock_latched', check, target });
    },
  });

  const bug = (where: string, thrown: unknown): void =>
    log.error(`Bug (${where}): ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : messageOf(thrown)}`);
  const carrier = createCarrier(interlock, deps.looks, tell, bug);
  const mailbox = createMailbox<Told>(look);

  function tell(fact: Fact): void {
    world.stir();
    const told = { at: instantOf(world.now()), fact };
    if (early === null) mailbox.put(told, fact.kind === 'commanded');
    else early.push(told);
  }

  function take(now: Instant): Told[] {
    const told: Told[] = [];
    if (deps.watchJumps) {
      const steady = wire.now();
      if (Math.abs(now - last.wall - (steady - last.steady)) > jumpMs)
        told.push({ at: now, fact: { kind: 'clock_jumped' } });
      last = { wall: now, steady };
    }
    while (told.length < factsPerLook) {
      const next = mailbox.take();
      if (!next) break;
      told.push(next);
      // A person waits: nothing else is learnt or decided in this look.
      if (next.fact.kind === 'commanded') break;
    }
    return told;
  }

  function takeDirty(): Set<AssetId> {
    const taken = new Set<AssetId>();
    for (const id of dirty) {
      if (taken.size >= assetsPerLook) break;
      dirty.delete(id);
      taken.add(id);
    }
    return taken;
  }

  function look(): void {
    world.stir();
    const now = instantOf(world.now());
    const told = take(now);
    for (const id of reviews.due(now)) dirty.add(id);
    const due = told.some(({ fact }) => fact.kind === 'commanded') ? new Set<AssetId>() : takeDirty();
    try {
      lookAt(told, due, now);
    } catch (thrown) {
      // A bug must not take the house down: what caused it is dropped, and everything is left alone for a while.
      bug('in a look', thrown);
      for (const id of due) reviews.set(id, later(now, numbers.reviewAtLeastMs));
      for (const { fact } of told) if (fact.kind === 'commanded') replyBug(fact.transaction);
    }
    if (mailbox.size() > 0 || dirty.size > 0) mailbox.wake();
    else arm(now);
  }

  function lookAt(told: readonly Told[], due: ReadonlySet<AssetId>, now: Instant): void {
    let result = workOut(site, { told, due, now, freedom: { canStore: true, canAct: !stopped } }, looking, bug);
    if (!commit(told, result, now, result.durable)) {
      const again = new Set([...due, ...result.shown]);
      const freedom = { canStore: false, canAct: false };
      result = workOut(site, { told, due: again, now, freedom }, looking, bug);
      commit(told, result, now, false);
      // What waits for the disk is looked at again soon, not at the next quarter of an hour.
      for (const id of again) result.reviews.set(id, later(now, numbers.storageAgainMs));
    }
    const changes = result.draft.changes();
    const gone = changes.filter(({ table, record }) => (table === 'vehicle' || table === 'charger') && record === null);
    apply(changes);
    carrier.follow(changes);
    if (!stopped) for (const effect of result.effects) carrier.carryOut(effect);
    afterwards(result, gone);
    present(result, now);
  }

  function commit(told: readonly Told[], result: LookResult, now: Instant, durable: boolean): boolean {
    try {
      return store.commit({ changes: result.draft.changes(), entries: entriesOf(told, result, now), durable });
    } catch (thrown) {
      bug('in the store', thrown);
      return false;
    }
  }

  function afterwards(result: LookResult, gone: readonly Change[]): void {
    for (const [lead, at] of result.reviews) reviews.set(lead, at);
    for (const { lead } of result.decisions) if (!result.again.includes(lead)) relooks.delete(lead);
    for (const id of result.again) lookAgainAt(id);
    for (const id of result.left) dirty.add(id);
    if (result.all) for (const id of [...site.vehicle.keys(), ...site.charger.keys()]) dirty.add(id);
    looksAt = result.looksAt;
    for (const decision of result.decisions) decisions.set(decision.lead, decision);
    for (const { table, id } of gone) {
      decisions.delete(id);
      reviews.delete(id);
      safely('retiring', () => show.retire(table as 'vehicle' | 'charger', id));
    }
  }

  function lookAgainAt(id: AssetId): void {
    const times = (relooks.get(id) ?? 0) + 1;
    relooks.set(id, times);
    if (times < relooksMost) dirty.add(id);
    else bug('rules contradict each other', `${id} never comes to rest`);
  }

  /** Nobody who only shows may stop what follows. */
  function safely(where: string, work: () => void): void {
    try {
      work();
    } catch (thrown) {
      bug(where, thrown);
    }
  }

  function present(result: LookResult, now: Instant): void {
    if (result.house) {
      safely('showing the house', () => {
        show.show(describeBridge(view, deps.version, deps.say, now));
        show.show(describeSite(view));
        narrator.house(view, now);
      });
    }
    for (const id of [...result.shown].sort()) safely('showing', () => showAsset(id, now));
    for (const happening of result.draft.happenings) safely('telling', () => show.happened(happening));
    for (const decision of result.decisions) safely('narrating', () => narrator.decided(view, decision, now));
    for (const answer of result.draft.answers) safely('replying', () => reply(answer));
  }

  function reply({ transaction, ok, subject, reason, field }: Answer): void {
    const command = subject === null ? undefined : site.command.get(subject);
    const told = reason ?? command?.result ?? null;
    const sentence = told === null ? null : deps.say(told);
    show.reply({ transaction, ok, command: command?.word ?? null, reason: told, sentence, field });
  }

  const replyBug = (transaction: string): void =>
    safely('replying', () => reply({ transaction, ok: false, subject: null, reason: null, field: null }));

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
      for (const attempt of site.attempt.values()) if (isOpen(attempt)) carrier.resume(attempt);
      for (const id of [...site.vehicle.keys(), ...site.charger.keys()]) dirty.add(id);
      const waiting = early ?? [];
      early = null;
      mailbox.put({ at: instantOf(world.now()), fact: { kind: 'started', installation, instance } }, true);
      for (const told of waiting) mailbox.put(told, told.fact.kind === 'commanded');
      world.stir();
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
      return [
        describeBridge(view, deps.version, deps.say, now),
        describeSite(view),
        ...assets.filter((portrait) => portrait !== null),
      ];
    },
  };
}
