// What is learnt of the webhook subscription: steps that were taken for it, deliveries that came, and silence.
import { silentAt } from '../acting/subscription.ts';
import type { Draft } from '../draft.ts';
import type { WebhookNews } from '../fact.ts';
import type { Instant } from '../instant.ts';
import { numbers } from '../numbers.ts';
import { newWebhook, type Webhook, webhookOf } from './webhook.ts';

const put = (draft: Draft, record: Webhook | null): void => draft.put('webhook', 'webhook', record);

export function learnWebhook(draft: Draft, news: WebhookNews, at: Instant): void {
  learnNews(draft, news, at);
  const held = draft.get('webhook', 'webhook');
  if (held && news.kind !== 'webhook_heard') put(draft, { ...held, isTold: true });
}

function learnNews(draft: Draft, news: WebhookNews, at: Instant): void {
  const url = draft.settings.webhookUrl;
  if (news.kind === 'webhook_gone') return gone(draft, news.id);
  if (url === null) return news.kind === 'webhook_refused' ? refuseLeaving(draft, news.why, at) : undefined;
  const held = webhookOf(draft) ?? newWebhook(url);
  switch (news.kind) {
    case 'webhook_heard':
      return put(draft, {
        ...held,
        ...beat(held, news.beatAt),
        active: true,
        hearingSince: held.hearingSince ?? at,
        heardAt: at,
        failures: 0,
        failedAt: null,
        why: null,
      });
    case 'webhook_found': {
      const { id, active, twins } = news;
      const isSame = id !== null && id === held.id;
      const hearingSince = isSame && active ? held.hearingSince : null;
      const secured = held.secured && isSame;
      return put(draft, { ...held, id, twins, active, hearingSince, secured, checkedAt: at, failedAt: null });
    }
    case 'webhook_secured':
      return put(draft, { ...held, id: news.id, secured: true, active: true, securedAt: at, failedAt: null });
    case 'webhook_tested':
      return tested(draft, held, news, at);
    case 'webhook_refused':
      // What cannot be made or changed may have changed itself: it is looked for again.
      return put(draft, { ...failed(held, news.why, at), checkedAt: news.step === 'check' ? held.checkedAt : null });
    default:
      return news satisfies never;
  }
}

const failed = (held: Webhook, why: string, at: Instant): Webhook => ({
  ...held,
  failures: held.failures + 1,
  failedAt: at,
  why,
});

/** Enode says what it reached; whether that was us, our own ears say. What was not reached gets a fresh secret before the next try. */
function tested(
  draft: Draft,
  held: Webhook,
  { ok, why }: Extract<WebhookNews, { kind: 'webhook_tested' }>,
  at: Instant,
): void {
  const askedAt = draft.get('look', 'webhook')?.askedAt ?? at;
  if (ok && held.heardAt !== null && held.heardAt >= askedAt) return put(draft, { ...held, failedAt: null });
  const clause = ok ? 'another server answers at webhook_url, nothing arrives here' : (why ?? 'the test failed');
  put(draft, { ...failed(held, clause, at), secured: false, hearingSince: null });
}

/** Removed, or not known to Enode any more. Of an address that is not wanted nothing is kept then. */
function gone(draft: Draft, id: string): void {
  const held = draft.get('webhook', 'webhook');
  if (!held) return;
  const isIt = held.id === id;
  const twins = held.twins.filter((twin) => twin !== id);
  const rest: Webhook = isIt
    ? { ...held, twins, id: null, secured: false, active: false, hearingSince: null, checkedAt: null, failedAt: null }
    : { ...held, twins, failedAt: null };
  put(draft, rest.url !== draft.settings.webhookUrl && rest.id === null && twins.length === 0 ? null : rest);
}

/** The removal of one that is not wanted any more failed: it is tried again later. */
function refuseLeaving(draft: Draft, why: string, at: Instant): void {
  const held = draft.get('webhook', 'webhook');
  if (held) put(draft, failed(held, why, at));
}

/** The pause between two heartbeats: a shorter one counts at once, a longer one (one was lost) by and by. */
function beat(held: Webhook, at: Instant | null): Pick<Webhook, 'beatAt' | 'beatMs'> {
  const { beatAt, beatMs } = held;
  if (at === null || (beatAt !== null && at <= beatAt)) return { beatAt, beatMs };
  const pause = beatAt === null ? null : at - beatAt;
  return { beatAt: at, beatMs: pause === null ? beatMs : Math.min(pause, 2 * (beatMs ?? pause)) };
}

/** Too long without any delivery: nothing may be concluded from silence any more. */
export function noticeSilence(draft: Draft, now: Instant): void {
  const held = webhookOf(draft);
  const until = silentAt(draft);
  if (held === null || until === null) return;
  const isAhead = held.heardAt !== null && held.heardAt > now + numbers.clockAgreementMs;
  if (now >= until || isAhead) put(draft, { ...held, hearingSince: null });
}

/** A step is taken: what was told before is no news of it. */
export function beginStep(draft: Draft): void {
  const held = draft.get('webhook', 'webhook');
  if (held?.isTold) put(draft, { ...held, isTold: false });
}

/** A new run tries again at once what failed before. What was told while nobody listened comes again, but who knows when. */
export function startWebhook(draft: Draft, at: Instant): void {
  const held = draft.get('webhook', 'webhook');
  if (held) put(draft, { ...held, failedAt: null, hearingSince: held.hearingSince === null ? null : at });
}

/** Our clock jumped: when something was heard means nothing on the new one. */
export function jumpWebhook(draft: Draft): void {
  const held = draft.get('webhook', 'webhook');
  if (!held) return;
  put(draft, { ...held, hearingSince: null, heardAt: null, checkedAt: null, securedAt: null, failedAt: null });
}
