// Telling webhooks what happened (12.3). No change, no event; a client without webhooks costs nothing.
import type { Delivery } from './delivery.ts';
import { API_VERSION } from './numbers.ts';
import { type Action, type Client, type Clients, iso, type Linked, type User, type Webhook } from './state.ts';
import { actionView, viewOf } from './views.ts';

export interface Events {
  emit(client: Client, event: string, user: User | null, fields: Readonly<Record<string, unknown>>): void;
  /** Compares the asset with what was told last; emits `…:updated` when it differs. */
  changed(linked: Linked): void;
  discovered(linked: Linked): void;
  deleted(linked: Linked): void;
  action(action: Action, updatedFields: readonly string[]): void;
  /** Remembers how every asset looks now: the start of the first webhook. */
  baseline(client: Client): void;
  /** One event for one webhook as it goes over the wire. */
  compose(webhook: Webhook, event: string, user: User | null, fields: Readonly<Record<string, unknown>>): unknown;
}

/** These move with every report; alone they are no change of state. */
const RESTLESS = /^(lastSeen|.*\.lastUpdated)$/;

export function createEvents(cloud: Clients, delivery: Delivery): Events {
  const compose: Events['compose'] = (webhook, event, user, fields) => ({
    event,
    version: webhook.apiVersion ?? API_VERSION,
    createdAt: iso(cloud.clock.now()),
    ...(user ? { user: { id: user.id } } : {}),
    ...fields,
  });

  const emit: Events['emit'] = (client, event, user, fields) => {
    for (const webhook of client.webhooks.all())
      if (webhook.events.includes('*') || webhook.events.includes(event))
        delivery.enqueue(client, webhook, compose(webhook, event, user, fields));
  };

  const asset = (linked: Linked, what: string, more: Readonly<Record<string, unknown>>): void =>
    emit(linked.user.client, `user:${linked.kind}:${what}`, linked.user, more);

  return {
    emit,
    compose,
    changed(linked) {
      if (!linked.user.client.webhooks.size) return;
      const now = viewOf(linked);
      const updatedFields = differences(linked.told, now);
      if (updatedFields.every((path) => RESTLESS.test(path))) return;
      linked.told = now;
      asset(linked, 'updated', { [linked.kind]: now, updatedFields });
    },
    discovered(linked) {
      if (!linked.user.client.webhooks.size) return;
      linked.told = viewOf(linked);
      asset(linked, 'discovered', { [linked.kind]: linked.told });
    },
    deleted(linked) {
      if (linked.user.client.webhooks.size) asset(linked, 'deleted', { [linked.kind]: viewOf(linked) });
    },
    action(action, updatedFields) {
      const { client } = action.target.user;
      if (!client.webhooks.size) return;
      const fields = { vendorAction: actionView(action), updatedFields };
      emit(client, 'user:vendor-action:updated', action.target.user, fields);
      if ('value' in action.order) return;
      const twin = { chargeAction: actionView(action), updatedFields };
      emit(client, 'user:charge-action:updated', action.target.user, twin);
    },
    baseline(client) {
      for (const one of client.vehicles.all()) one.told = viewOf(one);
      for (const one of client.chargers.all()) one.told = viewOf(one);
    },
  };
}

/** Dotted paths of the leaves that differ. */
export function differences(before: unknown, after: unknown, path = ''): string[] {
  if (before === after) return [];
  if (!isRecord(before) || !isRecord(after)) return JSON.stringify(before) === JSON.stringify(after) ? [] : [path];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => differences(before[key], after[key], path ? `${path}.${key}` : key));
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
