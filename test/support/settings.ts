// Settings for tests: the home of the simulated scenarios, allowed to act.
import type { Settings } from '../../src/domain/settings.ts';

export const testSettings = (over: Partial<Settings> = {}): Settings => ({
  users: ['home'],
  home: { latitude: 52.0907, longitude: 5.1214 },
  timeZone: 'Europe/Amsterdam',
  chargerPlaces: {},
  observeOnly: false,
  allowChargerCommands: true,
  stopAway: false,
  enhancedChargeRate: false,
  control: 'auto',
  requestsPerDay: 2_000,
  language: 'en',
  brands: { date: '2026-01-01', brands: [] },
  webhookUrl: null,
  ...over,
});
