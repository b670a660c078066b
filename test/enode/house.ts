// A client with a cloud in the same process: what it asked, what it told, what it logged.

import type { AttemptAnswer, CancelAnswer, Fact, LookSubject, RequestEnded } from '../../src/domain/fact.ts';
import { createEnode } from '../../src/enode/client.ts';
import type { Fetch } from '../../src/enode/http.ts';
import { type WireLimits, wireLimits } from '../../src/enode/numbers.ts';
import { type EnodeSettings, resolveEnode } from '../../src/enode/settings.ts';
import type { Keep } from '../../src/enode/webhooks/keys.ts';
import { seededEntropy } from '../../src/kernel/entropy.ts';
import { realWire } from '../../src/kernel/real-clock.ts';
import { SimulatedClock } from '../../src/kernel/simulated-clock.ts';

export const NOON = Date.UTC(2026, 4, 2, 12, 0, 0);
export const CLIENT_SECRET = 'secret-of-the-client';

export const settingsFor = (apiUrl: string): EnodeSettings => {
  const { settings } = resolveEnode({
    client_id: 'client-1',
    client_secret: CLIENT_SECRET,
    environment: 'custom',
    enode_url: apiUrl,
  });
  if (settings === null) throw new Error('settings');
  return settings;
};

export interface Asked {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { date: new Date(NOON).toUTCString(), ...headers } });

export const page = (data: readonly unknown[], after: string | null = null): Response =>
  json({ data, pagination: { after, before: null } });

export const tokenAnswer = (value: string, life = 3599): Response =>
  json({ access_token: value, expires_in: life, scope: '', token_type: 'bearer' });

export function setUp(options: {
  answer?: (asked: Asked) => Response | Promise<Response>;
  token?: (count: number) => Response | Promise<Response>;
  users?: readonly string[];
  language?: 'en' | 'de';
  /** A real address instead of the cloud in the process. */
  apiUrl?: string;
  limits?: Partial<WireLimits>;
  webhookUrl?: string | null;
  keep?: Keep;
}) {
  const clock = new SimulatedClock(NOON);
  const facts: Fact[] = [];
  const logs: string[] = [];
  const asked: Asked[] = [];
  let tokens = 0;
  const fetch: Fetch = (address, init) => {
    const url = new URL(address);
    const one: Asked = { method: init.method, path: url.pathname + url.search, headers: init.headers, body: init.body };
    asked.push(one);
    if (url.pathname === '/oauth2/token') {
      tokens++;
      return options.token?.(tokens) ?? tokenAnswer(`token-${tokens}`);
    }
    return options.answer?.(one) ?? new Response('', { status: 404 });
  };
  const keep = (text: string): void => void logs.push(text);
  const enode = createEnode({
    settings: settingsFor(options.apiUrl ?? 'https://cloud.test'),
    users: options.users ?? ['home'],
    language: options.language ?? 'en',
    clock: { world: clock, wire: realWire },
    log: { debug: keep, info: keep, warn: keep, error: keep },
    tell: (fact) => void facts.push(fact),
    ...(options.apiUrl === undefined ? { fetch } : {}),
    limits: { ...wireLimits, ...options.limits },
    ...(options.keep
      ? {
          webhooks: {
            url: options.webhookUrl ?? null,
            keep: options.keep,
            entropy: seededEntropy(3),
            hide: () => {},
          },
        }
      : {}),
  });
  return {
    enode,
    clock,
    facts,
    logs,
    asked,
    tokens: () => tokens,
    paths: () => asked.filter((one) => one.path !== '/oauth2/token').map((one) => `${one.method} ${one.path}`),
    requests: (): RequestEnded[] => facts.flatMap((fact) => (fact.kind === 'request_ended' ? [fact.request] : [])),
    async look(subject: LookSubject, most = 100): Promise<readonly Fact[]> {
      const from = facts.length;
      enode.look(subject, most);
      await clock.settle();
      return facts.slice(from);
    },
    async send(direction: 'start' | 'stop' = 'start', targetKind: 'vehicle' | 'charger' = 'vehicle') {
      const from = facts.length;
      enode.send({ attempt: 'attempt-1', target: 'car-1', targetKind, direction });
      await clock.settle();
      return onlyAnswer<AttemptAnswer>(facts.slice(from), 'attempt_answered');
    },
    async cancel() {
      const from = facts.length;
      enode.cancel({ attempt: 'attempt-1', target: 'car-1', targetKind: 'vehicle', action: 'action-1' });
      await clock.settle();
      return onlyAnswer<CancelAnswer>(facts.slice(from), 'cancel_answered');
    },
  };
}

