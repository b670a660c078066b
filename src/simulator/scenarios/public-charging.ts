// A car charges at a public charger while the wallbox at home waits: nothing of ours may touch it.
import { car, homeScenario, type Scenario, wallbox } from './scenario.ts';

const scenario = 'public-charging';

export const publicCharging: Scenario = homeScenario({
  name: scenario,
  about: 'The car charges at a public charger; the wallbox at home is empty.',
  vehicles: [
    car(
      { scenario, thing: 'traveller', vendor: 'POLESTAR', brand: 'Polestar', model: '2', displayName: 'Traveller' },
      { capacity: 78, level: 31, limit: 90, cable: 'elsewhere' },
    ),
  ],
  chargers: [wallbox({ scenario, thing: 'wallbox', vendor: 'CHARGEAMPS', brand: 'Charge Amps', model: 'Halo' })],
});
