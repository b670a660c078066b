// The webhook subscription is kept by one next step at a time, whatever is found, refused or silent.
import { describe, expect, it } from 'vitest';
import { silentAt, webhookWant } from '../../../src/domain/acting/subscription.ts';
import { newWebhook, type Webhook } from '../../../src/domain/belief/webhook.ts';
import { noticeSilence } from '../../../src/domain/belief/webhook-learn.ts';
import { Draft } from '../../../src/domain/draft.ts';
import type { WebhookNews } from '../../../src/domain/fact.ts';
import type { Instant } from '../../../src/domain/instant.ts';
import { problemOf } from '../../../src/domain/telling/describe-house.ts';
import { at, noon } from '../../support/reports.ts';
import { type TestSite, testSite } from '../../support/site.ts';

const url = 'https://home.example/enode';
const begin = (over: Partial<Webhook> | null = null, webhookUrl: string | null = url): TestSite => {
  const site = testSite({ webhookUrl });
  if (over !== null) site.put('webhook', 'webhook', { ...newWebhook(url), ...over });
  return site;
};
/** `<step> <id>`, and in how many minutes. */
const next = ({ view }: TestSite): string | null => {
  const want = webhookWant(view);
  if (want === null || want.subject.kind !== 'webhook') return null;
  const { step, id } = want.subject;
  return `${step} ${id} ${Math.max(0, Math.round((want.due - noon) / 60_000))}`;
};
const kept: Partial<Webhook> = { id: 'hook', secured: true, active: true, checkedAt: noon, securedAt: noon };
const heard: Partial<Webhook> = { ...kept, heardAt: noon, hearingSince: noon };

describe('the next step', () => {
  it.each<[string, Partial<Webhook> | null, string | null, string | null]>([
    ['nothing is wanted', null, null, null],
    ['nothing is known yet', null, url, 'check null 0'],
    ['none was found', { checkedAt: noon }, url, 'create null 0'],
    ['one was found that we did not make', { checkedAt: noon, id: 'hook', active: true }, url, 'secure hook 0'],
    ['Enode gave it up', { ...heard, active: false }, url, 'secure hook 0'],
    ['it has a twin', { ...heard, twins: ['twin'] }, url, 'remove twin 0'],
    ['nothing came since it was secured', kept, url, 'test hook 0'],
    ['nothing came in this run', { ...heard, heardAt: at(-5) }, url, 'test hook 0'],
    ['all is well', heard, url, 'test hook 90'],
    ['all is well, and the heart beats every half hour', { ...heard, beatMs: 30 * 60_000 }, url, 'test hook 75'],
    ['it was looked at yesterday', { ...heard, checkedAt: at(-23 * 60) }, url, 'check null 60'],
    ['its address is not wanted any more', heard, null, 'remove hook 0'],
    ['its address has changed', heard, 'https://home.example/other', 'remove hook 0'],
    ['a twin of an address that is not wanted', { twins: ['twin'] }, null, 'remove twin 0'],
    ['something failed', { ...kept, secured: false, failures: 1, failedAt: noon }, url, 'secure hook 1'],
    ['it failed four times', { ...kept, secured: false, failures: 4, failedAt: noon }, url, 'secure hook 8'],
    ['it failed for days', { ...kept, secured: false, failures: 99, failedAt: noon }, url, 'secure hook 360'],
    ['a step succeeded since the last failure', { ...kept, failures: 4, failedAt: null }, url, 'test hook 0'],
  ])('%s', (_name, record, wanted, expected) => {
    expect(next(begin(record, wanted))).toBe(expected);
  });
});

