// A tiny world for tests of the cloud: reports are set by hand, commands are noted, nothing happens by itself.

import type { WireClock } from '../../../src/kernel/clock.ts';
import { seededEntropy } from '../../../src/kernel/entropy.ts';
import { SimulatedClock } from '../../../src/kernel/simulated-clock.ts';
import { createCloud } from '../../../src/simulator/cloud/cloud.ts';
import type {
  AssetKind,
  CapabilityState,
  ChargerReport,
  CloudSeed,
  DeviceCommand,
  OwnCapability,
  SimulatedAsset,
  SimulatedCharger,
  SimulatedVehicle,
  TakenCommand,
  VehicleReport,
  VendorAccount,
} from '../../../src/simulator/types.ts';

export const START = Date.UTC(2026, 4, 4, 18, 0, 0);
export const MINUTE = 60_000;
export const HOME = { latitude: 59.91, longitude: 10.72 };

export const CAR = '6b1f7c1e-0a52-4a0e-9b0a-5f6f0a3c1d11';
export const CAR2 = '6b1f7c1e-0a52-4a0e-9b0a-5f6f0a3c1d12';
export const BOX = '2d0f3a50-77aa-4c55-8a11-0a0b0c0d0e01';
export const BOX2 = '2d0f3a50-77aa-4c55-8a11-0a0b0c0d0e02';

const can: CapabilityState = { capable: true, interventions: [] };
export const never: CapabilityState = { capable: false, interventions: [] };

interface Device<R> {
  sent: DeviceCommand[];
  hints: number;
  refuses: string | undefined;
  now: R;
  own: Record<OwnCapability, CapabilityState>;
}
export type TestVehicle = SimulatedVehicle & Device<VehicleReport>;
export type TestCharger = SimulatedCharger & Device<ChargerReport>;

function device<R>(id: string, kind: AssetKind, vendor: string, account: string, now: R) {
  const own = { startCharging: can, stopCharging: can, location: can, setMaxCurrent: can, setChargeRateLimit: can };
  const it = {
    identity: {
      id,
      kind,
      vendor,
      account,
      brand: vendor,
      model: 'Model',
      year: 2022,
      serial: `SN-${id.slice(-4)}`,
      displayName: `My ${kind}`,
    },
    capabilities: () => it.own,
    rateLimitRange: { min: 1.4, max: 22 },
    commandWindow: { window: 10 * MINUTE, every: MINUTE },
    sent: [] as DeviceCommand[],
    hints: 0,
    refuses: undefined as string | undefined,
    now,
    own: own as Record<OwnCapability, CapabilityState>,
    report: () => it.now,
    send(command: DeviceCommand) {
      it.sent.push(command);
      return it.refuses === undefined ? {} : { refused: it.refuses };
    },
    hint() {
      it.hints++;
    },
  };
  return it;
}

export const carReport = (at: number, more: Partial<VehicleReport> = {}): VehicleReport => ({
  powerState: 'UNPLUGGED',
  batteryLevel: 57,
  range: 243,
  batteryCapacity: 74,
  chargeLimit: 80,
  chargeRate: null,
  chargeTimeRemaining: null,
  maxCurrent: 16,
  stateUpdated: at,
  position: null,
  positionUpdated: null,
  odometer: 41_877,
  odometerUpdated: at,
  reachable: true,
  lastSeen: at,
  ...more,
});

export const boxReport = (at: number, more: Partial<ChargerReport> = {}): ChargerReport => ({
  powerState: 'UNPLUGGED',
  chargeRate: null,
  maxCurrent: 32,
  rateLimit: null,
  stateUpdated: at,
  reachable: true,
  lastSeen: at,
  ...more,
});

export const sandClient: CloudSeed['clients'][number] = {
  id: 'client-1',
  secret: 'client-secret',
  unlocking: true,
  orchestration: true,
  enhancedChargeRate: false,
  detectionSeconds: 60,
  detects: true,
  quota: 100,
};

