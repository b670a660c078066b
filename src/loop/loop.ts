// The loop: one writer, one mailbox. Facts in, looks, effects out. It can be asked nothing and told everything.
import { isOpen } from '../domain/acting/attempt.ts';
import { lacksConsent } from '../domain/belief/chooser.ts';
import { placeOfCharger, placeOfVehicle } from '../domain/belief/place.ts';
import { leadOf, vehicleOn } from '../domain/choice/lead.ts';
import { ownModeActs } from '../domain/choice/own-mode.ts';
import type { Fact, Told } from '../domain/fact.ts';
import { type Instant, later } from '../domain/instant.ts';
import { numbers } from '../domain/numbers.ts';
import type { AssetId } from '../domain/report.ts';
import type { Settings } from '../domain/settings.ts';
import type { Site, View } from '../domain/site.ts';
import type { Decision } from '../domain/telling/decision.ts';
import type { Say } from '../domain/telling/describe.ts';
import type { Portrait } from '../domain/telling/portrait.ts';
import type { Cancel, WireClock, WorldClock } from '../kernel/clock.ts';
import { messageOf } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import { createMailbox } from '../kernel/mailbox.ts';
import { createAgenda } from './agenda.ts';
import { createSite } from './apply.ts';
import { createCarrier } from './carry.ts';
import { entriesOf } from './entries.ts';
import { createInterlock } from './interlock.ts';
import { instantOf, type LookResult, viewOf, workOut } from './look.ts';
import { createLooking } from './looking.ts';
import type { CommandPort, LookPort, ShowPort, StorePort, Tell } from './ports.ts';
import { createPresenter } from './present.ts';

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

/** Facts that one look learns: by count, not by time, so that a simulated day has the same looks in every run (decision 008). */
const factsPerLook = 16;
/** ms; wall and monotonic clocks drift by less than this between two looks of a healthy machine. */
const jumpMs = 30_000;

export function createLoop(deps: LoopDeps): Loop {
  const { world, wire, store, log } = deps;
  const { site, apply } = createSite(deps.settings, store.load());
  const view = viewOf(site);
  const looking = createLooking();
  let alarm: { at: number; cancel: Cancel } | null = null;
  let looksAt: Instant | null = null;
  let stopped = false;
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
  const agenda = createAgenda(site, (id) => bug('rules contradict each other', `${id} never comes to rest`));
  const presenter = createPresenter({ ...deps, site, view, bug });
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

  function look(): void {
    world.stir();
    const now = instantOf(world.now());
    const told = take(now);
    const due = told.some(({ fact }) => fact.kind === 'commanded') ? new Set<AssetId>() : agenda.take(now);
    try {
      lookAt(told, due, now);
    } catch (thrown) {
      // A bug must not take the house down: what caused it is dropped, and everything is left alone for a while.
      bug('in a look', thrown);
      for (const id of due) agenda.review(id, later(now, numbers.reviewAtLeastMs));
      for (const { fact } of told) if (fact.kind === 'commanded') presenter.replyBug(fact.transaction);
    }
    if (mailbox.size() > 0 || agenda.isBusy()) mailbox.wake();
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
    agenda.note(result);
    for (const { id } of gone) agenda.forget(id);
    looksAt = result.looksAt;
    presenter.present(result, gone, now);
  }

  function commit(told: readonly Told[], result: LookResult, now: Instant, durable: boolean): boolean {
    try {
      return store.commit({ changes: result.draft.changes(), entries: entriesOf(told, result, now), durable });
    } catch (thrown) {
      bug('in the store', thrown);
      return false;
    }
  }

  function arm(now: Instant): void {
    const times = [agenda.next(), looksAt].filter((at) => at !== null);
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
      agenda.addAll();
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
    decision: presenter.decision,
    portraits: () => presenter.portraits(instantOf(world.now())),
  };
}
