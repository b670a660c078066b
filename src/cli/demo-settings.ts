// The options of every simulated home: its users, its place, its wallboxes marked as home, and the consent to command them.
import { builtInBrands } from '../config/brands.ts';
import type { Settings } from '../domain/settings.ts';
import type { Scenario } from '../simulator/scenarios/scenario.ts';

export const demoSettings = ({ cloud, site }: Scenario): Settings => ({
  users: [...new Set([...cloud.links, ...cloud.locations].map(({ user }) => user))],
  home: site.position,
  timeZone: site.timezone,
  chargerPlaces: Object.fromEntries(
    cloud.locations.flatMap(({ chargers }) => chargers.map((id) => [id, 'home'] as const)),
  ),
  observeOnly: false,
  allowChargerCommands: true,
  stopAway: false,
  enhancedChargeRate: false,
  control: 'auto',
  requestsPerDay: 50_000,
  language: 'en',
  brands: builtInBrands,
  webhookUrl: null,
});
