// A car that pushes and takes a current, and its wall connector, both in one vendor account.
import { car, homeScenario, idIn, type Scenario, wallbox } from './scenario.ts';

const scenario = 'tesla';

export const tesla: Scenario = homeScenario({
  name: scenario,
  about: 'A Tesla and its wall connector in one account: push, maximum current, one link session for both.',
  vehicles: [
    car(
      {
        scenario,
        thing: 'model-y',
        vendor: 'TESLA',
        brand: 'Tesla',
        model: 'Model Y',
        year: 2024,
        displayName: 'Model Y',
      },
      { capacity: 75, behaviour: 'tesla-like', cable: idIn(scenario, 'connector'), stopped: true },
    ),
  ],
  chargers: [wallbox({ scenario, thing: 'connector', vendor: 'TESLA', brand: 'Tesla', model: 'Wall Connector' })],
});
