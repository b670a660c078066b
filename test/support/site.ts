// A site made the way the loop makes it: facts in, records out, decisions and portraits on request. No clock, no ports.
import { decide } from '../../src/domain/choice/decide.ts';
import { Draft } from '../../src/domain/draft.ts';
import type { Fact, Order } from '../../src/domain/fact.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { learn } from '../../src/domain/learn.ts';
import type { AssetId, AssetKind, ChargerReport, VehicleReport } from '../../src/domain/report.ts';
import type { Settings } from '../../src/domain/settings.ts';
import type { Site, TableName, Tables, View } from '../../src/domain/site.ts';
import type { Decision } from '../../src/domain/telling/decision.ts';
import { describe } from '../../src/domain/telling/describe.ts';
import type { Happening, Portrait } from '../../src/domain/telling/portrait.ts';
import { createSite } from '../../src/loop/apply.ts';
import { viewOf } from '../../src/loop/look.ts';
import { sentence } from '../../src/words/sentence.ts';
import { answered, noon } from './reports.ts';
import { testSettings } from './settings.ts';

export interface TestSite {
  readonly site: Site;
  readonly view: View;
  readonly happenings: Happening[];
  /** Learns these facts in one look. */
  tell(now: Instant, ...facts: Fact[]): void;
  /** Reports, each at its own cloud time as ours unless `now` is given. */
  report(...reports: (VehicleReport | ChargerReport)[]): void;
  listed(assets: AssetKind, ids: readonly AssetId[], now?: Instant): void;
  order(now: Instant, subject: AssetId | 'site', order: Order): void;
  get<T extends TableName>(table: T, id: string): Tables[T] | undefined;
  put<T extends TableName>(table: T, id: string, record: Tables[T] | null): void;
  decision(lead: AssetId, now: Instant): Decision;
  /** `<should> <reason code>`, for tables. */
  verdict(lead: AssetId, now: Instant): string;
  portrait(id: AssetId, now: Instant): Portrait;
}

/** A fresh start at `startedAt` whose clock already agreed with the cloud's. */
export function testSite(over: Partial<Settings> = {}, startedAt: Instant = noon): TestSite {
  const { site, apply } = createSite(testSettings(over), []);
  const view = viewOf(site);
  const happenings: Happening[] = [];
  let orders = 0;
  const change = (work: (draft: Draft) => void): void => {
    const draft = new Draft(site);
    work(draft);
    apply(draft.changes());
    happenings.push(...draft.happenings);
  };
  const made: TestSite = {
    site,
    view,
    happenings,
    tell: (now, ...facts) =>
      change((draft) => {
        for (const fact of facts) learn(draft, { at: now, fact });
      }),
    report: (...reports) => {
      for (const report of reports) made.tell(report.lastSeen ?? startedAt, reported(report));
    },
    listed: (assets, ids, now = startedAt) =>
      made.tell(now, { kind: 'listed', assets, users: site.settings.users, ids }),
    order: (now, subject, order) =>
      made.tell(now, { kind: 'commanded', transaction: `order-${++orders}`, subject, order, from: 'switch' }),
    get: view.get,
    put: (table, id, record) => change((draft) => draft.put(table, id, record)),
    decision: (lead, now) => {
      const [decision] = decide(view, [lead], now);
      if (!decision) throw new Error(`nothing decided for ${lead}`);
      return decision;
    },
    verdict: (lead, now) => {
      const { should, reason } = made.decision(lead, now);
      return `${should} ${reason.code}`;
    },
    portrait: (id, now) => {
      const portrait = describe(view, id, made.decision(id, now), (reason) => sentence(reason, 'en'), now);
      if (!portrait) throw new Error(`no portrait of ${id}`);
      return portrait;
    },
  };
  made.tell(
    startedAt,
    { kind: 'started', installation: 'test', instance: 'run' },
    { kind: 'request_ended', request: answered(startedAt) },
  );
  return made;
}

export const reported = (report: VehicleReport | ChargerReport): Fact =>
  report.kind === 'vehicle' ? { kind: 'vehicle_reported', report } : { kind: 'charger_reported', report };
