// What is read of the cloud, how often, and what the day's allowance leaves: attention and allowance.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grant, sentToday } from '../../../src/domain/acting/allowance.ts';
import type { Attempt } from '../../../src/domain/acting/attempt.ts';
import { actionDue, everyDue, keyOf, type LookWant } from '../../../src/domain/acting/attention.ts';
import { type Cloud, newCloud } from '../../../src/domain/belief/cloud.ts';
import { cloudOf } from '../../../src/domain/belief/cloud-learn.ts';
import type { LookKind, LookSubject } from '../../../src/domain/fact.ts';
import { instant } from '../../../src/domain/instant.ts';
import { dayOf } from '../../../src/domain/local-time.ts';
import { numbers } from '../../../src/domain/numbers.ts';
import { answered, fixable, flags, noon } from '../../support/reports.ts';
import { testSettings } from '../../support/settings.ts';
import { testSite } from '../../support/site.ts';
import { refused, type Stage, stage } from '../../support/stage.ts';

const want = (kind: 'vehicles' | 'chargers' | 'locations', priority = 1, due = 0): LookWant => ({
  subject: { kind },
  due: instant(noon + due),
  priority,
});
const today = (sent: number, more: Partial<Cloud> = {}): Cloud => ({
  ...newCloud,
  day: dayOf(noon, testSettings().timeZone),
  sent,
  ...more,
});
const view = (requestsPerDay: number) => testSite({ requestsPerDay }).view;

