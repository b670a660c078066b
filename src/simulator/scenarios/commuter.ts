// A week with people in it: two cars that leave in the morning and are plugged in at night.
import { car, homeScenario, idIn, type Scenario, wallbox } from './scenario.ts';

const scenario = 'commuter';
const WORKDAYS = [1, 2, 3, 4, 5];

export const commuter: Scenario = homeScenario({
  name: scenario,
  about: 'Two cars that drive to work and are plugged in when they come home.',
  vehicles: [
    car(
      { scenario, thing: 'long', vendor: 'VOLVO', brand: 'Volvo', model: 'EX30', displayName: 'Long way' },
      {
        capacity: 64,
        cable: idIn(scenario, 'left'),
        habit: { leaves: '07:20', returns: '17:10', km: 55, weekdays: WORKDAYS, plugsInto: idIn(scenario, 'left') },
      },
    ),
    car(
      { scenario, thing: 'short', vendor: 'MINI', brand: 'MINI', model: 'Cooper SE', displayName: 'Short way' },
      {
        capacity: 29,
        cable: idIn(scenario, 'right'),
        habit: { leaves: '08:15', returns: '13:30', km: 9, weekdays: [1, 2, 4], plugsInto: idIn(scenario, 'right') },
      },
    ),
  ],
  chargers: [
    wallbox({ scenario, thing: 'left', vendor: 'EASEE', brand: 'Easee', model: 'Charge' }),
    wallbox({ scenario, thing: 'right', vendor: 'MYENERGI', brand: 'myenergi', model: 'zappi' }),
  ],
});
