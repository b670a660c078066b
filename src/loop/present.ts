// What a look brought about, told to the outside: portraits, events, answers to persons, and a line in the log.
import type { Answer } from '../domain/draft.ts';
import type { Instant } from '../domain/instant.ts';
import type { AssetId } from '../domain/report.ts';
import type { Change, Site, View } from '../domain/site.ts';
import type { Decision } from '../domain/telling/decision.ts';
import { describe, type Say } from '../domain/telling/describe.ts';
import { describeBridge, describeSite } from '../domain/telling/describe-house.ts';
import type { Portrait } from '../domain/telling/portrait.ts';
import type { Log } from '../kernel/log.ts';
import { assetsOf } from './agenda.ts';
import type { LookResult } from './look.ts';
import { createNarrator } from './narrate.ts';
import type { ShowPort } from './ports.ts';

export interface Presenter {
  /** Call once the look's changes are in place. @param gone what was taken away for good */
  present(result: LookResult, gone: readonly Change[], now: Instant): void;
  /** A command could not even be looked at. */
  replyBug(transaction: string): void;
  /** The newest decision. */
  decision(lead: AssetId): Decision | null;
  /** Everything as it would be shown now: bridge, site, then the assets by id. */
  portraits(now: Instant): Portrait[];
}

export interface PresenterDeps {
  readonly site: Site;
  readonly view: View;
  readonly show: ShowPort;
  readonly say: Say;
  readonly version: string;
  readonly log: Log;
  readonly bug: (where: string, thrown: unknown) => void;
}

export function createPresenter({ site, view, show, say, version, log, bug }: PresenterDeps): Presenter {
  const decisions = new Map<AssetId, Decision>();
  const narrator = createNarrator(log, say);
  const decision = (lead: AssetId): Decision | null => decisions.get(lead) ?? null;

  /** Nobody who only shows may stop what follows. */
  const safely = (where: string, work: () => void): void => {
    try {
      work();
    } catch (thrown) {
      bug(where, thrown);
    }
  };

  const showAsset = (id: AssetId, now: Instant): void => {
    const portrait = describe(view, id, decision(id), say, now);
    if (portrait) show.show(portrait);
  };

  const reply = ({ transaction, ok, subject, reason, field }: Answer): void => {
    const command = subject === null ? undefined : site.command.get(subject);
    const told = reason ?? command?.result ?? null;
    const sentence = told === null ? null : say(told);
    show.reply({ transaction, ok, command: command?.word ?? null, reason: told, sentence, field });
  };

  return {
    present(result, gone, now) {
      for (const one of result.decisions) decisions.set(one.lead, one);
      for (const { table, id } of gone) {
        decisions.delete(id);
        safely('retiring', () => show.retire(table as 'vehicle' | 'charger', id));
      }
      if (result.house) {
        safely('showing the house', () => {
          show.show(describeBridge(view, version, say, now));
          show.show(describeSite(view));
          narrator.house(view, now);
        });
      }
      for (const id of result.shown) safely('showing', () => showAsset(id, now));
      for (const happening of result.draft.happenings) safely('telling', () => show.happened(happening));
      for (const one of result.decisions) safely('narrating', () => narrator.decided(view, one, now));
      for (const answer of result.draft.answers) safely('replying', () => reply(answer));
    },
    replyBug: (transaction) =>
      safely('replying', () => reply({ transaction, ok: false, subject: null, reason: null, field: null })),
    decision,
    portraits(now) {
      const assets = [...assetsOf(site)].sort().map((id) => describe(view, id, decision(id), say, now));
      return [describeBridge(view, version, say, now), describeSite(view), ...assets.filter((one) => one !== null)];
    },
  };
}
