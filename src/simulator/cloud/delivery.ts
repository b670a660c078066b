// Carrying webhook events to their receivers (12.2): batches, signature, 5 s to answer, retries at growing intervals, giving up.
import { createHmac } from 'node:crypto';
import { backoffAfter } from '../../kernel/backoff.ts';
import type { WireClock } from '../../kernel/clock.ts';
import { messageOf } from '../../kernel/errors.ts';
import type { Faults, WebhookFault } from './faults.ts';
import { BATCH_MOST, DELIVERY_TIMEOUT_MS, GATHER_MS, QUEUE_MOST, RETRY_FIRST_MS, RETRY_MOST_MS } from './numbers.ts';
import type { Client, Clients, Webhook } from './state.ts';

/** How a delivery leaves the cloud; the shape of `fetch`. */
export type Deliver = (url: string, init: RequestInit) => Promise<Response>;

interface DeliveryResult {
  readonly ok: boolean;
  readonly description: string;
  readonly response: { readonly code: number; readonly body: string; readonly headers: readonly string[] } | null;
}

export interface Delivery {
  enqueue(client: Client, webhook: Webhook, event: unknown): void;
  /** One delivery now, past the queue; a success reactivates. */
  direct(webhook: Webhook, event: unknown): Promise<DeliveryResult>;
  /** Begins anew after a change of the webhook: what waits goes out now. */
  revive(client: Client, webhook: Webhook): void;
  /** Ends retries and forgets what waits. */
  drop(webhook: Webhook): void;
  stop(): void;
}

const RETRY = { first: RETRY_FIRST_MS, most: RETRY_MOST_MS, factor: 2, jitter: 0 };
/** Reordering needs more than one event to show. */
const REORDER_GATHER_MS = 30_000;

export function createDelivery(cloud: Clients, faults: Faults, wire: WireClock, deliver: Deliver): Delivery {
  const { clock, entropy } = cloud;
  let stopped = false;

  const post = async (webhook: Webhook, events: readonly unknown[], id: string): Promise<DeliveryResult> => {
    const body = JSON.stringify(events);
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      'user-agent': 'Enode',
      'x-enode-delivery': id,
      'x-enode-signature': `sha1=${createHmac('sha1', webhook.secret).update(body).digest('hex')}`,
    };
    if (webhook.authentication) headers[webhook.authentication.headerName] = webhook.authentication.headerValue;
    const abort = new AbortController();
    const late = new Promise<never>((_, reject) => {
      abort.signal.addEventListener('abort', () => reject(new Error('No answer within 5 seconds.')));
    });
    const cancel = wire.alarm('webhook timeout', DELIVERY_TIMEOUT_MS, () => abort.abort());
    try {
      const call = deliver(webhook.url, { method: 'POST', headers, body, signal: abort.signal, redirect: 'manual' });
      const answer = await Promise.race([call, late]);
      const text = (await Promise.race([answer.text(), late])).slice(0, 1000);
      const response = { code: answer.status, body: text, headers: [...answer.headers].map(([k, v]) => `${k}: ${v}`) };
      const ok = answer.status >= 200 && answer.status < 300;
      return { ok, description: ok ? 'Delivered.' : `The receiver answered ${answer.status}.`, response };
    } catch (thrown) {
      return { ok: false, description: messageOf(thrown), response: null };
    } finally {
      cancel();
    }
  };

  const succeeded = (webhook: Webhook): void => {
    webhook.failures = 0;
    webhook.failingSince = null;
    webhook.isActive = true;
    webhook.lastSuccess = clock.now();
  };

  const arm = (client: Client, webhook: Webhook, ms: number): void => {
    if (webhook.cancel || webhook.busy || stopped) return;
    const fault = faults.take('webhooks', webhook.url);
    const wait =
      fault?.mode === 'late' ? ms + fault.delay * 1000 : fault?.mode === 'outOfOrder' ? ms + REORDER_GATHER_MS : ms;
    webhook.cancel = clock.alarm('webhook delivery', clock.now() + wait, () => {
      webhook.cancel = undefined;
      webhook.busy = true;
      void clock.during(flush(client, webhook, fault?.mode));
    });
  };

  const flush = async (client: Client, webhook: Webhook, fault: WebhookFault | undefined): Promise<void> => {
    const batch = webhook.queue.slice(0, BATCH_MOST);
    const id = entropy.uuid();
    const events = fault === 'outOfOrder' ? batch.toReversed() : batch;
    const result = fault === 'lost' ? { ok: true } : await post(webhook, events, id);
    if (fault === 'twice') await post(webhook, events, id);
    webhook.busy = false;
    if (stopped || !client.webhooks.get(webhook.id)) return;
    if (result.ok) {
      webhook.queue.splice(0, batch.length);
      if (fault !== 'lost') succeeded(webhook);
      if (webhook.queue.length) arm(client, webhook, 0);
      return;
    }
    webhook.failures++;
    webhook.failingSince ??= clock.now();
    if (clock.now() - webhook.failingSince >= client.switches.webhookPatienceSeconds * 1000) {
      webhook.queue.length = 0;
      webhook.isActive = false;
    } else arm(client, webhook, backoffAfter(webhook.failures, RETRY, entropy));
  };

  return {
    enqueue(client, webhook, event) {
      if (!webhook.isActive || stopped) return;
      if (webhook.queue.length < QUEUE_MOST) webhook.queue.push(event);
      arm(client, webhook, GATHER_MS);
    },
    async direct(webhook, event) {
      const result = await clock.during(post(webhook, [event], entropy.uuid()));
      if (result.ok) succeeded(webhook);
      return result;
    },
    revive(client, webhook) {
      webhook.cancel?.();
      webhook.cancel = undefined;
      webhook.failures = 0;
      webhook.failingSince = null;
      webhook.isActive = true;
      if (webhook.queue.length) arm(client, webhook, GATHER_MS);
    },
    drop(webhook) {
      webhook.cancel?.();
      webhook.cancel = undefined;
      webhook.queue.length = 0;
    },
    stop() {
      stopped = true;
      for (const client of cloud.byId.values())
        for (const webhook of client.webhooks.all()) {
          webhook.cancel?.();
          webhook.cancel = undefined;
        }
    },
  };
}
