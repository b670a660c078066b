// The stage of the stories: one home and one cloud, for clients with Enode's help on, with ids only, and off; told by requests alone.
import { expect } from 'vitest';
import type { Settings } from '../../src/domain/settings.ts';
import { type WholeHouse, wholeHouse } from '../house/support.ts';
import type { Help } from '../support/charger-cases.ts';
import { walkThrough } from '../support/link-ui.ts';

export { type Help, helps } from '../support/charger-cases.ts';

/** `on`: the full solution. `ids`: the features released before. `off`: Enode names no pair at any new plug-in, our own matcher does. */
const switches: Readonly<Record<Help, object>> = {
  on: { unlocking: true, orchestration: true, detects: true },
  ids: { unlocking: false, orchestration: false, detects: true },
  off: { unlocking: false, orchestration: false, detects: false },
};

type Answer = {
  readonly status: 'ok' | 'error';
  readonly data: Readonly<Record<string, unknown>>;
  readonly error: { readonly code: string; readonly message: string };
};

export interface Story extends WholeHouse {
  ask(verb: string, data: object): Promise<Answer & Readonly<Record<string, unknown>>>;
  set(id: string, key: string, payload: string, kind?: 'vehicle' | 'charger'): Promise<void>;
  /** Links by verb, and clicks through Enode's pages as the owner of the newcomer's account. */
  link(type: 'vehicle' | 'charger', vendor: string): Promise<void>;
  /** A hand in the world or at the vendor. */
  car(id: string, body: object): Promise<unknown>;
  box(id: string, body: object): Promise<unknown>;
  /** Somebody else with the same Enode client asks its API. */
  api(method: string, path: string, body: unknown): Promise<Readonly<Record<string, unknown>>>;
  refresh(): Promise<void>;
  /** As the referee is told: a person wants it of this device. */
  want(subject: string, want: 'START' | 'STOP'): Promise<unknown>;
  /** The cable out and in again, so that all devices saw it move; the wallbox waits for a word then. */
  plugAnew(car: string, box: string): Promise<void>;
  /** A person switches it on, and it charges. */
  charge(car: string): Promise<void>;
  /** `START vehicles`, `STOP chargers` …: what the daemon asked of the cloud, in order. */
  asked(): string[];
}

/** A client without Enode's full solution is controlled by our own routing, as the product asks its owner to choose. */
export async function storyOf(
  help: Help,
  options: { readonly scenario?: string; readonly settings?: Partial<Settings> } = {},
): Promise<Story> {
  const control = help === 'on' ? 'enode' : 'local';
  const house = await wholeHouse({ ...options, client: switches[help], settings: { control, ...options.settings } });
  const patch = (path: string, body: object) => house.control('PATCH', path, body);
  const story: Story = Object.assign(Object.create(house) as WholeHouse, {
    ask: async (verb: string, data: object) => (await house.ask(verb, data)) as never,
    set: (id: string, key: string, payload: string, kind: 'vehicle' | 'charger' = 'vehicle') =>
      house.send(`enode2mqtt/${kind}/${id}/${key}/set`, payload),
    link: async (type: 'vehicle' | 'charger', vendor: string) => {
      const { data } = await story.ask('link', { type, vendor });
      const username = `home-${vendor.toLowerCase()}@example.com`;
      await walkThrough((url, init) => house.simulator.app.request(url, init), String(data.link_url), { username });
      await house.advance(30);
    },
    car: (id: string, body: object) => patch(`/vehicles/${id}`, body),
    box: (id: string, body: object) => patch(`/chargers/${id}`, body),
    api: (method: string, path: string, body: unknown) => api(house, method, path, body),
    refresh: async () => {
      await house.send('enode2mqtt/bridge/refresh/set', 'PRESS');
      await house.advance(20);
    },
    want: (subject: string, want: 'START' | 'STOP') =>
      house.control('POST', '/wishes', { subject, want, origin: 'person' }),
    plugAnew: async (car: string, box: string) => {
      await story.car(car, { cable: null });
      await house.advance(1_500);
      await story.car(car, { cable: box });
      await story.box(box, { stopped: true });
      // R5: this client once saw an id, so a missing one means "not yet" for 15 min; then our matcher may.
      await house.advance(help === 'off' ? 1_500 : 900);
    },
    charge: async (car: string) => {
      await story.want(car, 'START');
      await story.set(car, 'charging', 'ON');
      await house.advance(600);
      expect(house.vehicle(car)).toMatchObject({ charging: true, command: 'confirmed' });
    },
    asked: () =>
      house.commands().map(({ path, body }) => `${(body as { action: string }).action} ${path.split('/')[1]}`),
  });
  await house.advance(60);
  return story;
}

async function api(house: WholeHouse, method: string, path: string, body: unknown) {
  const ask = async (to: string, init: RequestInit): Promise<Readonly<Record<string, unknown>>> => {
    const answer = await house.simulator.app.request(`http://enode.test${to}`, init);
    if (!answer.ok) throw new Error(`${to}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  };
  const { access_token: token } = await ask('/oauth2/token', {
    method: 'POST',
    headers: {
      authorization: `Basic ${btoa('demo:demo-secret')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
  });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return ask(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
}