describe('the allowance', () => {
  it('grants what is due, the most important first', () => {
    const { looks } = grant(view(100), today(0), [want('locations', 2), want('vehicles')], noon);
    expect(looks.map(({ subject }) => subject.kind)).toEqual(['vehicles', 'locations']);
  });

  it('names when the next want is due, and nothing when nothing is wanted', () => {
    expect(grant(view(100), today(0), [want('vehicles', 1, 5_000)], noon)).toEqual({ looks: [], nextAt: noon + 5_000 });
    expect(grant(view(100), today(0), [], noon)).toEqual({ looks: [], nextAt: null });
  });

  it('an answer that was under way beside a 429 does not end the wait that was asked for', () => {
    const site = testSite();
    const retryAt = instant(noon + 600_000);
    const told = (at: number, more = {}) =>
      site.tell(instant(at), { kind: 'request_ended', request: answered(instant(at), more) });
    told(noon, { ok: false, status: 429, retryAt });
    told(noon);
    expect(cloudOf(site.view).notBefore).toBe(retryAt);
    told(retryAt + 1);
    expect(cloudOf(site.view).notBefore).toBeNull();
  });

  it('a request that our own stop ended is counted, and says nothing of the cloud', () => {
    const site = testSite();
    site.tell(noon, { kind: 'request_ended', request: answered(noon) });
    const { sent } = cloudOf(site.view);
    const over = { ok: false, status: null, cloudTime: null, why: 'the daemon is stopping', byUs: true } as const;
    site.tell(noon, { kind: 'request_ended', request: answered(noon, over) });
    expect(cloudOf(site.view)).toMatchObject({ connected: true, failures: 0, notBefore: null, sent: sent + 1 });
  });

  it('waits for Retry-After and back-off, whatever the priority', () => {
    const cloud = today(0, { notBefore: instant(noon + 60_000) });
    expect(grant(view(100), cloud, [want('vehicles', 0)], noon)).toEqual({ looks: [], nextAt: noon + 60_000 });
  });

  it.each([
    [0, 94, 1],
    [0, 95, 0],
    [1, 91, 1],
    [1, 92, 0],
    [2, 84, 1],
    [2, 85, 0],
  ])(
    'priority %i with %i of 100 sent: %i granted, a new token and its repeats kept back',
    (priority, sent, granted) => {
      expect(grant(view(100), today(sent), [want('vehicles', priority)], noon).looks).toHaveLength(granted);
    },
  );

  it('counts those under way against the day', () => {
    const site = testSite({ requestsPerDay: 100 });
    site.put('look', 'chargers', { askedAt: noon, endedAt: null, okAt: null, failures: 0 });
    const wants = [want('vehicles', 0), want('chargers', 0)];
    expect(grant(site.view, today(93), wants, noon).looks).toHaveLength(1);
    expect(grant(site.view, today(94), wants, noon).looks).toHaveLength(0);
  });

  it('a list costs as many requests as it had pages; should it have grown, it may spend a share of what is left', () => {
    const site = testSite({ requestsPerDay: 100 });
    const most = (sent: number) => grant(site.view, today(sent), [want('vehicles', 0)], noon).looks[0]?.most ?? null;
    expect(most(0)).toBe(1 + Math.floor(94 / 4));
    site.put('look', 'vehicles', { askedAt: noon, endedAt: noon, okAt: noon, failures: 0, pages: 3 });
    expect(most(80)).toBe(3 + 3);
    expect(most(92)).toBe(3);
    expect(most(93)).toBeNull();
  });

  it('what is granted together never comes to more than what is left, however many pages each turns out to have', () => {
    fc.assert(
      fc.property(
        fc.nat(100),
        fc.array(fc.nat(9), { minLength: 3, maxLength: 3 }),
        fc.array(fc.nat(60), { minLength: 2, maxLength: 2 }),
        (sent, pages, underWay) => {
          const site = testSite({ requestsPerDay: 100 });
          const kinds = ['vehicles', 'chargers', 'locations'] as const;
          for (const [n, kind] of kinds.entries()) {
            const most = underWay[n];
            const record = { askedAt: noon, okAt: null, failures: 0, pages: pages[n]! };
            if (most === undefined) site.put('look', kind, { ...record, endedAt: noon });
            else site.put('look', kind, { ...record, endedAt: null, most });
          }
          const wants = [
            ...kinds.map((kind) => want(kind, 0)),
            { subject: { kind: 'interventions' } as const, due: noon, priority: 0 },
          ];
          const granted = grant(site.view, today(sent), wants, noon).looks.map(({ most }) => most);
          const spent = [...underWay, ...granted].reduce((sum, one) => sum + one, 0);
          if (granted.length > 0) expect(sent + spent + numbers.tokenReserve).toBeLessThanOrEqual(100);
        },
      ),
    );
  });

  it('what was read of a list is what it is expected to cost next time, one more when it was cut short', async () => {
    const s = await stage();
    const ended = (ok: boolean, pages?: { read: number; more: boolean }) =>
      s.tell({ kind: 'look_ended', subject: { kind: 'vehicles' }, ok, ...(pages ? { pages } : {}) });
    const pages = () => s.loop.view().get('look', 'vehicles')?.pages;
    for (const [ok, read, expected] of [
      [true, { read: 4, more: false }, 4],
      [false, { read: 6, more: true }, 7],
      [false, undefined, 7],
      [true, undefined, undefined],
    ] as const) {
      await ended(ok, read);
      expect(pages()).toBe(expected);
    }
  });

  it('a new local day begins anew', () => {
    const tomorrow = instant(noon + 86_400_000);
    expect(sentToday(today(100), 'Europe/Amsterdam', tomorrow)).toBe(0);
    expect(grant(view(100), today(100), [want('vehicles')], tomorrow).looks).toHaveLength(1);
  });

  it('at most so many at once', () => {
    const wants = Array.from(
      { length: 9 },
      (_, n): LookWant => ({
        subject: { kind: 'action', id: `a${n}`, target: 'car', targetKind: 'vehicle' },
        due: noon,
        priority: 0,
      }),
    );
    expect(grant(view(100), today(0), wants, noon).looks).toHaveLength(numbers.looksAtOnce);
  });
});