function onlyAnswer<T>(facts: readonly Fact[], kind: Fact['kind']): T {
  const found = facts.filter((fact) => fact.kind === kind);
  if (found.length !== 1) throw new Error(`${found.length} facts of kind ${kind}`);
  return (found[0] as unknown as { answer: T }).answer;
}

const can = { isCapable: true, interventionIds: [] };

export const vehicle = (more: Record<string, unknown> = {}, state: Record<string, unknown> = {}) => ({
  id: 'car-1',
  userId: 'home',
  vendor: 'KIA',
  lastSeen: '2026-05-02T11:41:07.000Z',
  isReachable: true,
  information: { vin: 'VIN1', brand: 'Kia', model: 'EV6', year: 2022, displayName: 'Blue car' },
  chargeState: {
    batteryLevel: 57,
    range: 243,
    isPluggedIn: true,
    isCharging: false,
    isFullyCharged: false,
    batteryCapacity: 74,
    chargeLimit: 80,
    chargeRate: null,
    chargeTimeRemaining: null,
    lastUpdated: '2026-05-02T11:41:05.000Z',
    maxCurrent: 16,
    powerDeliveryState: 'PLUGGED_IN:STOPPED',
    pluggedInChargerId: null,
    ...state,
  },
  smartChargingPolicy: { isEnabled: false, deadline: null, minimumChargeLimit: 0 },
  location: { id: null, longitude: 10.72, latitude: 59.91, lastUpdated: '2026-05-02T10:02:11.000Z' },
  odometer: { distance: 41877, lastUpdated: '2026-05-02T10:02:11.000Z' },
  capabilities: {
    information: can,
    chargeState: can,
    location: can,
    odometer: can,
    setMaxCurrent: { isCapable: false, interventionIds: [] },
    startCharging: { isCapable: false, interventionIds: ['fix-1'] },
    stopCharging: can,
    smartCharging: can,
  },
  scopes: ['vehicle:read:data', 'vehicle:control:charging'],
  ...more,
});

export const charger = (more: Record<string, unknown> = {}, state: Record<string, unknown> = {}) => ({
  id: 'box-1',
  userId: 'home',
  vendor: 'EASEE',
  lastSeen: '2026-05-02T11:41:07.000Z',
  isReachable: true,
  chargeState: {
    isPluggedIn: true,
    isCharging: true,
    chargeRate: 7.2,
    lastUpdated: '2026-05-02T11:40:58.000Z',
    maxCurrent: 32,
    powerDeliveryState: 'PLUGGED_IN:CHARGING',
    pluggedInVehicleId: 'car-1',
    ...state,
  },
  information: { brand: 'Easee', model: 'Home', year: null, serialNumber: 'EH1' },
  location: { id: 'place-1', lastUpdated: '2026-04-30T09:00:00.000Z' },
  capabilities: {
    information: can,
    chargeState: can,
    startCharging: can,
    stopCharging: can,
    setMaxCurrent: can,
    setChargeRateLimit: { ...can, allowedRange: { kW: { min: 1.4, max: 22 } } },
  },
  scopes: ['charger:read:data'],
  ...more,
});

export const action = (more: Record<string, unknown> = {}) => ({
  id: 'action-1',
  userId: 'home',
  createdAt: '2026-05-02T11:59:58.000Z',
  updatedAt: '2026-05-02T11:59:59.000Z',
  completedAt: null,
  state: 'PENDING',
  targetId: 'car-1',
  targetType: 'vehicle',
  kind: 'START',
  failureReason: null,
  ...more,
});
