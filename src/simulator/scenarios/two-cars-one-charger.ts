// One wallbox, two cars that both could be on it: until the cloud is sure, nobody may guess.
import { car, homeScenario, idIn, type Scenario, wallbox } from './scenario.ts';

const scenario = 'two-cars-one-charger';

export const twoCarsOneCharger: Scenario = homeScenario({
  name: scenario,
  about: 'Two cars share one wallbox; one is plugged in, the other is parked beside it.',
  paired: false,
  vehicles: [
    car(
      { scenario, thing: 'first', vendor: 'SKODA', brand: 'Škoda', model: 'Enyaq', displayName: 'First car' },
      { capacity: 77, cable: idIn(scenario, 'wallbox'), stopped: true },
    ),
    car(
      { scenario, thing: 'second', vendor: 'FIAT', brand: 'Fiat', model: '500e', displayName: 'Second car' },
      { capacity: 37, level: 60, behaviour: 'no-start-stop' },
    ),
  ],
  chargers: [wallbox({ scenario, thing: 'wallbox', vendor: 'KEBA', brand: 'KEBA', model: 'P30' })],
});