describe('attention', () => {
  it('an action is read soon after its acceptance, then ever slower', () => {
    const site = testSite();
    const attempt = {
      action: 'x',
      target: 'car',
      targetKind: 'vehicle',
      answeredAt: noon,
      intendedAt: noon,
    } as Attempt;
    const times: number[] = [];
    for (let n = 0; n < 12; n++) {
      const due = actionDue(site.view, attempt);
      times.push((due - noon) / 1000);
      site.put('look', 'action x', { askedAt: due, endedAt: due, okAt: due, failures: 0 });
    }
    expect(times).toEqual([3, 6, 10, 15, 22, 30, 45, 60, 90, 150, 210, 270]);
  });

  it('a slow list that fails after it once went well is not asked again at once', () => {
    const site = testSite();
    const day = numbers.locationsEveryMs;
    const asked = instant(noon + day);
    for (const [failures, pause] of [
      [1, 2 * numbers.slowAgainFirstMs],
      [4, 16 * numbers.slowAgainFirstMs],
      [9, numbers.slowAgainMs],
    ] as const) {
      site.put('look', 'locations', { askedAt: asked, endedAt: asked, okAt: noon, failures });
      expect(everyDue(site.view, { kind: 'locations' }, day)).toBe(asked + pause);
    }
  });

  it('one key per subject', () => {
    const subjects: LookSubject[] = [
      { kind: 'vehicles' },
      { kind: 'schedules', user: 'home' },
      { kind: 'action', id: 'x', target: 'car', targetKind: 'vehicle' },
      { kind: 'hint', id: 'x', targetKind: 'vehicle' },
    ];
    expect(subjects.map(keyOf)).toEqual(['vehicles', 'schedules home', 'action x', 'hint x']);
  });
});

/** Looks of one kind within the next `seconds`. */
async function count(
  s: Stage,
  kind: LookKind,
  seconds: number,
  report: () => Promise<void> = async () => {},
): Promise<number> {
  const before = s.looks.length;
  for (let n = 0; n < seconds; n += 60) {
    await s.advance(60);
    await report();
  }
  return s.looks.slice(before).filter((look) => look.kind === kind).length;
}

