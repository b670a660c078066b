// What Home Assistant's Supervisor knows of a broker (home-assistant.md 3.1). Inside the app only.
import { Secret } from '../kernel/secret.ts';

export interface BrokerService {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly username: string | null;
  readonly password: Secret | null;
}

/** The part of `fetch` that is needed. */
export type Ask = (
  url: string,
  init: { readonly headers: Record<string, string>; readonly signal: AbortSignal },
) => Promise<{ readonly ok: boolean; json(): Promise<unknown> }>;

/** @returns null when Home Assistant has no broker, or does not answer now: ask again later. Never throws. */
export async function askForBroker(ask: Ask, token: string, signal: AbortSignal): Promise<BrokerService | null> {
  try {
    const answer = await ask('http://supervisor/services/mqtt', {
      headers: { authorization: `Bearer ${token}` },
      signal,
    });
    return answer.ok ? brokerOf(await answer.json()) : null;
  } catch {
    return null;
  }
}

function brokerOf(answer: unknown): BrokerService | null {
  const data = (answer as { data?: Record<string, unknown> } | null)?.data ?? {};
  const { host, port, ssl, username, password } = data;
  if (typeof host !== 'string' || host === '' || typeof port !== 'number') return null;
  const hasName = typeof username === 'string' && username !== '';
  return {
    host,
    port,
    tls: ssl === true,
    username: hasName ? username : null,
    password: hasName && typeof password === 'string' ? new Secret(password) : null,
  };
}
