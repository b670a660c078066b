// The loop with many assets and the publisher behind it: CPU of one fact from being told to the text that MQTT sends. No store, no
// cloud and no broker, and a clock that stands still.

import { builtInBrands } from '../src/config/brands.ts';
import { instant } from '../src/domain/instant.ts';
import type { ChargerReport, Flags, VehicleReport } from '../src/domain/report.ts';
import type { Settings } from '../src/domain/settings.ts';
import { silentLog } from '../src/kernel/log.ts';
import { realWire } from '../src/kernel/real-clock.ts';
import { SimulatedClock } from '../src/kernel/simulated-clock.ts';
import { createLoop, type Loop } from '../src/loop/loop.ts';
import { createPublisher } from '../src/mqtt/publisher.ts';
import { createTopics } from '../src/mqtt/topics.ts';
import { sentence } from '../src/words/sentence.ts';
import { serve } from './parts/child.ts';

const START = Date.UTC(2026, 5, 15);
const able = { capable: true, interventions: [] };
const flags: Flags = { start: able, stop: able, locate: able, smart_charge: able, max_current: null, rate_limit: null };
const common = {
  vendor: 'KIA',
  brand: 'Kia',
  model: 'EV6',
  year: 2024,
  serial: null,
  reachable: true,
  flags,
  scopes: null,
};

const userOf = (n: number): string => `user-${n >> 1}`;

function vehicleOf(n: number, round: number, at: number): VehicleReport {
  const charge = { power: 'stopped', plugged: true, rate: 0, maxCurrent: null, at: instant(at) } as const;
  return {
    ...common,
    kind: 'vehicle',
    id: `car-${n}`,
    userId: userOf(n),
    name: `Car ${n}`,
    lastSeen: instant(at),
    charge: { ...charge, battery: 20 + (round % 60), range: 200, capacity: 64, limit: 80, timeToFull: null },
    pluggedInChargerId: `box-${n}`,
    smartChargingOn: false,
    position: { latitude: 52.0907, longitude: 5.1214, locationId: null, at: instant(at) },
    odometer: 20_000,
    odometerAt: instant(at),
  };
}

function chargerOf(n: number, at: number): ChargerReport {
  return {
    ...common,
    kind: 'charger',
    id: `box-${n}`,
    userId: userOf(n),
    lastSeen: instant(at),
    charge: { power: 'stopped', plugged: true, rate: 0, maxCurrent: 16, at: instant(at) },
    pluggedInVehicleId: `car-${n}`,
    locationId: null,
    rateLimit: null,
    rateLimitRange: null,
  };
}

const cpuNow = (): number => {
  const { user, system } = process.threadCpuUsage();
  return user + system;
};
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

serve({
  /** @returns mean CPU µs per fact of a car that reports another battery level, told one by one and in pages of 50 */
  async facts({ assets, facts }: { assets: number; facts: number }) {
    const pairs = assets / 2;
    const settings: Settings = {
      users: [...new Set(Array.from({ length: pairs }, (_, n) => userOf(n)))],
      home: { latitude: 52.0907, longitude: 5.1214 },
      timeZone: 'Europe/Amsterdam',
      chargerPlaces: {},
      observeOnly: false,
      allowChargerCommands: true,
      stopAway: false,
      enhancedChargeRate: false,
      control: 'enode',
      requestsPerDay: 1_000_000,
      language: 'en',
      brands: builtInBrands,
      webhookUrl: null,
    };
    const clock = new SimulatedClock(START);
    let looked = 0;
    let published = 0;
    const publisher = createPublisher({
      topics: createTopics({ base: 'enode2mqtt', prefix: 'homeassistant' }, 'bench'),
      announcer: { announce: () => null, retire: () => {}, tidy: () => {}, emptied: () => {}, restore: () => [] },
      clock,
      log: silentLog,
      info: () => ({}),
    });
    /** Until nothing was shown for three turns: however the loop slices its work, all of it is counted. */
    const quiet = async (): Promise<void> => {
      for (let still = 0, before = looked; still < 3; before = looked) {
        await turn();
        still = looked === before ? still + 1 : 0;
      }
    };
    const loop: Loop = createLoop({
      settings,
      store: { load: () => [], commit: () => true },
      commands: { send: () => {}, limit: () => {}, cancel: () => {} },
      looks: { look: () => {} },
      show: {
        show: (portrait) => {
          looked++;
          publisher.show(portrait);
        },
        retire: () => {},
        happened: () => {},
        reply: () => {},
      },
      world: clock,
      wire: realWire,
      watchJumps: false,
      say: (reason) => sentence(reason, 'en'),
      version: 'bench',
      log: silentLog,
    });
    loop.start({ installation: 'bench', instance: 'bench' });
    await turn();
    const fill = cpuNow();
    for (let n = 0; n < pairs; n++) {
      loop.tell({ kind: 'charger_reported', report: chargerOf(n, START) });
      loop.tell({ kind: 'vehicle_reported', report: vehicleOf(n, 0, START) });
      if (n % 25 === 24) await quiet();
    }
    await quiet();
    const filled = cpuNow() - fill;
    publisher.opened({
      version: 5,
      publish: (_topic, payload) => {
        published += payload.length;
      },
      subscribe: () => {},
      close: async () => {},
    });
    // All devices have their turn: twenty in 100 ms.
    await clock.advance(5 * assets + 1_000);
    let at = START;
    let car = 0;
    const tellOne = (): void => {
      car = (car + 7_919) % pairs;
      at += 1_000;
      loop.tell({ kind: 'vehicle_reported', report: vehicleOf(car, at / 1_000, at) });
    };
    const singles = async (count: number): Promise<number> => {
      const begun = cpuNow();
      for (let n = 0; n < count; n++) {
        tellOne();
        await turn();
      }
      await quiet();
      return (cpuNow() - begun) / count;
    };
    const pages = async (count: number): Promise<number> => {
      const begun = cpuNow();
      for (let n = 0; n < count; n += 50) {
        for (let k = 0; k < 50; k++) tellOne();
        await quiet();
      }
      return (cpuNow() - begun) / count;
    };
    await singles(facts);
    await pages(facts);
    const single = [await singles(facts), await singles(facts), await singles(facts)];
    const paged = [await pages(facts), await pages(facts), await pages(facts)];
    return { single, paged, filled: filled / assets, published };
  },
});
