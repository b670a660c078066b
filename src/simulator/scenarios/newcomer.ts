// The first evening: cars, wallboxes and vendor accounts exist, nothing is linked yet.
import { home } from './home.ts';
import { homeScenario, type Scenario } from './scenario.ts';

export const newcomer: Scenario = homeScenario({
  name: 'newcomer',
  about: 'The default home before anything was linked: for the link pages.',
  vehicles: home.vehicles,
  chargers: home.chargers,
  linked: false,
});