export interface Delivered {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly events: readonly Record<string, unknown>[];
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads answers as a stranger would
type Answer = Omit<Response, 'json'> & { json(): Promise<any> };

interface Wish {
  client?: Partial<CloudSeed['clients'][number]>;
  kinds?: readonly AssetKind[];
  linked?: boolean;
  /** Extra cars in one account, for lists. */
  crowd?: number;
  second?: boolean;
  pairs?: CloudSeed['pairs'];
}

export function stage(wish: Wish = {}) {
  const clock = new SimulatedClock(START);
  const vehicles = new Map<string, TestVehicle>();
  const chargers = new Map<string, TestCharger>();
  const car = device(CAR, 'vehicle', 'KIA', 'kia-1', carReport(START)) as TestVehicle;
  const car2 = device(CAR2, 'vehicle', 'XPENG', 'xpeng-1', carReport(START)) as TestVehicle;
  const box = device(BOX, 'charger', 'EASEE', 'easee-1', boxReport(START)) as TestCharger;
  const box2 = device(BOX2, 'charger', 'ZAPTEC', 'zaptec-1', boxReport(START)) as TestCharger;
  for (const one of wish.second ? [car, car2] : [car]) vehicles.set(one.identity.id, one);
  for (const one of wish.second ? [box, box2] : [box]) chargers.set(one.identity.id, one);
  for (let i = 0; i < (wish.crowd ?? 0); i++) {
    const id = `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
    vehicles.set(id, device(id, 'vehicle', 'KIA', 'kia-1', carReport(START)) as TestVehicle);
  }
  const accounts: VendorAccount[] = [
    { id: 'kia-1', vendor: 'KIA', username: 'kim', password: 'kia-pass' },
    { id: 'xpeng-1', vendor: 'XPENG', username: 'xi', password: 'xp-pass' },
    { id: 'easee-1', vendor: 'EASEE', username: 'ea', password: 'ea-pass' },
    { id: 'zaptec-1', vendor: 'ZAPTEC', username: 'za', password: 'za-pass' },
  ];
  let listener: (asset: SimulatedAsset) => void = () => {};
  const taken: TakenCommand[] = [];
  const delivered: Delivered[] = [];
  const receiver = { answer: (): Response | Promise<Response> => new Response('ok') };
  const wireAlarms: (() => void)[] = [];
  const wire: WireClock = {
    now: () => 0,
    alarm: (_name, _ms, ring) => {
      wireAlarms.push(ring);
      return () => void wireAlarms.splice(wireAlarms.indexOf(ring), 1);
    },
    sleep: () => Promise.resolve(),
  };
  const kinds = wish.kinds ?? ['vehicle', 'charger'];
  const links = accounts
    .filter(({ id }) => wish.second || !['xpeng-1', 'zaptec-1'].includes(id))
    .map(({ id }) => ({ client: 'client-1', user: 'house-1', account: id, kinds }));
  const seed: CloudSeed = {
    clients: [
      { ...sandClient, ...wish.client },
      { ...sandClient, id: 'client-2', secret: 'other-secret' },
    ],
    links:
      wish.linked === false
        ? []
        : links.filter(({ account }) => kinds.includes(/kia|xp/.test(account) ? 'vehicle' : 'charger')),
    ...(wish.pairs ? { pairs: wish.pairs } : {}),
    locations:
      wish.linked === false
        ? []
        : [
            {
              client: 'client-1',
              user: 'house-1',
              name: 'Home',
              position: HOME,
              timezone: 'Europe/Oslo',
              chargers: [BOX, BOX2],
            },
          ],
  };
  const cloud = createCloud(
    {
      clock,
      entropy: seededEntropy(7),
      vehicles: () => vehicles,
      chargers: () => chargers,
      accounts: () => accounts,
      onReport: (told) => {
        listener = told;
      },
      commandTaken: (command) => void taken.push(command),
    },
    seed,
    async (url, init) => {
      const body = String(init.body);
      delivered.push({
        url,
        body,
        headers: init.headers as Record<string, string>,
        events: JSON.parse(body) as Record<string, unknown>[],
      });
      return receiver.answer();
    },
    wire,
  );

  let bearer = '';
  const token = async (id = 'client-1', secret = 'client-secret'): Promise<Response> =>
    cloud.app.request('/oauth2/token', {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
    });
  const login = async (id?: string, secret?: string): Promise<void> => {
    bearer = ((await (await token(id, secret)).json()) as { access_token: string }).access_token;
  };
  const call = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    if (!bearer) await login();
    return cloud.app.request(path, {
      method,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  };
  // biome-ignore lint/suspicious/noExplicitAny: a test reads answers as a stranger would
  const json = async (method: string, path: string, body?: unknown): Promise<any> =>
    (await call(method, path, body)).json();

  const carSays = (more: Partial<VehicleReport>, which = car): void => {
    which.now = { ...which.now, stateUpdated: clock.now(), lastSeen: clock.now(), ...more };
    listener(which);
  };
  const boxSays = (more: Partial<ChargerReport>, which = box): void => {
    which.now = { ...which.now, stateUpdated: clock.now(), lastSeen: clock.now(), ...more };
    listener(which);
  };
  /** Both report the cable, and the pair is found. */
  const pairUp = async (): Promise<void> => {
    await clock.advance(MINUTE);
    boxSays({ powerState: 'STOPPED' });
    carSays({ powerState: 'STOPPED' });
    await clock.advance(2 * MINUTE);
  };
  /** A device that came to the world after the start. */
  const arrive = (id: string): TestVehicle => {
    const late = device(id, 'vehicle', 'KIA', 'kia-1', carReport(clock.now())) as TestVehicle;
    vehicles.set(id, late);
    return late;
  };
  return {
    arrive,
    ...cloud,
    clock,
    car,
    car2,
    box,
    box2,
    vehicles,
    chargers,
    taken,
    delivered,
    receiver,
    wireAlarms,
    token,
    login,
    call,
    json,
    carSays,
    boxSays,
    pairUp,
  };
}
