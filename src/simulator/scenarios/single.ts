// The smallest home: one car on one wallbox, no sun.
import { car, homeScenario, idIn, type Scenario, SITE, wallbox } from './scenario.ts';

const scenario = 'single';

export const single: Scenario = homeScenario({
  name: scenario,
  about: 'One car, one wallbox, no sun.',
  site: { ...SITE, sunPeak: 0, fuse: 25 },
  vehicles: [
    car(
      {
        scenario,
        thing: 'car',
        vendor: 'RENAULT',
        brand: 'Renault',
        model: 'Megane E-Tech',
        year: 2024,
        displayName: 'Car',
      },
      { capacity: 60, cable: idIn(scenario, 'wallbox'), stopped: true },
    ),
  ],
  chargers: [wallbox({ scenario, thing: 'wallbox', vendor: 'WALLBOX', brand: 'Wallbox', model: 'Pulsar Plus' })],
});