describe('news', () => {
  const told = (record: Partial<Webhook> | null, ...news: WebhookNews[]): TestSite => {
    const site = begin(record);
    site.tell(noon, ...news);
    return site;
  };
  const refused = (step: Extract<WebhookNews, { kind: 'webhook_refused' }>['step']): WebhookNews => ({
    kind: 'webhook_refused',
    step,
    why: 'no',
  });

  it('lead from nothing to a tested subscription', () => {
    const site = begin();
    const steps: (string | null)[] = [next(site)];
    for (const news of [
      { kind: 'webhook_found', id: null, active: false, twins: [] },
      { kind: 'webhook_secured', id: 'hook' },
      { kind: 'webhook_heard', beatAt: null },
      { kind: 'webhook_tested', ok: true, why: null },
    ] as const) {
      site.tell(noon, news);
      steps.push(next(site));
    }
    expect(steps).toEqual(['check null 0', 'create null 0', 'test hook 0', 'test hook 90', 'test hook 90']);
    expect(problemOf(site.view, noon)).toBeNull();
  });

  it('that it exists already lead to a look, and what is found gets a secret of ours', () => {
    const site = told({ checkedAt: noon }, refused('create'));
    expect(next(site)).toBe('check null 1');
    site.tell(at(1), { kind: 'webhook_found', id: 'hook', active: true, twins: [] });
    expect(next(site)).toBe('secure hook 0');
  });

  it('that it is gone lead to a look and a new one', () => {
    expect(next(told(heard, { kind: 'webhook_gone', id: 'hook' }))).toBe('check null 0');
    expect(next(told(heard, { kind: 'webhook_found', id: null, active: false, twins: [] }))).toBe('create null 0');
  });

  it('of a failed test lead to a fresh secret, ever later, and are the problem shown', () => {
    const site = told(heard, { kind: 'webhook_tested', ok: false, why: 'HTTP 502 came back' });
    expect(next(site)).toBe('secure hook 1');
    expect(problemOf(site.view, noon)).toEqual({ code: 'problem_webhooks', params: { why: 'HTTP 502 came back' } });
    site.tell(at(1), { kind: 'webhook_secured', id: 'hook' });
    expect(next(site)).toBe('test hook 0');
    site.tell(at(1), { kind: 'webhook_tested', ok: false, why: 'HTTP 502 came back' });
    expect(next(site)).toBe('secure hook 3');
    site.tell(at(5), { kind: 'webhook_heard', beatAt: null });
    expect(problemOf(site.view, noon)).toBeNull();
  });

  it('of a test that succeeded without being heard here tell of another server', () => {
    const site = begin({ ...heard, heardAt: at(-90) });
    site.put('look', 'webhook', { askedAt: noon, endedAt: null, okAt: null, failures: 0 });
    site.tell(at(1), { kind: 'webhook_tested', ok: true, why: null });
    expect(problemOf(site.view, noon)?.params.why).toMatch(/another server/);
    expect(site.get('webhook', 'webhook')?.hearingSince).toBeNull();
  });

  it('of the removal of a former one leave nothing', () => {
    const site = begin(heard, null);
    site.tell(noon, { kind: 'webhook_refused', step: 'remove', why: 'no' });
    expect(next(site)).toBe('remove hook 1');
    site.tell(noon, { kind: 'webhook_gone', id: 'hook' });
    expect(site.get('webhook', 'webhook')).toBeUndefined();
    // What still arrives of it changes nothing.
    site.tell(noon, { kind: 'webhook_heard', beatAt: null });
    expect(site.get('webhook', 'webhook')).toBeUndefined();
  });

  it('of a refused look at a subscription that is heard are no problem', () => {
    expect(problemOf(told(heard, refused('check')).view, noon)).toBeNull();
  });
});

describe('heartbeats', () => {
  const pauseAfter = (...beats: Instant[]): number | null => {
    const site = begin(heard);
    for (const beatAt of beats) site.tell(noon, { kind: 'webhook_heard', beatAt });
    const { beatMs } = site.get('webhook', 'webhook')!;
    return beatMs === null ? null : beatMs / 60_000;
  };
  it('teach their pause; repeated, late and lost ones hardly disturb it', () => {
    expect(pauseAfter(at(0))).toBeNull();
    expect(pauseAfter(at(0), at(10))).toBe(10);
    expect(pauseAfter(at(0), at(10), at(10), at(5))).toBe(10);
    expect(pauseAfter(at(0), at(10), at(600))).toBe(20);
    expect(pauseAfter(at(0), at(10), at(600), at(610))).toBe(10);
  });
});

describe('silence', () => {
  const silentBy = (site: TestSite, now: Instant): boolean => {
    const draft = new Draft(site.site);
    noticeSilence(draft, now);
    return draft.get('webhook', 'webhook')?.hearingSince === null;
  };
  it('counts once a test had its time', () => {
    const site = begin(heard);
    expect(silentAt(site.view)).toBe(at(100));
    expect(silentBy(site, at(99))).toBe(false);
    expect(silentBy(site, at(100))).toBe(true);
  });
  it('is not concluded from a clock that was set back, nor is hearing', () => {
    expect(silentBy(begin({ ...heard, heardAt: at(3) }), noon)).toBe(true);
    const site = begin(heard);
    site.tell(noon, { kind: 'clock_jumped' });
    expect(site.get('webhook', 'webhook')).toMatchObject({ hearingSince: null, heardAt: null });
    expect(next(site)).toBe('check null 0');
  });
  it('is a problem once something had been heard', () => {
    expect(problemOf(begin({ ...heard, hearingSince: null }).view, noon)?.code).toBe('problem_webhooks_silent');
    expect(problemOf(begin(kept).view, noon)).toBeNull();
  });
});

describe('a step that brings no news', () => {
  it('is not taken again at once', () => {
    const site = begin();
    site.put('look', 'webhook', { askedAt: noon, endedAt: noon, okAt: noon, failures: 0 });
    expect(next(site)).toBe('check null 1');
    site.tell(noon, { kind: 'webhook_found', id: null, active: false, twins: [] });
    expect(next(site)).toBe('create null 0');
  });
});

describe('a new run', () => {
  it('tries at once what failed before', () => {
    const site = begin({ ...kept, secured: false, failures: 9, failedAt: noon });
    site.tell(at(1), { kind: 'started', installation: 'test', instance: 'two' });
    expect(next(site)).toBe('secure hook 0');
  });
});
