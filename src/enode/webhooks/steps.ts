// The steps for our own subscription, each one request (the list perhaps some). Which one is next, the domain says.
import type { LookSubject, WebhookNews } from '../../domain/fact.ts';
import { isSuccess, type Outcome, type Reply } from '../exchange.ts';
import { idText } from '../lenient.ts';
import type { Looking } from '../looks.ts';
import { readPages } from '../pages.ts';
import { shown } from '../text.ts';
import type { Keys } from './keys.ts';

type Step = Extract<LookSubject, { kind: 'webhook' }>;

export interface Subscribing extends Looking {
  /** null = none is wanted: then only a former one can be removed. */
  readonly webhooks: { readonly url: string; readonly keys: Keys } | null;
}

/** Events carry what this version of the API says, whatever the client's default is. */
const VERSION = '2024-10-01';
const EVERYTHING = ['*'];

/** @returns whether the step reached its end, good or bad; its news are told either way */
export async function stepWebhook(its: Subscribing, { step, id }: Step): Promise<boolean> {
  const news = await takeStep(its, step, id);
  its.tell(news.kind === 'webhook_refused' ? { ...news, why: withoutAddress(news.why, its.webhooks?.url) } : news);
  return news.kind !== 'webhook_refused';
}

function takeStep(its: Subscribing, step: Step['step'], id: string | null): Promise<WebhookNews> {
  const { webhooks } = its;
  if (step === 'remove') return remove(its, id ?? '');
  if (webhooks === null) return Promise.resolve(refused(step, 'no address is set'));
  if (step === 'check') return check(its, webhooks.url);
  if (step === 'create') return create(its, webhooks.url, webhooks.keys);
  return step === 'secure' ? secure(its, id ?? '', webhooks.keys) : test(its, id ?? '', webhooks.url);
}

const refused = (step: Step['step'], why: string): WebhookNews => ({ kind: 'webhook_refused', step, why });
const pathOf = (id: string): string => `/webhooks/${encodeURIComponent(id)}`;

/** Ours is what has our address, whoever made it: nobody else can be meant by it. */
async function check(its: Subscribing, url: string): Promise<WebhookNews> {
  const mine: { id: string; active: boolean; isOurVersion: boolean }[] = [];
  const complete = await readPages(its, 'webhook', '/webhooks', (elements) => {
    for (const element of elements) {
      const raw = (element ?? {}) as { id?: unknown; url?: unknown; isActive?: unknown; apiVersion?: unknown };
      const id = idText.safeParse(raw.id);
      if (!id.success || typeof raw.url !== 'string' || URL.parse(raw.url)?.href !== URL.parse(url)?.href) continue;
      mine.push({ id: id.data, active: raw.isActive !== false, isOurVersion: raw.apiVersion === VERSION });
    }
  });
  if (!complete) return refused('check', 'the list of webhooks could not be read');
  const best = mine.find(({ isOurVersion }) => isOurVersion) ?? null;
  const twins = mine.filter((one) => one !== best).map(({ id }) => id);
  return { kind: 'webhook_found', id: best?.id ?? null, active: best?.active ?? false, twins };
}

/** The secret is kept before it leaves: if the answer is lost, the next check finds a subscription that already signs with it. */
async function create(its: Subscribing, url: string, keys: Keys): Promise<WebhookNews> {
  const body = { url, secret: keys.renew(), events: EVERYTHING, apiVersion: VERSION };
  const outcome = await its.call({ kind: 'webhook', method: 'POST', path: '/webhooks', body }, idIn);
  return secured('create', outcome);
}

/** A changed subscription is active again. */
async function secure(its: Subscribing, id: string, keys: Keys): Promise<WebhookNews> {
  const body = { secret: keys.renew(), events: EVERYTHING };
  const outcome = await its.call({ kind: 'webhook', method: 'PATCH', path: pathOf(id), body }, (reply) =>
    reply.status === 404 ? GONE : idIn(reply),
  );
  return outcome.kind === 'answered' && outcome.value === GONE
    ? { kind: 'webhook_gone', id }
    : secured('secure', outcome);
}

const GONE = Symbol('gone');

function secured(step: Step['step'], outcome: Outcome<string | typeof GONE>): WebhookNews {
  if (outcome.kind !== 'answered' || typeof outcome.value !== 'string') return refused(step, outcome.why);
  return { kind: 'webhook_secured', id: outcome.value };
}

async function test(its: Subscribing, id: string, url: string): Promise<WebhookNews> {
  const outcome = await its.call({ kind: 'webhook', method: 'POST', path: `${pathOf(id)}/test` }, (reply) => {
    if (reply.status === 404) return GONE;
    const { status, description, response } = (reply.body ?? {}) as Record<string, unknown>;
    if (!isSuccess(reply.status) || typeof status !== 'string') return null;
    const code = (response as { code?: unknown } | null | undefined)?.code;
    return { ok: status === 'SUCCESS', words: typeof description === 'string' ? description : '', code };
  });
  if (outcome.kind !== 'answered' || outcome.value === null) return refused('test', outcome.why);
  if (outcome.value === GONE) return { kind: 'webhook_gone', id };
  const { ok, words, code } = outcome.value;
  if (ok) return { kind: 'webhook_tested', ok, why: null };
  const told = shown(its.redact(withoutAddress(words, url)), 120);
  const what = typeof code === 'number' ? `HTTP ${code} came back` : told || 'no answer came back';
  return { kind: 'webhook_tested', ok, why: `Enode tried webhook_url and ${what}` };
}

async function remove(its: Subscribing, id: string): Promise<WebhookNews> {
  const outcome = await its.call({ kind: 'webhook', method: 'DELETE', path: pathOf(id) }, ({ status }) =>
    isSuccess(status) || status === 404 ? GONE : null,
  );
  const isGone = outcome.kind === 'answered' && outcome.value === GONE;
  return isGone ? { kind: 'webhook_gone', id } : refused('remove', outcome.why);
}

function idIn({ status, body }: Reply): string | null {
  const id = idText.safeParse((body as { id?: unknown } | null | undefined)?.id);
  return isSuccess(status) && id.success ? id.data : null;
}

/** Texts are shown to people and told to support: where the house can be reached is not for everybody. */
function withoutAddress(text: string, url: string | undefined): string {
  if (url === undefined) return text;
  return text.replaceAll(url, 'webhook_url').replaceAll(new URL(url).host, 'webhook_url');
}
