// One request to the daemon: the same verbs, bodies and answers as over MQTT.

export interface Fault {
  readonly code: string;
  readonly message: string;
  readonly field?: string;
}

/** What unlinking does to one device. */
export interface Consequence {
  readonly id: string;
  readonly kind: 'vehicle' | 'charger';
  readonly name: string;
  readonly effect: string;
}

export type Answer =
  | { readonly status: 'ok'; readonly data: Readonly<Record<string, unknown>> }
  | { readonly status: 'error'; readonly error: Fault; readonly data?: Readonly<Record<string, unknown>> };

export type Body = Readonly<Record<string, unknown>>;

/** Never rejects. @param unreachable the sentence for no answer at all */
export async function ask(verb: string, body: Body, unreachable: string): Promise<Answer> {
  try {
    const response = await fetch(`api/request/${encodeURIComponent(verb)}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await response.json()) as Answer;
  } catch {
    // No connection, or a proxy's page in place of our JSON.
    return { status: 'error', error: { code: 'unreachable', message: unreachable } };
  }
}
