// The simulated home of the benchmarks: the options a person would give, and cars that charge eight hours of each day.
import { builtInBrands } from '../../src/config/brands.ts';
import type { Settings } from '../../src/domain/settings.ts';
import type { SimulatedClock } from '../../src/kernel/simulated-clock.ts';
import type { Scenario } from '../../src/simulator/scenarios/scenario.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';

export function settingsOf({ cloud, site }: Scenario): Settings {
  return {
    users: [...new Set(cloud.links.map(({ user }) => user))],
    home: site.position,
    timeZone: site.timezone,
    chargerPlaces: Object.fromEntries(
      cloud.locations.flatMap(({ chargers }) => chargers.map((id) => [id, 'home'] as const)),
    ),
    observeOnly: false,
    allowChargerCommands: true,
    stopAway: false,
    enhancedChargeRate: false,
    control: 'enode',
    // So that no promise is kept only because the allowance ran out.
    requestsPerDay: 1_000_000,
    language: 'en',
    brands: builtInBrands,
    webhookUrl: null,
  };
}

const HOUR = 3_600_000;
/** Hours (UTC) between which persons let their cars charge: eight hours of each day. */
export const CHARGING_FROM = 20;
export const CHARGING_TO = 4;
const LOW = 20;

export const isChargingHour = (now: number): boolean => {
  const hour = new Date(now).getUTCHours();
  return hour >= CHARGING_FROM || hour < CHARGING_TO;
};

/** Batteries that are never full while they may charge: at each full hour they are where they were in the evening. */
export function toChargingEightHours(clock: SimulatedClock, simulator: Simulator): void {
  const refill = (): void => {
    const now = clock.now();
    for (const vehicle of simulator.world.vehicles().values())
      void simulator.app.request(`http://enode.test/control/vehicles/${vehicle.identity.id}`, {
        method: 'PATCH',
        body: JSON.stringify({ batteryLevel: LOW }),
        headers: { 'content-type': 'application/json' },
      });
    clock.alarm('bench: batteries', now - (now % HOUR) + HOUR, refill);
  };
  clock.alarm('bench: batteries', clock.now() - (clock.now() % HOUR) + HOUR, refill);
}
