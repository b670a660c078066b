// The default: a car that can be commanded, one that cannot, two wallboxes, a sunny roof. Both cars are home and plugged in.
import { car, homeScenario, idIn, type Scenario, wallbox } from './scenario.ts';

const scenario = 'home';

export const home: Scenario = homeScenario({
  name: scenario,
  about: 'Two cars, two wallboxes and a solar roof: one car can start and stop by itself, the other needs its wallbox.',
  vehicles: [
    car(
      { scenario, thing: 'blue', vendor: 'KIA', brand: 'Kia', model: 'EV6', year: 2023, displayName: 'Blue car' },
      { capacity: 74, level: 52, odometer: 41_877, cable: idIn(scenario, 'garage'), stopped: true },
    ),
    car(
      {
        scenario,
        thing: 'white',
        vendor: 'MAZDA',
        brand: 'Mazda',
        model: 'MX-30',
        year: 2022,
        displayName: 'White car',
      },
      {
        capacity: 30,
        phases: 1,
        amperes: 32,
        level: 38,
        limit: 90,
        odometer: 18_204,
        behaviour: 'no-start-stop',
        cable: idIn(scenario, 'carport'),
      },
    ),
  ],
  chargers: [
    wallbox({ scenario, thing: 'garage', vendor: 'EASEE', brand: 'Easee', model: 'Home' }),
    wallbox(
      { scenario, thing: 'carport', vendor: 'ZAPTEC', brand: 'Zaptec', model: 'Go' },
      { amperes: 32, behaviour: 'rate-limit', stopped: true },
    ),
  ],
});