describe('how often the cloud is asked', () => {
  it.each([
    ['charging', { power: 'charging' as const }, 20],
    ['plugged in', { power: 'stopped' as const }, 6],
    ['at home', { power: 'unplugged' as const }, 5],
    ['asleep', { power: 'unplugged' as const, reachable: false }, 3],
  ])('%s: %s', async (_name, over, perHour) => {
    const s = await stage();
    await s.advance(1);
    await s.car(over);
    const looks = await count(s, 'vehicles', 3600, () => s.car(over));
    expect(Math.abs(looks - perHour)).toBeLessThanOrEqual(1);
  });

  it('a pending command hastens the list, and its action is followed to its end, then no more', async () => {
    const s = await stage();
    await s.charging('start');
    const action = await s.accept();
    expect(await count(s, 'action', 120)).toBe(9);
    await s.action(action, { state: 'confirmed' });
    await s.car({ power: 'charging' });
    expect(await count(s, 'action', 600)).toBe(0);
  });

  it('a hint is asked only while a command waits for a silent device, and sparingly', async () => {
    const s = await stage();
    await s.advance(60);
    await s.charging('start');
    await s.accept();
    expect(await count(s, 'hint', 1200)).toBe(1);
    const talking = await stage();
    await talking.advance(60);
    await talking.charging('start');
    await talking.accept();
    await talking.advance(1);
    await talking.car();
    expect(await count(talking, 'hint', 1200)).toBe(0);
  });

  it('a mode that cannot decide on an old report asks for a newer one, ever rarer while none comes', async () => {
    const s = await stage();
    await s.car({ power: 'stopped' });
    await s.order('car', { kind: 'mode', mode: 'now' });
    expect(await count(s, 'hint', 30 * 60)).toBe(0);
    const sixHours = await count(s, 'hint', 6 * 3600);
    expect(sixHours).toBeGreaterThanOrEqual(2);
    expect(sixHours).toBeLessThanOrEqual(5);
    const manual = await stage();
    await manual.car({ power: 'stopped' });
    expect(await count(manual, 'hint', 6 * 3600)).toBe(0);
  });

  it('the day’s requests are never exceeded by looks', async () => {
    const s = await stage({ settings: { requestsPerDay: 60 } });
    // As the adapter does it: each look is a request, and an hourly token is one too.
    let tokenAt = 0;
    const counting = async (): Promise<void> => {
      const looks = s.looks.splice(0).length;
      const isTokenOld = s.now() - tokenAt >= 3_600_000;
      if (looks > 0 && isTokenOld) tokenAt = s.now();
      const done = looks === 0 ? 0 : looks + (isTokenOld ? 1 : 0);
      for (let n = 0; n < done; n++) await s.tell({ kind: 'request_ended', request: answered(s.now()) });
    };
    await s.car({ power: 'charging' });
    for (let n = 0; n < 9 * 60; n++) {
      await s.advance(60);
      await counting();
    }
    const { sent } = cloudOf(s.loop.view());
    expect(sent).toBeGreaterThan(40);
    expect(sent).toBeLessThanOrEqual(60);
    expect(await s.charging('start')).toMatchObject({ ok: true });
    expect(s.sent).toHaveLength(1);
  });

  it('refresh reads both lists, but none again within 10 s', async () => {
    const s = await stage();
    await s.advance(30);
    const before = s.looks.length;
    for (let n = 0; n < 5; n++) await s.order('site', { kind: 'refresh' });
    expect(
      s.looks
        .slice(before)
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['chargers', 'users', 'vehicles']);
  });

  it('with the cloud down, looks wait ever longer; a person’s command does not wait', async () => {
    const s = await stage();
    const down = (): Promise<void> =>
      s.tell({
        kind: 'request_ended',
        request: answered(s.now(), { ok: false, status: null, cloudTime: null, why: 'down' }),
      });
    await s.advance(600);
    s.looks.length = 0;
    for (let n = 0; n < 60; n++) {
      for (const _look of s.looks.splice(0)) await down();
      await s.advance(60);
    }
    expect(s.looks.length).toBeLessThanOrEqual(1);
    await s.charging('start');
    expect(s.sent).toHaveLength(1);
  });

  it('the schedules are read on after a hand-over was found, until it is over', async () => {
    const s = await stage();
    await s.charging('start');
    await s.answer(refused(422));
    const found = [{ target: 'car', by: 'schedule' as const, id: 'evening' }];
    await s.tell({ kind: 'foreign_control_reported', user: 'home', found });
    expect(await count(s, 'schedules', 2 * 3600 + 60, () => s.car())).toBe(2);
  });
});

describe('R7 interventions in the chosen language', () => {
  const asked = (s: Stage) => s.looks.filter(({ kind }) => kind === 'interventions').length;
  const text = { title: 'Titel', description: 'Text', agent: 'User', access: null, action: null };

  it('are read once they are met, and anew where they are known in another language, or from an earlier version', async () => {
    const s = await stage();
    expect(asked(s)).toBe(0);
    await s.car({ flags: flags({ start: fixable('terms') }) });
    await s.tell({ kind: 'interventions_reported', language: 'en', texts: [{ id: 'terms', ...text }] });
    expect(asked(s)).toBe(1);
    await s.restart();
    await s.advance(60);
    expect(asked(s)).toBe(1);
    await s.restart({ language: 'de' });
    await s.advance(60);
    expect(asked(s)).toBe(2);
    await s.tell({ kind: 'interventions_reported', language: 'de', texts: [{ id: 'terms', ...text }] });
    await s.advance(2 * 86_400);
    expect(asked(s)).toBe(2);
  });
});
