// A simulator in memory with a client's and a person's hands.
import { SimulatedClock } from '../../../src/kernel/simulated-clock.ts';
import { idIn } from '../../../src/simulator/scenarios/scenario.ts';
import { createSimulator } from '../../../src/simulator/simulator.ts';
import { START } from '../world/support.ts';

export const BLUE = idIn('home', 'blue');
export const WHITE = idIn('home', 'white');
export const GARAGE = idIn('home', 'garage');
export const CARPORT = idIn('home', 'carport');

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the JSON holds
  readonly body: any;
}

export function simulatorOf(scenario = 'home', seed = 1) {
  const clock = new SimulatedClock(START);
  const simulator = createSimulator({ clock, scenario, seed, deliver: async () => new Response(null) });
  const call = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
    signal?: AbortSignal,
  ): Promise<Answer> => {
    const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    const response = await simulator.app.request(path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(text === undefined ? {} : { body: text }),
      ...(signal ? { signal } : {}),
    });
    const answer = await response.text();
    return { status: response.status, body: parsed(answer) };
  };
  let token: string | undefined;
  /** A call of the demo client to the cloud. */
  const api = async (method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Answer> => {
    if (token === undefined) {
      const basic = `Basic ${Buffer.from('demo:demo-secret').toString('base64')}`;
      const form = { authorization: basic, 'content-type': 'application/x-www-form-urlencoded' };
      token = (await call('POST', '/oauth2/token', 'grant_type=client_credentials', form)).body.access_token;
    }
    return call(method, path, body, { authorization: `Bearer ${token}` }, signal);
  };
  const command = (kind: 'vehicles' | 'chargers', id: string, action: 'START' | 'STOP') =>
    api('POST', `/${kind}/${id}/charging`, { action });
  const breaches = async (): Promise<string[]> =>
    (await call('GET', '/control/verdict')).body.breaches.map((breach: { code: string }) => breach.code);
  /** As after a restart of the client. */
  const forgetToken = (): void => {
    token = undefined;
  };
  return { clock, simulator, call, api, command, breaches, forgetToken };
}

/** What a spoiled answer holds is no JSON. */
function parsed(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return text;
  }
}
